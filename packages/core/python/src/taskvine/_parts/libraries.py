"""The libraries of a manager, and the functions that calls bring along."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Sequence
from typing import Any

from .._calls.function_files import FunctionFiles, KnownFunction
from .._calls.values import name_of
from .._desk.desk import Desk
from .._wire import gateway_pb2 as wire
from ..errors import VineError, bad_argument
from ..files import File, FileOptions, buffer_message, declare
from ..library import Library, library_from_functions

_GENERIC = "python-functions"


class Libraries:
    """The part of the manager that has libraries."""

    desk: Desk

    def __init__(self) -> None:
        self._libraries: dict[str, Library] = {}
        self._lock = threading.RLock()
        self._functions = FunctionFiles(self._declare_function)

    def create_library_from_functions(
        self,
        name: str,
        *functions: Callable[..., Any],
        imports: Sequence[str] = (),
        context: Callable[..., Any] | None = None,
        context_args: Sequence[Any] = (),
        context_kwargs: dict[str, Any] | None = None,
        exec_mode: str = "direct",
        slots: int = 1,
        environment: File | str | os.PathLike[str] | None = None,
    ) -> Library:
        """Makes a library of functions of this program; `install_library` hands it over.

        `imports`: modules loaded once for all calls. `context`: a function run once when the library starts, with
        `context_args` and `context_kwargs`; functions get what it returned by `from taskvine_call import context` and
        `context()`.
        `exec_mode`: "direct" (calls run one after the other in each of `slots` processes), "fork" (each in a child of
        its own: a crash hurts no other, and limits and use of memory are by call), or "threads" (of one process).
        `environment`: a packed one, in which it runs (see `Library.add_environment`).
        """
        library = library_from_functions(
            name,
            functions,
            imports=imports,
            context=context,
            context_args=context_args,
            context_kwargs=context_kwargs,
            exec_mode=exec_mode,
            slots=slots,
        )
        if environment is not None:
            library.add_environment(environment)
        return library

    def create_library_from_command(
        self,
        name: str,
        command: str,
        *,
        functions: Sequence[str] = (),
        encoding: str = "json",
        slots: int = 1,
    ) -> Library:
        """Makes a library of any program that speaks the library protocol (docs/LIBRARY-PROTOCOL.md)."""
        library = Library(name, command, encoding=encoding, slots=slots)
        library.functions = tuple(functions)
        return library

    def install_library(self, library: Library) -> None:
        """Hands a library over: from now on calls can name it. Calls that are given a library itself install it."""
        if not isinstance(library, Library):
            raise bad_argument(f"a Library can be installed, not {library!r}")
        with self._lock:
            if library.name in self._libraries:
                raise VineError("DUPLICATE_NAME", f"there is a library {library.name} already")
            library.install(self.desk)
            self._libraries[library.name] = library

    def remove_library(self, library: Library | str) -> None:
        """Ends its instances. Calls that wait for it fail."""
        name = library if isinstance(library, str) else library.name
        with self._lock:
            found = self._libraries.pop(name, None)
        if found is not None:
            self.desk.post(wire.ClientMessage(remove_library=wire.RemoveLibrary(library=found.number)))

    def check_library_exists(self, name: str) -> bool:
        """Is there an installed library of this name?"""
        return name in self._libraries

    def library(self, library: Library | str) -> Library:
        """The installed one. Raises UNKNOWN_LIBRARY for a name that none has."""
        with self._lock:
            if isinstance(library, Library):
                if not library.installed:
                    self.install_library(library)
                return library
            found = self._libraries.get(library)
            if found is not None:
                return found
            known = ", ".join(self._libraries) or "none"
        raise VineError("UNKNOWN_LIBRARY", f"there is no library {library}; installed: {known}")

    def generic_library(self) -> Library:
        """The one that runs functions which come with their calls."""
        with self._lock:
            if _GENERIC not in self._libraries:
                library = library_from_functions(_GENERIC, ())
                library.set_cores(1)
                self.install_library(library)
            return self._libraries[_GENERIC]

    def function_file(self, function: Callable[..., Any]) -> KnownFunction:
        """A function by value, in a file that is sent once."""
        return self._functions.known(function, name_of(function))

    def shared_buffer(self, name: str, content: bytes) -> File:
        """A buffer declared once for all tasks."""
        what = ("buffer", hashlib.sha256(content).digest())
        return self.desk.once(what, lambda: self._declare_function(name, content))

    def _declare_function(self, name: str, data: bytes) -> File:
        return declare(self.desk, "buffer", name, buffer_message(self.desk, data), FileOptions())
