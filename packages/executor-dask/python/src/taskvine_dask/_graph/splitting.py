"""Nodes that hold several calls, taken apart: then no process has to hold the values of more than one call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dask.utils import key_split

from .annotations import Annotations
from .flavour import NodeFlavour, TupleFlavour


def split(graph: Mapping[Any, Any], flavour: NodeFlavour | TupleFlavour, annotations: Annotations) -> dict[Any, Any]:
    """The same graph, in which calls inside of calls, and what Dask has fused, are nodes of their own."""
    whole: dict[Any, Any] = {}
    for key, node in graph.items():
        made = _Parts(key, flavour).of(key, node)
        whole.update(made)
        if len(made) > 1:
            for told in annotations.values():
                if key in told:
                    told.update(dict.fromkeys(made, told[key]))
    return whole


class _Parts:
    """Those of one node."""

    def __init__(self, key: Any, flavour: NodeFlavour | TupleFlavour) -> None:
        self._key = key
        self._flavour = flavour
        self._made: dict[Any, Any] = {}
        self._count = 0

    def of(self, key: Any, node: Any) -> dict[Any, Any]:
        """The node itself is under its key."""
        todo = {key: node}
        while todo:
            at, one = todo.popitem()
            parts = self._flavour.fused(at, one, self._name)
            if parts:
                todo.update(parts)
            else:
                self._made[at] = self._without_inner(at, one, todo)
        return self._made

    def _without_inner(self, key: Any, node: Any, todo: dict[Any, Any]) -> Any:
        call = self._flavour.call(node)
        if call is None:
            return node
        function, arguments = call
        before = len(todo)
        told = [self._lifted(one, todo) for one in arguments]
        return node if len(todo) == before else self._flavour.task(key, function, told)

    def _lifted(self, argument: Any, todo: dict[Any, Any]) -> Any:
        if isinstance(argument, list):
            return [self._lifted(one, todo) for one in argument]
        if self._flavour.call(argument) is None:
            return argument
        name = self._name(key_split(self._key))
        todo[name] = argument
        return self._flavour.reference(name)

    def _name(self, part: Any) -> Any:
        self._count += 1
        return f"{key_split(part)}-part", self._count, self._key
