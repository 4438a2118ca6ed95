"""Arrays of the program that a graph is to fill: a worker fills its own copy of them."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .flavour import is_fused

_GROUP = "store-map"
_FUNCTIONS = ("store_chunk", "load_store_chunk")


def warn_of_stores_in_memory(graph: Mapping[Any, Any], groups: Iterable[str]) -> None:
    """What workers write to copies would be lost without a word."""
    numpy = sys.modules.get("numpy")
    if numpy is None or not any(_GROUP in name for name in groups):
        return
    if any(isinstance(target, numpy.ndarray) for node in graph.values() for target in _targets_of(node)):
        warnings.warn(
            "this graph stores into an array in the memory of this program, which stays as it is: workers have copies "
            "of it. Compute the values, or store into files that workers have, too",
            stacklevel=3,
        )


def _targets_of(node: Any) -> Iterator[Any]:
    """What a node stores into, as far as that is in the graph itself."""
    if isinstance(node, tuple):
        yield from (node[2:3] if node and _stores(node[0]) else ())
    elif hasattr(node, "func"):
        inner, given = _inside_of(node)
        for part in inner:
            if _stores(part.func):
                target = part.args[1]
                target = given.get(getattr(target, "key", None), target)
                yield getattr(target, "value", target)


def _inside_of(node: Any) -> tuple[list[Any], dict[Any, Any]]:
    """The tasks that Dask has fused into one, and what these are given by the names that they use."""
    if not is_fused(node):
        return [node], {}
    parts, _, names, *values = node.args
    return [part for part in parts.values() if hasattr(part, "func")], dict(zip(names, values))


def _stores(function: Any) -> bool:
    return getattr(function, "__name__", "") in _FUNCTIONS
