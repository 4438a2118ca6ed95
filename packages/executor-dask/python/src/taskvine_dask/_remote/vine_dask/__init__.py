"""Runs units of a Dask graph: the module of the library at the workers. Needs Python 3.8 and dask, nothing else.

A unit names nodes by number; the nodes lie in batches.
"""

from .fitness import check_python

check_python()

import dask  # noqa: E402

from . import functions  # noqa: E402
from .unit import run  # noqa: E402

__all__ = ["functions", "run"]

# What nodes compute with Dask, they compute by themselves.
dask.config.set(scheduler="synchronous")
