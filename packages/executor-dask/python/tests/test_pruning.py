"""How long values are kept decides how much is made again when a worker is lost."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import dask
import pytest
import taskvine as vine
from taskvine._link.finding import find_vine

from taskvine_dask import DaskVine

LARGE = 1 << 20


def start(m: DaskVine, name: str, folder: Path) -> subprocess.Popen[bytes]:
    offer = ["--name", name, "--cores", "2", "--memory", "1GB", "--disk", "2GB", "--workdir", str(folder / name)]
    return subprocess.Popen(
        [*find_vine(), "worker", "--connection-file", m.connection_file, *offer, "--single-shot", "--parent-death"],
        env={**os.environ, "VINE_PYTHON": sys.executable},
        stderr=subprocess.DEVNULL,
    )


def wait_for(path: Path) -> None:
    for _ in range(6_000):
        if path.exists():
            return
        time.sleep(0.01)
    raise TimeoutError(str(path))


def alone(key: Any, function: Any, *args: Any) -> tuple[None, Any]:
    """Each node goes out by itself where a wrapper is named."""
    return None, function(*args)


@pytest.mark.parametrize(("depth", "runs"), [(1, [2, 2, 2]), (3, [1, 2, 2]), (0, [1, 2, 2])])
def test_what_is_kept_longer_is_not_made_again(tmp_path: Path, depth: int, runs: list[int]) -> None:
    def large(name: str, *_: Any) -> bytes:
        with (tmp_path / name).open("a") as log:
            log.write("x")
        return os.urandom(LARGE)

    def last(_: Any) -> str:
        (tmp_path / "begun").touch()
        wait_for(tmp_path / "go")
        return "done"

    node = dask.delayed(large)
    with dask.annotate(workers="gold"):
        first = node("first")
    with dask.annotate(workers="iron", allow_other_workers=True):
        end = dask.delayed(last)(node("third", node("second", first)))
    with DaskVine(run_info_path=tmp_path / "runs") as m:
        gold, iron = (start(m, name, tmp_path) for name in ("gold", "iron"))
        while len(m.workers) < 2:
            time.sleep(0.01)

        def lose() -> None:
            wait_for(tmp_path / "begun")
            iron.kill()
            iron.wait(60)
            (tmp_path / "go").touch()

        losing = threading.Thread(target=lose)
        losing.start()
        told = {"wrapper": alone, "wrapper_proc": None, "optimize_graph": False, "prune_depth": depth}
        (value,) = dask.compute(end, scheduler=m.get, **told)
        losing.join()
    gold.wait(60)
    assert value == "done"
    assert [len((tmp_path / name).read_text()) for name in ("first", "second", "third")] == runs


@pytest.mark.parametrize("wrong", [-1, 1.5, "all", True])
def test_a_depth_that_is_no_number_of_steps_is_refused(m: DaskVine, wrong: Any) -> None:
    with pytest.raises(vine.VineError, match="prune_depth is a whole number from 0 on"):
        m.get({"x": (sum, [1])}, "x", prune_depth=wrong)
    with pytest.raises(vine.VineError, match="submit_per_cycle is a whole number from 1 on"):
        m.get({"x": (sum, [1])}, "x", submit_per_cycle=wrong)
