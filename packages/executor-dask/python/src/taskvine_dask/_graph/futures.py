"""Values that somebody else computes: objects with `__dask_future__` and a key, as Dask knows them since 2026.1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_DEEPEST = 8


def is_future(thing: Any) -> bool:
    return getattr(type(thing), "__dask_future__", False) is True


def value_of_future(future: Any) -> Any:
    """Waits for it; raises what it raises."""
    return future.result()


def find_future(node: Any, key: Any) -> Any:
    """The future of that key among what a node is made of; None: there is none."""
    return next((future for future in _futures_in(node, _DEEPEST) if future.key == key), None)


def _futures_in(thing: Any, depth: int) -> Iterator[Any]:
    if is_future(thing):
        yield thing
    elif depth > 0:
        for part in _parts_of(thing):
            yield from _futures_in(part, depth - 1)


def _parts_of(thing: Any) -> Any:
    if isinstance(thing, (list, tuple, set, frozenset)):
        return thing
    if isinstance(thing, Mapping):
        return thing.values()
    return (*getattr(thing, "args", ()), *getattr(thing, "kwargs", {}).values())
