"""Workers on this machine."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

import taskvine as vine


def test_it_starts_more_workers_while_tasks_wait_and_no_more_than_allowed(tmp_path: Path) -> None:
    with vine.Manager(run_info_path=tmp_path) as m:
        factory = vine.Factory(manager=m)
        factory.cores = 1
        factory.disk = "1 GB"
        factory.memory = 500
        factory.max_workers = 2
        with factory:
            assert factory.workers == 1
            tasks = [vine.Task("sleep 600") for _ in range(5)]
            for task in tasks:
                m.submit(task)
            while sum(task.state == "running" for task in tasks) < 2:
                m.wait(0.05)
            assert factory.workers == 2
            m.cancel_all()


def test_it_lets_workers_go_that_have_nothing_to_do_and_offers_labels(tmp_path: Path) -> None:
    with vine.Manager(run_info_path=tmp_path) as m:
        factory = vine.Factory(manager=m, cores=1, disk="1 GB", memory=500, max_workers=2)
        factory.features = ["fast", "site:east"]
        factory.timeout = "500ms"
        with factory:
            with vine.Manager(connection_file=m.connection_file) as other:
                tasks = [vine.Task("sleep 600") for _ in range(3)]
                for task in tasks:
                    task.add_feature("site:east")
                    other.submit(task)
                while sum(task.state == "running" for task in tasks) < 2:
                    other.wait(0.05)
            while factory.workers > 1:
                time.sleep(0.02)


def test_what_is_mistyped_or_cannot_be_is_refused(empty_manager: vine.Manager) -> None:
    factory = vine.Factory(manager=empty_manager)
    with pytest.raises(vine.VineError, match="a factory has no max_worker") as refused:
        factory.max_worker = 3
    assert refused.value.hint == "It has max_workers."
    for name, value in [("cores", -2), ("min_workers", -1), ("max_workers", 0), ("timeout", "soon"), ("gpus", 1.5)]:
        factory = vine.Factory(manager=empty_manager)
        setattr(factory, name, value)
        with pytest.raises(vine.VineError, match=f"{name} must be"):
            factory.start()
    with pytest.raises(vine.VineError, match="starts workers for a manager, not for None"):
        vine.Factory()


def test_workers_run_functions_in_the_programs_own_python_with_the_variables_given(tmp_path: Path) -> None:
    def where() -> tuple[str, str]:
        import os
        import sys

        return sys.prefix, os.environ["OF_MINE"]

    with vine.Manager(run_info_path=tmp_path) as m:
        factory = vine.Factory(manager=m)
        factory.env["OF_MINE"] = "there"
        with factory:
            task = vine.PythonTask(where)
            m.submit(task)
            assert m.wait(60) is task
            assert task.output == (sys.prefix, "there")


def test_workers_that_cannot_start_are_given_up_with_their_complaint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with vine.Manager(run_info_path=tmp_path) as m:
        broken = tmp_path / "broken"
        broken.write_text("#!/bin/sh\necho no luck >&2; exit 1\n")
        broken.chmod(0o755)
        monkeypatch.setenv("VINE_COMMAND", str(broken))
        factory = vine.Factory(manager=m)
        monkeypatch.setattr("taskvine.factory._LOOK_S", 0.02)
        with factory:
            while factory.failure is None:
                time.sleep(0.01)
        assert "no luck" in str(factory.failure)


def test_what_it_cannot_do_is_refused(m: vine.Manager) -> None:
    with pytest.raises(vine.VineError, match="on this machine only"):
        vine.Factory("condor", manager=m)
    factory = vine.Factory(manager=m)
    factory.memory = "lots"
    with pytest.raises(vine.VineError, match="memory must be"):
        factory.start()
