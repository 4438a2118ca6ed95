"""Flat reductions become trees where that is asked for, and give what they gave."""

from __future__ import annotations

import functools
import operator
from typing import Any

import dask
import dask.bag as db
import pytest
import taskvine as vine
from dask.callbacks import Callback

from taskvine_dask import DaskVine, daskvine_merge


def inc(x: int) -> int:
    return x + 1


@daskvine_merge
def merged(*values: int) -> int:
    assert len(values) <= 3, values
    return sum(values)


@daskvine_merge
def merged_list(values: list[int]) -> int:
    assert len(values) <= 3, values
    return sum(values)


def times(graph: dict[Any, Any], key: str, m: DaskVine, **options: Any) -> tuple[Any, int]:
    """The value of a key, and how many nodes ran."""
    ran: list[Any] = []
    with Callback(pretask=lambda key, *_: ran.append(key)):
        return m.get(graph, key, reconstruct=True, **options), len(ran)


def test_a_sum_of_many_becomes_a_tree_of_sums(m: DaskVine) -> None:
    graph: dict[Any, Any] = {f"a{i}": (inc, i) for i in range(20)}
    for function, expected in ((sum, 210), (max, 20), (min, 1)):
        graph["all"] = (function, [f"a{i}" for i in range(20)])
        assert times(graph, "all", m, merge_size=4) == (expected, 20 + 5 + 1 + 1)
        assert times(graph, "all", m) == (expected, 20 + 19)
        assert m.get(graph, "all") == expected


def test_folds_and_marked_functions_do_too(m: DaskVine) -> None:
    keys = [f"a{i}" for i in range(9)]
    graph: dict[Any, Any] = {key: (inc, i) for i, key in enumerate(keys)}
    graph["reduced"] = (functools.reduce, operator.add, keys)
    graph["partial"] = (functools.partial(functools.reduce, operator.add), keys)
    graph["marked"] = (merged, *keys)
    graph["list"] = (merged_list, keys)
    for key in ("reduced", "partial", "marked", "list"):
        assert times(graph, key, m, merge_size=3) == (45, 9 + 4)


def test_what_is_not_known_to_be_a_fold_stays_as_it_is(m: DaskVine) -> None:
    keys = [f"a{i}" for i in range(9)]
    graph: dict[Any, Any] = {key: (inc, i) for i, key in enumerate(keys)}
    graph["length"] = (len, keys)
    graph["started"] = (sum, keys, 100)
    graph["subtracted"] = (functools.reduce, operator.sub, keys)
    assert times(graph, "length", m) == (9, 10)
    assert times(graph, "started", m) == (145, 10)
    assert times(graph, "subtracted", m) == (1 - 44, 10)


def test_collections_give_the_same(m: DaskVine) -> None:
    total = dask.delayed(sum)([dask.delayed(inc)(i) for i in range(30)])
    bag = db.from_sequence(range(100), npartitions=10)
    folded = bag.fold(operator.add, split_every=False)
    for value in (total, folded, bag.mean(), bag.var(), bag.sum(), bag.count()):
        assert value.compute(scheduler=m.get, reconstruct=True, merge_size=3) == value.compute(scheduler="sync")


def test_a_flat_fold_of_a_bag_becomes_a_tree(m: DaskVine) -> None:
    def nodes(**options: Any) -> int:
        ran: list[Any] = []
        with Callback(pretask=lambda key, *_: ran.append(key)):
            folded = db.from_sequence(range(10), npartitions=10).fold(operator.add, split_every=False)
            assert folded.compute(scheduler=m.get, **options) == 45
        return len(ran)

    assert nodes(reconstruct=True, merge_size=3) >= nodes() + 4


def test_a_tree_needs_at_least_two_branches(m: DaskVine) -> None:
    with pytest.raises(vine.VineError, match="merge_size is at least 2, not 1"):
        m.get({"x": (inc, 1)}, "x", reconstruct=True, merge_size=1)
