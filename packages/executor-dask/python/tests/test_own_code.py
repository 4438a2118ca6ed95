"""Classes, functions and modules of the program itself travel as they are, and are the same when they come back."""

from __future__ import annotations

import collections
import dataclasses
import functools
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import dask
import pytest

from taskvine_dask import DaskVine


class Sum:
    """No instance has a __dict__."""

    __slots__ = ("__hidden", "count", "total")

    def __init__(self, count: int, total: float) -> None:
        self.count = count
        self.total = total
        self.__hidden = count

    def add(self, value: float) -> Sum:
        return Sum(self.__hidden + 1, self.total + value)


class Seen:
    """Notes at the class what its methods have seen."""

    calls = 0

    def see(self) -> Seen:
        type(self).calls += 1
        return self

    @functools.cached_property
    def once(self) -> int:
        return 7

    @functools.lru_cache(maxsize=3)  # noqa: B019
    def squared(self, x: int) -> int:
        return x * x


@functools.cache
def fibonacci(n: int) -> int:
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


def same(x: Any) -> Any:
    return x


def test_instances_with_slots_go_and_come(m: DaskVine) -> None:
    two = m.get({"a": Sum(1, 0.5), "b": (Sum.add, "a", 1.5), "c": (Sum.add, "b", 2)}, "c")
    assert type(two) is Sum
    assert (two.count, two.total) == (3, 4.0)
    local = dataclasses.make_dataclass("local", ["x"], slots=True) if sys.version_info >= (3, 12) else Sum
    assert m.get({"a": (same, local)}, "a") is local


def test_tuples_with_names_go_and_come(m: DaskVine) -> None:
    class Pair(NamedTuple):
        left: int
        right: int = 7

    class Point(collections.namedtuple("Point", ["x", "y"])):
        __slots__ = ()

        def swap(self) -> Point:
            return Point(self.y, self.x)

    assert m.get({"a": (same, Pair(1)), "b": (lambda pair: pair.right, "a")}, "b") == 7
    assert m.get({"a": (Point.swap, Point(1, 2))}, "a") == (2, 1)


def test_a_class_of_the_program_stays_as_it_is(m: DaskVine) -> None:
    see, before = Seen.see, Seen.calls
    back = m.get({"a": (Seen.see, Seen())}, "a")
    assert type(back) is Seen
    assert Seen.see is see
    assert Seen.calls == before


def test_a_class_that_a_node_makes_comes_whole(m: DaskVine) -> None:
    def make() -> Any:
        class Made:
            def tell(self) -> int:
                return 5

        return Made()

    assert m.get({"a": (make,)}, "a").tell() == 5


def test_functions_and_properties_with_a_cache_travel(m: DaskVine) -> None:
    assert m.get({"a": (fibonacci, 50)}, "a") == 12586269025
    seen = m.get({"a": Seen(), "b": (Seen.see, "a")}, "b")
    assert (seen.once, seen.squared(3)) == (7, 9)
    assert m.get({"a": (lambda one: (one.once, one.squared(4)), Seen())}, "a") == (7, 16)


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A module and a package in the program's folder; the module imports more of them where it needs it."""
    package = tmp_path / "beside_package"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "inner.py").write_text("def f(x):\n    from .more import g\n    return g(x)\n")
    (package / "more.py").write_text("LIMIT = 10\n\ndef g(x):\n    return min(x, LIMIT)\n")
    (tmp_path / "beside_late.py").write_text("from threading import Lock\nLOCK = Lock()\n")
    (tmp_path / "beside_module.py").write_text(
        "def limited(x):\n    from beside_package import inner\n    return inner.f(x)\n\n"
        "def locked():\n    import beside_late\n    return beside_late\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    yield importlib.import_module("beside_module")
    for name in [name for name in sys.modules if name.startswith("beside_")]:
        del sys.modules[name]


def test_what_a_function_imports_when_it_is_called_travels_with_it(m: DaskVine, beside: Any) -> None:
    assert dask.delayed(beside.limited)(50).compute(scheduler=m) == 10


def test_a_module_that_has_changed_meanwhile_travels_anew(m: DaskVine, beside: Any) -> None:
    from beside_package import more  # type: ignore[import-not-found]

    for limit in (20, 30):
        more.LIMIT = limit
        assert dask.delayed(beside.limited)(50).compute(scheduler=m) == limit


def test_a_module_that_cannot_travel_is_looked_for_at_the_worker(m: DaskVine, beside: Any) -> None:
    with pytest.raises(ModuleNotFoundError, match="beside_late"):
        dask.delayed(beside.locked)().compute(scheduler=m)
