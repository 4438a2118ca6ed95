"""Where answers of the manager arrive."""
