"""Values that are too large to travel with the news: they come home as files."""

from __future__ import annotations

import os
import time
from typing import Any

import numpy as np
import pytest
from taskvine._wire import gateway_pb2 as wire

from taskvine_dask import DaskVine
from taskvine_dask._run.graph import GraphRun

SIZES = (20_000, 3_000_000, 200_000)


def numbers(count: int) -> Any:
    return np.arange(count)


def graph_of_large_values() -> dict[Any, Any]:
    graph: dict[Any, Any] = {("large", i): (numbers, count) for i, count in enumerate(SIZES)}
    graph["text"] = (lambda numbers: "x" * len(numbers), ("large", 0))
    return graph


def check(m: DaskVine) -> None:
    graph = graph_of_large_values()
    *arrays, text = m.get(graph, list(graph))
    for array, count in zip(arrays, SIZES):
        assert (array == np.arange(count)).all()
        array[0] = 7
    assert text == "x" * SIZES[0]


def left_in(folder: str) -> list[str]:
    """Files of values and literals, once they have had time to go."""
    ends = time.monotonic() + 60
    while True:
        names = [*os.listdir(folder), *os.listdir(os.path.join(folder, "staging"))]
        left = [name for name in names if name.startswith(("dask-", "buffer-"))]
        if not left or time.monotonic() > ends:
            return left
        time.sleep(0.02)


def test_they_are_the_program_s_own_and_nothing_stays_behind(m: DaskVine) -> None:
    check(m)
    assert left_in(m.run_directory) == []


@pytest.mark.parametrize("path", ["/nowhere/at/all", "/"], ids=["not there", "not to be read"])
def test_a_program_that_cannot_have_the_files_gets_their_content(
    m: DaskVine, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    take_file = GraphRun._take_file
    elsewhere = {"path": path}
    monkeypatch.setattr(GraphRun, "_take_file", lambda self, told, *more: take_file(self, {**told, **elsewhere}, *more))
    check(m)
    assert left_in(m.run_directory) == []


def test_they_come_while_others_are_still_on_their_way(m: DaskVine) -> None:
    graph: dict[Any, Any] = {("large", i): (numbers, 100_000 + i) for i in range(60)}
    assert [len(array) for array in m.get(graph, list(graph))] == [100_000 + i for i in range(60)]
    assert left_in(m.run_directory) == []


def test_of_a_graph_that_fails_none_stays_behind(m: DaskVine) -> None:
    graph = {**graph_of_large_values(), "bad": (lambda one: one["no such key"], {})}
    with pytest.raises(KeyError, match="no such key"):
        m.get(graph, list(graph))
    assert left_in(m.run_directory) == []


@pytest.mark.parametrize("sees_files", [True, False])
def test_literals_of_any_size_travel_with_the_graph(
    m: DaskVine, monkeypatch: pytest.MonkeyPatch, sees_files: bool
) -> None:
    folder = m.run_directory
    if not sees_files:
        monkeypatch.setattr(m.desk, "ready", wire.Ready(run_directory="/nowhere/at/all"))
    large: Any = np.arange(25_000_000, dtype=np.float64)
    text = b"abc" * 7_000_000
    graph = {"a": (np.sum, large), "b": (len, text), "l": text, "c": (len, "l"), "d": (lambda x: x[-1], large)}
    assert m.get(graph, ["a", "b", "c", "d"]) == (large.sum(), len(text), len(text), large[-1])
    assert left_in(folder) == []
