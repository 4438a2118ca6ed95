"""Functions that are part of a library: they travel once, and nodes refer to them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from dask.delayed import DelayedLeaf
from taskvine.errors import bad_argument

from .pickling import Shared, dump

#: Where processes look for it in their folder.
FUNCTIONS_FILE = "vine_dask.functions"


class LibraryFunctions:
    """Those that a program named for its nodes."""

    def __init__(self, given: Any) -> None:
        """A function, or several; of a delayed one it is the function itself. Raises BAD_ARGUMENT for other things."""
        several: Iterable[Any] = given if isinstance(given, (list, tuple, set, frozenset)) else [given]
        self._functions = [] if given is None else [_function(one) for one in several]

    @property
    def shared(self) -> Shared:
        """For pickles of nodes."""
        return {id(function): f"f{number}" for number, function in enumerate(self._functions)}

    def pickled(self) -> bytes:
        """Empty: there are none. Raises BAD_ARGUMENT naming the one that cannot be pickled."""
        if not self._functions:
            return b""
        try:
            return _dumped(self._functions)
        except Exception as error:
            for function in self._functions:
                _check(function)
            raise bad_argument(f"lib_extra_functions cannot be pickled together: {error}") from error


def _function(given: Any) -> Any:
    function = given._obj if isinstance(given, DelayedLeaf) else given
    if not callable(function):
        raise bad_argument(
            f"lib_extra_functions is a list of functions, and {given!r} is none",
            "Modules are named in lib_modules.",
        )
    return function


def _check(function: Any) -> None:
    try:
        _dumped([function])
    except Exception as error:
        name = getattr(function, "__qualname__", repr(function))
        raise bad_argument(f"the function {name} of lib_extra_functions cannot be pickled: {error}") from error


def _dumped(functions: list[Any]) -> bytes:
    return dump(functions, large=math.inf)[0]
