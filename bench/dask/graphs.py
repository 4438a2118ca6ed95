"""Runs the same Dask graphs with one scheduler; prints a JSON object for each: what, and the seconds it took.

Usage: graphs.py SCHEDULER SCALE WORKLOAD...    SCHEDULER: vine, distributed, threads or processes. SCALE: 1, or less.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

import dask

WORKERS = 4
Get = Callable[..., Any]


def inc(x: int) -> int:
    return x + 1


def add(a: int, b: int) -> int:
    return a + b


def stamp(_: int) -> float:
    return time.time()


def tree(nodes: int) -> tuple[dict[Any, Any], Any, Any]:
    leaves = nodes // 2
    graph: dict[Any, Any] = {("inc", i): (inc, i) for i in range(leaves)}
    layer: list[Any] = list(graph)
    while len(layer) > 1:
        pairs = list(zip(layer[::2], layer[1::2]))
        rest = layer[2 * len(pairs) :]
        above = {("add", len(graph) + i): (add, a, b) for i, (a, b) in enumerate(pairs)}
        graph.update(above)
        layer = [*above, *rest]
    return graph, layer[0], leaves * (leaves + 1) // 2


def run_tree(get: Get, nodes: int) -> float:
    graph, key, expected = tree(nodes)
    begun = time.perf_counter()
    got = get(graph, key)
    seconds = time.perf_counter() - begun
    assert got == expected, (got, expected)
    return seconds


def run_noops(get: Get, count: int) -> float:
    graph: dict[Any, Any] = {("noop", i): (inc, i) for i in range(count)}
    begun = time.perf_counter()
    get(graph, list(graph))
    return time.perf_counter() - begun


def run_chain(get: Get, length: int) -> float:
    graph: dict[Any, Any] = {("link", i): (inc, ("link", i - 1)) for i in range(1, length + 1)}
    graph["link", 0] = (inc, -1)
    begun = time.perf_counter()
    assert get(graph, ("link", length)) == length
    return time.perf_counter() - begun


def run_first(get: Get, nodes: int) -> float:
    """From the call of the scheduler to the start of the first task."""
    graph: dict[Any, Any] = {("stamp", i): (stamp, i) for i in range(nodes)}
    graph["first"] = (min, list(graph))
    begun = time.time()
    return float(get(graph, "first")) - begun


def run_matrix(get: Get, size: int) -> float:
    import dask.array as da

    x = da.random.RandomState(1).random_sample((size, size), chunks=(size // 8, size // 8))
    begun = time.perf_counter()
    (x @ x.T).sum().compute(scheduler=get)
    return time.perf_counter() - begun


def run_shuffle(get: Get, days: int) -> float:
    from dask.datasets import timeseries

    frame = timeseries(start="2000-01-01", end=f"2000-01-{days + 1:02}", freq="5s", partition_freq="1D", seed=1)
    begun = time.perf_counter()
    with dask.config.set({"dataframe.shuffle.method": "tasks"}):
        frame.shuffle("id").groupby("id").x.mean().compute(scheduler=get)
    return time.perf_counter() - begun


WORKLOADS: dict[str, tuple[Callable[[Get, int], float], int]] = {
    "tree-1000": (run_tree, 1_000),
    "tree-5000": (run_tree, 5_000),
    "tree-50000": (run_tree, 50_000),
    "noops-10000": (run_noops, 10_000),
    "chain-1000": (run_chain, 1_000),
    "first-100000": (run_first, 100_000),
    "matrix-4000": (run_matrix, 4_000),
    "shuffle-20-days": (run_shuffle, 20),
}


@contextlib.contextmanager
def vine() -> Iterator[tuple[Get, Callable[[], list[int]]]]:
    import taskvine
    from taskvine_dask import DaskVine

    with tempfile.TemporaryDirectory() as folder, DaskVine(run_info_path=folder) as manager:
        factory = taskvine.Factory(manager=manager)
        factory.cores = 1
        factory.memory = "2 GB"
        factory.disk = "8 GB"
        factory.min_workers = WORKERS
        with factory:
            while len(manager.workers) < WORKERS:
                time.sleep(0.05)
            process = manager._process._process if manager._process is not None else None
            yield manager.get, lambda: [process.pid] if process is not None else []


@contextlib.contextmanager
def distributed() -> Iterator[tuple[Get, Callable[[], list[int]]]]:
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=WORKERS, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        yield client.get, list


@contextlib.contextmanager
def local(name: str) -> Iterator[tuple[Get, Callable[[], list[int]]]]:
    from dask import multiprocessing, threaded

    get = threaded.get if name == "threads" else multiprocessing.get
    yield (lambda *args, **more: get(*args, num_workers=WORKERS, **more)), list


def peak_mb(pids: list[int]) -> float:
    """Most memory that this process, and those, have had."""
    total = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for pid in pids:
        with open(f"/proc/{pid}/status") as status:
            total += next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    return total / 1_024


def main() -> None:
    scheduler, scale, *names = sys.argv[1:]
    schedulers = {"vine": vine, "distributed": distributed}
    open_scheduler = schedulers.get(scheduler, lambda: local(scheduler))
    with open_scheduler() as (get, others):
        get({("warm", i): (time.sleep, 0.2) for i in range(2 * WORKERS)}, [("warm", i) for i in range(2 * WORKERS)])
        for name in names:
            run, size = WORKLOADS[name]
            try:
                seconds = run(get, max(2, round(size * float(scale))))
            except RecursionError as error:  # of Dask's own fusion of long chains
                print(json.dumps({"name": name, "failure": f"RecursionError: {error}"}), flush=True)
                continue
            told = {"name": name, "seconds": seconds, "peakMb": peak_mb(others())}
            print(json.dumps(told), flush=True)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    main()
