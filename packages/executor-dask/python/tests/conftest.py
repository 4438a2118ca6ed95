"""A manager with workers, for tests that need one."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
import taskvine as vine

from taskvine_dask import DaskVine


@pytest.fixture(scope="module")
def m(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskVine]:
    """A manager with two workers of one core."""
    with DaskVine(run_info_path=tmp_path_factory.mktemp("runs")) as manager:
        factory = vine.Factory(manager=manager)
        factory.cores = 1
        factory.memory = "2 GB"
        factory.disk = "4 GB"
        factory.min_workers = 2
        with factory:
            # On a slow machine the manager would say meanwhile that there are none.
            while len(manager.workers) < factory.min_workers:
                time.sleep(0.02)
            yield manager
