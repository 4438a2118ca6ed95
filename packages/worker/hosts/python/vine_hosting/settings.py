"""library.json, and what the worker says in the environment."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Any

MODES = ("direct", "fork", "threads")


class SettingsError(Exception):
    """library.json or the environment cannot be used; the text says why."""


class UnfitPython(SettingsError):
    """This Python cannot run the library, however often it is tried."""


@dataclass(frozen=True)
class Settings:
    mode: str
    slots: int
    #: Name to "module:function".
    functions: dict[str, str]
    #: File with a cloudpickle of {"functions": {name: fn}, "context": fn, "context_args", "context_kwargs"}.
    pickled: str | None
    #: "module:function" of the context function.
    context: str | None
    imports: list[str]
    #: Version of the Python that wrote the pickles, like "3.11".
    python: str | None
    path: list[str]
    socket: str
    token: str
    name: str

    @property
    def generic(self) -> bool:
        """Any call brings its own function."""
        return not self.functions and self.pickled is None


def read_settings(file: str) -> Settings:
    try:
        with open(file, encoding="utf-8") as opened:
            said = json.load(opened)
    except (OSError, ValueError) as error:
        raise SettingsError(f"{file} cannot be read: {error}") from None
    if not isinstance(said, dict):
        raise SettingsError(f"{file} should hold one JSON object")
    mode = said.get("mode", "direct")
    if mode not in MODES:
        raise SettingsError(f"{file}: the mode {mode!r} is none of {', '.join(MODES)}")
    return Settings(
        mode=mode,
        slots=_slots(said.get("slots", os.environ.get("VINE_LIBRARY_SLOTS", 1)), file),
        functions=dict(said.get("functions") or {}),
        pickled=said.get("pickled"),
        context=said.get("context"),
        imports=list(said.get("imports") or []),
        python=said.get("python"),
        path=list(said.get("path") or ["."]),
        socket=_variable("VINE_LIBRARY_SOCKET"),
        token=_variable("VINE_LIBRARY_TOKEN"),
        name=os.environ.get("VINE_LIBRARY_NAME", "library"),
    )


def _slots(said: Any, file: str) -> int:
    try:
        slots = int(said)
    except (TypeError, ValueError):
        slots = 0
    if slots < 1:
        raise SettingsError(f"{file}: slots should be a whole number from 1, and is {said!r}")
    return slots


def _variable(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        raise SettingsError(f"the variable {name} is not set: this program is started by a TaskVine worker")
    return value
