"""Dask graphs on this machine, first with Dask's own threads, then with a manager and workers of one core each.

The third part of `npm run quickstart`. Nothing in a graph is made for one of the two: only `scheduler=` differs.
"""

import argparse
import os
import sys
import tempfile
import time

# One core for each node, also inside of numpy; it has to be said before numpy is imported.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")

import dask
import dask.array as da
import numpy as np
import taskvine as vine
from taskvine_dask import DaskVine

LEAVES = 4_096
SIDE = 2_000
PRIMES_BELOW = 400_000


def add(a, b):
    return a + b


def begin(_):
    """Long enough for every worker to get some of these. What is imported here stays."""
    import dask.array as _

    time.sleep(0.2)
    return os.getpid()


def count_primes(start, stop):
    """In plain Python, for which threads have to wait for each other."""
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(max(2, start), stop))


def tree():
    """The sum of many numbers, two and two: tiny nodes, which show what a scheduler costs."""
    layer = list(range(LEAVES))
    while len(layer) > 1:
        layer = [dask.delayed(add)(a, b) for a, b in zip(layer[::2], layer[1::2])]
    return layer[0]


def product():
    """A matrix times its transpose, in blocks that stay with the workers."""
    x = da.random.RandomState(7).random_sample((SIDE, SIDE), chunks=SIDE // 4)
    return (x @ x.T).sum()


def start(workers):
    """How many processes have begun."""
    return dask.delayed(lambda pids: len(set(pids)))([dask.delayed(begin)(at) for at in range(3 * workers)])


def primes():
    step = PRIMES_BELOW // 16
    parts = [dask.delayed(count_primes)(at, at + step) for at in range(0, PRIMES_BELOW, step)]
    return dask.delayed(sum)(parts)


def timed(collection, **how):
    begun = time.perf_counter()
    value = collection.compute(**how)
    return time.perf_counter() - begun, value


def tell(name, *words):
    print(f"{name:<11}", "; ".join(words), flush=True)


def show(m, workers):
    """Runs each graph with both, and compares what comes out."""
    graphs = [
        ("tree", f"{LEAVES - 1:,} additions", tree, LEAVES - 1),
        ("matrices", f"{SIDE:,}² times {SIDE:,}² in blocks", product, None),
        ("primes", f"below {PRIMES_BELOW:,}, in plain Python", primes, None),
    ]
    for name, what, make, nodes in graphs:
        graph = make()
        theirs, expected = timed(graph, scheduler="threads", num_workers=workers)
        ours, value = timed(graph, scheduler=m.get, progress_disable=True)
        if not np.isclose(value, expected, rtol=1e-12):
            sys.exit(f"{name}: {value} here, and {expected} with threads")
        rate = f" ({nodes / ours:,.0f} nodes/s)" if nodes else ""
        tell(name, what, f"{ours:.2f} s{rate}", f"by Dask's threads {theirs:.2f} s")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, default=4)
    workers = parser.parse_args().workers
    print(f"\nGraphs of Dask {dask.__version__} on {workers} workers, each in processes of its own\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="quickstart-") as folder, DaskVine(run_info_path=folder) as m:
        factory = vine.Factory(manager=m)
        factory.cores = 1
        factory.memory = "1 GB"
        factory.disk = "4 GB"
        factory.min_workers = workers
        with factory:
            seconds, processes = timed(start(workers), scheduler=m.get, progress_disable=True)
            tell("start", f"{processes} processes with numpy, {seconds:.1f} s after the workers were asked for")
            show(m, workers)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
