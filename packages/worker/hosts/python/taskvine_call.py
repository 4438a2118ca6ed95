"""What a function may ask about the call in progress.

Pickled arguments name an input by a persistent id, or by a call of this module's ``resolve``.
"""

from __future__ import annotations

import threading
from typing import Any, Callable, Sequence, Union

Buffer = Union[bytes, bytearray, memoryview]
Resolver = Callable[[str], Any]


class Written:
    """What a function returns when it writes its value itself: ``pieces``, one after the other.

    The first begins like a pickle. Where they go to a file, ``beside`` (at most 64 KiB) travels with the
    news of it.
    """

    __slots__ = ("beside", "pieces")

    def __init__(self, pieces: Sequence[Buffer], beside: bytes = b"") -> None:
        self.pieces = pieces
        self.beside = beside

    def __reduce__(self) -> Any:
        raise TypeError("what is written already is not pickled")


class _Current(threading.local):
    """The call that this thread runs."""

    resolver: Resolver | None = None
    sandbox: str | None = None


_current = _Current()
_context: Any = None


def context() -> Any:
    """What the library's context function returned; None without one."""
    return _context


def sandbox() -> str | None:
    """The call's own folder, with its mounted inputs; None when it has none.

    The call is there already, but for mode ``threads``: its process has one working folder.
    """
    return _current.sandbox


def resolve(name: str) -> Any:
    """The value of the call's input ``name``, or its path when the input is given as a path."""
    resolver = _current.resolver
    if resolver is None:
        raise LookupError(f"the input {name!r} was asked for, and this call has no inputs")
    return resolver(name)


def _enter(resolver: Resolver | None, folder: str | None) -> None:
    _current.resolver = resolver
    _current.sandbox = folder


def _set_context(value: Any) -> None:
    global _context
    _context = value
