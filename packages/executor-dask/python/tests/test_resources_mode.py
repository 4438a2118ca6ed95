"""Nodes get as much memory as nodes of the same name were seen to use, where that is asked for."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import taskvine as vine

from taskvine_dask import DaskVine
from taskvine_dask._run.sizing import mode_of

MB = 1_000_000
#: Of the worker: what a core has of it in MiB, nearly all of it; and more than that core has, in MB.
SHARE = 300 * MB >> 20
MOST = "1.1 GB"
LARGE = 450
MODES = ["max", "min-waste", "max-throughput", "greedy-bucketing", "exhaustive-bucketing", "auto"]


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskVine]:
    """A manager with one worker of four cores and 1.2 GB: a share of 300 MB for each."""
    with DaskVine(run_info_path=tmp_path_factory.mktemp("runs")) as manager:
        factory = vine.Factory(manager=manager)
        factory.cores = 4
        factory.memory = "1.2 GB"
        factory.disk = "4 GB"
        factory.min_workers = 1
        with factory:
            assert manager.get({"x": (use, 1)}, "x") == SHARE
            yield manager


def use(megabytes: int, *_: Any) -> int:
    """Takes so much memory, and waits for its end where that is too much. Returns what it was given, MiB."""
    given = int(os.environ["MEMORY"])
    taken = b"x" * (megabytes * MB)
    if len(taken) >> 20 > given:
        time.sleep(120)
    return given


def independent(name: str, count: int, megabytes: int = 1) -> dict[Any, Any]:
    return {f"{name}-{number}": (use, megabytes) for number in range(count)}


def get(m: DaskVine, graph: dict[Any, Any], **options: Any) -> list[Any]:
    return list(m.get(graph, list(graph), **options))


def test_modes_are_read_in_any_spelling_and_others_are_refused(m: DaskVine) -> None:
    assert mode_of(None) is mode_of(False) is mode_of("fixed") is mode_of(" Fixed ") is None
    assert [mode_of(told) for told in ("max", "Max Seen", "max-seen")] == ["max"] * 3
    assert [mode_of(told) for told in ("min waste", "MIN_WASTE", "min-waste")] == ["min-waste"] * 3
    assert [mode_of(mode) for mode in MODES] == MODES
    for nonsense in ("deterministic", "", True, 3, ["max"]):
        with pytest.raises(vine.VineError, match=r"resources_mode is one of fixed, max, .*, not"):
            m.get({"x": (use, 1)}, "x", resources_mode=nonsense)


@pytest.mark.parametrize("mode", ["max", "auto"])
def test_small_nodes_soon_share_a_worker_that_each_of_them_might_have_filled(
    wide: DaskVine, tmp_path: Path, mode: str
) -> None:
    def meet(number: int, wanted: int) -> int:
        """Whether so many others are there within a while: the first comes alone."""
        (tmp_path / str(number)).touch()
        ends = time.monotonic() + (60 if number else 0)
        while time.monotonic() < ends and len(list(tmp_path.iterdir())) <= wanted:
            time.sleep(0.02)
        return int(os.environ["MEMORY"])

    graph = {f"meet-{mode}-{number}": (meet, number, 4) for number in range(5)}
    first, *others = get(wide, graph, resources={"memory": MOST}, resources_mode=mode)
    assert first > 1_000
    assert set(others) == {SHARE}


def test_fixed_means_as_asked(wide: DaskVine) -> None:
    for told in ("fixed", None, False):
        given = get(wide, independent("fixed", 6), resources={"memory": MOST}, resources_mode=told)
        assert set(given) == {1_100 * MB >> 20}


@pytest.mark.parametrize("mode", ["max", "auto", "greedy-bucketing"])
def test_nodes_that_need_more_than_those_before_them_run_again_with_more(wide: DaskVine, mode: str) -> None:
    graph = independent(f"later-{mode}", 8)
    after = list(graph)
    graph.update({f"later-{mode}-{number}": (use, LARGE, after) for number in (100, 101)})
    graph["sum"] = (lambda *given: len(given), *graph)
    *small, one, other, count = get(wide, graph, resources_mode=mode, retries=0)
    assert (len(small), count) == (8, 10)
    assert min(one, other) > LARGE * MB >> 20


def test_what_no_worker_has_enough_for_is_named_and_others_go_on(wide: DaskVine) -> None:
    graph: dict[Any, Any] = independent("usual", 4)
    graph["greedy"] = (use, 1_500, "usual-3")
    with pytest.raises(vine.VineError, match="greedy") as caught:
        wide.get(graph, list(graph), resources_mode="max", retries=0)
    assert caught.value.code == "RESOURCE_EXHAUSTED"
    assert len(get(wide, independent("usual", 4), resources_mode="max")) == 4


def test_no_node_gets_more_than_was_asked_for(wide: DaskVine) -> None:
    graph = {"small": (use, 1), "large": (use, LARGE, "small")}
    with pytest.raises(vine.VineError, match="large") as caught:
        wide.get(graph, "large", resources={"memory": "250 MB"}, resources_mode="auto")
    assert caught.value.code == "RESOURCE_EXHAUSTED"


def test_names_have_sizes_of_their_own(wide: DaskVine) -> None:
    graph: dict[Any, Any] = {f"big-{number}": (use, LARGE) for number in range(2)}
    graph.update(independent("little", 20))
    given = dict(zip(graph, get(wide, graph, resources_mode="max")))
    assert min(size for key, size in given.items() if key.startswith("big")) > LARGE * MB >> 20
    assert {size for key, size in given.items() if key.startswith("little")} == {SHARE}


def test_what_needs_more_than_a_share_does_not_wait_until_all_else_is_done(wide: DaskVine, tmp_path: Path) -> None:
    flag = tmp_path / "flag"

    def large() -> int:
        given = use(LARGE)
        flag.touch()
        return given

    def look(_: int) -> bool:
        """Whether the flag comes up, within a while."""
        ends = time.monotonic() + 3
        while not flag.exists() and time.monotonic() < ends:
            time.sleep(0.02)
        return flag.exists()

    graph: dict[Any, Any] = {"large": (large,), **{f"look-{at}": (look, at) for at in range(40)}}
    given, *seen = get(wide, graph, resources_mode="auto")
    assert given > LARGE * MB >> 20
    assert sum(seen) > 10


def test_calls_in_processes_of_their_own_are_measured_too(wide: DaskVine) -> None:
    graph = independent("own", 8)
    first, *others = get(wide, graph, resources={"memory": MOST}, resources_mode="max", task_mode="tasks")
    assert first > 1_000
    assert others[-1] == SHARE


def test_values_that_a_process_keeps_are_a_part_of_what_it_has(wide: DaskVine) -> None:
    def kept(_: bytes) -> tuple[int, int]:
        from vine_dask.memory import memory  # type: ignore[import-not-found]

        return memory._most, int(os.environ["MEMORY"]) << 20

    graph = {"value": (bytes, 1_000), "kept": (kept, "value")}
    most, given = wide.get(graph, "kept", resources_mode="max")
    assert most == given // 8
    assert wide.get(graph, "kept")[0] == 256 << 20
