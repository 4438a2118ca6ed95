"""What goes wrong in a graph comes back as it was, and nothing of it stays."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dask
import pytest
import taskvine as vine

from taskvine_dask import DaskVine, NodeError


class Unlucky(Exception):
    """An exception of the program itself."""

    def __init__(self, number: int) -> None:
        super().__init__(f"number {number}")
        self.number = number


def fail(number: int) -> int:
    raise Unlucky(number)


def inc(x: int) -> int:
    return x + 1


def test_an_exception_comes_back_as_itself_with_the_key_and_the_remote_traceback(m: DaskVine) -> None:
    with pytest.raises(Unlucky) as caught:
        m.get({"x": 1, "y": (inc, "x"), ("bad", 3): (fail, "y")}, ("bad", 3))
    assert caught.value.number == 2
    told = str(caught.value.__cause__)
    assert "('bad', 3)" in told
    assert "raise Unlucky(number)" in told
    assert m.get({"x": (inc, 1)}, "x") == 2


def test_a_module_that_workers_lack_is_named_without_a_second_try_at_any(m: DaskVine) -> None:
    with pytest.raises(vine.VineError, match=r"after (a try|2 tries): (.|\n)*'no_such_module' cannot be imported"):
        m.get({"x": (inc, 1)}, "x", lib_modules=["no_such_module"])
    assert m.get({"x": (inc, 1)}, "x") == 2


def test_an_exception_keeps_its_cause(m: DaskVine) -> None:
    def with_cause() -> None:
        try:
            raise KeyError("inner")
        except KeyError as error:
            raise ValueError("outer") from error

    with pytest.raises(ValueError, match="outer") as caught:
        m.get({"a": (with_cause,)}, "a")
    assert "inner" in str(caught.value.__cause__)


def test_a_node_that_exits_ends_neither_program_nor_library(m: DaskVine) -> None:
    with pytest.raises(NodeError, match="SystemExit"):
        m.get({"a": (sys.exit, 3)}, "a")


def test_what_cannot_be_pickled_is_named(m: DaskVine) -> None:
    with pytest.raises(TypeError, match="'lock'"):
        m.get({"a": (inc, 1), "lock": (inc, threading.Lock())}, ["lock", "a"])
    with pytest.raises(vine.VineError, match="cannot be pickled"):
        m.get({"lock": (threading.Lock,)}, "lock")


class Unreadable:
    """Can be written, and not be read."""

    def __reduce__(self) -> tuple[Any, ...]:
        return int, ("no number",)


def test_what_cannot_be_read_at_the_worker_is_told_like_what_a_node_raises(m: DaskVine) -> None:
    with pytest.raises(ValueError, match="no number") as caught:
        m.get({"a": (inc, Unreadable())}, "a")
    assert "while running the task 'a'" in str(caught.value.__cause__)


def test_values_that_cannot_travel_are_made_where_they_are_needed(m: DaskVine) -> None:
    graph = {
        "lazy": (iter, [1, 2, 3]),
        "sum": (sum, "lazy"),
        "list": (list, "lazy"),
        "both": (lambda a, b: (a, b), "sum", "list"),
    }
    assert m.get(graph, "both") in ((6, []), (0, [1, 2, 3]), (6, [1, 2, 3]))


def test_a_failed_node_can_be_run_again_here(m: DaskVine) -> None:
    pid = os.getpid()

    def not_there() -> int:
        if os.getpid() == pid:
            raise ZeroDivisionError("here")
        raise ValueError("there")

    with pytest.raises(ZeroDivisionError, match="here"):
        m.get({"a": (not_there,)}, "a", rerun_exceptions_locally=True)


def test_a_node_that_kills_its_process_is_named_and_others_go_on(m: DaskVine) -> None:
    def die(x: int) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    graph: dict[Any, Any] = {f"a{i}": (inc, i) for i in range(30)}
    graph["deadly"] = (die, "a3")
    graph["end"] = (lambda *all_of_them: len(all_of_them), *graph)
    with pytest.raises(vine.VineError, match="deadly"):
        m.get(graph, "end", retries=0)
    assert m.get({"x": (inc, 1)}, "x") == 2


def test_a_node_that_takes_too_much_memory_is_named(m: DaskVine) -> None:
    def greedy(x: int) -> int:
        taken = bytearray(os.urandom(1 << 20) * 900)
        time.sleep(600)
        return len(taken) + x

    graph: dict[Any, Any] = {"a": (inc, 1), "greedy": (greedy, "a")}
    with pytest.raises(vine.VineError, match="greedy"):
        m.get(graph, "greedy", lib_resources={"cores": 1, "memory": "300 MB"}, retries=0)


@pytest.mark.parametrize(
    ("versions", "sentence"),
    [
        ("2.7 2026.8.0 3.1.2", "Python 2.7"),
        ("{} 2020.1.0 3.1.2", "dask 2020.1.0 .* same at both ends"),
        (f"{{}} {dask.__version__} 1.6.0", "cloudpickle 1.6.0 .* same at both ends"),
    ],
)
def test_a_program_and_workers_that_do_not_fit_are_told_so(m: DaskVine, versions: str, sentence: str) -> None:
    python = f"{sys.version_info[0]}.{sys.version_info[1]}"
    other = versions.format(python)
    if not hasattr(dask, "_task_spec"):
        other, sentence = other.replace("2020.1.0", "2026.8.0"), sentence.replace("2020.1.0", "2026.8.0")
    with pytest.raises(vine.VineError, match=sentence):
        m.get({"a": (inc, 1)}, "a", env_vars={"VINE_DASK_VERSIONS": other})


def test_ctrl_c_ends_the_graph_and_the_manager_stays(m: DaskVine, tmp_path: Path) -> None:
    def slow(number: int) -> int:
        (tmp_path / f"begun-{number}").touch()
        time.sleep(600)
        return number

    def interrupt() -> None:
        while not any(tmp_path.iterdir()):
            time.sleep(0.02)
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    watcher = threading.Thread(target=interrupt)
    watcher.start()
    with pytest.raises(KeyboardInterrupt):
        m.get({f"s{i}": (slow, i) for i in range(4)}, [f"s{i}" for i in range(4)])
    watcher.join()
    assert m.get({"x": (inc, 1)}, "x") == 2


def test_several_threads_compute_at_once(m: DaskVine) -> None:
    results: dict[int, Any] = {}

    def compute(number: int) -> None:
        graph: dict[Any, Any] = {f"a{i}": (inc, i + number) for i in range(50)}
        graph["sum"] = (sum, list(graph))
        results[number] = m.get(graph, "sum")

    threads = [threading.Thread(target=compute, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {number: sum(range(1, 51)) + 50 * number for number in range(4)}


# ── workers that are lost ──


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[DaskVine, vine.Factory]]:
    """A manager of its own with three workers, which are replaced when they end."""
    with DaskVine(run_info_path=tmp_path / "runs") as manager:
        factory = vine.Factory(manager=manager)
        factory.cores = 1
        factory.memory = "1 GB"
        factory.disk = "2 GB"
        factory.min_workers = 3
        # A worker that is killed leaves its folder.
        factory.env = {"TMPDIR": str(tmp_path)}
        with factory:
            yield manager, factory


def kill_one(factory: vine.Factory, when: Path) -> threading.Thread:
    """Once this many nodes have begun."""

    def work() -> None:
        while not when.exists():
            time.sleep(0.02)
        os.kill(factory._workers[0].pid, signal.SIGKILL)

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_a_tree_survives_the_loss_of_a_worker(cluster: tuple[DaskVine, vine.Factory], tmp_path: Path) -> None:
    m, factory = cluster

    def block(number: int) -> bytes:
        return bytes([number % 251]) * 100_000

    def join(a: bytes, b: bytes) -> bytes:
        if not (tmp_path / "begun").exists():
            (tmp_path / "begun").touch()
        time.sleep(0.02)
        return bytes(x ^ y for x, y in zip(a[:2_000], b[:2_000])) + a[2_000:]

    graph: dict[Any, Any] = {f"block-{i}": (block, i) for i in range(64)}
    layer, level = list(graph), 0
    while len(layer) > 1:
        level += 1
        pairs = list(zip(layer[::2], layer[1::2]))
        graph.update({f"join-{level}-{i}": (join, a, b) for i, (a, b) in enumerate(pairs)})
        layer = [f"join-{level}-{i}" for i in range(len(pairs))]
    killer = kill_one(factory, tmp_path / "begun")
    got = m.get(graph, layer[0])
    killer.join()
    expected = 0
    for i in range(64):
        expected ^= i % 251
    assert got == bytes([expected]) * 2_000 + bytes(98_000)


def test_a_shuffle_survives_the_loss_of_a_worker(cluster: tuple[DaskVine, vine.Factory], tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    datasets = pytest.importorskip("dask.datasets")
    m, factory = cluster
    frame = datasets.timeseries(start="2000-01-01", end="2000-01-07", freq="60s", partition_freq="1D", seed=5)

    def touch(part: Any) -> Any:
        (tmp_path / "begun").touch()
        return part

    with m.as_dask():
        killer = kill_one(factory, tmp_path / "begun")
        got = frame.map_partitions(touch, meta=frame._meta).shuffle("id").groupby("id").x.sum().compute()
        killer.join()
    want = frame.compute(scheduler="sync").groupby("id").x.sum()
    assert got.sort_index().to_numpy() == pytest.approx(want.sort_index().to_numpy())
