"""A call: reading it, running it, and writing its answer."""

from __future__ import annotations

import errno
import functools
import json
import os
import time
from typing import Any, Callable, Sequence

import taskvine_call

from ..wire.connection import Link
from ..wire.frames import (
    CALL,
    ENCODING_CODES,
    ENCODINGS,
    MAX_BODY,
    RESULT,
    RESULT_HEAD,
    RESULT_HEADER_BYTES,
    Bytes,
    attachments,
    pack,
    split_values,
)
from .failures import explain_unreadable, sentence, traceback_text
from .functions import UnknownFunction, UnreadableFunction
from .streams import Printed
from .values import (
    NoCloudpickle,
    UnreadableValue,
    UnwritableValue,
    dump_exception,
    fill_placeholders,
    read_arguments,
    read_value,
    read_value_file,
    write_value,
)

_MAX_EXCEPTION = 1 << 20


class Call:
    """As the worker sent it."""

    __slots__ = (
        "args",
        "encoding",
        "function",
        "id",
        "inline_bytes",
        "inputs",
        "memory",
        "sandbox",
        "value_file",
        "waited",
        "wall_ms",
    )

    def __init__(self, call_id: int, function: bytes, encoding: str, args: Bytes) -> None:
        self.id = call_id
        self.function = function
        self.encoding = encoding
        #: As they travel: a pickle, or a JSON list of two.
        self.args = args
        self.inputs: dict[str, Callable[[], Any]] = {}
        self.sandbox: str | None = None
        self.value_file: str | None = None
        self.inline_bytes: int | None = None
        self.wall_ms: int | None = None
        self.memory: int | None = None
        #: It had to wait inside the host.
        self.waited = False

    def resolve(self, name: str) -> Any:
        read = self.inputs.get(name)
        if read is None:
            raise LookupError(f"the call has no input {name!r}")
        return read()


def compact_call(header: bytes, body: Bytes) -> Call:
    if header[0] == CALL:
        return _compact(header, header[6:], body)
    function, args, values = split_values(header, body)
    call = _compact(header, function, args)
    for name, data in values.items():
        call.inputs[name] = functools.partial(read_value, data, name)
    return call


def answered_call(header: bytes) -> Call:
    """What an answer needs to know of a compact call."""
    return _compact(header, b"", b"")


def _compact(header: bytes, function: bytes, args: Bytes) -> Call:
    encoding = ENCODINGS.get(header[1], str(header[1]))
    return Call(int.from_bytes(header[2:6], "big"), function, encoding, args)


def json_call(header: dict[str, Any], body: Bytes) -> Call:
    """A call whose header is JSON; attachment 0 holds the arguments unless they are in the header."""
    parts = attachments(header, body)
    if "args" in header:
        args: Bytes = json.dumps([header["args"], header.get("kwargs") or {}]).encode("utf-8")
    else:
        args = parts[0] if parts else b""
    call = Call(
        int(header["id"]), str(header["function"]).encode("utf-8"), header.get("encoding", "json"), args
    )
    for given in header.get("inputs") or []:
        call.inputs[given["name"]] = _input(given, parts)
    call.sandbox = header.get("sandbox")
    call.value_file = header.get("valueFile")
    call.inline_bytes = header.get("inlineBytes")
    limits = header.get("limits") or {}
    call.wall_ms = limits.get("wallMs")
    call.memory = limits.get("memory")
    return call


def _input(given: dict[str, Any], parts: list[Bytes]) -> Callable[[], Any]:
    name, path = given["name"], given.get("path")
    if given.get("use") == "path":
        return lambda: path
    if path is None:
        data = bytes(parts[given["attachment"]])
        return lambda: read_value(data, name)
    return lambda: read_value_file(path, name)


_DISK_IS_FULL = (errno.ENOSPC, errno.EDQUOT)


class Outcome:
    """How a call ended. ``error`` is the kind of protocol, or None for a result."""

    __slots__ = (
        "body",
        "cpu_us",
        "error",
        "exit_code",
        "in_file",
        "lacked_memory",
        "memory",
        "message",
        "signal",
        "traceback",
        "wall_us",
    )

    def __init__(
        self, error: str | None = None, message: str = "", traceback: str = "", body: bytes = b""
    ) -> None:
        self.error = error
        self.message = message
        self.traceback = traceback
        #: The value, or the exception's pickle.
        self.body = body
        self.in_file = False
        #: There was no memory left for the function.
        self.lacked_memory = False
        self.wall_us = 0
        self.cpu_us = 0
        #: Peak, bytes; 0: not known.
        self.memory = 0
        self.exit_code: int | None = None
        self.signal: str | None = None


class Caller:
    """Runs calls in this thread."""

    def __init__(self, link: Link, written_by: str | None, go_to_sandbox: bool) -> None:
        self._inline_bytes = link.inline_bytes
        self._value_files = link.value_files
        self._written_by = written_by
        self._go_to_sandbox = go_to_sandbox
        self._home = os.getcwd()

    def run(self, call: Call, find: Callable[[bytes], Any]) -> Outcome:
        """Never raises: whatever happens is the call's outcome."""
        started, cpu = time.perf_counter_ns(), time.thread_time_ns()
        moved = False
        taskvine_call._enter(call.resolve, call.sandbox)
        try:
            if self._go_to_sandbox and call.sandbox is not None:
                os.chdir(call.sandbox)
                moved = True
            outcome = self._attempt(call, find)
        except BaseException as error:
            outcome = failed(error, call.encoding)
        finally:
            taskvine_call._enter(None, None)
            if moved:
                os.chdir(self._home)
        outcome.wall_us = (time.perf_counter_ns() - started) // 1000
        outcome.cpu_us = (time.thread_time_ns() - cpu) // 1000
        return outcome

    def _attempt(self, call: Call, find: Callable[[bytes], Any]) -> Outcome:
        try:
            function = find(call.function).call
        except UnknownFunction as error:
            return Outcome("unknown-function", str(error))
        except UnreadableFunction as error:
            return Outcome("bad-arguments", str(error), traceback_text(error.__cause__ or error))
        try:
            args, kwargs = read_arguments(call.encoding, call.args)
            if call.encoding == "json" and call.inputs:
                args, kwargs = fill_placeholders(args), fill_placeholders(kwargs)
        except UnreadableValue as error:
            return Outcome("bad-arguments", str(error))
        except Exception as error:
            reason = explain_unreadable(error, self._written_by if call.encoding == "pickle" else None)
            return Outcome("bad-arguments", f"the arguments cannot be read: {reason}", traceback_text(error))
        return self.written(call, function(*args, **kwargs))

    def written(self, call: Call, value: Any) -> Outcome:
        """What the function returned, as it travels."""
        try:
            return self._written(call, value)
        except OSError as error:
            if error.errno not in _DISK_IS_FULL:
                raise
            return Outcome("disk", f"the value cannot be written: {error.strerror}")

    def _written(self, call: Call, value: Any) -> Outcome:
        if type(value) is taskvine_call.Written:
            return self._in_pieces(call, value)
        try:
            pieces = write_value(call.encoding, value)
        except (UnwritableValue, NoCloudpickle) as error:
            return Outcome("bad-result", str(error))
        return self._placed(call, pieces)

    def _placed(self, call: Call, pieces: Sequence[taskvine_call.Buffer]) -> Outcome:
        """A value that is too large to travel goes to a file."""
        size = sum(map(_bytes_of, pieces))
        inline_bytes = self._inline_bytes if call.inline_bytes is None else call.inline_bytes
        file = call.value_file
        if file is None and self._value_files is not None:
            file = f"{self._value_files}{call.id}"
        if file is not None and size > inline_bytes:
            _write_file(file, pieces)
            outcome = Outcome()
            outcome.in_file = True
            return outcome
        if size > MAX_BODY:
            return Outcome(
                "bad-result", f"the result has {size} bytes; without a file for it {MAX_BODY} can travel"
            )
        return Outcome(body=b"".join(pieces))

    def _in_pieces(self, call: Call, written: taskvine_call.Written) -> Outcome:
        """A value with something beside it goes to its file, however small it is."""
        if call.value_file is None or not written.beside:
            return self._placed(call, written.pieces)
        _write_file(call.value_file, written.pieces)
        outcome = Outcome(body=written.beside)
        outcome.in_file = True
        return outcome


def _bytes_of(piece: taskvine_call.Buffer) -> int:
    return piece.nbytes if isinstance(piece, memoryview) else len(piece)


def _write_file(path: str, pieces: Sequence[taskvine_call.Buffer]) -> None:
    with open(path, "wb") as opened:
        opened.writelines(pieces)


def failed(error: BaseException, encoding: str) -> Outcome:
    """The function raised."""
    if isinstance(error, SystemExit):
        message = f"the function ended with sys.exit({'' if error.code is None else repr(error.code)})"
    else:
        message = sentence(error)
    body = _exception_body(error) if encoding == "pickle" else b""
    outcome = Outcome("exception", message, traceback_text(error), body)
    outcome.lacked_memory = isinstance(error, MemoryError)
    return outcome


def _exception_body(error: BaseException) -> bytes:
    try:
        body = dump_exception(error)
    except BaseException:  # to write it runs code of the program
        return b""
    return body if len(body) <= _MAX_EXCEPTION else b""


def answer_of(call: Call, outcome: Outcome, printed: Printed | None, compact: bool) -> bytes:
    """The frame that tells the worker."""
    quiet = printed is None or not printed.anything
    if compact and quiet and outcome.error is None and not outcome.in_file:
        head = RESULT_HEAD.pack(
            RESULT_HEADER_BYTES,
            len(outcome.body),
            RESULT,
            ENCODING_CODES[call.encoding],
            call.id.to_bytes(4, "big"),
            min(outcome.wall_us, 0xFFFFFFFF),
            min(outcome.cpu_us, 0xFFFFFFFF),
            outcome.memory >> 10,
        )
        return head + outcome.body
    return pack(_header_of(call, outcome, printed), outcome.body)


def _header_of(call: Call, outcome: Outcome, printed: Printed | None) -> dict[str, Any]:
    header: dict[str, Any] = {"type": "result" if outcome.error is None else "error", "id": call.id}
    if outcome.error is not None:
        header.update(kind=outcome.error, message=outcome.message, traceback=outcome.traceback)
    if outcome.exit_code is not None:
        header["exitCode"] = outcome.exit_code
    if outcome.signal is not None:
        header["signal"] = outcome.signal
    if outcome.in_file:
        header["file"] = True
    header.update(wallUs=outcome.wall_us, cpuUs=outcome.cpu_us)
    if outcome.memory > 0:
        header["memory"] = outcome.memory
    if printed is not None:
        header.update(_texts(printed))
    return header


def _texts(printed: Printed) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name, tail in zip(("stdout", "stderr"), printed.streams):
        if tail is not None:
            text = tail.text()
            said[name] = text
            if tail.total > len(text.encode("utf-8", "replace")):
                said[name + "Bytes"] = tail.total
    return said
