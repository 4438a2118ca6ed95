"""Functions that run like commands: each in a fresh interpreter, in a sandbox of its own."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._calls.outcome import ReturnedCall
from ._calls.values import StandsForValue, dump_arguments, dump_by_value, load_value, mounting, name_of
from ._parts.described import OwnFile
from ._wire import gateway_pb2 as wire
from .errors import RemoteError, VineError, bad_argument, remote_exception
from .files import File, FileOptions, declare, number_at
from .task import Task

if TYPE_CHECKING:
    from .manager import Manager

_RUNNER = Path(__file__).parent / "_remote" / "run_task.py"
_TASK, _RESULT, _ERROR = "vine.task", "vine.result", "vine.error"
#: Types of arguments that nothing is in.
_PLAIN = frozenset((int, float, str, bytes, bool, type(None)))
#: How the interpreter ends when there is an exception to tell of.
_RAISED = 1
#: What a shell says of a command that is not there.
_NOT_FOUND = 127
_PYTHON = f"{sys.version_info[0]}.{sys.version_info[1]}"


class ValueTask(StandsForValue, Task):
    """A task that gives a value. In the arguments of another one it stands for this value, which need not come home."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self._value_file: OwnFile | None = None
        self._value: Any = None
        self._has_value = False
        #: Tasks whose values are among the arguments: their files must stay until then.
        self._sources: list[ValueTask] = []
        self._failed_sources: list[ValueTask] = []
        self._mounts: dict[int, str] = {}
        self._manager: Manager | None = None

    @property
    def value_file(self) -> File:
        """Where its value lies in the cluster. Only of a submitted one."""
        if self._value_file is None:
            raise bad_argument(f"{self!r} has not been submitted")
        return self._value_file.file

    @property
    def output(self) -> Any:
        """What the function returned, brought here when it is asked for the first time.

        Raises what the function raised, with the remote traceback as its cause; else a VineError that says why.
        """
        if not self.completed():
            raise bad_argument(f"{self!r} has not ended: wait for it")
        error = self.exception
        if error is not None:
            raise error
        if not self._has_value:
            self._value = self._load()
            self._has_value = True
        return self._value

    def mount(self, thing: object) -> str:
        """Names what stands for a value in the arguments."""
        name = self._mounts.get(id(thing))
        if name is not None:
            return name
        assert self._manager is not None
        name = f"vine.arg.{len(self._mounts)}"
        if isinstance(thing, ValueTask):
            if thing._state == "initial":
                self._manager.submit(thing)
            if thing._desk is not self._manager.desk:
                raise VineError("UNKNOWN_FILE", f"{thing!r} was submitted to another manager")
            self._sources.append(thing)
            self._add_mount(thing.value_file, name, wire.MOUNT_USE_VALUE)
        elif isinstance(thing, File):
            number_at(self._manager.desk, thing)
            self._add_mount(thing, name, wire.MOUNT_USE_PATH)
        self._mounts[id(thing)] = name
        return name

    @property
    def exception(self) -> BaseException | None:
        """Why there is no value, which may be what a source raised; None when there is one, or it has not ended."""
        for source in self._failed_sources:
            return source.exception
        return super().exception

    def finish(self, end: wire.Finished | ReturnedCall) -> None:
        """Called when it has ended."""
        super().finish(end)
        if isinstance(end, wire.Finished) and end.state == "failed" and end.code != "exception":
            self._failed_sources = [one for one in self._sources if one.completed() and not one.successful()]
        self._sources.clear()
        self._mounts.clear()
        self._manager = None

    def _dump(self, manager: Manager, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bytes:
        self._manager = manager
        with mounting(self):
            return dump_arguments(args, kwargs)

    def _add_mount(self, file: File, name: str, use: wire.MountUse) -> None:
        raise NotImplementedError

    def _declare_value(self, manager: Manager) -> int:
        """Its number."""
        file = declare(manager.desk, "temp", f"value of {self._what()}", wire.Declare(temp=True), FileOptions())
        self._value_file = OwnFile(file)
        return file.number

    def _load(self) -> Any:
        return load_value(self.value_file.contents())


def unsubmitted(task: Task) -> list[ValueTask]:
    """Tasks that have to be submitted before this one, in order: their values are among its arguments, or theirs."""
    found: dict[int, ValueTask] = {}
    stack = _unsubmitted_in(task)
    while stack:
        inner, is_ready = stack.pop()
        if is_ready:
            found.setdefault(id(inner), inner)
        elif id(inner) not in found:
            stack.append((inner, True))
            stack += _unsubmitted_in(inner)
    return list(found.values())


def _unsubmitted_in(task: Task) -> list[tuple[ValueTask, bool]]:
    return [
        (thing, False)
        for thing in among_arguments(getattr(task, "_call", None))
        if isinstance(thing, ValueTask) and thing._state == "initial"
    ]


def among_arguments(call: tuple[object, tuple[Any, ...], dict[str, Any]] | None) -> Sequence[StandsForValue]:
    """What stands for something else in the arguments of a call, as far as that can be seen without pickling them."""
    if call is None:
        return ()
    _, args, kwargs = call
    if not kwargs:
        for thing in args:
            if type(thing) not in _PLAIN:
                break
        else:
            return ()
    found: list[StandsForValue] = []
    stack: list[object] = [args, kwargs]
    while stack:
        thing = stack.pop()
        if isinstance(thing, StandsForValue):
            found.append(thing)
        elif isinstance(thing, dict):
            stack += [*thing.keys(), *thing.values()]
        elif isinstance(thing, (list, tuple, set, frozenset)):
            stack += thing
    return found


class PythonTask(ValueTask):
    """Calls a function of this program at a worker, in a fresh interpreter and a sandbox of its own.

    The worker's Python (VINE_PYTHON there, or python3) needs the package cloudpickle, and what the function imports.
    Arguments may hold files (the function gets their path), other PythonTasks and FunctionCalls (it gets their values).
    """

    def __init__(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        if not callable(function):
            raise bad_argument(f"a PythonTask needs a function, not {function!r}")
        super().__init__(
            f'exec "${{VINE_PYTHON:-python3}}" {_TASK}.py {_TASK} {_RESULT} {_ERROR}',
        )
        self._name = name_of(function)
        self._call: tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]] | None = (
            function,
            args,
            kwargs,
        )
        self._uses: dict[str, str] = {}
        self._error_file: OwnFile | None = None
        self._error: BaseException | None = None

    @property
    def result(self) -> str | None:
        """A code: "success" when the function returned, "exception" when it raised, or why it did neither."""
        finished = self._finished
        if finished is not None and finished.state == "done" and self.exit_code:
            return "exception" if self.exit_code == _RAISED else "output-missing"
        return super().result

    def finish(self, end: wire.Finished | ReturnedCall) -> None:
        """Called when it has ended."""
        super().finish(end)
        if self._state == "done" and self.exit_code:
            self._state = "failed"

    @property
    def exception(self) -> BaseException | None:
        """What the function raised, or why it did not run; None when it returned, or has not ended."""
        finished = self._finished
        if finished is None or self.successful():
            return None
        if finished.state == "done" and self._error_file is not None:
            if self._error is None:
                self._error = self._remote_error(self._error_file.file)
            return self._error
        if finished.code == "output-missing" and self.exit_code == _NOT_FOUND:
            return VineError(
                "COMMAND_NOT_FOUND",
                f"{self._name}: there is no such Python at the worker: {self.std_error.strip()}",
                "Install python3 there, or name one: VINE_PYTHON in the worker's environment, or Factory.python.",
            )
        if finished.code == "output-missing":
            return RemoteError(f"{self._name} ended without a value (exit code {self.exit_code})\n{self.std_error}")
        return super().exception

    def _complete(self, manager: Manager, message: wire.Submit) -> None:
        assert self._call is not None
        function, args, kwargs = self._call
        pickled = self._dump(manager, args, kwargs)
        facts = pickle.dumps({"uses": self._uses, "python": _PYTHON}, 4)
        content = facts + dump_by_value(function, function) + pickled
        inputs = message.inputs
        inputs.add(file=manager.shared_buffer(f"{_TASK}.py", _RUNNER.read_bytes()).number, name=f"{_TASK}.py")
        inputs.add(file=self._own_buffer(manager.desk, content, self._name).number, name=_TASK)
        error = declare(manager.desk, "temp", f"error of {self._name}", wire.Declare(temp=True), FileOptions())
        self._error_file = OwnFile(error)
        outputs = message.outputs
        outputs.add(file=self._declare_value(manager), name=_RESULT, when=wire.OUTPUT_CONDITION_SUCCESS)
        outputs.add(file=error.number, name=_ERROR, when=wire.OUTPUT_CONDITION_FAILURE)
        self._call = None

    def _add_mount(self, file: File, name: str, use: wire.MountUse) -> None:
        self._message.inputs.add(file=file.number, name=name)
        self._uses[name] = "value" if use == wire.MOUNT_USE_VALUE else "path"

    def _remote_error(self, file: File) -> BaseException:
        try:
            told = pickle.loads(file.contents())
        except VineError:
            return RemoteError(f"{self._name} ended with exit code {self.exit_code}:\n{self.std_error}")
        return remote_exception(told["message"], told["traceback"], told["exception"])

    def _what(self) -> str:
        return self._name
