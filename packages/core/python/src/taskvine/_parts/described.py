"""What tasks and libraries both need: inputs, variables, resources."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, NoReturn

from .._wire import gateway_pb2 as wire
from ..errors import VineError, bad_argument
from ..files import File, FileOptions, buffer_message, declare
from ..units import label, positive, to_bytes, whole
from .environments import check_environment, enter

if TYPE_CHECKING:
    from .._desk.desk import Desk


DEFAULT_CATEGORY = "default"


class OwnFile:
    """A file that nobody but its holder can name: when that goes, the cluster may forget it."""

    __slots__ = ("file",)

    def __init__(self, file: File) -> None:
        self.file = file

    def __del__(self) -> None:
        # At the end of the interpreter there may be nothing left to do it with.
        with contextlib.suppress(Exception):
            self.file.forget()


class SaidOnly:
    """Stands where somebody might assign what a method says: it would be lost."""

    def __init__(self, method: str) -> None:
        self._method = method

    def __get__(self, thing: object, kind: type) -> NoReturn:
        raise AttributeError(f"it is not kept in a variable: {self._method} says it")

    def __set__(self, thing: object, value: NoReturn) -> NoReturn:
        raise bad_argument("nothing hears what is assigned to a task or library", f"Say it: {self._method}({value!r})")


class Described:
    """Says everything before it is handed over; then it is `_closed`."""

    def __init__(self) -> None:
        self._closed = False
        self._inputs: list[File] = []
        self._buffers: list[tuple[bytes, str]] = []
        self._temporary: list[OwnFile] = []
        self._environments: list[File | str] = []

    @property
    def _described(self) -> wire.Submit | wire.Library:
        """What was said of it."""
        raise NotImplementedError

    cores = SaidOnly("set_cores")
    memory = SaidOnly("set_memory")
    disk = SaidOnly("set_disk")
    gpus = SaidOnly("set_gpus")

    def add_input(self, file: File, name: str) -> None:
        """Puts a declared file, or directory tree, at a name in the task's folder. It is read-only there."""
        self._open_description().inputs.add(file=number_of(file, name), name=name)
        self._inputs.append(file)

    def add_input_buffer(self, content: str | bytes, name: str) -> None:
        """Puts a text or bytes at a name in the task's folder."""
        self._open_description()
        self._buffers.append((content.encode() if isinstance(content, str) else bytes(content), sandbox_name(name)))

    def add_environment(self, environment: File | str | os.PathLike[str]) -> None:
        """Runs it in a packed environment: programs, libraries, Python packages, a Python of its own.

        `environment`: the path of an archive made by conda-pack, venv-pack or tar (of a virtual environment, or of a
        folder of packages); what `declare_environment` gave; or any folder with a program `bin/run_in_env` that runs
        the command in its arguments. Functions need the package cloudpickle in it. Several are entered one inside of
        the other, the last one first. It is unpacked once at each worker.
        """
        self._check_open()
        self._environments.append(check_environment(environment))

    add_poncho_package = add_environment
    add_starch_package = add_environment
    add_execution_context = add_environment

    def set_env_var(self, name: str, value: str | None = None) -> None:
        """Sets an environment variable; None unsets one that the worker has."""
        if not name or "=" in name or "\0" in name:
            raise bad_argument(f"{name!r} cannot be set as an environment variable")
        variable = self._open_description().env.add(name=name)
        if value is not None:
            variable.value = str(value)

    def set_cores(self, cores: float) -> None:
        """Cores, also parts of one. Left out: its share of the worker (one core when nothing at all is said)."""
        self._open_description().resources.cores = positive("cores", cores)

    def set_memory(self, memory: float | str) -> None:
        """Megabytes, or text such as "2 GB". What takes more is ended."""
        self._open_description().resources.memory = to_bytes("memory", memory)

    def set_disk(self, disk: float | str) -> None:
        """Megabytes for its folder, or text such as "10 GB". What takes more is ended."""
        self._open_description().resources.disk = to_bytes("disk", disk)

    def set_gpus(self, gpus: int) -> None:
        """Whole gpus; their numbers are in CUDA_VISIBLE_DEVICES."""
        self._open_description().resources.gpus = whole("gpus", gpus)

    def add_feature(self, name: str) -> None:
        """A label that a worker must offer."""
        self._open_description().features.append(label("feature", name))

    def _open_description(self) -> wire.Submit | wire.Library:
        self._check_open()
        return self._described

    def _check_open(self) -> None:
        if self._closed:
            raise bad_argument(f"this {type(self).__name__} was handed over already: make another one for another run")

    def _hand_over(self, desk: Desk) -> None:
        """Declares its buffers. From here on nothing can be changed."""
        message = self._open_description()
        for file in (*self._inputs, *self._environments):
            if isinstance(file, File) and not file.is_of(desk):
                raise VineError("UNKNOWN_FILE", f"{file!r} was declared on another manager")
        for content, name in self._buffers:
            message.inputs.add(file=self._own_buffer(desk, content, name).number, name=name)
        self._buffers.clear()
        enter(desk, self._environments, message)
        self._closed = True

    def _own_buffer(self, desk: Desk, content: bytes, name: str) -> File:
        file = declare(desk, "buffer", name, buffer_message(desk, content), FileOptions())
        self._temporary.append(OwnFile(file))
        return file


def number_of(file: File, name: str) -> int:
    """Of a file that is to have a name in a task's folder."""
    if not isinstance(file, File):
        raise bad_argument(f"{name}: the file must come from one of the manager's declare methods, and not be {file!r}")
    sandbox_name(name)
    return file.number


def sandbox_name(name: str) -> str:
    return label("the name of a file in a task's folder", name)
