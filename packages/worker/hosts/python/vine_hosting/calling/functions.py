"""What can be called: by module and name, from the library's pickle, or from a file that calls name."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
import types
from typing import Any, Callable

import taskvine_call

from ..settings import Settings, SettingsError, UnfitPython
from .failures import explain_unreadable, is_unfit
from .values import load_pickle_file


class UnknownFunction(Exception):
    """The library offers no function of that name; the text is a sentence."""


class UnreadableFunction(Exception):
    """The function is there and cannot be loaded; the text is a sentence."""


class Entry:
    """A function, and what may be expected of it."""

    __slots__ = ("call", "expected_ns", "gives_large")

    def __init__(self, call: Callable[..., Any]) -> None:
        self.call = call
        #: Not known to be short until it was.
        self.expected_ns = 1 << 60
        #: What it returned last was too large to travel.
        self.gives_large = False


class Functions:
    """Functions by the name that calls use, as bytes; those of files are loaded by their first call."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.entries: dict[bytes, Entry] = {}
        self._files: dict[bytes, str] = {}

    def names(self) -> list[str] | None:
        """For hello; None when any call brings its own."""
        return None if self._settings.generic else sorted(name.decode("utf-8") for name in self.entries)

    def load_all(self) -> None:
        """Imports, functions and the context, each once."""
        sys.path[:0] = [os.path.abspath(folder) for folder in self._settings.path]
        offer_taskvine()
        for name in self._settings.imports:
            self._import(name)
        for name, place in self._settings.functions.items():
            self._add(name, function_at(place))
        if self._settings.pickled is not None:
            self._load_pickled(self._settings.pickled)
        if self._settings.context is not None:
            taskvine_call._set_context(function_at(self._settings.context)())

    def _import(self, name: str) -> None:
        try:
            importlib.import_module(name)
        except ImportError as error:
            sentence = explain_unreadable(error, self._settings.python)
            raise UnfitPython(f"{name!r} cannot be imported: {sentence}") from error

    def _load_pickled(self, path: str) -> None:
        try:
            said = load_pickle_file(path)
        except Exception as error:
            sentence = explain_unreadable(error, self._settings.python)
            kind = UnfitPython if is_unfit(error, self._settings.python) else SettingsError
            raise kind(f"the library's functions cannot be read: {sentence}") from error
        for name, function in said.get("functions", {}).items():
            self._add(name, function)
        make_context = said.get("context")
        if make_context is not None:
            made = make_context(*said.get("context_args", ()), **said.get("context_kwargs", {}))
            taskvine_call._set_context(made)

    def _add(self, name: str, function: Callable[..., Any]) -> None:
        self.entries[name.encode("utf-8")] = Entry(function)

    def announce(self, name: str, path: str) -> None:
        """Calls of ``name`` mean the function pickled in the file ``path``."""
        self._files[name.encode("utf-8")] = path

    def find(self, name: bytes) -> Entry:
        entry = self.entries.get(name)
        if entry is not None:
            return entry
        path = self._files.get(name)
        if path is None:
            raise UnknownFunction(self._unknown(name.decode("utf-8", "replace")))
        entry = Entry(self._load(path))
        self.entries[name] = entry
        return entry

    def _load(self, path: str) -> Callable[..., Any]:
        try:
            function: Callable[..., Any] = load_pickle_file(path)
        except Exception as error:
            raise UnreadableFunction(
                f"the function cannot be read: {explain_unreadable(error, self._settings.python)}"
            ) from error
        if not callable(function):
            raise UnreadableFunction(
                f"what came as the function is {type(function).__qualname__} and cannot be called"
            )
        return function

    def _unknown(self, name: str) -> str:
        offered = self.names()
        if offered is None:
            return (
                f"the library {self._settings.name!r} has no function {name!r}: calls to it bring their own"
            )
        return (
            f"the library {self._settings.name!r} has no function {name!r}; "
            f"it has {', '.join(offered) if offered else 'none'}"
        )


def function_at(place: str) -> Callable[..., Any]:
    """The function that "module:function" names; attributes of attributes may follow."""
    module_name, colon, path = place.partition(":")
    if not colon or not path:
        raise SettingsError(f"a function is named as 'module:function', not {place!r}")
    found: Any = importlib.import_module(module_name)
    for attribute in path.split("."):
        if not hasattr(found, attribute):
            raise SettingsError(f"the module {module_name!r} has no {path!r}")
        found = getattr(found, attribute)
    if not callable(found):
        raise SettingsError(f"{place!r} is {type(found).__qualname__} and cannot be called")
    function: Callable[..., Any] = found
    return function


def offer_taskvine() -> None:
    """Functions may say ``taskvine.context()`` where taskvine is not installed."""
    if importlib.util.find_spec("taskvine") is not None:
        return
    stub = types.ModuleType("taskvine", "What of taskvine is there inside a call.")
    for name in ("context", "sandbox", "resolve"):
        setattr(stub, name, getattr(taskvine_call, name))
    sys.modules["taskvine"] = stub
