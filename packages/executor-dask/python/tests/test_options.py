"""What users may say of a graph."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import warnings
from pathlib import Path
from typing import Any

import dask
import pytest
import taskvine as vine
from dask.callbacks import Callback
from dask.diagnostics import Profiler, ProgressBar
from taskvine._link.finding import find_vine

from taskvine_dask import DaskVine


def inc(x: int) -> int:
    return x + 1


def test_the_program_of_the_slides_runs(tmp_path: Path) -> None:
    m = vine.DaskVine(name="my-project", ssl=True, run_info_path=tmp_path)
    f = vine.Factory(manager=m)
    f.cores = 1
    f.max_workers = 2
    f.min_workers = 1
    with m, f, dask.config.set(scheduler=m.get):
        t = dask.delayed(inc)(dask.delayed(inc)(1))
        assert t.compute(resources={"cores": 1}, resources_mode=None, lazy_transfers=True) == 3
        assert m.name == "my-project"


def test_what_managers_of_the_original_are_made_with_is_understood(tmp_path: Path) -> None:
    made: list[DaskVine] = []
    needless = {"ssl": True, "shutdown": True, "staging_path": tmp_path, "status_display_interval": 5}
    told = {"run_info_path": tmp_path, "run_info_template": "run-%Y", "init_fn": made.append}
    ports: Any = [9123, 9200]
    with DaskVine(ports, "mine", **needless, **told) as m:
        assert made == [m]
        assert 9123 <= m.port <= 9200
        assert Path(m.run_directory).parent == tmp_path / time.strftime("run-%Y")


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        ({"prometheus_port": 9000}, "serves no figures"),
        ({"init_fn": "x"}, "init_fn is a function"),
        ({"run_info_template": 5}, "run_info_template is a text"),
    ],
)
def test_what_it_cannot_be_made_with_is_told(option: dict[str, Any], sentence: str) -> None:
    with pytest.raises(vine.VineError, match=sentence):
        DaskVine(**option)
    with pytest.raises(TypeError, match="unexpected keyword argument 'nonsense'"):
        DaskVine(nonsense=1)


def test_options_of_others_are_left_alone(m: DaskVine) -> None:
    assert m.get({"x": (inc, 1)}, "x", num_workers=3, pool=None, optimize_graph=True) == 2


ORIGINAL: dict[str, Any] = {
    **dict.fromkeys(["environment", "extra_files", "env_vars", "checkpoint_fn", "resources", "resources_mode"]),
    **dict.fromkeys(["submit_per_cycle", "max_pending", "lib_extra_functions", "lib_resources", "lib_command"]),
    **dict.fromkeys(["lib_modules", "hoisting_modules", "import_modules", "wrapper", "init_command"]),
    **dict.fromkeys(["verbose", "env_per_task", "progress_disable", "reconstruct", "low_memory_mode"], False),
    "worker_transfers": True,
    "lazy_transfers": True,
    "retries": 5,
    "task_mode": "tasks",
    "prune_depth": 0,
    "task_priority_mode": "largest-input-first",
    "scheduling_mode": "files",
    "progress_label": "tasks",
    "merge_size": 2,
    "wrapper_proc": print,
}


def test_what_the_original_takes_when_nothing_is_said_may_be_said(m: DaskVine) -> None:
    graph: dict[Any, Any] = {"x": 1, "y": (inc, "x"), "z": (sum, ["x", "y"])}
    assert m.get(graph, ["z", "y"], **ORIGINAL) == (3, 2)
    assert m.get(graph, "z", **dict.fromkeys(ORIGINAL)) == 3


@pytest.mark.parametrize(
    "mode",
    [
        "FIFO",
        "LIFO",
        "random",
        "breadth-first",
        "depth-first",
        "largest-input-first",
        "largest-storage-footprint-first",
        "longest-category-first",
        "shortest-category-first",
    ],
)
def test_any_order_gives_the_same(m: DaskVine, mode: str) -> None:
    graph: dict[Any, Any] = {f"a{i}": (inc, i) for i in range(20)}
    graph["sum"] = (sum, list(graph))
    assert m.get(graph, "sum", task_priority_mode=mode) == 210
    assert m.get(graph, "sum", scheduling_mode=mode) == 210


def test_processes_are_started_first_where_a_policy_says(tmp_path: Path) -> None:
    offers = {"roomy": "3", "narrow": "1"}
    with DaskVine(run_info_path=tmp_path) as manager:
        flags = ["--connection-file", manager.connection_file, "--single-shot", "--parent-death", "--memory", "2GB"]
        workers = [
            subprocess.Popen(
                [*find_vine(), "worker", *flags, "--name", name, "--cores", cores, "--workdir", str(tmp_path / name)],
                env={**os.environ, "VINE_PYTHON": sys.executable},
            )
            for name, cores in offers.items()
        ]
        while len(manager.workers) < 2:
            time.sleep(0.01)
        named = {"worst": "roomy", "best-fit": "narrow"}
        for mode, name in {**named, **dict.fromkeys(["files", "disk", "time", "fcfs", "rand"])}.items():
            place = manager.get({"a": (os.getcwd,)}, "a", scheduling_mode=mode)
            assert name is None or f"{os.sep}{name}{os.sep}" in place
    for worker in workers:
        worker.wait(60)


def test_an_unknown_order_is_refused(m: DaskVine) -> None:
    with pytest.raises(vine.VineError, match=r"task_priority_mode is one of FIFO, .*, not 'best'"):
        m.get({"x": (inc, 1)}, "x", task_priority_mode="best")
    with pytest.raises(vine.VineError, match=r"scheduling_mode is one of .*best-fit, .*FIFO, .*, not 'nearest'"):
        m.get({"x": (inc, 1)}, "x", scheduling_mode="nearest")


def test_few_nodes_may_be_on_their_way(m: DaskVine) -> None:
    graph: dict[Any, Any] = {f"a{i}": (inc, i) for i in range(20)}
    graph["sum"] = (sum, list(graph))
    assert m.get(graph, "sum", max_pending=2) == 210
    assert m.get(graph, "sum", submit_per_cycle=3) == 210


def test_a_wrapper_runs_every_node_and_what_it_gives_is_processed_here(m: DaskVine) -> None:
    def wrapper(key: Any, function: Any, *args: Any) -> tuple[Any, Any]:
        value = function(*args)
        return (key, os.getpid(), value), value

    gave: list[Any] = []
    graph = {"x": 1, "y": (inc, "x"), ("z", 0): (inc, "y"), "n": (lambda z: None, ("z", 0))}
    assert m.get(graph, [("z", 0), "n"], wrapper=wrapper, wrapper_proc=gave.append) == (3, None)
    assert sorted((str(key), value) for key, _, value in gave) == [("('z', 0)", 3), ("n", None), ("y", 2)]
    assert os.getpid() not in {pid for _, pid, _ in gave}


def test_what_wrappers_give_is_printed(m: DaskVine, capsys: pytest.CaptureFixture[str]) -> None:
    assert m.get({"y": (inc, 1)}, "y", wrapper=lambda key, call, *args: (f"ran {key}" * 4_000, call(*args))) == 2
    assert "ran yran y" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("wrapper", "error"),
    [
        (lambda key, function, *args: function(*args), "a wrapper returns a tuple"),
        (lambda key, function, *args: ("x" * 50_000, function(*args)), "takes [0-9]+ bytes: more than"),
        (lambda key, function, *args: 1 // 0, "by zero"),
    ],
)
def test_a_wrapper_that_goes_wrong_fails_its_node(m: DaskVine, wrapper: Any, error: str) -> None:
    with pytest.raises((TypeError, ValueError, ZeroDivisionError), match=error):
        m.get({"y": (inc, 1)}, "y", wrapper=wrapper)


class Promise:
    """A value that somebody else computes, as Dask knows it."""

    __dask_future__ = True

    def __init__(self, key: str, value: int) -> None:
        self.key = key
        self._value = value

    def result(self) -> int:
        return self._value


def test_futures_of_others_are_waited_for(m: DaskVine) -> None:
    promise = Promise("elsewhere", 41)
    assert dask.delayed(inc)(promise).compute(scheduler=m.get) == 42
    assert dask.delayed(sum)([promise, 1]).compute(scheduler=m.get) == 42
    assert m.get({"x": promise, "y": (inc, "x"), "z": (sum, [promise, "y"])}, ["x", "z"]) == (41, 83)


def test_nodes_can_have_processes_of_their_own(m: DaskVine) -> None:
    graph = {"a": (os.getpid,), "b": (os.getpid,), "c": (lambda *pids: len(set(pids)), "a", "b")}
    assert m.get(graph, "c", task_mode="tasks") >= 1


def test_values_can_pass_through_the_manager(m: DaskVine) -> None:
    graph = {"a": (bytes, 200_000), "b": (len, "a"), "c": (bytes, 5), "d": (lambda a, c: len(a) + len(c), "a", "c")}
    assert m.get(graph, ["b", "d"], worker_transfers=False) == (200_000, 200_005)
    assert m.get(graph, ["b", "d"], checkpoint_fn=lambda dag, key: key == "a") == (200_000, 200_005)


def test_a_checkpoint_is_at_the_manager_while_nodes_need_it(m: DaskVine) -> None:
    def sees_it(_: bytes, folder: str) -> bool:
        ends = time.monotonic() + 60
        while time.monotonic() < ends:
            if any(name.startswith("dask-kept-") for name in os.listdir(folder)):
                return True
            time.sleep(0.02)
        return False

    graph = {"a": (bytes, 200_000), "b": (sees_it, "a", m.run_directory)}
    assert m.get(graph, "b", checkpoint_fn=lambda dag, key: key == "a")


def test_commands_run_before_the_first_node(m: DaskVine) -> None:
    commands = {"init_command": "export ONE=1", "lib_command": "export TWO=${ONE}2"}
    assert m.get({"a": (os.getenv, "TWO")}, "a", **commands) == "12"


def test_a_node_that_takes_too_long_is_ended(m: DaskVine) -> None:
    with pytest.raises(vine.VineError) as caught:
        m.get({"a": (time.sleep, 600)}, "a", wall_time=1, retries=0)
    assert caught.value.hint.startswith("Raise wall_time")
    assert caught.value.code == "WALL_TIME"
    assert m.get({"a": (inc, 1)}, "a") == 2


def test_variables_files_and_modules_are_there(m: DaskVine, tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("ten green bottles")
    (tmp_path / "extra_module.py").write_text("ANSWER = 42\n")

    def look() -> tuple[Any, ...]:
        import extra_module  # type: ignore[import-not-found,unused-ignore]

        home = Path(extra_module.__file__).parent
        return os.environ["COLOUR"] + os.environ["TONE"], (home / "texts").read_text(), extra_module.ANSWER

    got = m.get(
        {"a": (look,)},
        "a",
        env_vars={"COLOUR": "green", "TONE": lambda manager, task: f" of {manager.name}"},
        extra_files={str(tmp_path / "words.txt"): "texts", str(tmp_path / "extra_module.py"): "extra_module.py"},
        lib_modules=["json"],
        lib_resources={"cores": 1, "memory": 500, "slots": 1},
    )
    assert got == (f"green of {m.name}", "ten green bottles", 42)


def test_annotations_are_heeded(m: DaskVine) -> None:
    @dask.delayed  # type: ignore[untyped-decorator,unused-ignore]
    def flaky(path: str) -> int:
        with open(path, "a") as opened:
            opened.write("x")
        if os.path.getsize(path) < 3:
            raise ValueError("not yet")
        return os.path.getsize(path)

    path = f"/tmp/flaky-{os.getpid()}"
    try:
        with dask.annotate(retries=5, priority=3, resources={"CPU": 1, "MEM": "300 MB"}):
            value = flaky(path)
        assert value.compute(scheduler=m.get, optimize_graph=False) == 3
    finally:
        os.unlink(path)


def test_callbacks_are_told_of_every_node(m: DaskVine) -> None:
    seen: dict[str, Any] = {"pre": [], "post": {}}

    def posttask(key: Any, value: Any, dsk: Any, state: Any, worker: Any) -> None:
        seen["post"][key] = value

    def start_state(dsk: Any, state: Any) -> None:
        seen["state"] = {name: len(state[name]) for name in ("ready", "waiting", "finished", "running")}

    callback = Callback(
        start=lambda dsk: seen.update(start=len(dsk)),
        start_state=start_state,
        pretask=lambda key, dsk, state: seen["pre"].append(key),
        posttask=posttask,
        finish=lambda dsk, state, failed: seen.update(failed=failed),
    )
    with callback:
        assert m.get(
            {"x": 1, "y": (inc, "x"), "z": (inc, "y"), "l": (bytes, 100_000), "n": (len, "l")}, ["z", "n"]
        ) == (
            3,
            100_000,
        )
    assert sorted(seen["pre"]) == ["l", "n", "y", "z"]
    assert seen["post"] == {"y": 2, "z": 3, "l": bytes(100_000), "n": 100_000}
    assert (seen["start"], seen["failed"]) == (5, False)
    assert seen["state"] == {"ready": 2, "waiting": 2, "finished": 0, "running": 0}


def test_nodes_of_a_chain_are_told_one_after_the_other(m: DaskVine) -> None:
    told: list[str] = []
    chain: dict[Any, Any] = {"n0": (inc, 0), **{f"n{at}": (inc, f"n{at - 1}") for at in range(1, 5)}}
    with Callback(
        pretask=lambda key, *_: told.append(f"begin {key}"), posttask=lambda key, *_: told.append(f"end {key}")
    ):
        assert m.get(chain, "n4") == 5
    assert told == [f"{what} n{at}" for at in range(5) for what in ("begin", "end")]
    del told[:]
    with Callback(pretask=lambda key, *_: told.append(key)):
        m.get(chain, "n4")
    assert told == list(chain)


def test_dask_s_own_diagnostics_work(m: DaskVine, capsys: pytest.CaptureFixture[str]) -> None:
    with Profiler() as profile, ProgressBar():
        m.get({"x": 1, "y": (inc, "x"), "z": (inc, "y")}, "z")
    assert {one.key for one in profile.results} == {"y", "z"}
    assert "100%" in capsys.readouterr().out


def test_warnings_of_nodes_come_back(m: DaskVine) -> None:
    def careful() -> int:
        warnings.warn("mind the gap", RuntimeWarning, stacklevel=1)
        return 1

    with pytest.warns(RuntimeWarning, match="mind the gap"):
        assert m.get({"a": (careful,)}, "a") == 1
