"""How calls run: in this process, in a child each, or in threads."""
