"""A manager with workers, for tests that need one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import taskvine as vine


@pytest.fixture(scope="module")
def empty_manager(tmp_path_factory: pytest.TempPathFactory) -> Iterator[vine.Manager]:
    """A manager without workers."""
    with vine.Manager(run_info_path=tmp_path_factory.mktemp("runs")) as m:
        yield m


@pytest.fixture(scope="module")
def m(tmp_path_factory: pytest.TempPathFactory) -> Iterator[vine.Manager]:
    """A manager with one worker of two cores."""
    with vine.Manager(run_info_path=tmp_path_factory.mktemp("runs")) as manager:
        factory = vine.Factory(manager=manager)
        factory.cores = 2
        factory.memory = "2 GB"
        factory.disk = "4 GB"
        with factory:
            yield manager


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own, and the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
