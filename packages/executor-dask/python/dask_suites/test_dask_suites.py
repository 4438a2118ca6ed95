"""Stands for the tests that Dask ships of itself: conftest.py has those run instead."""
