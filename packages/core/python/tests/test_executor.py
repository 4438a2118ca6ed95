"""The executor, held to what one expects of `concurrent.futures`."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
import time
import weakref
from collections.abc import Iterator
from concurrent import futures
from pathlib import Path
from typing import Any

import pytest

import taskvine as vine


def square(x: int) -> int:
    return x * x


def power(base: int, exponent: int = 2) -> int:
    return int(base**exponent)


@pytest.fixture(scope="module")
def ex(m: vine.Manager) -> Iterator[vine.FuturesExecutor]:
    with vine.FuturesExecutor(m) as executor:
        yield executor


@pytest.fixture(scope="module")
def no_workers(empty_manager: vine.Manager) -> Iterator[vine.FuturesExecutor]:
    """Whose calls wait for ever."""
    executor = vine.FuturesExecutor(empty_manager)
    yield executor
    executor.shutdown(cancel_futures=True)


def test_it_is_an_executor_whose_futures_are_futures(ex: vine.FuturesExecutor) -> None:
    assert isinstance(ex, futures.Executor)
    future = ex.submit(power, 3, exponent=3)
    assert isinstance(future, futures.Future)
    assert future.result(60) == 27
    assert (future.done(), future.running(), future.cancelled(), future.exception()) == (True, False, False, None)


def test_an_exception_of_the_function_is_that_of_the_future(ex: vine.FuturesExecutor) -> None:
    def fails() -> None:
        raise LookupError("not there")

    future = ex.submit(fails)
    with pytest.raises(LookupError, match="not there") as error:
        future.result(60)
    assert "raise LookupError" in str(error.value.__cause__)
    assert future.exception() is error.value


def test_arguments_named_like_parameters_of_ours_belong_to_the_function(ex: vine.FuturesExecutor) -> None:
    def takes(**names: int) -> dict[str, int]:
        return names

    assert ex.submit(takes, fn=1, self=2, function=3).result(60) == {"fn": 1, "self": 2, "function": 3}


def test_map_gives_results_in_order_whatever_the_chunks(ex: vine.FuturesExecutor) -> None:
    expected = [x * x for x in range(50)]
    for size in (1, 7, 1_000):
        assert list(ex.map(square, range(50), chunksize=size)) == expected
    assert list(ex.map(power, [2, 3], [3, 2, 9])) == [8, 9]
    assert list(ex.map(square, [])) == []
    with pytest.raises(ValueError, match="chunksize"):
        ex.map(square, [1], chunksize=0)


def test_map_raises_what_a_call_raised_when_its_turn_comes(ex: vine.FuturesExecutor) -> None:
    for size in (1, 2):
        results = ex.map(lambda x: 6 // x, [1, 2, 0, 3], chunksize=size)
        assert next(results) == 6
        assert next(results) == 3
        with pytest.raises(ZeroDivisionError):
            next(results)


def test_map_keeps_its_time_limit(no_workers: vine.FuturesExecutor) -> None:
    with pytest.raises(futures.TimeoutError):
        list(no_workers.map(square, range(3), timeout=0.05))


def test_wait_and_as_completed_see_all_ends(ex: vine.FuturesExecutor) -> None:
    made = [ex.submit(square, x) for x in range(100)]
    assert {future.result() for future in futures.as_completed(made, 60)} == {x * x for x in range(100)}
    assert not futures.wait(made, 60).not_done
    failing: list[futures.Future[Any]] = [ex.submit(power, "x"), ex.submit(time.sleep, 600)]
    done, waiting = futures.wait(failing, 60, futures.FIRST_EXCEPTION)
    assert done == {failing[0]}
    ex.manager.cancel_all()
    assert futures.wait(waiting, 60).done == {failing[1]}
    assert failing[1].cancelled()


def test_callbacks_run_in_the_background_and_see_a_future_that_is_done(ex: vine.FuturesExecutor) -> None:
    told: list[tuple[int, str]] = []
    came = threading.Event()

    def tell(future: futures.Future[int]) -> None:
        told.append((future.result(0), threading.current_thread().name))
        came.set()

    ex.submit(square, 4).add_done_callback(tell)
    assert came.wait(60)
    assert told == [(16, "taskvine-callbacks")] or told[0][0] == 16


def test_a_callback_can_submit_and_wait_for_more(ex: vine.FuturesExecutor) -> None:
    told: list[int] = []
    came = threading.Event()

    def more(future: futures.Future[int]) -> None:
        told.append(ex.submit(square, future.result()).result(60))
        came.set()

    ex.submit(square, 3).add_done_callback(more)
    assert came.wait(60)
    assert told == [81]


def test_what_waits_can_be_cancelled_and_never_runs(no_workers: vine.FuturesExecutor) -> None:
    future = no_workers.submit(square, 2)
    assert future.cancel()
    assert future.cancelled()
    with pytest.raises(futures.CancelledError):
        future.result(60)
    assert futures.wait([future], 0).done == {future}


def test_what_runs_says_so_and_cannot_be_cancelled(ex: vine.FuturesExecutor) -> None:
    future = ex.submit(time.sleep, 600)
    while not future.running():
        assert not future.done()
        time.sleep(0.005)
    assert not future.cancel()
    ex.manager.cancel_all()
    with pytest.raises(futures.CancelledError):
        future.result(60)


def test_arguments_and_functions_that_cannot_be_pickled_are_refused_by_submit(ex: vine.FuturesExecutor) -> None:
    lock = threading.Lock()
    with pytest.raises(vine.VineError, match="arguments cannot be pickled"):
        ex.submit(square, lock)
    with pytest.raises(vine.VineError, match="cannot be pickled"):
        ex.submit(lambda: lock)
    with pytest.raises(vine.VineError, match="arguments cannot be pickled"):
        ex.submit(square, ex.submit(square, 1))


def test_large_arguments_and_values_go_both_ways(ex: vine.FuturesExecutor) -> None:
    assert len(ex.submit(bytes, 3_000_000).result(60)) == 3_000_000
    assert ex.submit(len, bytes(3_000_000)).result(60) == 3_000_000
    assert ex.submit(len, bytes(20_000_000)).result(60) == 20_000_000


def test_futures_can_be_awaited(ex: vine.FuturesExecutor) -> None:
    async def both() -> list[int]:
        loop = asyncio.get_running_loop()
        return await asyncio.gather(*(loop.run_in_executor(ex, square, x) for x in (2, 3)))

    assert asyncio.run(both()) == [4, 9]


def test_many_threads_may_submit_at_once(ex: vine.FuturesExecutor) -> None:
    def many(first: int) -> int:
        return sum(future.result(60) for future in [ex.submit(square, first + n) for n in range(50)])

    with futures.ThreadPoolExecutor(8) as pool:
        sums = list(pool.map(many, range(0, 400, 50)))
    assert sum(sums) == sum(x * x for x in range(400))


def test_a_call_that_ends_its_process_fails_alone(ex: vine.FuturesExecutor) -> None:
    made = [ex.submit(square, x) for x in range(20)]
    crash = ex.submit(os._exit, 3)
    made += [ex.submit(square, x) for x in range(20)]
    assert sum(future.result(120) for future in made) == 2 * sum(x * x for x in range(20))
    assert isinstance(crash.exception(120), vine.VineError)


def test_functions_keep_what_they_load_between_calls(ex: vine.FuturesExecutor) -> None:
    def where() -> int:
        return os.getpid()

    assert len({ex.submit(where).result(60) for _ in range(10)}) <= 2


def test_after_a_shutdown_nothing_is_taken_and_what_was_taken_is_done(m: vine.Manager) -> None:
    executor = vine.FuturesExecutor(m)
    made = [executor.submit(square, x) for x in range(10)]
    executor.shutdown()
    assert all(future.done() for future in made)
    with pytest.raises(RuntimeError, match="after shutdown"):
        executor.submit(square, 1)
    executor.shutdown()


def test_a_shutdown_can_cancel_what_waits(empty_manager: vine.Manager) -> None:
    executor = vine.FuturesExecutor(empty_manager)
    made = [executor.submit(square, x) for x in range(10)]
    executor.shutdown(cancel_futures=True)
    assert all(future.cancelled() for future in made)


def test_a_shutdown_that_does_not_wait_lets_the_calls_go_on(m: vine.Manager) -> None:
    executor = vine.FuturesExecutor(m)
    future = executor.submit(square, 5)
    executor.shutdown(wait=False)
    assert future.result(60) == 25


def test_it_can_bring_its_own_manager_and_worker(folder: Path) -> None:
    with vine.FuturesExecutor(max_workers=2) as executor:
        assert list(executor.map(square, range(5))) == [0, 1, 4, 9, 16]
        assert executor.manager.workers[0]["resources"]["cores"] == 2
    assert executor.manager.closed
    with pytest.raises(ValueError, match="max_workers"):
        vine.FuturesExecutor(max_workers=0)


def test_a_context_is_loaded_once_and_found_by_functions(m: vine.Manager) -> None:
    def load(word: str) -> dict[str, Any]:
        return {"word": word, "pid": os.getpid()}

    def look() -> Any:
        from taskvine_call import context

        return context()["word"]

    with vine.FuturesExecutor(m, context=load, context_args=["loaded"]) as executor:
        assert executor.submit(look).result(60) == "loaded"


def test_a_value_that_nobody_holds_any_more_is_forgotten(ex: vine.FuturesExecutor) -> None:
    future = ex.submit(square, 1)
    future.result(60)
    gone = weakref.ref(future)
    del future
    gc.collect()
    assert gone() is None


class Seen:
    """A class of the program: it travels with what uses it."""

    calls = 0

    def see(self) -> Seen:
        type(self).calls += 1
        return self


def test_a_class_of_the_program_stays_as_it_is_when_a_value_of_it_comes_back(ex: vine.FuturesExecutor) -> None:
    see = Seen.see
    back = ex.submit(Seen.see, Seen()).result(60)
    assert (type(back) is Seen, Seen.see is see, Seen.calls) == (True, True, 0)
