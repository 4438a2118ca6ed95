"""Libraries: processes that start once at a worker, load what is expensive, and then answer calls."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ._calls.values import dump_by_value, name_of
from ._link.outbox import CallShape
from ._parts.described import DEFAULT_CATEGORY, Described
from ._wire import gateway_pb2 as wire
from .errors import bad_argument
from .units import label, to_seconds, whole

if TYPE_CHECKING:
    from ._desk.desk import Desk

_MODES = ("direct", "fork", "threads")
_START = 'exec "${VINE_PYTHON:-python3}" "$VINE_PYTHON_HOST" library.json'
_PICKLED = "functions.pickle"
_MOST_SHAPES = 10_000
_NOTHING: Mapping[str, Any] = {}


class Library(Described):
    """Deployed to workers as calls need it. Say everything before `install_library`.

    Left out, resources are as for tasks: its share of the worker, or one core where nothing is said.
    """

    def __init__(self, name: str, command: str, *, encoding: str = "pickle", slots: int = 1) -> None:
        if encoding not in ("pickle", "json"):
            raise bad_argument(f"encoding is pickle or json, not {encoding!r}")
        self._message = wire.Library(name=label("a library's name", name), command=command, slots=1)
        super().__init__()
        self.set_slots(slots)
        self.encoding = encoding
        #: Names of the functions that it has; empty: whatever it says itself when it has started.
        self.functions: tuple[str, ...] = ()
        self.number = 0
        self._shapes: dict[tuple[Any, ...], CallShape] = {}

    def __repr__(self) -> str:
        return f"<Library {self.name}>"

    @property
    def _described(self) -> wire.Library:
        return self._message

    @property
    def name(self) -> str:
        """By which calls may name it."""
        return self._message.name

    @property
    def installed(self) -> bool:
        """Was it handed over? Then nothing more can be said of it."""
        return self._closed

    def set_slots(self, slots: int) -> None:
        """Calls that one instance runs at the same time. Default 1."""
        self._open_description()
        self._message.slots = whole("slots", slots, 1)

    def set_max_instances(self, count: int) -> None:
        """Instances that may exist at once. Default: as many as the calls can use."""
        self._open_description()
        self._message.max_instances = whole("max_instances", count, 1)

    def set_start_tries(self, count: int) -> None:
        """Starts that may fail in a row before its calls fail. Default: the manager's."""
        self._open_description()
        self._message.start_tries = whole("start_tries", count, 1)

    def set_start_within(self, duration: float | str) -> None:
        """Longest time from the start of the process until it is ready: seconds, or text such as "2m"."""
        self._open_description()
        self._message.start_within_ms = round(to_seconds("start_within", duration) * 1_000)

    set_function_slots = set_slots

    def shape(self, function: str, file: int, said: Mapping[str, Any] = _NOTHING) -> CallShape:
        """What calls of a function have in common. `file`: number of the one with the function; 0: it has it itself.

        `said`: what else was said of them, in the words of the message.
        """
        key = (function, file, *said.items()) if said else (function, file)
        shape = self._shapes.get(key)
        if shape is None:
            encoding = wire.ENCODING_JSON if self.encoding == "json" else wire.ENCODING_PICKLE
            if len(self._shapes) >= _MOST_SHAPES:
                self._shapes.clear()
            common = {"library": self.number, "function": function, "function_file": file, "encoding": encoding}
            shape = self._shapes[key] = CallShape(wire.Calls(**{**common, "category": DEFAULT_CATEGORY, **said}))
        return shape

    def install(self, desk: Desk) -> None:
        """Called by the manager."""
        self._hand_over(desk)
        self.number = self._message.library = next(desk.libraries)
        self._message.functions.extend(self.functions)
        desk.post(wire.ClientMessage(library=self._message))


def library_from_functions(
    name: str,
    functions: Sequence[Callable[..., Any]],
    *,
    imports: Sequence[str] = (),
    context: Callable[..., Any] | None = None,
    context_args: Sequence[Any] = (),
    context_kwargs: Mapping[str, Any] | None = None,
    exec_mode: str = "direct",
    slots: int = 1,
) -> Library:
    """A library run by the Python host that every worker has. Without functions it is generic: calls bring theirs."""
    if exec_mode not in _MODES:
        raise bad_argument(f"exec_mode is one of {', '.join(_MODES)}, not {exec_mode!r}")
    for function in functions:
        if not callable(function):
            raise bad_argument(f"a library is made of functions, and {function!r} is none")
    named = {name_of(function): function for function in functions}
    if len(named) < len(functions):
        raise bad_argument("two functions of a library have the same name")
    library = Library(name, _START, slots=slots)
    facts: dict[str, Any] = {
        "mode": exec_mode,
        "slots": slots,
        "imports": list(imports),
        "python": f"{sys.version_info[0]}.{sys.version_info[1]}",
        "path": ["."],
    }
    if named or context is not None:
        pickled = {
            "functions": named,
            "context": context,
            "context_args": tuple(context_args),
            "context_kwargs": dict(context_kwargs or {}),
        }
        by_value = [*named.values(), *([] if context is None else [context])]
        library.add_input_buffer(dump_by_value(pickled, *by_value), _PICKLED)
        facts["pickled"] = _PICKLED
    library.add_input_buffer(json.dumps(facts), "library.json")
    library.functions = tuple(named)
    return library
