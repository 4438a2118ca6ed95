"""Functions over whole collections, run in the cluster."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from .._remote.chunks import each, each_pair
from ..errors import bad_argument
from ..executor import Submitter
from ..function_call import FunctionCall
from ..task import Task
from .libraries import Libraries

T = TypeVar("T")


class Collections(Libraries):
    """The part of the manager that works on whole collections."""

    def run_quietly(self, task: Task) -> None:
        """Submits a task that no `wait` is to return, and waits for it."""
        raise NotImplementedError

    def map(self, function: Callable[[Any], T], items: Iterable[Any], chunksize: int = 1) -> list[T]:
        """function(item) for each item, at the workers, `chunksize` at a time."""
        return _map_items(self, function, items, chunksize)

    def pairs(
        self,
        function: Callable[[Any, Any], T],
        first: Iterable[Any],
        second: Iterable[Any],
        chunksize: int = 1,
    ) -> list[T]:
        """function(a, b) for each pair of an a of the first and a b of the second, at the workers."""
        return _map_pairs(self, function, first, second, chunksize)

    pair = pairs

    def tree_reduce(self, function: Callable[[list[Any]], T], items: Iterable[Any], chunksize: int = 2) -> T:
        """Reduces a sequence to one value: function(list) of each `chunksize` items, then of these values, and so on.

        Values stay in the cluster between the levels. Items may be submitted calls that are kept there.
        """
        reduced: T = _tree_reduce(self, function, items, chunksize)
        return reduced


def _map_items(manager: Collections, function: Callable[[Any], Any], items: Iterable[Any], chunksize: int) -> list[Any]:
    return _gather(manager, each(function), list(_chunks(items, chunksize)))


def _map_pairs(
    manager: Collections,
    function: Callable[[Any, Any], Any],
    first: Iterable[Any],
    second: Iterable[Any],
    chunksize: int,
) -> list[Any]:
    return _gather(manager, each_pair(function), list(_chunks(itertools.product(first, second), chunksize)))


def _tree_reduce(
    manager: Collections, function: Callable[[list[Any]], Any], items: Iterable[Any], chunksize: int
) -> Any:
    if chunksize < 2:
        raise bad_argument(f"chunksize must be at least 2, not {chunksize}")
    level = list(items)
    if not level:
        raise bad_argument("there is nothing to reduce")
    library = manager.generic_library()
    while True:
        calls = [FunctionCall(library, function, chunk) for chunk in _chunks(level, chunksize)]
        if len(calls) == 1:
            break
        for call in calls:
            call.keep_in_cluster()
        level = list(calls)
    top = calls[0]
    manager.run_quietly(top)
    return top.output


def _gather(manager: Collections, function: Callable[[Any], list[Any]], chunks: list[Any]) -> list[Any]:
    submitter = Submitter(manager, manager.generic_library())
    futures = [submitter.submit(function, (chunk,), {}) for chunk in chunks]
    try:
        return [value for future in futures for value in future.result()]
    finally:
        for future in futures:
            future.cancel()


def _chunks(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    if size < 1:
        raise bad_argument(f"chunksize must be at least 1, not {size}")
    rest = iter(items)
    while chunk := list(itertools.islice(rest, size)):
        yield chunk
