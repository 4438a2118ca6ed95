"""Functions that are part of the library travel once, and nodes refer to them."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import Any

import dask
import pytest
import taskvine as vine

from taskvine_dask import DaskVine
from taskvine_dask._run.graph import GraphRun
from taskvine_dask._run.pickling import Pickled

LARGE = 20_000_000


def looking_up(table: bytes) -> Callable[[int], int]:
    def look_up(at: int) -> int:
        return table[at] + at

    return look_up


def factorial(number: int) -> int:
    return 1 if number < 2 else number * factorial(number - 1)


def choose(n: int, k: int) -> int:
    return factorial(n) // factorial(k) // factorial(n - k)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Bytes of each batch of nodes."""
    sizes: list[int] = []
    send = GraphRun._send

    def count(run: GraphRun, pickled: Pickled) -> Any:
        sizes.append(len(pickled.data) + sum(buffer.nbytes for buffer in pickled.buffers))
        return send(run, pickled)

    monkeypatch.setattr(GraphRun, "_send", count)
    return sizes


def test_a_function_with_much_in_it_travels_once(m: DaskVine, sent: list[int]) -> None:
    look_up = looking_up(bytes(range(250)) * (LARGE // 250))
    graph: dict[Any, Any] = {f"a{at}": (look_up, at) for at in range(200)}
    graph["sum"] = (sum, list(graph))
    known = len(m._dask_libraries._declared)
    for _ in range(2):
        assert m.get(graph, "sum", lib_extra_functions=[look_up]) == sum(2 * at for at in range(200))
    assert sum(sent) < 200_000
    assert len(m._dask_libraries._declared) == known + 1


def test_any_function_is_found_where_a_node_names_it(m: DaskVine, sent: list[int]) -> None:
    double: Callable[[int], int] = lambda x: 2 * x  # noqa: E731

    def by_name(number: int) -> list[Any]:
        main: Any = sys.modules["__main__"]
        return [main.factorial(number), factorial(number), double(number), main.factorial is factorial]

    graph = {"a": (factorial, 5), "b": (choose, 6, 2), "c": (double, "b"), "d": (by_name, 4), "e": (abs, -1)}
    told = {"lib_extra_functions": (factorial, double, choose, abs)}
    for mode in ("function-calls", "tasks"):
        assert m.get(graph, list("abcde"), task_mode=mode, **told) == (120, 15, 30, [24, 24, 8, True], 1)


def test_a_delayed_function_is_meant_itself(m: DaskVine) -> None:
    delayed: Any = dask.delayed(factorial)
    assert delayed(4).compute(scheduler=m.get, lib_extra_functions=delayed) == 24


def test_what_is_no_function_or_cannot_be_pickled_is_named(m: DaskVine) -> None:
    lock = threading.Lock()

    def locked(x: int) -> int:
        with lock:
            return x

    with pytest.raises(vine.VineError, match=r"the function .*locked of lib_extra_functions cannot be pickled"):
        m.get({"a": (abs, 1)}, "a", lib_extra_functions=[factorial, locked])
    with pytest.raises(vine.VineError, match="'math' is none") as caught:
        m.get({"a": (abs, 1)}, "a", lib_extra_functions=["math"])
    assert "lib_modules" in caught.value.hint
