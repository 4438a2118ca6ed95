"""Futures of function calls: those of `concurrent.futures`, but light, since there may be millions."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import threading
from collections.abc import Callable, Iterable
from concurrent import futures
from typing import TYPE_CHECKING, Any, TypeVar

from .._wire import gateway_pb2 as wire
from ..errors import VineError
from .coming_home import load_from_worker
from .outcome import failure_of
from .values import load_value

if TYPE_CHECKING:
    from .._desk.desk import Desk

T = TypeVar("T")
_loads = load_from_worker
#: Attributes of a future that nobody has waited for, and that runs or waits.
_UNTOUCHED = 3
_PENDING = "PENDING"
_RUNNING = "RUNNING"
_FINISHED = "FINISHED"
_CANCELLED = ("CANCELLED", "CANCELLED_AND_NOTIFIED")
_log = logging.getLogger("taskvine")

#: One for all futures: a batch of results is noted under one lock, and a future costs no lock of its own.
_CONDITION = threading.Condition()


class _Sleeper:
    """One thread that waits for one future; spoken to like those of `concurrent.futures.wait`."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.lock.acquire()

    def add_result(self, _future: object) -> None:
        with contextlib.suppress(RuntimeError):
            self.lock.release()

    add_exception = add_cancelled = add_result


class CallFuture(futures.Future[T]):
    """The value that a call will give. Made by an executor."""

    # What the base class makes for each future is made here for those that need it.
    _condition = _CONDITION
    _state = _PENDING
    _result: Any = None
    _exception: BaseException | None = None
    #: What has to live as long as the call.
    holds: object = None
    _waiters: list[Any]
    _done_callbacks: list[Callable[[futures.Future[T]], object]]

    def __init__(self, desk: Desk, number: int, owner: object) -> None:
        self._desk = desk
        #: Of the task at the manager.
        self.number = number
        #: The executor that made it.
        self.owner = owner

    def __getattr__(self, name: str) -> Any:
        if name in ("_waiters", "_done_callbacks"):
            with _CONDITION:
                return self.__dict__.setdefault(name, [])
        raise AttributeError(name)

    def __reduce__(self) -> Any:
        raise TypeError("a future cannot be an argument: pass its result(), or make the calls as FunctionCalls")

    def result(self, timeout: float | None = None) -> T:
        """What the function returned. Raises what it raised, TimeoutError, or CancelledError."""
        if self._state is not _FINISHED:
            self._sleep(timeout)
        try:
            if self._exception is not None:
                raise self._exception
            return self._result  # type: ignore[no-any-return]
        finally:
            self = None  # type: ignore[assignment]  # noqa: PLW0642

    def exception(self, timeout: float | None = None) -> BaseException | None:
        """What the function raised; None when it returned."""
        if self._state is not _FINISHED:
            self._sleep(timeout)
        return self._exception

    def cancel(self) -> bool:
        """Takes the call back unless it is known to run, or has ended. Tells whether it will not run to its end."""
        if not super().cancel():
            return False
        with _CONDITION:
            if self._state == _CANCELLED[0]:
                self.set_running_or_notify_cancel()
        if self._desk.futures.pop(self.number, None) is not None:
            with contextlib.suppress(Exception):
                self._desk.post(wire.ClientMessage(cancel=wire.Cancel(tasks=[self.number])))
        return True

    def finish(self, finished: wire.Finished) -> None:
        """It came to its end in another way than by returning at once."""
        error = failure_of(finished)
        if finished.state == "cancelled":
            with _CONDITION:
                if self._state == _RUNNING:
                    self._state = _PENDING
            self.cancel()
        elif error is not None:
            fail_all([self], error)
        else:
            return_all([(self, finished.value)])

    def _sleep(self, timeout: float | None) -> None:
        sleeper = _Sleeper()
        with _CONDITION:
            if self._state in _CANCELLED:
                raise futures.CancelledError
            if self._state == _FINISHED:
                return
            self._waiters.append(sleeper)
        try:
            sleeper.lock.acquire(timeout=-1 if timeout is None else max(0.0, timeout))
        finally:
            with _CONDITION, contextlib.suppress(ValueError):
                self._waiters.remove(sleeper)
        if self._state in _CANCELLED:
            raise futures.CancelledError
        if self._state != _FINISHED:
            raise futures.TimeoutError

    def _settle(self, value: Any, error: BaseException | None) -> None:
        """Under the lock."""
        if self._state is not _PENDING and self._state is not _RUNNING:
            return
        if error is None:
            self._result = value
        else:
            self._exception = error
        # Last: who sees it does not ask for the lock.
        self._state = _FINISHED
        mine = self.__dict__
        mine.pop("holds", None)
        if "_waiters" in mine:
            for waiter in self._waiters:
                if error is None:
                    waiter.add_result(self)
                else:
                    waiter.add_exception(self)
        if "_done_callbacks" in mine:
            CALLBACKS.run(self._invoke_callbacks)


def return_all(returned: list[tuple[CallFuture[Any], bytes]]) -> None:
    """Notes what calls returned."""
    settled: list[tuple[CallFuture[Any], Any, BaseException | None]] = []
    for future, data in returned:
        try:
            settled.append((future, _loads(data) if data[:1] == b"\x80" else load_value(data), None))
        except BaseException:
            settled.append((future, None, _why_unreadable(data)))
    with _CONDITION:
        for future, value, failure in settled:
            if failure is None and len(future.__dict__) == _UNTOUCHED:
                future._result = value
                future._state = _FINISHED
            else:
                future._settle(value, failure)


def _why_unreadable(data: bytes) -> BaseException | None:
    try:
        load_value(data)
    except BaseException as error:
        return error
    return VineError("VALUE_UNREADABLE", "what the function returned could be unpickled only the second time")


def fail_all(failed: Iterable[CallFuture[Any]], error: BaseException) -> None:
    with _CONDITION:
        for future in failed:
            future._settle(None, error)


def run_all(running: Iterable[CallFuture[Any]]) -> None:
    """Notes that calls run, and cannot be taken back any more."""
    with _CONDITION:
        for future in running:
            if future._state is _PENDING:
                future._state = _RUNNING


class _Callbacks:
    """The thread on which callbacks run: they may take their time, and wait for other futures."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[Callable[[], object]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def run(self, callback: Callable[[], object]) -> None:
        self._queue.put(callback)
        if self._thread is None:
            with _CONDITION:
                if self._thread is None:
                    self._thread = threading.Thread(target=self._work, name="taskvine-callbacks", daemon=True)
                    self._thread.start()

    def flush(self, timeout_s: float = 60.0) -> None:
        """Returns when what was queued has run."""
        if self._thread is None or threading.current_thread() is self._thread:
            return
        done = threading.Event()
        self.run(done.set)
        done.wait(timeout_s)

    def _work(self) -> None:
        while True:
            try:
                self._queue.get()()
            except Exception:
                _log.exception("a callback failed")


CALLBACKS = _Callbacks()


def flush_callbacks() -> None:
    """Returns when the callbacks of futures that are done have run."""
    CALLBACKS.flush()


def _start_anew() -> None:
    """In a forked child: other threads, which may have held the lock, do not exist."""
    global _CONDITION, CALLBACKS
    _CONDITION = threading.Condition()
    CallFuture._condition = _CONDITION
    CALLBACKS = _Callbacks()


os.register_at_fork(after_in_child=_start_anew)
