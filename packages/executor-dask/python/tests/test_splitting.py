"""With low_memory_mode each call is a node of its own."""

from __future__ import annotations

from operator import add
from typing import Any

import dask
import dask.array as da
import dask.bag as db
import pytest
from dask.callbacks import Callback

from taskvine_dask import DaskVine
from taskvine_dask._graph.nodes import Nodes


def inc(x: int) -> int:
    return x + 1


def keys_of(m: DaskVine, collection: Any, **options: Any) -> tuple[Any, list[Any]]:
    """Its value, and the keys that ran for it."""
    ran: list[Any] = []
    with Callback(posttask=lambda key, *_: ran.append(key)):
        return collection.compute(scheduler=m.get, **options), ran


def test_calls_inside_of_calls_are_nodes_of_their_own() -> None:
    graph = {"x": 1, "y": (add, (inc, "x"), (sum, [(inc, (inc, "x")), 5, "x"])), "z": (inc, "y")}
    assert len(Nodes(graph).keys) == 3
    nodes = Nodes(graph, apart=True)
    assert len(nodes.keys) == 7
    assert {"x", "y", "z"} < set(nodes.keys)
    assert dask.get(nodes.graph, ["y", "z"]) == (11, 12)


def test_they_are_what_their_node_was_said_to_be() -> None:
    told = {"priority": {"y": 7}}
    nodes = Nodes({"y": (inc, (inc, 1)), "z": (inc, 1)}, apart=True)
    assert len(nodes.keys) == 3

    class Annotated:
        def __dask_annotations__(self) -> Any:
            return told

        def __dask_graph__(self) -> Any:
            return {"y": (inc, (inc, 1)), "z": (inc, 1)}

    annotated = Nodes(Annotated(), apart=True).annotations["priority"]
    assert sorted(annotated.values()) == [7, 7]


def test_graphs_of_any_kind_give_the_same(m: DaskVine) -> None:
    x = da.arange(64, chunks=16).reshape(8, 8)
    bag = db.range(20, npartitions=2)
    for collection in (((x + 1) * 2 - x.T).sum(), (x @ x).mean(axis=0), bag.map(inc).filter(bool).sum()):
        value, whole = keys_of(m, collection)
        split_value, parts = keys_of(m, collection, low_memory_mode=True)
        assert (split_value == value).all() if hasattr(value, "all") else split_value == value
        assert len(parts) >= len(whole)


@pytest.mark.skipif(not hasattr(dask, "_task_spec"), reason="an older Dask does not tell what it has fused")
def test_what_dask_has_fused_is_taken_apart(m: DaskVine) -> None:
    x = da.random.random((8, 8), chunks=4)
    collection = ((x + 1) * 2 - x.T).sum()
    _, whole = keys_of(m, collection)
    _, parts = keys_of(m, collection, low_memory_mode=True)
    assert len(parts) > 2 * len(whole)
