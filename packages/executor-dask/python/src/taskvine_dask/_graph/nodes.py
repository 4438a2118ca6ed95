"""A graph as numbered nodes."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .annotations import plain_graph
from .flavour import ALIAS, DATA, TASK, groups_of, make_flavour
from .folds import with_trees
from .futures import find_future, is_future, value_of_future
from .splitting import split


class Nodes:
    """The nodes of a graph by number, and what each needs."""

    def __init__(self, graph: Any, merge_size: int | None = None, apart: bool = False) -> None:
        """`merge_size`: flat reductions become trees in which so many values go into one.

        `apart`: each call is a node of its own.
        """
        plain, self.annotations = plain_graph(graph)
        flavour = make_flavour()
        self.form = flavour.form
        self._flavour = flavour
        converted = flavour.convert(plain)
        if apart:
            converted = split(converted, flavour, self.annotations)
        if merge_size is not None:
            converted = with_trees(converted, flavour, merge_size, self.annotations)
        try:
            self._number(converted)
        except KeyError:
            found = self._values_of_futures(plain, converted)
            if not found:
                raise
            self._number({**converted, **found})

    def _number(self, graph: Mapping[Any, Any]) -> None:
        flavour = self._flavour
        self.graph = graph
        self.keys = list(self.graph)
        self.nodes = list(self.graph.values())
        self.number = {key: number for number, key in enumerate(self.keys)}
        self.kinds = bytes(map(flavour.kind, self.nodes))
        self.counts = array("i")
        self.dependencies = array("i")
        #: Of each node: the keys that it needs, in the order of `dependencies`.
        self.needs: list[tuple[Any, ...]] = []
        for key, node in zip(self.keys, self.nodes):
            self._add(key, node)
        self.groups, self.group_names = groups_of(self.keys)

    def _add(self, key: Any, node: Any) -> None:
        kind = self.kinds[len(self.needs)]
        needs = () if kind == DATA else self._flavour.needs(node, self.graph)
        try:
            self.dependencies.extend(map(self.number.__getitem__, needs))
        except KeyError as missing:
            raise KeyError(f"{key!r} needs {missing.args[0]!r}, which is not in the graph") from None
        self.needs.append(needs)
        self.counts.append(len(needs))

    def _values_of_futures(self, plain: Mapping[Any, Any], graph: Mapping[Any, Any]) -> dict[Any, Any]:
        """What nodes need that is in no graph may be computed by somebody else: it is waited for here."""
        found: dict[Any, Any] = {}
        for key, node in graph.items():
            for need in () if self._flavour.kind(node) == DATA else self._flavour.needs(node, graph):
                if need not in graph and need not in found:
                    future = find_future(plain.get(key), need)
                    if future is not None:
                        found[need] = self._flavour.data(need, value_of_future(future))
        return found

    def end_of(self, key: Any) -> int:
        """The node whose value a key stands for. Raises KeyError where there is none."""
        number = self.number[key]
        for _ in self.keys:
            if self.kinds[number] != ALIAS:
                break
            number = self.number[self._flavour.target(self.nodes[number])]
        return number

    def is_data(self, number: int) -> bool:
        return self.kinds[number] == DATA

    def value_of_data(self, number: int) -> Any:
        value = self._flavour.value(self.nodes[number])
        return value_of_future(value) if is_future(value) else value

    def tasks_for(self, wanted: Iterable[int]) -> int:
        """How many tasks it takes to have the values of these nodes."""
        seen = set(wanted)
        stack = list(seen)
        while stack:
            for need in self.needs[stack.pop()]:
                number = self.number[need]
                if number not in seen:
                    seen.add(number)
                    stack.append(number)
        return sum(self.kinds[number] == TASK for number in seen)


def flatten(keys: Any) -> Iterator[Any]:
    """The keys in nested lists."""
    stack = [keys]
    while stack:
        one = stack.pop()
        if isinstance(one, list):
            stack.extend(reversed(one))
        else:
            yield one


def nested(keys: Any, values: Mapping[Any, Any]) -> Any:
    """Values in place of keys: tuples where lists were."""
    if isinstance(keys, list):
        return tuple(nested(one, values) for one in keys)
    return values[keys]
