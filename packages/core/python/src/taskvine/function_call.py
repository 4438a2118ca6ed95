"""Calls of the functions of libraries."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ._calls.outcome import ReturnedCall
from ._calls.values import (
    FUNCTION_INPUT,
    LARGE_BYTES,
    LARGE_INPUT,
    dump_arguments,
    load_value,
    mounting,
    name_of,
    stand_in,
)
from ._parts.described import DEFAULT_CATEGORY, OwnFile
from ._wire import gateway_pb2 as wire
from .errors import VineError, bad_argument
from .files import File
from .library import Library
from .python_task import ValueTask, among_arguments
from .task import Resources
from .units import MB, to_bytes

if TYPE_CHECKING:
    from ._link.outbox import CallShape, Queued
    from .manager import Manager

_NOTHING: Mapping[str, Any] = {}
_NONE: Sequence[tuple[int, wire.MountUse]] = ()
_Call = tuple[str | Callable[..., Any], tuple[Any, ...], dict[str, Any]]


class FunctionCall(ValueTask):
    """One call: a library or its name, a function (a name, or the function itself), and arguments.

    Arguments may hold files (the function gets the path of a copy that it must not change), and other calls and
    PythonTasks (it gets their values), at any depth of lists, tuples and dicts. Calls among the arguments that were not
    submitted are submitted with this one, and no wait returns them.
    `set_time_max` and `set_memory` bound the call; cores are those of the library.
    """

    def __init__(self, library: Library | str, function: str | Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        if not callable(function) and not isinstance(function, str):
            raise bad_argument(f"a FunctionCall needs a function or its name, not {function!r}")
        self._function = function if isinstance(function, str) else name_of(function)
        super().__init__(self._function)
        self._library = library
        self._call: _Call | None = (function, args, kwargs)
        self._packed: tuple[CallShape, bytes] | None = None
        #: File and use of what its arguments name, in the order of these names.
        self._named: Sequence[tuple[int, wire.MountUse]] = _NONE
        #: What was said of it that many calls can say together, in the words of their message; a tag is its own.
        self._said: Mapping[str, Any] = _NOTHING
        self._tag = ""

    def keep_in_cluster(self, keep: bool = True) -> None:
        """The value stays at the workers, even a small one, until `output` is asked for."""
        self._say("keep", keep)

    def add_environment(self, environment: object) -> None:
        """Refused: a call runs in the environment of its library."""
        raise bad_argument(
            "a call runs in the environment of its library: give it to that", "library.add_environment(…)"
        )

    def set_memory(self, memory: float | str) -> None:
        """Megabytes, or text such as "2 GB", for this call. More ends it, in fork mode."""
        self._say("memory", to_bytes("memory", memory))

    @property
    def tag(self) -> str:
        """Its label; "" where none was said."""
        return self._tag

    @property
    def category(self) -> str:
        """What it is counted with."""
        return str(self._said.get("category", DEFAULT_CATEGORY))

    @property
    def resources_requested(self) -> Resources:
        """What it asks for: memory in fork mode; the rest is its library's."""
        asked = super().resources_requested
        memory = self._said.get("memory")
        return asked if memory is None else replace(asked, memory=memory / MB)

    def successful(self) -> bool:
        """Did it return?"""
        return self._state == "done"

    def prepare(self, manager: Manager, number: int) -> Queued:
        """A call of which nothing else was said travels with others."""
        if self._call is None or self._submit is not None:
            return super().prepare(manager, number)
        shape, args = self._packed = self._pack(manager, self._call)
        if len(args) > LARGE_BYTES:
            return super().prepare(manager, number)
        self._call = self._packed = None
        self._closed = True
        self._desk = desk = manager.desk
        self.id = number
        self._state = "submitted"
        value = next(desk.files)
        self._value_file = OwnFile(File(desk, value, "temp", f"value of {self._function}"))
        named, self._named = self._named, _NONE
        return shape, number, args, value, self._tag, named

    def _complete(self, manager: Manager, message: wire.Submit) -> None:
        assert self._call is not None
        shape, args = self._packed or self._pack(manager, self._call)
        calls = shape.calls
        message.tag = self._tag
        for field, value in self._said.items():
            if field == "memory":
                message.resources.memory = value
            elif field != "keep":
                setattr(message, field, value)
        message.ClearField("command")
        self.command = ""
        if calls.function_file:
            message.inputs.add(file=calls.function_file, name=FUNCTION_INPUT, use=wire.MOUNT_USE_FUNCTION)
        if len(args) > LARGE_BYTES and calls.encoding == wire.ENCODING_PICKLE:
            args = self._as_input(manager, self._call)
        for number, (file, use) in enumerate(self._named):
            message.inputs.add(file=file, name=f"vine.arg.{number}", use=use)
        message.call.CopyFrom(
            wire.CallPart(
                library=calls.library,
                function=calls.function,
                encoding=calls.encoding,
                args=args,
                keep=bool(self._said.get("keep")),
            )
        )
        message.outputs.add(
            file=self._declare_value(manager), use=wire.MOUNT_USE_VALUE, when=wire.OUTPUT_CONDITION_SUCCESS
        )
        self._call = self._packed = None

    def _pack(self, manager: Manager, call: _Call) -> tuple[CallShape, bytes]:
        """What it has in common with others, and its arguments."""
        function, args, kwargs = call
        library = manager.library(self._library)
        known = manager.function_file(function) if callable(function) and not library.functions else None
        if library.functions and self._function not in library.functions:
            names = ", ".join(library.functions)
            raise VineError("UNKNOWN_FUNCTION", f"{library.name} has no function {self._function}: it has {names}")
        shape = library.shape(self._function, 0 if known is None else known.file.number, self._said)
        if library.encoding == "json":
            return shape, self._dump_json(manager, args, kwargs)
        return shape, self._dump(manager, args, kwargs)

    def _as_input(self, manager: Manager, call: _Call) -> bytes:
        """Puts large arguments into a file, and gives small ones that stand for it."""
        _, args, kwargs = call
        with mounting(self):
            data = dump_arguments(args, kwargs)
        file = self._own_buffer(manager.desk, data, "large arguments")
        self._message.inputs.add(file=file.number, name=LARGE_INPUT, use=wire.MOUNT_USE_VALUE)
        return stand_in(LARGE_INPUT)

    def _add_mount(self, file: File, name: str, use: wire.MountUse) -> None:
        self._named = (*self._named, (file.number, use))

    def _dump(self, manager: Manager, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bytes:
        self._manager = manager
        if among_arguments((None, args, kwargs)):
            return dump_arguments(args, kwargs, self)
        return super()._dump(manager, args, kwargs)

    def _dump_json(self, manager: Manager, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bytes:
        self._manager = manager

        def stand_in(thing: object) -> dict[str, str]:
            if isinstance(thing, (ValueTask, File)):
                return {"$vine": self.mount(thing)}
            raise bad_argument(f"{thing!r} cannot be written in JSON, which is what {self._library} speaks")

        with mounting(self):
            return json.dumps([list(args), kwargs], default=stand_in).encode()

    def _load(self) -> Any:
        end = self._end
        if isinstance(end, ReturnedCall):
            return super()._load() if end.value is None else load_value(end.value)
        return load_value(end.value) if end is not None and end.HasField("value") else super()._load()

    def _say(self, field: str, value: object) -> None:
        self._check_open()
        if field == "tag":
            self._tag = str(value)
        else:
            self._said = {**self._said, field: value}

    def _what(self) -> str:
        return self._function
