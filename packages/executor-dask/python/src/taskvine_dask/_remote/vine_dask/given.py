"""The values that nodes of a unit need from others."""

from __future__ import annotations

import struct
from pickle import loads
from typing import Any, Dict, Tuple

import taskvine_call

from .answer import HERE
from .envelope import open_envelope
from .memory import map_file, memory


class Given:
    """The values that came with a unit, or that it names."""

    def __init__(self, head: Any, body: memoryview) -> None:
        self._token = head["token"]
        self._files = dict(head["files"])
        self._here: Dict[int, Any] = {}
        if head["isApart"]:
            body = memoryview(map_file(taskvine_call.resolve("values")))
        at = 0
        here = head["here"]
        for node, size in zip(here[::2], here[1::2]):
            self._here[node] = body[at : at + size]
            at += size

    def load(self, node: int) -> Any:
        data = self._here.get(node)
        if data is not None:
            return loads(data)
        known = memory.get(self._token, node)
        if known is None:
            known = _value_in_file(taskvine_call.resolve(self._files[node]), node)
            memory.put(self._token, node, *known)
        return known[0]


def _value_in_file(path: str, node: int) -> Tuple[Any, int]:
    data = map_file(path)
    head, _ = open_envelope(data)
    if data[1:2] == b"R":
        return _value_in_report(data, head, node)
    (length,) = struct.unpack_from("<I", data, 2)
    offset, *sizes = head[str(node)]
    view = memoryview(data)
    at = 6 + length + offset
    parts = []
    for size in sizes:
        parts.append(view[at : at + size])
        at += size
    return loads(parts[0], buffers=parts[1:]), sum(sizes)


def _value_in_report(data: Any, head: Any, node: int) -> Tuple[Any, int]:
    """The value was made anew, and is small this time."""
    _, body = open_envelope(data)
    at = 0
    figures = head["results"]
    for number, _, size, place in zip(figures[::4], figures[1::4], figures[2::4], figures[3::4]):
        if place == HERE:
            if number == node:
                return loads(body[at : at + size]), size
            at += size
    raise LookupError("the value of node %d is not in its file" % node)
