"""What runs at workers. Sent there as it is; uses only the standard library and cloudpickle; Python 3.8 or later."""
