"""Graphs that are large, and disks that are small."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import taskvine as vine
from dask.delayed import Delayed

from taskvine_dask import DaskVine

MOST_MB = 1_000


def leaf(x: int) -> int:
    return x


def add(a: int, b: int) -> int:
    return a + b


def test_a_delayed_tree_of_a_hundred_thousand_nodes_is_summed_in_bounded_memory(m: DaskVine) -> None:
    graph: dict[Any, Any] = {("leaf", i): (leaf, i) for i in range(50_000)}
    layer: list[Any] = list(graph)
    while len(layer) > 1:
        pairs = list(zip(layer[::2], layer[1::2]))
        rest = layer[2 * len(pairs) :]
        above = {f"add-{len(graph) + i}": (add, a, b) for i, (a, b) in enumerate(pairs)}
        graph.update(above)
        layer = [*above, *rest]
    assert len(graph) == 99_999
    assert Delayed(layer[0], graph).compute(scheduler=m.get) == sum(range(50_000))
    process = m._process
    assert process is not None
    status = Path(f"/proc/{process._process.pid}/status").read_text()
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    assert peak / 1_024 < MOST_MB


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("needs root, and mount")
    place = tmp_path / "small"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", place], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


def test_what_a_full_disk_has_no_room_for_is_computed_elsewhere(tmp_path: Path, small_disk: Path) -> None:
    def block(number: int) -> bytes:
        time.sleep(0.02)
        return bytes([number]) * 8_000_000

    def ends(*blocks: bytes) -> list[tuple[int, int]]:
        return [(one[-1], len(one)) for one in blocks]

    graph: dict[Any, Any] = {f"block-{i}": (block, i) for i in range(20)}
    keys = list(graph)
    graph.update(ends=(ends, *keys), count=(lambda *all_of_them: len(all_of_them), *keys))
    with DaskVine(run_info_path=tmp_path / "runs") as m:
        small, large = vine.Factory(manager=m), vine.Factory(manager=m)
        for factory in (small, large):
            factory.cores = 1
            factory.memory = "1 GB"
            factory.disk = "2 GB"
        small.env = {"TMPDIR": str(small_disk)}
        with small, large:
            while len(m.workers) < 2:
                time.sleep(0.05)
            got = m.get(graph, ["ends", "count", *keys[:5]])
    assert got[:2] == ([(i, 8_000_000) for i in range(20)], 20)
    assert [one[0] for one in got[2:]] == [0, 1, 2, 3, 4]
