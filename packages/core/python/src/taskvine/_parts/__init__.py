"""What tasks, libraries and the manager are made of."""
