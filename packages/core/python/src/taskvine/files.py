"""Files of the cluster."""

from __future__ import annotations

import os
import uuid
from typing import TYPE_CHECKING, Any

from ._calls.values import StandsForValue
from ._wire import gateway_pb2 as wire
from .errors import VineError, bad_argument
from .units import to_seconds

if TYPE_CHECKING:
    from ._desk.desk import Desk

LIFETIMES = {
    "task": wire.LIFETIME_TASK,
    "workflow": wire.LIFETIME_WORKFLOW,
    "worker": wire.LIFETIME_WORKER,
    "forever": wire.LIFETIME_FOREVER,
}
_ARCHIVES = ("tar", "tar.gz", "tar.zst", "zip", "gz")
_MESSAGE_BYTES = 32 * 1024 * 1024 - 4_096
#: From this on a file is quicker than a message.
_STAGED_BYTES = 4 * 1024 * 1024


class File(StandsForValue):
    """A file or directory that tasks read or make. From one of the manager's `declare_…` methods; it never changes.

    In the arguments of a `FunctionCall` it stands for its path at the worker.
    """

    def __init__(self, desk: Desk, number: int, kind: str, text: str) -> None:
        self._desk = desk
        self.number = number
        #: "file", "buffer", "url", "temp", "mini-task" or "unpacked".
        self.type = kind
        self.label = text

    def __repr__(self) -> str:
        return f"<{self.type} {self.label}>"

    def contents(self, timeout: float | str | None = None) -> bytes:
        """All bytes of it, brought from where it is. Waits for the task that makes it.

        `timeout`: seconds, or text such as "2m"; then TimeoutError. Default: as long as it takes. Raises a VineError
        where that task has failed, or where no such task was submitted (NEVER_MADE), and ManagerLost.
        """
        request = self._desk.request(
            lambda number: wire.ClientMessage(fetch=wire.Fetch(request=number, file=self.number))
        )
        return request.content(None if timeout is None else to_seconds("timeout", timeout))

    def save_to(self, path: str | os.PathLike[str]) -> None:
        """Writes it, or the whole directory, to a path at the manager's machine, where nothing may be yet.

        Waits for the task that makes it. Raises what `contents` raises.
        """
        target = os.path.abspath(os.fspath(path))
        request = self._desk.request(
            lambda number: wire.ClientMessage(fetch=wire.Fetch(request=number, file=self.number, path=target))
        )
        request.content()

    def holders(self) -> list[Any]:
        """The workers that have a whole copy of it now."""
        return list(self._desk.ask("holders", file=self.number) or [])

    def forget(self) -> None:
        """Nobody can name it any more."""
        self._desk.link.forget(self.number)

    def is_of(self, desk: Desk) -> bool:
        """Was it declared there?"""
        return self._desk is desk


def number_at(desk: Desk, file: File) -> int:
    """By which its manager knows it. Raises UNKNOWN_FILE for a file of another one, where the number means another."""
    if not isinstance(file, File):
        raise bad_argument(f"a declared file is wanted, not {file!r}", "Declare it first: declare_file(path).")
    if not file.is_of(desk):
        raise VineError("UNKNOWN_FILE", f"{file!r} was declared on another manager")
    return file.number


def declare(desk: Desk, kind: str, text: str, message: wire.Declare, options: FileOptions) -> File:
    """Tells the manager of a file, and gives what stands for it here."""
    number = next(desk.files)
    message.file = number
    options.apply(message)
    message.label = " ".join(text.split())[:80]
    desk.post(wire.ClientMessage(declare=message))
    return File(desk, number, kind, message.label)


class FileOptions:
    """What may be said of any file."""

    def __init__(self, cache: str | bool | None = None, peer_transfer: bool = True, executable: bool = False) -> None:
        self._lifetime = _lifetime(cache)
        self._peer_transfer = peer_transfer
        self._executable = executable

    def apply(self, message: wire.Declare) -> None:
        message.lifetime = self._lifetime
        message.peer_transfer = self._peer_transfer
        message.executable = self._executable


def _lifetime(cache: str | bool | None) -> wire.Lifetime:
    if cache is None or cache is True:
        return wire.LIFETIME_WORKFLOW
    if cache is False:
        return wire.LIFETIME_TASK
    if cache in LIFETIMES:
        return LIFETIMES[cache]
    raise bad_argument(f"cache must be one of {', '.join(LIFETIMES)}, not {cache!r}")


def buffer_message(desk: Desk, content: str | bytes | bytearray | memoryview) -> wire.Declare:
    """What is large goes as a file, where the manager is on this machine. Raises TOO_LARGE."""
    if not isinstance(content, (str, bytes, bytearray, memoryview)):
        raise bad_argument(f"a buffer is a text or bytes, not {content!r}")
    data = _flat(content)
    if len(data) <= _STAGED_BYTES:
        return wire.Declare(buffer=bytes(data))
    path = os.path.join(desk.ready.run_directory, "staging", f"buffer-{uuid.uuid4()}")
    try:
        _write_privately(path, data)
    except OSError as cause:
        if len(data) <= _MESSAGE_BYTES:
            return wire.Declare(buffer=bytes(data))
        raise VineError(
            "TOO_LARGE",
            f"a buffer of {len(data)} bytes is more than messageBytes ({_MESSAGE_BYTES}),"
            f" and cannot be written to {path}: {cause.strerror}",
            "Write it to a file at the manager's machine and use declare_file.",
        ) from cause
    return wire.Declare(path=path, unlink_when_done=True)


def _flat(content: str | bytes | bytearray | memoryview) -> bytes | bytearray | memoryview:
    if isinstance(content, str):
        return content.encode()
    if isinstance(content, memoryview):
        return content.cast("B") if content.c_contiguous else content.tobytes()
    return content


def _write_privately(path: str, data: bytes | bytearray | memoryview) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        try:
            file.write(data)
        except OSError:
            os.unlink(path)
            raise


def unpack_message(archive: File, form: str) -> wire.Declare:
    if not isinstance(archive, File):
        raise bad_argument(f"an archive is a declared file, not {archive!r}", "Declare it first: declare_file(path).")
    if not form and archive.type in ("buffer", "temp", "mini-task"):
        raise bad_argument(f"no name tells what kind of archive {archive!r} is", f"form={_ARCHIVES[1]!r}, for example")
    if form and form not in _ARCHIVES:
        raise bad_argument(f"an archive is {', '.join(_ARCHIVES)}, not {form!r}")
    return wire.Declare(unpack=wire.Unpack(archive=archive.number, format=form))
