"""Futures, without a cluster."""

from __future__ import annotations

import asyncio
import pickle
import threading
from concurrent import futures
from typing import Any

import pytest

from taskvine import CallFuture, VineError
from taskvine._calls.future import fail_all, flush_callbacks, return_all, run_all
from taskvine._wire import gateway_pb2 as wire


class FakeDesk:
    def __init__(self) -> None:
        self.futures: dict[int, CallFuture[Any]] = {}
        self.posted: list[Any] = []
        self.post = self.posted.append


def make(count: int = 1) -> tuple[FakeDesk, list[CallFuture[Any]]]:
    desk = FakeDesk()
    made = [CallFuture[Any](desk, number, None) for number in range(count)]  # type: ignore[arg-type]
    desk.futures = dict(enumerate(made))
    return desk, made


def give(future: CallFuture[Any], value: object) -> None:
    return_all([(future, pickle.dumps(value))])


def test_a_value_wakes_the_one_who_waits_for_it_and_no_other() -> None:
    _, (one, other) = make(2)
    thread = threading.Timer(0.05, give, (one, 41))
    thread.start()
    assert one.result(30) == 41
    assert not other.done()
    thread.join()


def test_waiting_in_vain_is_a_time_out_and_leaves_the_future_as_it_was() -> None:
    _, (future,) = make()
    with pytest.raises(futures.TimeoutError):
        future.result(0.01)
    with pytest.raises(futures.TimeoutError):
        future.exception(0)
    give(future, 1)
    assert future.result() == 1


def test_an_exception_is_raised_again_and_can_be_asked_for() -> None:
    _, (future,) = make()
    fail_all([future], KeyError("x"))
    with pytest.raises(KeyError):
        future.result()
    assert isinstance(future.exception(), KeyError)


def test_what_waits_can_be_cancelled_what_runs_cannot() -> None:
    desk, (waits, runs) = make(2)
    run_all([runs])
    assert (waits.cancel(), runs.cancel()) == (True, False)
    assert (waits.cancelled(), runs.running(), waits.done()) == (True, True, True)
    with pytest.raises(futures.CancelledError):
        waits.result()
    (message,) = desk.posted
    assert list(message.cancel.tasks) == [0]
    assert waits.cancel()
    assert len(desk.posted) == 1


def test_a_value_that_comes_after_a_cancel_changes_nothing() -> None:
    _, (future,) = make()
    future.cancel()
    give(future, 1)
    assert future.cancelled()


def test_callbacks_run_once_on_a_thread_of_their_own_and_may_wait_for_other_futures() -> None:
    _, (one, other) = make(2)
    told: list[Any] = []
    one.add_done_callback(lambda f: told.append((f.result(), other.result(30), threading.current_thread().name)))
    give(one, 1)
    give(other, 2)
    flush_callbacks()
    assert told == [(1, 2, "taskvine-callbacks")]
    one.add_done_callback(lambda future: told.append("late"))
    assert told[1:] == ["late"]


def test_a_callback_that_fails_hurts_no_other() -> None:
    _, (future,) = make()
    told: list[int] = []
    future.add_done_callback(lambda _: 1 / 0)
    future.add_done_callback(lambda f: told.append(f.result()))
    give(future, 7)
    flush_callbacks()
    assert told == [7]


def test_wait_and_as_completed_of_the_standard_library_work() -> None:
    _, made = make(4)
    give(made[2], 2)
    assert futures.wait(made, timeout=0).done == {made[2]}
    timer = threading.Timer(0.05, give, (made[0], 0))
    timer.start()
    assert made[0] in futures.wait([made[0], made[1]], 30, futures.FIRST_COMPLETED).done
    made[1].cancel()
    threading.Timer(0.05, fail_all, ([made[3]], ValueError())).start()
    assert set(futures.as_completed(made, 30)) == set(made)
    timer.join()


def test_a_future_can_be_awaited_in_an_event_loop() -> None:
    _, (future,) = make()

    async def waits() -> Any:
        threading.Timer(0.05, give, (future, "there")).start()
        return await asyncio.wait_for(asyncio.wrap_future(future), 30)

    assert asyncio.run(waits()) == "there"


def test_a_value_that_cannot_be_read_is_the_futures_exception() -> None:
    _, (future, other) = make(2)
    return_all([(future, b"\x80\x04cnowhere\nThing\n."), (other, pickle.dumps(1))])
    assert isinstance(future.exception(), VineError)
    assert other.result() == 1


def test_a_call_that_the_manager_gives_up_says_why() -> None:
    _, (future,) = make()
    trouble = wire.Trouble(code="LIBRARY_EXIT", message="the process exited with 3")
    future.finish(wire.Finished(state="failed", code="library-exit", trouble=trouble))
    assert "exited with 3" in str(future.exception())


def test_a_call_that_the_manager_cancelled_is_cancelled_even_if_it_ran() -> None:
    desk, (future,) = make()
    run_all([future])
    desk.futures.clear()
    future.finish(wire.Finished(state="cancelled", code="cancelled"))
    assert future.cancelled()
    assert desk.posted == []


def test_many_threads_can_wait_for_one_future() -> None:
    _, (future,) = make()
    with futures.ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(future.result, 30) for _ in range(8)]
        give(future, 5)
        assert [one.result() for one in waiting] == [5] * 8


def test_a_future_cannot_be_an_argument_and_says_what_can() -> None:
    _, (future,) = make()
    with pytest.raises(TypeError, match=r"pass its result\(\)"):
        pickle.dumps(future)
