"""A scheduler for Dask that runs graphs on a TaskVine cluster.

>>> from taskvine_dask import DaskVine
>>> import taskvine as vine
>>> m = DaskVine()
>>> with vine.Factory(manager=m):
...     total = collection.compute(scheduler=m.get)
"""

from ._graph.folds import daskvine_merge
from .dask_vine import DaskVine
from .errors import NodeError

__all__ = ["DaskVine", "NodeError", "daskvine_merge"]
