"""What `dask.annotate` says of nodes holds for each of them, also where several go out together."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dask
import pytest
from taskvine._link.finding import find_vine

from taskvine_dask import DaskVine
from taskvine_dask._run.classes import names_of
from taskvine_dask._run.library import LibraryWishes

METALS = ("gold", "iron")


def start(m: DaskVine, name: str, folder: Path) -> subprocess.Popen[bytes]:
    """A worker of that name, whose processes see it in their folder."""
    ends = ["--single-shot", "--parent-death", "--log-level", "warn"]
    offer = ["--cores", "1", "--memory", "1GB", "--disk", "2GB", "--workdir", str(folder / name)]
    return subprocess.Popen(
        [*find_vine(), "worker", "--connection-file", m.connection_file, "--name", name, *offer, *ends],
        env={**os.environ, "VINE_PYTHON": sys.executable},
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("metals")


@pytest.fixture(scope="module")
def metals(folder: Path) -> Iterator[DaskVine]:
    """A manager with two workers, called gold and iron."""
    with DaskVine(run_info_path=folder / "runs") as manager:
        workers = [start(manager, name, folder) for name in METALS]
        for name in METALS:
            assert manager.get({"a": (metal,)}, "a", workers=name) == name
        yield manager
    for worker in workers:
        worker.wait(60)


def metal(*_: Any) -> str:
    return next(name for name in (*METALS, "lead") if f"{os.sep}{name}{os.sep}" in os.getcwd() + os.sep)


def test_names_are_read_in_any_form() -> None:
    assert names_of("gold") == ("gold",)
    assert names_of(["tcp://10.0.0.1:8786", "node7:4000", 3, "node7"]) == ("10.0.0.1", "3", "node7")
    assert names_of({"fe80::1"}) == ("fe80::1",)
    assert names_of(None) == names_of([]) == ()


def test_a_node_of_its_own_resources_has_its_share_of_what_is_left_out() -> None:
    library = LibraryWishes(resources={"cores": 4, "memory": 8e9, "gpus": 1}, slots=4)
    own = library.with_resources({"memory": "4 GB"})
    assert (own.slots, own.resources) == (1, {"cores": 1, "memory": 4e9, "gpus": 1})


def several(*values: Any) -> tuple[Any, ...]:
    return values


def test_workers_are_those_named_for_each_node_of_a_chain(metals: DaskVine) -> None:
    node = dask.delayed(several)
    for name, other in (METALS, METALS[::-1]):
        with dask.annotate(workers=[name]):
            first = dask.delayed(metal)()
        with dask.annotate(workers=other):
            second = dask.delayed(metal)(first)
        assert node(first, second).compute(scheduler=metals.get, optimize_graph=False) == (name, other)


def test_a_worker_may_be_named_by_its_host(metals: DaskVine) -> None:
    with dask.annotate(workers=[f"tcp://{socket.gethostname()}:8786", "nowhere"]):
        value = dask.delayed(metal)()
    assert value.compute(scheduler=metals.get, optimize_graph=False) in METALS


def test_others_do_only_where_they_may_while_none_of_those_is_there(metals: DaskVine, folder: Path) -> None:
    with dask.annotate(workers=["lead"], allow_other_workers=True):
        loose = dask.delayed(metal)()
    assert loose.compute(scheduler=metals.get, optimize_graph=False) in METALS
    with dask.annotate(workers=["lead"]):
        strict = dask.delayed(metal)(1)
    got: list[str] = []
    waiting = threading.Thread(target=lambda: got.append(strict.compute(scheduler=metals.get, optimize_graph=False)))
    waiting.start()
    assert metals.get({"a": (metal,)}, "a") in METALS
    assert not got
    lead = start(metals, "lead", folder)
    waiting.join(120)
    assert got == ["lead"]
    lead.terminate()
    lead.wait(60)


def fails_at_first(path: str, times: int, *_: Any) -> int:
    """Raises so many times; tells how often it ran."""
    with open(path, "a") as opened:
        opened.write("x")
    size = os.path.getsize(path)
    if size <= times:
        raise ValueError(f"{path} has {size}")
    return size


def test_retries_are_those_of_the_node_that_raises_within_a_chain(metals: DaskVine, tmp_path: Path) -> None:
    flaky = dask.delayed(fails_at_first)

    def chain(name: str, **annotations: Any) -> Any:
        before = dask.delayed(several)(name)
        with dask.annotate(**annotations):
            node = flaky(str(tmp_path / name), 2, before)
        return dask.delayed(several)(node)

    def run(value: Any, **options: Any) -> Any:
        return value.compute(scheduler=metals.get, optimize_graph=False, **options)

    assert run(chain("enough", retries=2)) == (3,)
    assert run(chain("of all"), retries=2) == (3,)
    for name, told in (("none", {}), ("too few", {"retries": 1}), ("its own", {"retries": 0})):
        with pytest.raises(ValueError, match="has"):
            run(chain(name, **told), retries=2 if name == "its own" else None)
    assert [(tmp_path / name).stat().st_size for name in ("none", "too few", "its own")] == [1, 2, 1]


def test_resources_are_those_of_the_node_within_a_chain(metals: DaskVine) -> None:
    def pid(*before: Any) -> tuple[Any, ...]:
        return (*(before[0] if before else ()), (os.getpid(), os.environ["CORES"]))

    first = dask.delayed(pid)()
    with dask.annotate(resources={"cores": 0.5}):
        second = dask.delayed(pid)(first)
    third = dask.delayed(pid)(second)
    processes = third.compute(scheduler=metals.get, optimize_graph=False)
    assert [cores for _, cores in processes] == ["1", "0.5", "1"]
    assert processes[1][0] not in (processes[0][0], processes[2][0])


def test_what_is_more_urgent_runs_before_the_rest_of_a_chain(metals: DaskVine, tmp_path: Path) -> None:
    log = tmp_path / "log"

    def note(name: str, *_: Any) -> None:
        with open(log, "a") as opened:
            opened.write(f"{name} ")

    value: Any = None
    for at in range(6):
        value = dask.delayed(note)(f"low{at}", value)
    urgent: Any = None
    for at in range(3):
        with dask.annotate(priority=10):
            urgent = dask.delayed(note)(f"high{at}", urgent)
    dask.compute(value, urgent, scheduler=metals.get, optimize_graph=False, workers="gold")
    names = log.read_text().split()
    assert len(names) == 9
    assert names[:3] == ["high0", "high1", "high2"]


def test_a_node_for_few_workers_need_not_wait_until_all_others_are_done(metals: DaskVine, tmp_path: Path) -> None:
    flag = tmp_path / "flag"

    def look(_: int) -> bool:
        """Whether the flag comes up, within a while."""
        ends = time.monotonic() + 2
        while not flag.exists() and time.monotonic() < ends:
            time.sleep(0.02)
        return flag.exists()

    others = [dask.delayed(look)(at) for at in range(40)]
    with dask.annotate(workers="gold"):
        special = dask.delayed(flag.touch)()
    *seen, _ = dask.compute(*others, special, scheduler=metals.get, optimize_graph=False)
    assert sum(seen) > 20
