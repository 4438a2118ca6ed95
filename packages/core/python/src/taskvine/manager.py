"""The manager, as this program sees it."""

from __future__ import annotations

import atexit
import json
import logging
import os
import weakref
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from ._calls.future import flush_callbacks
from ._desk.desk import Desk
from ._desk.finished_tasks import Wanted
from ._link.connection_file import read_connection_file
from ._link.process import ManagerProcess
from ._parts.declarations import Declarations
from ._parts.executors import Executors
from ._parts.other_words import advice
from ._parts.over_collections import Collections
from ._wire import gateway_pb2 as wire
from .errors import VineError, bad_argument
from .python_task import unsubmitted
from .task import Task
from .units import label, to_seconds

if TYPE_CHECKING:
    from typing_extensions import Self

    from .factory import Factory

T = TypeVar("T")

#: For `wait`: as long as it takes.
VINE_FOREVER = None
_open: weakref.WeakSet[Manager]


class Manager(Declarations, Collections, Executors):
    """Directs the workers. Starts a manager process that ends with this program, or joins one that runs.

    Use it in a `with` block, or call `close`: both cancel what still runs and let the workers go.
    """

    def __init__(
        self,
        port: int | tuple[int, int] = 0,
        name: str | None = None,
        *,
        connection_file: str | os.PathLike[str] | None = None,
        host: str | None = None,
        run_info_path: str | os.PathLike[str] | None = None,
        executor: str | None = None,
        executor_options: Any = None,
        connect_timeout: float | str = 60.0,
        ssl: bool | None = None,
    ) -> None:
        """`port`: to listen on, or the first and last one to try; 0 (the default): any free one.

        `connection_file`: of a running manager; then nothing is started, and the others must be left out. `host`:
        interface to listen on; default: this machine only. `run_info_path`: folder for logs; default: `vine-run-info`
        here. `executor`: package of an executor plugin, with options that JSON can hold. `connect_timeout`: seconds.
        `ssl`: may be said; connections are encrypted in any case, with the keys of the connection file.
        """
        if ssl is not None and not isinstance(ssl, bool):
            raise bad_argument(
                f"ssl is True or left out, not {ssl!r}", "The manager makes its keys itself: see its connection file."
            )
        seconds = to_seconds("connect_timeout", connect_timeout)
        if name is not None and not label("a manager's name", name).isprintable():
            raise bad_argument(f"a manager's name is a text without control characters, not {name!r}")
        self._process: ManagerProcess | None = None
        self._closed = False
        self._factories: list[Factory] = []
        Collections.__init__(self)
        self._pid = os.getpid()
        flags = _flags(port=port, name=name, host=host, run_info_path=run_info_path, executor=executor)
        if executor_options is not None:
            flags += ["--executor-options", json.dumps(executor_options)]
        if connection_file is None:
            self._process = ManagerProcess(flags)
            connection_file = self._process.connection_file()
        elif not isinstance(connection_file, (str, os.PathLike)):
            raise bad_argument(f"a connection file is the path of one, not {connection_file!r}")
        elif flags:
            raise bad_argument(f"a manager that runs already decides itself about {flags[0]}")
        try:
            tell_end = _nothing if self._process is None else self._process.told_end
            software = f"taskvine-python {_version()}"
            self.desk = Desk(read_connection_file(connection_file), software, seconds, tell_end)
        except BaseException:
            if self._process is not None:
                self._process.end()
            raise
        self._connection_file = os.path.abspath(os.fspath(connection_file))
        _open.add(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Manager {self.name} on port {self.port}>"

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> NoReturn:
            told = f"a {type(self).__name__} has no {name}{advice(name)}"
            raise AttributeError(told, name=name, obj=self)

    # ── facts ──

    @property
    def name(self) -> str:
        """Of the project; made of host and process where none was said."""
        return self.desk.ready.name

    @property
    def port(self) -> int:
        """On which workers and clients connect."""
        return self.desk.ready.port

    @property
    def connection_file(self) -> str:
        """Path of the file with address and keys, for `vine worker --connection-file`."""
        return self.desk.ready.connection_file or self._connection_file

    @property
    def run_directory(self) -> str:
        """Where the logs of this run are, at the manager's machine."""
        return self.desk.ready.run_directory

    @property
    def stats(self) -> dict[str, Any]:
        """Counts of tasks, workers, files and transfers."""
        return dict(self.desk.ask("stats") or {})

    @property
    def workers(self) -> list[dict[str, Any]]:
        """The workers that are connected now."""
        return list(self.desk.ask("workers") or [])

    # ── tasks ──

    def submit(self, task: Task) -> int:
        """Hands a task over; gives its number. What is found out later is in the task.

        Raises what can be seen to be wrong here (BAD_ARGUMENT, UNKNOWN_LIBRARY, …), MANAGER_CLOSED, and ManagerLost.
        """
        self._check_open()
        if not isinstance(task, Task):
            raise bad_argument(f"a Task, PythonTask or FunctionCall can be submitted, not {task!r}")
        for inner in unsubmitted(task):
            self._submit(inner, quiet=True)
        return self._submit(task)

    def wait(self, timeout: float | str | None = None) -> Task | None:
        """The next finished task that was not returned yet; None after the time-out (seconds), or when none is left.

        Without a time-out it waits as long as it takes. Ctrl-C interrupts it. Raises ManagerLost when the manager has
        ended with tasks that nobody has heard of since.
        """
        return self.desk.wait(Wanted(), _seconds(timeout))

    def wait_for_tag(self, tag: str, timeout: float | str | None = None) -> Task | None:
        """The same for tasks with this tag."""
        return self.desk.wait(Wanted(tag=tag), _seconds(timeout))

    def wait_for_task_id(self, task_id: int, timeout: float | str | None = None) -> Task | None:
        """The same for one task."""
        return self.desk.wait(Wanted(number=task_id), _seconds(timeout))

    def completed(self) -> Iterator[Task]:
        """All tasks as they finish, until none is left."""
        while (task := self.wait()) is not None:
            yield task

    def empty(self) -> bool:
        """Has every task ended, and every one been returned by a wait?"""
        return self.desk.outstanding() == 0 and self.desk.uncollected() == 0

    def hungry(self) -> int:
        """How many more tasks it would be useful to submit now."""
        return int(self.desk.ask("hungry") or 0)

    def cancel(self, task: Task | int) -> None:
        """Takes a task back, or ends it where it runs; `wait` returns it as cancelled."""
        if not isinstance(task, (int, Task)):
            raise bad_argument(f"a task or its number can be cancelled, not {task!r}")
        number = task if isinstance(task, int) else task.id
        if number is None:
            raise bad_argument(f"{task!r} has not been submitted")
        self._cancel(wire.Cancel(tasks=[number]))

    cancel_by_task_id = cancel

    def cancel_by_task_tag(self, tag: str) -> None:
        """The same for all tasks with a tag."""
        self._cancel(wire.Cancel(tag=label("tag", tag)))

    cancel_all_by_tag = cancel_by_task_tag

    def cancel_by_category(self, category: str) -> None:
        """The same for all tasks of a category."""
        self._cancel(wire.Cancel(category=label("category", category)))

    def cancel_all(self) -> None:
        """The same for all tasks and calls of this program."""
        self._cancel(wire.Cancel(all=True))

    def run_quietly(self, task: Task) -> None:
        """Submits a task that no `wait` is to return, and waits for it."""
        for inner in unsubmitted(task):
            self._submit(inner, quiet=True)
        self._submit(task, quiet=True)
        try:
            self.desk.wait_until_done(task, None)
        except BaseException:
            self.cancel(task)
            raise

    # ── the end ──

    @property
    def closed(self) -> bool:
        """Has `close` been called?"""
        return self._closed

    def note(self, level: str, message: str) -> None:
        """A line for people, in the log "taskvine"."""
        logging.getLogger("taskvine").log(getattr(logging, level.upper(), logging.INFO), "%s", message)

    def attach(self, factory: Factory) -> None:
        """It is stopped with the manager."""
        self._factories.append(factory)

    def close(self) -> None:
        """Cancels what still runs, lets the workers go, and ends the manager process where it is our own."""
        if self._closed or self._pid != os.getpid():
            return
        self._closed = True
        _open.discard(self)
        for factory in list(self._factories):
            factory.stop()
        self.desk.link.close()
        self.desk.end(VineError("MANAGER_CLOSED", f"the manager {self.name} has been closed"))
        if self._process is not None:
            self._process.end()
        flush_callbacks()

    def abandon(self) -> None:
        """In a forked child: all of it is the parent's."""
        self.desk.link.abandon()
        if self._process is not None:
            self._process.abandon()

    def _submit(self, task: Task, quiet: bool = False) -> int:
        number = next(self.desk.numbers)
        task.quiet = quiet
        message = task.prepare(self, number)
        self.desk.submit(number, task, message)
        return number

    def _cancel(self, cancel: wire.Cancel) -> None:
        self.desk.post(wire.ClientMessage(cancel=cancel))

    def _check_open(self) -> None:
        if self._closed:
            raise VineError("MANAGER_CLOSED", f"the manager {self.name} has been closed")


def _flags(**options: Any) -> list[str]:
    flags: list[str] = []
    port = options.pop("port")
    if port != 0:
        flags += ["--port", _ports(port)]
    names = {"run_info_path": "run-directory"}
    for option, value in options.items():
        if value is not None:
            flags += [f"--{names.get(option, option)}", os.fspath(value)]
    return flags


def _ports(port: object) -> str:
    ends = port if isinstance(port, (tuple, list)) else (port, port)
    if len(ends) == 2 and all(type(end) is int and 1 <= end <= 65_535 for end in ends) and ends[0] <= ends[1]:
        return f"{ends[0]}-{ends[1]}"
    raise bad_argument(f"port must be a number up to 65535, 0 for any, or the first and last one to try, not {port!r}")


def _seconds(timeout: float | str | None) -> float | None:
    if timeout is None or timeout in ("wait_forever", -1):
        return None
    return 0.0 if timeout == 0 else to_seconds("timeout", timeout)


def _nothing() -> str:
    return ""


def _version() -> str:
    try:
        return version("taskvine")
    except PackageNotFoundError:
        return "source"


_open = weakref.WeakSet()


@atexit.register
def _close_all() -> None:
    for manager in list(_open):
        manager.close()


def _abandon_all() -> None:
    for manager in list(_open):
        manager.abandon()
    _open.clear()


os.register_at_fork(after_in_child=_abandon_all)
