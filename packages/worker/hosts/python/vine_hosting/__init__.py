"""The parts of the Python host."""
