"""Values that are too large to travel with the news: they come home as files."""

from __future__ import annotations

import os
import time
from typing import Any

import numpy as np
import pytest

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
        array += 1
    assert text == "x" * SIZES[0]


def left_in(folder: str) -> list[str]:
    """Files of values, once they have had time to go."""
    ends = time.monotonic() + 60
    while True:
        left = [name for name in os.listdir(folder) if name.startswith("dask-value")]
        if not left or time.monotonic() > ends:
            return left
        time.sleep(0.02)


def test_they_are_the_program_s_own_and_nothing_stays_behind(m: DaskVine) -> None:
    check(m)
    assert left_in(m.run_directory) == []


def test_a_program_that_does_not_see_the_files_gets_their_content(
    m: DaskVine, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_file = GraphRun._take_file
    elsewhere = {"path": "/nowhere/at/all"}
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
