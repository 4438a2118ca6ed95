"""What users get wrong is answered in a sentence; what they write in good faith works."""

from __future__ import annotations

import logging
import warnings
from pathlib import Path
from typing import Any

import dask
import pytest
from taskvine import VineError

from taskvine_dask import DaskVine
from taskvine_dask._run import graph as graphs


class BadSample(Exception):
    """Its arguments are not those that it hands on."""

    def __init__(self, sample: int, *, why: str) -> None:
        super().__init__(f"sample {sample}: {why}")
        self.sample = sample


def inc(x: int) -> int:
    return x + 1


def test_an_exception_with_arguments_of_its_own_comes_back_as_itself(m: DaskVine) -> None:
    def check(sample: int) -> None:
        try:
            raise BadSample(0, why="inner")
        except BadSample as inner:
            raise BadSample(sample, why="too short") from inner

    with pytest.raises(BadSample, match="sample 7: too short") as caught:
        m.get({"a": (check, 7)}, "a")
    assert caught.value.sample == 7


def test_a_class_is_no_scheduler() -> None:
    with pytest.raises(VineError, match="an object of the class"):
        dask.delayed(inc)(1).compute(scheduler=DaskVine)


def test_a_node_that_names_the_manager_computes_by_itself(m: DaskVine) -> None:
    def nested(x: int) -> Any:
        with m.as_dask():
            pair = dask.compute(dask.delayed(inc)(x), scheduler=m), dask.delayed(inc)(x).compute(scheduler=m.get)
        return [*pair, m.get({"a": (inc, x)}, "a"), m.dask_get({"a": (inc, x)}, "a")]

    assert m.get({"n": (nested, 1)}, "n") == [(2,), 2, 2, 2]


def test_a_node_may_have_the_scheduler_of_the_program(m: DaskVine) -> None:
    get = m.get
    assert m.get({"n": (lambda x: get({"a": x}, "a"), 1)}, "n") == 1
    assert m.get({"n": (lambda x, given: given({"a": x}, "a"), 2, m.dask_get)}, "n") == 2


class Interrupting(logging.Handler):
    """Ends what waits, as Ctrl-C does, as soon as something is said."""

    said = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.said = record.getMessage()
        raise KeyboardInterrupt


def test_a_graph_without_workers_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphs, "_QUIET_S", 0.1)
    heard = Interrupting()
    monkeypatch.setattr(logging.getLogger("taskvine"), "handlers", [heard])
    with DaskVine(run_info_path=tmp_path) as m, pytest.raises(KeyboardInterrupt):
        m.get({"a": (inc, 1)}, "a")
    assert heard.said.startswith("no worker is there")
    assert f"--connection-file {m.connection_file}" in heard.said


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"extra_files": {"/nowhere/x": "x"}}, "no such file"),
        ({"retries": "2"}, "retries is a number"),
        ({"task_mode": "function_calls"}, "task_mode is one of"),
        ({"lib_resources": {"memory": "lots"}}, "memory must be"),
        ({"environment": "/nowhere/env.tar.gz"}, "no packed environment"),
        ({"hoisting_modules": ["not_there"]}, "'not_there' cannot be imported"),
    ],
)
def test_a_wrong_option_is_told_in_a_sentence(m: DaskVine, options: dict[str, Any], sentence: str) -> None:
    with pytest.raises(VineError, match=sentence):
        m.get({"a": (inc, 1)}, "a", **options)
    assert m.get({"a": (inc, 1)}, "a") == 2


def test_a_value_that_cannot_travel_is_named_where_it_is_asked_for(m: DaskVine) -> None:
    with pytest.raises(VineError, match="cannot be pickled"):
        m.get({"a": (lambda: (x for x in range(3)),)}, "a")


def test_a_name_in_the_programs_folder_is_told_apart(
    m: DaskVine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("numbers.txt").write_text("1 2 3")
    Path("results").mkdir()
    for name in ("numbers.txt", "results/sums.txt"):
        with pytest.raises(FileNotFoundError) as caught:
            m.get({"a": (open, name)}, "a")
        assert f"give the whole path, '{tmp_path / name}'" in str(caught.value.__cause__)
    with pytest.raises(FileNotFoundError) as caught:
        m.get({"a": (open, "nowhere.txt")}, "a")
    assert "whole path" not in str(caught.value.__cause__)


@pytest.mark.parametrize("task_mode", ["function-calls", "tasks"])
def test_files_that_nodes_leave_where_they_ran_are_told_of_once(m: DaskVine, task_mode: str) -> None:
    def save(x: int) -> int:
        Path(f"{task_mode}-{x}.txt").write_text("x")
        return x

    graph = {f"save {number}": (save, number) for number in range(4)}
    with pytest.warns(UserWarning, match=rf"such as '{task_mode}-\d.txt'.*: give the whole path") as told:
        m.get(graph, list(graph), task_mode=task_mode)
    assert len(told) == 1


def test_a_warning_of_many_nodes_is_shown_once(m: DaskVine) -> None:
    def warn(x: int) -> None:
        warnings.warn("careful", RuntimeWarning, stacklevel=1)

    graph = {f"warn {number}": (warn, number) for number in range(9)}
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("default")
        m.get(graph, list(graph))
    assert [str(one.message) for one in told] == ["careful"]
