"""The socket to the worker, and what is said over it."""
