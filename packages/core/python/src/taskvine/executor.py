"""`concurrent.futures` over the cluster."""

from __future__ import annotations

import atexit
import itertools
import os
import pickle
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from concurrent.futures import wait as wait_for
from typing import TYPE_CHECKING, Any, TypeVar

from ._calls.future import CallFuture, flush_callbacks
from ._calls.own_modules import PICKLE_PROTOCOL
from ._calls.values import (
    FUNCTION_INPUT,
    LARGE_BYTES,
    LARGE_INPUT,
    dump_arguments,
    name_of,
    names_something,
    stand_in,
)
from ._link.outbox import CallShape
from ._parts.described import OwnFile
from ._parts.libraries import Libraries
from ._remote.chunks import each_call
from ._wire import gateway_pb2 as wire
from .errors import bad_argument
from .files import File, FileOptions, buffer_message, declare
from .library import Library, library_from_functions

if TYPE_CHECKING:
    from ._calls.function_files import KnownFunction
    from .manager import Manager

T = TypeVar("T")
_dumps = pickle.dumps
_names = itertools.count(1)
_MOST_KNOWN = 10_000


class Submitter:
    """Calls with no files but their function, and nothing to say of each but its arguments."""

    def __init__(self, manager: Libraries, library: Library) -> None:
        self._manager = manager
        self._desk = manager.desk
        self._library = library
        self._known: dict[int, tuple[KnownFunction, CallShape]] = {}

    def submit(self, function: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> CallFuture[T]:
        known = self._known.get(id(function))
        if known is None or not known[0].fits(function):
            known = self._know(function)
        try:
            data = _dumps((args, kwargs), PICKLE_PROTOCOL)
            if names_something(data):
                data = dump_arguments(args, kwargs)
        except Exception:
            data = dump_arguments(args, kwargs)
        desk = self._desk
        number = next(desk.numbers)
        future: CallFuture[T] = CallFuture(desk, number, self)
        desk.futures[number] = future
        try:
            desk.post(
                (known[1], number, data, 0, "", ()) if len(data) <= LARGE_BYTES else self._large(future, known, data)
            )
        except BaseException:
            desk.futures.pop(number, None)
            raise
        return future

    def _large(
        self, future: CallFuture[Any], known: tuple[KnownFunction, CallShape], data: bytes
    ) -> wire.ClientMessage:
        """A call whose arguments are an input."""
        calls = known[1].calls
        file = declare(self._desk, "buffer", "large arguments", buffer_message(self._desk, data), FileOptions())
        future.holds = OwnFile(file)
        message = wire.Submit(task=future.number, category=calls.category)
        message.call.CopyFrom(
            wire.CallPart(
                library=calls.library, function=calls.function, args=stand_in(LARGE_INPUT), encoding=calls.encoding
            )
        )
        message.inputs.add(file=calls.function_file, name=FUNCTION_INPUT, use=wire.MOUNT_USE_FUNCTION)
        message.inputs.add(file=file.number, name=LARGE_INPUT, use=wire.MOUNT_USE_VALUE)
        return wire.ClientMessage(submit=message)

    def outstanding(self) -> list[CallFuture[Any]]:
        """Calls that have not come to their end."""
        return [future for future in list(self._desk.futures.values()) if future.owner is self]

    def _know(self, function: Callable[..., Any]) -> tuple[KnownFunction, CallShape]:
        known = self._manager.function_file(function)
        shape = self._library.shape(name_of(function), known.file.number)
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        self._known[id(function)] = (known, shape)
        return known, shape


class FuturesExecutor(Executor):
    """Runs functions of this program at the workers of a manager, each call in a process that is there already.

    Without a manager it starts one, with a worker of `max_workers` cores (default: all of this machine) beside it.
    Functions travel by value and once; arguments and results are pickled. A function is pickled anew when a global or a
    surrounding variable that it names is another object than before, not when such an object has changed inside.
    """

    def __init__(
        self,
        manager: Manager | None = None,
        max_workers: int | None = None,
        *,
        exec_mode: str = "direct",
        slots: int = 1,
        imports: Sequence[str] = (),
        context: Callable[..., Any] | None = None,
        context_args: Sequence[Any] = (),
        cores: float | None = None,
        memory: float | str | None = None,
        environment: File | str | os.PathLike[str] | None = None,
    ) -> None:
        """`slots`: processes of one instance; this and others: see `Manager.create_library_from_functions`.

        `cores`, `memory` (megabytes, or text such as "4 GB"): of one instance. Default: as many cores as slots, and
        memory in proportion. `environment`: a packed one, in which the functions run (see `Library.add_environment`).
        """
        if max_workers is not None and max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if manager is not None and not isinstance(manager, Libraries):
            raise bad_argument(f"an executor runs calls for a Manager, not for {manager!r}", "FuturesExecutor(m)")
        self._own: Manager | None = None
        self._max_workers = max_workers or os.cpu_count() or 1
        if manager is None:
            manager = self._own = _manager_with_worker(self._max_workers)
        elif max_workers is not None:
            raise bad_argument("max_workers is for an executor that starts its own manager")
        self._manager = manager
        library = library_from_functions(
            f"executor-{next(_names)}",
            (),
            imports=imports,
            context=context,
            context_args=context_args,
            exec_mode=exec_mode,
            slots=slots,
        )
        library.set_cores(slots if cores is None else cores)
        if memory is not None:
            library.set_memory(memory)
        if environment is not None:
            library.add_environment(environment)
        manager.install_library(library)
        self._library = library
        self._submitter = Submitter(manager, library)
        self._chunked: dict[Callable[..., Any], Callable[..., Any]] = {}
        self._lock = threading.Lock()
        self._is_shut = False
        _executors.add(self)

    @property
    def manager(self) -> Manager:
        """The manager whose workers run its functions: the one given, or its own."""
        return self._manager

    @property
    def library(self) -> Library:
        """The library that runs its functions: for FunctionCalls that are to run in the same processes."""
        return self._library

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Calls fn(*args, **kwargs) at a worker. Raises at once when it or its arguments cannot be pickled."""
        if self._is_shut:
            raise RuntimeError("cannot schedule new futures after shutdown")
        return self._submitter.submit(fn, args, kwargs)

    def map(
        self,
        fn: Callable[..., T],
        *iterables: Iterable[Any],
        timeout: float | None = None,
        chunksize: int = 1,
        **more: Any,
    ) -> Iterator[T]:
        """Like the built-in map, in parallel; results come in order. `chunksize` calls travel and run as one."""
        if chunksize < 1:
            raise ValueError("chunksize must be >= 1")
        if chunksize == 1:
            return super().map(fn, *iterables, timeout=timeout, **more)
        with self._lock:
            over_chunk = self._chunked.setdefault(fn, each_call(fn))
        chunks = _chunks(zip(*iterables), chunksize)
        results = super().map(over_chunk, chunks, timeout=timeout, **more)
        return _flatten(results)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Takes no more calls. Waits for those that there are, if told so, and gives back what it has started."""
        with self._lock:
            first, self._is_shut = not self._is_shut, True
        if cancel_futures:
            for future in self._submitter.outstanding():
                future.cancel()
        if wait:
            self._end()
        elif first:
            threading.Thread(target=self._end, name="taskvine-shutdown", daemon=True).start()

    def _end(self) -> None:
        wait_for(self._submitter.outstanding())
        flush_callbacks()
        with self._lock:
            if self not in _executors:
                return
            _executors.discard(self)
        if self._own is not None:
            self._own.close()
        elif not self._manager.closed:
            self._manager.remove_library(self._library)


def _manager_with_worker(cores: int) -> Manager:
    from .factory import Factory
    from .manager import Manager

    manager = Manager()
    factory = Factory(manager=manager)
    factory.cores = cores
    factory.start()
    return manager


def _chunks(rows: Iterable[tuple[Any, ...]], size: int) -> Iterator[list[tuple[Any, ...]]]:
    rest = iter(rows)
    while chunk := list(itertools.islice(rest, size)):
        yield chunk


def _flatten(chunks: Iterator[list[T]]) -> Iterator[T]:
    for chunk in chunks:
        yield from chunk


_executors: weakref.WeakSet[FuturesExecutor] = weakref.WeakSet()


@atexit.register
def _end_all() -> None:
    """Calls that were submitted run to their end, as with the executors of the standard library."""
    for executor in list(_executors):
        if executor._own is not None:
            executor.shutdown()


os.register_at_fork(after_in_child=_executors.clear)
