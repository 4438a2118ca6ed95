"""What a call prints: sys.stdout and sys.stderr of the thread that runs it."""

from __future__ import annotations

import io
import os
import sys
import threading
from typing import Any

#: Of a call's text so many last bytes are kept.
TAIL_BYTES = 64 * 1024


class Tail:
    """The last bytes of a stream, and how many there were."""

    __slots__ = ("_chunks", "_held", "total")

    def __init__(self) -> None:
        self._chunks: list[bytes] = []
        self._held = 0
        self.total = 0

    def add(self, data: bytes) -> None:
        self.total += len(data)
        self._chunks.append(data[-TAIL_BYTES:])
        self._held += len(self._chunks[-1])
        if self._held > 4 * TAIL_BYTES:
            self._chunks = [b"".join(self._chunks)[-TAIL_BYTES:]]
            self._held = len(self._chunks[0])

    def text(self) -> str:
        return b"".join(self._chunks)[-TAIL_BYTES:].decode("utf-8", "replace")


class Printed:
    """What one call printed."""

    __slots__ = ("anything", "streams")

    def __init__(self) -> None:
        self.streams: list[Tail | None] = [None, None]
        self.anything = False

    def add(self, which: int, data: bytes) -> None:
        self.anything = True
        tail = self.streams[which]
        if tail is None:
            tail = self.streams[which] = Tail()
        tail.add(data)

    def total(self) -> int:
        return sum(tail.total for tail in self.streams if tail is not None)


class _Current(threading.local):
    printed: Printed | None = None


_current = _Current()


def collect(printed: Printed | None) -> None:
    """What this thread prints from now on goes to ``printed``; None: to the process's own streams."""
    _current.printed = printed


def collect_all(printed: Printed) -> None:
    """What any thread prints from now on goes to ``printed``, unless the thread has a place of its own."""
    _Current.printed = printed


class _PerThread(io.BufferedIOBase):
    """Bytes go to the call of the thread that writes them, and to the real stream when it runs none."""

    def __init__(self, which: int) -> None:
        super().__init__()
        self._which = which

    def writable(self) -> bool:
        return True

    def close(self) -> None:
        """A call that closes it does not silence those after it."""

    @property
    def name(self) -> str:
        return ("<stdout>", "<stderr>")[self._which]

    def fileno(self) -> int:
        return self._which + 1

    def write(self, data: Any) -> int:
        printed = _current.printed
        written = bytes(data)
        if printed is not None:
            printed.add(self._which, written)
        else:
            _write_all(self._which + 1, written)
        return len(written)


def _write_all(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def replace_streams() -> None:
    """Tells apart what threads print. Before the user's modules are imported: they may keep a stream."""
    sys.stdout = _stream(0)
    sys.stderr = _stream(1)


def _stream(which: int) -> io.TextIOWrapper:
    return io.TextIOWrapper(
        _PerThread(which), encoding="utf-8", errors="backslashreplace", write_through=True
    )
