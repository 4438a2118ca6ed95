"""Calls of the functions of libraries."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ._calls.values import FUNCTION_INPUT, LARGE_BYTES, LARGE_INPUT, load_value, mounting, name_of, stand_in
from ._wire import gateway_pb2 as wire
from .errors import VineError, bad_argument
from .files import File
from .library import Library
from .python_task import ValueTask

if TYPE_CHECKING:
    from .manager import Manager


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
        self._call: tuple[str | Callable[..., Any], tuple[Any, ...], dict[str, Any]] | None = (
            function,
            args,
            kwargs,
        )
        self._keep = False

    def keep_in_cluster(self, keep: bool = True) -> None:
        """The value stays at the workers, even a small one, until `output` is asked for."""
        self._open()
        self._keep = keep

    def successful(self) -> bool:
        """Did it return?"""
        return self._finished is not None and self._finished.state == "done"

    def _complete(self, manager: Manager, message: wire.Submit) -> None:
        assert self._call is not None
        function, args, kwargs = self._call
        library = manager.library(self._library)
        message.ClearField("command")
        self.command = ""
        if callable(function) and not library.functions:
            code = manager.function_file(function).file
            message.inputs.add(file=code.number, name=FUNCTION_INPUT, use=wire.MOUNT_USE_FUNCTION)
        elif library.functions and self._function not in library.functions:
            known = ", ".join(library.functions)
            raise VineError("UNKNOWN_FUNCTION", f"{library.name} has no function {self._function}: it has {known}")
        call = message.call
        call.library = library.number
        call.function = self._function
        call.keep = self._keep
        if library.encoding == "json":
            call.encoding = wire.ENCODING_JSON
            call.args = self._dump_json(manager, args, kwargs)
        else:
            call.encoding = wire.ENCODING_PICKLE
            call.args = self._dump(manager, args, kwargs)
            if len(call.args) > LARGE_BYTES:
                file = self._own_buffer(manager.desk, call.args, "large arguments")
                self._add_mount(file, LARGE_INPUT, wire.MOUNT_USE_VALUE)
                call.args = stand_in(LARGE_INPUT)
        message.outputs.add(
            file=self._declare_value(manager), use=wire.MOUNT_USE_VALUE, when=wire.OUTPUT_CONDITION_SUCCESS
        )
        self._call = None

    def _add_mount(self, file: File, name: str, use: wire.MountUse) -> None:
        self._message.inputs.add(file=file.number, name=name, use=use)

    def _dump_json(self, manager: Manager, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bytes:
        self._manager = manager

        def stand_in(thing: object) -> dict[str, str]:
            if isinstance(thing, (ValueTask, File)):
                return {"$vine": self.mount(thing)}
            raise bad_argument(f"{thing!r} cannot be written in JSON, which is what {self._library} speaks")

        with mounting(self):
            return json.dumps([list(args), kwargs], default=stand_in).encode()

    def _load(self) -> Any:
        finished = self._finished
        if finished is not None and finished.HasField("value"):
            return load_value(finished.value)
        return super()._load()

    def _what(self) -> str:
        return self._function
