"""Dask graphs, of any age, as lists of nodes."""
