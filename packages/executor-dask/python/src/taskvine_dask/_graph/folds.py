"""Reductions of many values by one node, as trees."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from dask.utils import key_split

from .annotations import Annotations
from .flavour import NodeFlavour, TupleFlavour

F = TypeVar("F", bound=Callable[..., Any])

#: Of one list of values.
_OF_A_LIST = (sum, min, max)
#: Of two values, for `functools.reduce`.
_OF_TWO = (min, max, operator.add, operator.mul, operator.and_, operator.or_, operator.xor, operator.concat)
#: What Dask's bags give to this function of theirs where they fold, and what it is called.
_OF_FOLDS = (sum, min, max, any, all)
_OF_BAGS = "empty_safe_aggregate"


def daskvine_merge(function: F) -> F:
    """Marks a function that merges any number of values, or a list of such, in any groups: `get(…, reconstruct=True)`
    makes trees of it."""
    if hasattr(function, "__dict__"):
        function.__dict__["vine_merges"] = True
        return function

    @functools.wraps(function)
    def merge(*values: Any) -> Any:
        return function(*values)

    merge.__dict__["vine_merges"] = True
    return merge  # type: ignore[return-value]


def with_trees(
    graph: Mapping[Any, Any], flavour: NodeFlavour | TupleFlavour, merge_size: int, annotations: Annotations
) -> dict[Any, Any]:
    """The same graph; where a reduction has more than `merge_size` values, with nodes that merge these before."""
    trees: dict[Any, Any] = {}
    parts: set[Any] = set()
    for key, node in graph.items():
        if key in parts:
            continue
        made = _without_flat(key, node, graph, flavour, merge_size)
        trees.update(made)
        if len(made) == 1:
            continue
        parts.update(made)
        for told in annotations.values():
            if key in told:
                told.update(dict.fromkeys(made, told[key]))
    return trees


def _without_flat(
    key: Any, node: Any, graph: Mapping[Any, Any], flavour: NodeFlavour | TupleFlavour, merge_size: int
) -> dict[Any, Any]:
    """The node itself, or those that take its place: also where Dask has fused the reduction with others."""
    tree = _tree_of(key, node, graph, flavour, merge_size)
    if tree is not None:
        return tree
    parts = flavour.unfused(key, node)
    # Where a part has a name of its own, that stands for the whole.
    if any(part in graph and part != key and not flavour.is_name_of(graph[part], key) for part in parts):
        return {key: node}
    trees = {part: _tree_of(part, one, graph, flavour, merge_size) for part, one in parts.items()}
    if not any(trees.values()):
        return {key: node}
    made: dict[Any, Any] = {}
    for part, one in parts.items():
        made.update(trees[part] or {part: one})
    return made


def _tree_of(
    key: Any, node: Any, graph: Mapping[Any, Any], flavour: NodeFlavour | TupleFlavour, merge_size: int
) -> dict[Any, Any] | None:
    call = flavour.call(node)
    place = None if call is None else _place_of_values(*call)
    if call is None or place is None:
        return None
    function, arguments = call
    values = arguments if place < 0 else arguments[place]
    if len(values) <= merge_size or not all(flavour.is_reference(one, graph) for one in values):
        return None
    return _Tree(key, function, arguments, place, flavour).grow(values, merge_size)


def _place_of_values(function: Any, arguments: list[Any]) -> int | None:
    """Which argument is the list of values; -1: they are all values; None: this is no reduction that we know."""
    if _is_marked(function):
        return 0 if len(arguments) == 1 and isinstance(arguments[0], list) else -1
    lists = [place for place, one in enumerate(arguments) if isinstance(one, list)]
    if lists == [0] and len(arguments) == 1 and (_is_of_a_list(function) or _is_reduce(function)):
        return 0
    if lists == [1] and len(arguments) == 2 and function is functools.reduce and _is_associative(arguments[0]):
        return 1
    if lists == [1] and _is_of_bags(function) and _is_fold(arguments[0]):
        return 1
    return None


def _is_of_bags(function: Any) -> bool:
    return getattr(function, "__name__", "") == _OF_BAGS


def _is_fold(function: Any) -> bool:
    """Of `Bag.fold`, whose functions are associative by their contract; others of bags, such as means, are not."""
    if getattr(getattr(function, "func", None), "__name__", "") in ("reduce", "_reduce"):
        return len(function.args) == 1 and not function.keywords
    return any(function is known for known in _OF_FOLDS)


def _is_of_a_list(function: Any) -> bool:
    return any(function is known for known in _OF_A_LIST)


def _is_marked(function: Any) -> bool:
    return getattr(function, "vine_merges", False) is True or getattr(function, "__name__", "") == "flex_merge"


def _is_reduce(function: Any) -> bool:
    if not isinstance(function, functools.partial) or function.func is not functools.reduce or function.keywords:
        return False
    return len(function.args) == 1 and _is_associative(function.args[0])


def _is_associative(function: Any) -> bool:
    return any(function is known for known in _OF_TWO) or _is_marked(function)


class _Tree:
    def __init__(
        self, key: Any, function: Any, arguments: list[Any], place: int, flavour: NodeFlavour | TupleFlavour
    ) -> None:
        self._key = key
        self._function = function
        self._arguments = arguments
        self._place = place
        self._flavour = flavour
        self._made: dict[Any, Any] = {}

    def grow(self, values: list[Any], merge_size: int) -> dict[Any, Any]:
        """The nodes of the tree by key; that of the reduction itself is its top."""
        while len(values) > merge_size:
            groups = [values[at : at + merge_size] for at in range(0, len(values), merge_size)]
            values = [group[0] if len(group) == 1 else self._merge(group) for group in groups]
        self._made[self._key] = self._call(self._key, values, is_top=True)
        return self._made

    def _merge(self, values: list[Any]) -> Any:
        new = (f"{key_split(self._key)}-merge", len(self._made), self._key)
        self._made[new] = self._call(new, values, is_top=False)
        return self._flavour.reference(new)

    def _call(self, key: Any, values: list[Any], is_top: bool) -> Any:
        if self._place < 0:
            return self._flavour.task(key, self._function, values)
        arguments = list(self._arguments)
        arguments[self._place] = values
        if not is_top and _is_of_bags(self._function):
            arguments[2:] = [False]
        return self._flavour.task(key, self._function, arguments)
