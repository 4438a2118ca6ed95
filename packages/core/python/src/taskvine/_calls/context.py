"""What a function finds when a library runs it."""

from __future__ import annotations

import importlib
from typing import Any

from ..errors import VineError


def context() -> Any:
    """In a function of a library: what the library's context function returned; None without one.

    The same as `taskvine_call.context()`, which is there also where this package is not installed.
    """
    try:
        return importlib.import_module("taskvine_call").context()
    except ModuleNotFoundError:
        raise VineError("BAD_ARGUMENT", "there is a context only inside a function that a library runs") from None
