"""Tasks: what is said of them, and how they ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ._calls.outcome import ReturnedCall, failure_of
from ._parts.described import DEFAULT_CATEGORY, Described, SaidOnly, number_of
from ._wire import gateway_pb2 as wire
from .errors import VineError, bad_argument
from .files import File
from .units import MB, label, number, positive, to_seconds, whole

if TYPE_CHECKING:
    from ._desk.desk import Desk
    from ._link.outbox import Queued
    from .manager import Manager

_CONDITIONS = {
    "success": wire.OUTPUT_CONDITION_SUCCESS,
    "failure": wire.OUTPUT_CONDITION_FAILURE,
    "always": wire.OUTPUT_CONDITION_ALWAYS,
}


@dataclass(frozen=True)
class Resources:
    """Amounts; None where nothing is known or was asked for. Memory and disk in megabytes, times in seconds."""

    cores: float | None = None
    #: Megabytes.
    memory: float | None = None
    #: Megabytes.
    disk: float | None = None
    gpus: int | None = None
    #: Seconds from start to end.
    wall_time: float | None = None
    #: Seconds of computing, of all processes.
    cpu_time: float | None = None
    processes: int | None = None


class Task(Described):
    """A command line for /bin/sh in a private folder, and all it needs.

    Say everything before `submit`; afterwards it tells how the task ended. It is submitted once.
    """

    def __init__(self, command: str) -> None:
        if not isinstance(command, str) or not command.strip():
            raise bad_argument(
                f"a task needs a command, in one text, not {command!r}", "shlex.join makes one of a list."
            )
        self.command = command
        #: Given by `submit`.
        self.id: int | None = None
        super().__init__()
        self._submit: wire.Submit | None = None
        self._outputs: dict[str, File] = {}
        self._state = "initial"
        self._end: wire.Finished | ReturnedCall | None = None
        #: No `wait` returns it.
        self.quiet = False
        self._desk: Desk | None = None

    def __repr__(self) -> str:
        number = "" if self.id is None else f" {self.id}"
        return f"<{type(self).__name__}{number} {self._state}: {self._what()}>"

    # ── what it needs ──

    priority = SaidOnly("set_priority")
    retries = SaidOnly("set_retries")
    time_max = SaidOnly("set_time_max")

    def add_output(self, file: File, name: str, when: str = "success", watch: bool = False) -> None:
        """Collects what the command leaves at a name: into a temp, which stays in the cluster, or a local file.

        `when`: only after exit code 0 ("success", the default), only after another end ("failure"), or "always".
        `watch`: append it to the local file while the task runs.
        """
        if when not in _CONDITIONS:
            raise bad_argument(f"the output {name}: when is one of {', '.join(_CONDITIONS)}, not {when!r}")
        number = number_of(file, name)
        if file.type not in ("temp", "file"):
            raise VineError("BAD_OUTPUT", f"{file!r} cannot be the output {name} of a task")
        self._open().outputs.add(file=number, name=name, when=_CONDITIONS[when], watch=watch)
        self._outputs[name] = file

    def set_tag(self, tag: str) -> None:
        """A free label, for `wait_for_tag` and `cancel_by_task_tag`."""
        self._say("tag", label("tag", tag))

    def set_category(self, category: str) -> None:
        """Tasks of one category are alike: counted and looked at together. Default "default"."""
        self._say("category", label("category", category))

    def set_priority(self, priority: float) -> None:
        """Larger goes first. Default 0."""
        self._say("priority", number("priority", priority))

    def set_retries(self, retries: int) -> None:
        """Further attempts after a lost worker or an exhausted resource. Default 5."""
        self._say("retries", whole("retries", retries))

    def set_time_max(self, duration: float | str) -> None:
        """Longest run of one attempt: seconds, or text such as "10m"."""
        self._say("wall_time_ms", round(to_seconds("time_max", duration) * 1_000))

    def set_time_end(self, when: float) -> None:
        """Latest end: seconds since 1970, as `time.time()` gives them."""
        self._open().end_by_ms = round(positive("time_end", when) * 1_000)

    def set_time_start(self, when: float) -> None:
        """Earliest start: seconds since 1970."""
        self._open().start_after_ms = round(positive("time_start", when) * 1_000)

    def set_policy(self, name: str) -> None:
        """The placement policy for this task, where it is not to be the manager's."""
        self._open().policy = label("policy", name)

    set_max_retries = set_retries

    # ── how it stands, and how it ended ──

    @property
    def tag(self) -> str:
        """Its label; "" where none was said."""
        return "" if self._submit is None else self._submit.tag

    @property
    def category(self) -> str:
        """What it is counted with."""
        return DEFAULT_CATEGORY if self._submit is None else self._submit.category

    @property
    def state(self) -> str:
        """initial, submitted, running, then done, failed or cancelled."""
        return self._state

    def completed(self) -> bool:
        """Has it come to its end, however?"""
        return self._end is not None

    def successful(self) -> bool:
        """Did it run to its end, with exit code 0?"""
        finished = self._finished
        return finished is not None and finished.state == "done" and finished.exit_code == 0

    @property
    def result(self) -> str | None:
        """A code: "success", "output-missing", "max-wall-time" …; None while it has not ended."""
        return None if self._finished is None else self._finished.code or "success"

    @property
    def exit_code(self) -> int | None:
        """Of the command; None when a signal ended it, or it never ran to an end."""
        finished = self._finished
        return finished.exit_code if finished is not None and finished.HasField("exit_code") else None

    @property
    def signal(self) -> str | None:
        """Name of the signal that ended it, such as "SIGKILL"."""
        return None if self._finished is None else self._finished.signal or None

    @property
    def std_output(self) -> str:
        """What it wrote to its standard output: all, or the end of it where that is long (see `std_output_path`)."""
        return "" if self._finished is None else self._finished.stdout.tail.decode(errors="replace")

    @property
    def std_error(self) -> str:
        """What it wrote to its standard error, or the end of it."""
        return "" if self._finished is None else self._finished.stderr.tail.decode(errors="replace")

    @property
    def std_output_path(self) -> str | None:
        """File at the manager's machine with the whole output, where that is more than `std_output`."""
        return None if self._finished is None else self._finished.stdout.path or None

    @property
    def output(self) -> Any:
        """The standard output."""
        return self.std_output

    @property
    def exception(self) -> BaseException | None:
        """Why it did not run to its end; None when it did, or has not yet."""
        return None if self._state == "done" or self._finished is None else failure_of(self._finished)

    @property
    def limits_exceeded(self) -> list[str]:
        """The resources of which it used more than it was given."""
        return [] if self._finished is None else list(self._finished.exhausted)

    @property
    def resources_requested(self) -> Resources:
        """What it asks for."""
        return _resources(wire.Resources() if self._submit is None else self._submit.resources)

    @property
    def resources_allocated(self) -> Resources | None:
        """What its last attempt was given; None when it never ran."""
        last = self._last_attempt()
        return None if last is None else _resources(last.allocation)

    @property
    def resources_measured(self) -> Resources | None:
        """What its last attempt used; None when it never ran."""
        finished = self._finished
        if finished is None or not finished.HasField("measured"):
            return None
        used = finished.measured
        return Resources(
            memory=used.memory / MB if used.HasField("memory") else None,
            disk=used.disk / MB if used.HasField("disk") else None,
            wall_time=used.wall_ms / 1_000,
            cpu_time=used.cpu_ms / 1_000 if used.HasField("cpu_ms") else None,
            processes=used.processes if used.HasField("processes") else None,
        )

    @property
    def hostname(self) -> str | None:
        """Of the worker that ran it last."""
        last = self._last_attempt()
        return None if last is None else last.host

    @property
    def attempts(self) -> list[str]:
        """How each attempt ended, in order."""
        return [] if self._finished is None else [attempt.ended for attempt in self._finished.attempts]

    def explain(self) -> str:
        """Why it is where it is, in one sentence."""
        if self._desk is None or self.id is None:
            return "it has not been submitted"
        told = self._desk.ask("explain", task=self.id)
        return told if isinstance(told, str) else str(told)

    # ── for the manager ──

    def prepare(self, manager: Manager, number: int) -> Queued:
        """What is sent for it. From here on nothing can be changed."""
        message = self._open()
        desk = manager.desk
        for file in self._outputs.values():
            if not file.is_of(desk):
                raise VineError("UNKNOWN_FILE", f"{file!r} was declared on another manager")
        self._hand_over(desk)
        self._complete(manager, message)
        self._desk = desk
        self.id = message.task = number
        self._state = "submitted"
        return wire.ClientMessage(submit=message)

    def as_mini_task(self, desk: Desk, output: str) -> wire.MiniTask:
        """As the recipe of a file."""
        self._hand_over(desk)
        made = wire.MiniTask(command=self._message.command, output=output)
        made.inputs.extend(self._message.inputs)
        made.env.extend(self._message.env)
        self._state = "recipe"
        return made

    def mark_running(self) -> None:
        """Called when it is known to run."""
        if self._state == "submitted":
            self._state = "running"

    def finish(self, end: wire.Finished | ReturnedCall) -> None:
        """Called when it has ended."""
        self._end = end
        self._state = end.state
        self._temporary.clear()

    @property
    def _message(self) -> wire.Submit:
        """Made when there is something to say: most calls say nothing."""
        if self._submit is None:
            self._submit = wire.Submit(command=self.command, category=DEFAULT_CATEGORY)
        return self._submit

    @property
    def _described(self) -> wire.Submit:
        return self._message

    @property
    def _finished(self) -> wire.Finished | None:
        if isinstance(self._end, ReturnedCall):
            self._end = self._end.in_full()
        return self._end

    def _complete(self, manager: Manager, message: wire.Submit) -> None:
        """For kinds of tasks that have more to say."""

    def _what(self) -> str:
        return self.command

    def _say(self, field: str, value: object) -> None:
        setattr(self._open(), field, value)

    def _open(self) -> wire.Submit:
        self._open_description()
        return self._message

    def _last_attempt(self) -> wire.AttemptRecord | None:
        return self._finished.attempts[-1] if self._finished is not None and self._finished.attempts else None


def _resources(told: wire.Resources) -> Resources:
    return Resources(
        cores=told.cores if told.HasField("cores") else None,
        memory=told.memory / MB if told.HasField("memory") else None,
        disk=told.disk / MB if told.HasField("disk") else None,
        gpus=told.gpus if told.HasField("gpus") else None,
    )
