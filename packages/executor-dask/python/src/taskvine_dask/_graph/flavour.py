"""What the Dask that is installed makes of a graph: node objects, or tuples."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from dask.utils import key_split

try:
    from dask._task_spec import (
        Alias,
        DataNode,
        GraphNode,
        List,
        Task,
        TaskRef,
        _identity_cast,
        convert_legacy_graph,
    )
except ImportError:  # before 2024.12
    GraphNode = None

TASK, ALIAS, DATA = 0, 1, 2


def is_fused(node: Any) -> bool:
    """Dask has made it of several nodes, which are the first of its arguments. Not each release tells."""
    return getattr(node.func, "__name__", "") == "_execute_subgraph"


class NodeFlavour:
    """Nodes are objects that are called with what they need."""

    #: What the workers are told.
    form = "nodes"

    def convert(self, graph: Mapping[Any, Any]) -> dict[Any, Any]:
        converted: dict[Any, Any] = convert_legacy_graph(graph)
        return converted

    def kind(self, node: Any) -> int:
        if isinstance(node, DataNode):
            return DATA
        return ALIAS if isinstance(node, Alias) else TASK

    def needs(self, node: Any, graph: Mapping[Any, Any]) -> tuple[Any, ...]:
        return tuple(node.dependencies)

    def target(self, node: Any) -> Any:
        return node.target

    def value(self, node: Any) -> Any:
        return node()

    def data(self, key: Any, value: Any) -> Any:
        return DataNode(key, value)

    def call(self, node: Any) -> tuple[Any, list[Any]] | None:
        """The function and arguments of a task that has no others than these; lists among them as lists."""
        if type(node) is not Task or node.kwargs:
            return None
        return node.func, [_items_of(one) for one in node.args]

    def is_name_of(self, node: Any, key: Any) -> bool:
        return isinstance(node, Alias) and bool(node.target == key)

    def unfused(self, key: Any, node: Any) -> dict[Any, Any]:
        """The nodes that Dask has made this one of; none: it did not."""
        if type(node) is not Task or not is_fused(node) or not isinstance(node.args[0], dict):
            return {}
        nodes, out = dict(node.args[0]), node.args[1]
        return nodes if out == key else {**nodes, key: Alias(key, out)}

    def fused(self, key: Any, node: Any, name: Callable[[Any], Any]) -> dict[Any, Any]:
        """The nodes that Dask has made this one of, under new names, the last under its key; none: it did not."""
        if type(node) is not Task or not is_fused(node) or node.kwargs or not isinstance(node.args[0], dict):
            return {}
        parts, out, inner, *given = node.args
        names: dict[Any, Any] = {part: key if part == out else name(part) for part in parts}
        names.update((one, what.key if isinstance(what, TaskRef) else what) for one, what in zip(inner, given))
        return {names[part]: one.substitute(names, key=names[part]) for part, one in parts.items()}

    def task(self, key: Any, function: Any, arguments: list[Any]) -> Any:
        return Task(key, function, *(List(*one) if isinstance(one, list) else one for one in arguments))

    def reference(self, key: Any) -> Any:
        return Alias(key)

    def is_reference(self, thing: Any, graph: Mapping[Any, Any]) -> bool:
        return isinstance(thing, (Alias, TaskRef))


class TupleFlavour:
    """A task is a tuple that begins with a function; all else is a key, a list of such, or a value."""

    form = "tuples"

    def __init__(self) -> None:
        from dask.core import has_tasks, istask, keys_in_tasks

        self._is_task = istask
        self._has_tasks = has_tasks
        self._keys_in = keys_in_tasks
        self._graph: Mapping[Any, Any] = {}

    def convert(self, graph: Mapping[Any, Any]) -> dict[Any, Any]:
        self._graph = found = {key: node for key, node in graph.items() if not _is_same(key, node)}
        return found

    def kind(self, node: Any) -> int:
        if self._is_task(node) or (isinstance(node, list) and self._has_tasks(self._graph, node)):
            return TASK
        return ALIAS if _is_key(node, self._graph) else DATA

    def needs(self, node: Any, graph: Mapping[Any, Any]) -> tuple[Any, ...]:
        return tuple(dict.fromkeys(self._keys_in(graph, [node])))

    def target(self, node: Any) -> Any:
        return node

    def value(self, node: Any) -> Any:
        return node

    def data(self, key: Any, value: Any) -> Any:
        return value

    def call(self, node: Any) -> tuple[Any, list[Any]] | None:
        return (node[0], list(node[1:])) if self._is_task(node) else None

    def is_name_of(self, node: Any, key: Any) -> bool:
        return False

    def unfused(self, key: Any, node: Any) -> dict[Any, Any]:
        return {}

    def fused(self, key: Any, node: Any, name: Callable[[Any], Any]) -> dict[Any, Any]:
        return {}

    def task(self, key: Any, function: Any, arguments: list[Any]) -> Any:
        return (function, *arguments)

    def reference(self, key: Any) -> Any:
        return key

    def is_reference(self, thing: Any, graph: Mapping[Any, Any]) -> bool:
        return _is_key(thing, graph)


def make_flavour() -> NodeFlavour | TupleFlavour:
    return TupleFlavour() if GraphNode is None else NodeFlavour()


def _items_of(argument: Any) -> Any:
    """What makes a list when it is called, as a list."""
    if isinstance(argument, List):
        return list(argument.args)
    if type(argument) is Task and argument.func is _identity_cast and argument.kwargs.get("typ") is list:
        return list(argument.args)
    return argument


def _is_key(node: Any, graph: Mapping[Any, Any]) -> bool:
    try:
        return node in graph
    except TypeError:
        return False


def _is_same(key: Any, node: Any) -> bool:
    """A key that stands for itself says nothing."""
    return key is node or (type(key) is type(node) and isinstance(key, (str, tuple)) and bool(key == node))


def groups_of(keys: Iterable[Any]) -> tuple[list[int], list[str]]:
    """Of each key, the number of its name without what tells it from its like; and these names."""
    names: dict[str, int] = {}
    split: dict[str, int] = {}
    groups = []
    for key in keys:
        stem = key[0] if type(key) is tuple and key else key
        number = split.get(stem) if type(stem) is str else None
        if number is None:
            number = names.setdefault(str(key_split(key)), len(names))
            if type(stem) is str:
                split[stem] = number
        groups.append(number)
    return groups, list(names)
