"""The connection to a manager, and the manager process that belongs to this program."""
