"""Parsl's high-throughput executor: an interchange, and one block of four workers."""

import tempfile

import contest
import parsl
import workloads
from parsl.config import Config
from parsl.executors import HighThroughputExecutor
from parsl.providers import LocalProvider


class Parsl(contest.Contender):
    links = True

    def __init__(self):
        provider = LocalProvider(init_blocks=1, max_blocks=1)
        executor = HighThroughputExecutor(
            label="four", address="127.0.0.1", max_workers_per_node=4, cores_per_worker=1e-6, provider=provider
        )
        self._kernel = parsl.load(Config(executors=[executor], run_dir=tempfile.mkdtemp(), initialize_logging=False))
        functions = (getattr(workloads, name) for name in ("increment", "megabyte", "length", "total", "sleep"))
        self._apps = {function: parsl.python_app(function) for function in functions}

    def submit(self, function, *args):
        return self._apps[function](*args)

    def close(self):
        self._kernel.cleanup()
        parsl.clear()


if __name__ == "__main__":
    contest.contend(Parsl())
