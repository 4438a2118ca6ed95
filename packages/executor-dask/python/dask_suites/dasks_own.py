"""A session of pytest in which Dask's own tests compute with a DaskVine."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import inspect
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import dask
import pytest
import taskvine as vine
from _pytest.skipping import evaluate_skip_marks
from dask.base import named_schedulers
from differences import CANNOT_RUN, MAY_PASS, difference_of

from taskvine_dask import DaskVine

PACKAGE = Path(dask.__file__).parent
#: What these marks of Dask's tests do is in a file that Dask does not ship.
_MARKS = ("array_expr", "flaky", "gpu", "network", "normal_and_array_expr", "slow", "xdist_group")
_PYARROW_MARKS = ("skip_with_pyarrow_strings", "xfail_with_pyarrow_strings")
#: Functions in these compare collections, and compute them in the program where the test does not say.
_COMPARING = ("dask.array.utils", "dask.bag.utils", "dask.dataframe.utils")


class Counting(DaskVine):
    """Knows how many graphs it was given."""

    graphs = 0

    def get(self, dsk: Any, keys: Any, **options: Any) -> Any:
        self.graphs += 1
        return super().get(dsk, keys, **options)


class DasksOwn:
    """A plugin of its own: hooks in conftest.py see tests of its folder only."""

    def __init__(self, scheduler: str | None, is_choice: bool, config: pytest.Config) -> None:
        self._scheduler = scheduler
        self._is_choice = is_choice
        self._open = contextlib.ExitStack()
        self._manager: Counting | None = None
        self._computing = 0
        for mark in (*_MARKS, *_PYARROW_MARKS):
            config.addinivalue_line("markers", f"{mark}: of Dask's own tests")

    # ── the session ──

    def pytest_sessionstart(self) -> None:
        for name in _COMPARING:
            with contextlib.suppress(ImportError):
                _compute_as_told(importlib.import_module(name))
        self._open.enter_context(dask.config.set(scheduler=self._scheduler or self._start().get))

    def _start(self) -> Counting:
        folder = self._open.enter_context(tempfile.TemporaryDirectory())
        self._manager = self._open.enter_context(Counting(run_info_path=folder))
        factory = vine.Factory(manager=self._manager, cores=1, memory="2 GB", min_workers=2, max_workers=2)
        self._open.enter_context(factory)
        return self._manager

    def pytest_sessionfinish(self) -> None:
        self._open.close()

    # ── its tests ──

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        left_out = [item for item in items if not self._is_wanted(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]

    def _is_wanted(self, item: pytest.Item) -> bool:
        """Of the choice what passes. Else all: what differs has to fail."""
        difference = difference_of(item.nodeid.removeprefix(f"{PACKAGE.name}/"))
        if difference == CANNOT_RUN:
            return False
        if self._is_choice:
            return difference is None and _passes_everywhere(item)
        if difference is not None and self._scheduler is None:
            item.add_marker(pytest.mark.xfail(reason=difference, strict=difference != MAY_PASS))
        return True

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Iterator[None]:
        before = self._graphs
        yield
        self._computing += self._graphs > before

    @property
    def _graphs(self) -> int:
        return 0 if self._manager is None else self._manager.graphs

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        terminalreporter.line(f"{self._computing} of those that passed had {self._graphs} graphs run by workers")

    @pytest.fixture(params=["disk", "tasks"])
    def shuffle_method(self, request: pytest.FixtureRequest) -> Iterator[Any]:
        """Older versions of Dask do not ship theirs."""
        with dask.config.set(shuffle=request.param):
            yield request.param


def _passes_everywhere(item: pytest.Item) -> bool:
    """It is neither skipped nor expected to fail, and starts none of Dask's own schedulers."""
    parameters = getattr(item, "callspec", None)
    names = () if parameters is None else parameters.params.values()
    if any(isinstance(name, str) and name in named_schedulers for name in names):
        return False
    if evaluate_skip_marks(item) is not None or item.get_closest_marker("xfail") is not None:
        return False
    needs = re.findall(r"importorskip\(['\"](\w+)", inspect.getsource(getattr(item, "function", type(item))))
    return all(importlib.util.find_spec(need) is not None for need in needs)


def _compute_as_told(module: ModuleType) -> None:
    """Lets its functions use the scheduler that is set, where they are told none."""
    for function in vars(module).values():
        defaults = inspect.isfunction(function) and function.__defaults__
        if defaults and "sync" in defaults:
            function.__defaults__ = tuple(None if default == "sync" else default for default in defaults)
