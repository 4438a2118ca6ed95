"""What runs at the workers."""
