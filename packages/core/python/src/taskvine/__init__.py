"""TaskVine: workflows of many tasks and function calls on many machines, with their data kept where it is used.

>>> import taskvine as vine
>>> with vine.Manager() as m:
...     task = vine.Task("echo hello")
...     m.submit(task)
...     print(m.wait().output)
"""

from __future__ import annotations

import importlib
from typing import Any

from ._calls.context import context
from ._calls.future import CallFuture
from .errors import ManagerLost, RemoteError, RemoteTraceback, VineError
from .executor import FuturesExecutor
from .factory import Factory
from .files import File
from .function_call import FunctionCall
from .library import Library
from .manager import VINE_FOREVER, Manager
from .progress import Progress
from .python_task import PythonTask
from .task import Resources, Task

__all__ = [
    "VINE_FOREVER",
    "CallFuture",
    "Factory",
    "File",
    "FunctionCall",
    "FuturesExecutor",
    "Library",
    "Manager",
    "ManagerLost",
    "Progress",
    "PythonTask",
    "RemoteError",
    "RemoteTraceback",
    "Resources",
    "Task",
    "VineError",
    "context",
]


def __getattr__(name: str) -> Any:
    """`vine.DaskVine`, where the package taskvine-dask is installed."""
    if name == "DaskVine":
        try:
            return importlib.import_module("taskvine_dask").DaskVine
        except ModuleNotFoundError as missing:
            if missing.name != "taskvine_dask":
                raise
            raise AttributeError("DaskVine needs the package taskvine-dask: pip install taskvine-dask") from missing
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
