"""Functions that calls bring along: pickled once, sent once."""

from __future__ import annotations

import builtins
import hashlib
import operator
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from ..files import File
from .values import dump_by_value

_MISSING = object()
#: Functions kept with their pickles; more are pickled again.
_MOST_KNOWN = 10_000


class KnownFunction:
    """A pickled function, and what it referred to then: when that is another thing now, it has to be pickled again."""

    def __init__(self, function: Callable[..., Any], file: File) -> None:
        self.file = file
        self._function = function
        self._seen = _referred(function)
        self._code = getattr(function, "__code__", None)
        #: It names nothing around it: what could change is its code.
        self._is_alone = self._code is not None and not self._code.co_names and not self._code.co_freevars

    def fits(self, function: Any) -> bool:
        """Is this the function, unchanged?"""
        if function is not self._function:
            return False
        if self._is_alone and function.__code__ is self._code and function.__defaults__ is self._seen[1]:
            return True
        now = _referred(function)
        return len(now) == len(self._seen) and all(map(operator.is_, now, self._seen))


class FunctionFiles:
    """Files of functions, by content. `make` declares a buffer."""

    def __init__(self, make: Callable[[str, bytes], File]) -> None:
        self._make = make
        self._known: OrderedDict[int, KnownFunction] = OrderedDict()
        self._by_digest: weakref.WeakValueDictionary[bytes, File] = weakref.WeakValueDictionary()
        self._lock = threading.Lock()

    def known(self, function: Callable[..., Any], name: str) -> KnownFunction:
        """Raises BAD_ARGUMENT when it cannot be pickled."""
        known = self._known.get(id(function))
        if known is not None and known.fits(function):
            return known
        data = dump_by_value(function, function)
        digest = hashlib.sha256(data).digest()
        with self._lock:
            file = self._by_digest.get(digest)
            if file is None:
                file = self._by_digest[digest] = self._make(name, data)
            known = self._known[id(function)] = KnownFunction(function, file)
            if len(self._known) > _MOST_KNOWN:
                self._known.popitem(last=False)
        return known


def _referred(function: Callable[..., Any]) -> list[object]:
    """What a function names: its code, its defaults, variables around it, globals. Not what is inside of those."""
    code = getattr(function, "__code__", None)
    if code is None:
        return []
    found: list[object] = [
        code,
        getattr(function, "__defaults__", None),
        getattr(function, "__kwdefaults__", None),
    ]
    for cell in getattr(function, "__closure__", None) or ():
        try:
            found.append(cell.cell_contents)
        except ValueError:
            found.append(_MISSING)
    names = code.co_names
    if names:
        around = getattr(function, "__globals__", {})
        found += [around.get(name, _MISSING) for name in names if not hasattr(builtins, name)]
    return found
