"""Frames of the library protocol: uint32 header size, uint32 body size, header, body; all big-endian."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any, Tuple, Union

Bytes = Union[bytes, bytearray]
Frame = Tuple[bytes, Bytes]

READ_BYTES = 256 * 1024
MAX_HEADER = 1 << 20
MAX_BODY = 64 << 20

#: First byte of a compact header.
CALL = 1
RESULT = 2
CALL_WITH_VALUES = 3
CALLS = (CALL, CALL_WITH_VALUES)
#: As compact headers write encodings.
ENCODINGS = {1: "json", 2: "pickle", 3: "v8"}
ENCODING_CODES = {name: code for code, name in ENCODINGS.items()}
#: A whole compact result up to its body.
RESULT_HEAD = struct.Struct(">IIBB4sIII")
RESULT_HEADER_BYTES = RESULT_HEAD.size - 8
SIZES = struct.Struct(">II")
#: Of a call with values: bytes of the function's name, number of values; for each its bytes and its name's.
_COUNTS = struct.Struct(">HH")
_VALUE = struct.Struct(">IH")
_NAME_AT = 10


class ProtocolError(Exception):
    """The other side sent what is no frame."""


def pack(header: dict[str, Any], body: Bytes = b"") -> bytes:
    head = json.dumps(header, separators=(",", ":")).encode("utf-8")
    return SIZES.pack(len(head), len(body)) + head + body


def attachments(header: dict[str, Any], body: Bytes) -> list[Bytes]:
    """The body's parts."""
    sizes = header.get("sizes")
    if sizes is None:
        return [body] if body else []
    parts, start = [], 0
    for size in sizes:
        parts.append(body[start : start + size])
        start += size
    return parts


def split_values(header: bytes, body: Bytes) -> tuple[bytes, Bytes, dict[str, Bytes]]:
    """A compact call with values: the function's name, the arguments, and the values by name."""
    try:
        name_size, count = _COUNTS.unpack_from(header, 6)
        at = _NAME_AT + name_size
        function = header[_NAME_AT:at]
        values: list[tuple[str, int]] = []
        start = len(body)
        for _ in range(count):
            size, name_size = _VALUE.unpack_from(header, at)
            name_at = at + 6
            at = name_at + name_size
            values.append((header[name_at:at].decode("utf-8", "replace"), size))
            start -= size
    except struct.error:
        at = -1
    if at != len(header) or start < 0:
        raise ProtocolError("a compact header whose sizes are not those of its frame")
    args, given = body[:start], {}
    for name, size in values:
        given[name] = body[start : start + size]
        start += size
    return function, args, given


class FrameReader:
    """Cuts what arrives into frames. A large frame is read into place, so that its bytes are copied once."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._rest = b""
        self._large: bytearray | None = None
        self._large_header = 0
        self._filled = 0

    def read(self, flags: int = 0) -> list[Frame] | None:
        """What one read brings, maybe nothing whole; None at the end of the connection."""
        if self._large is not None:
            return self._read_large(flags)
        data = self._connection.recv(READ_BYTES, flags)
        if not data:
            return None
        return self._cut(self._rest + data if self._rest else data)

    def _cut(self, data: bytes) -> list[Frame]:
        frames: list[Frame] = []
        start, end = 0, len(data)
        unpack = SIZES.unpack_from
        while end - start >= 8:
            header_size, body_size = unpack(data, start)
            body_at = start + 8 + header_size
            frame_end = body_at + body_size
            if frame_end > end:
                if header_size > MAX_HEADER or body_size > MAX_BODY:
                    raise ProtocolError(f"a frame of {header_size} and {body_size} bytes is too large")
                if frame_end - start > READ_BYTES:
                    self._begin_large(data[start:], header_size, body_size)
                    return frames
                break
            frames.append((data[start + 8 : body_at], data[body_at:frame_end]))
            start = frame_end
        self._rest = data[start:]
        return frames

    def _begin_large(self, part: bytes, header_size: int, body_size: int) -> None:
        self._large = bytearray(8 + header_size + body_size)
        self._large[: len(part)] = part
        self._large_header = header_size
        self._filled = len(part)
        self._rest = b""

    def _read_large(self, flags: int) -> list[Frame] | None:
        large = self._large
        assert large is not None
        with memoryview(large) as view:
            count = self._connection.recv_into(view[self._filled :], 0, flags)
        if count == 0:
            return None
        self._filled += count
        if self._filled < len(large):
            return []
        self._large = None
        header = bytes(large[8 : 8 + self._large_header])
        del large[: 8 + self._large_header]
        return [(header, large)]
