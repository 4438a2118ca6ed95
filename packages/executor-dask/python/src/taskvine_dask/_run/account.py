"""An account of a graph for people: a line for each node, and one at the end."""

from __future__ import annotations

import logging
import sys
import time
from typing import Any

_log = logging.getLogger("taskvine")


class Account:
    """Of one graph. It goes to the log "taskvine" as information, or to standard error where nobody listens there."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._nodes = 0
        self._us = 0.0
        self._bytes = 0.0
        self._workers: set[str] = set()

    def finished(self, key: Any, worker: str, us: float, size: float) -> None:
        """`size`: bytes of its value; below 0: it did not leave the process."""
        self._nodes += 1
        self._us += us
        self._bytes += max(0.0, size)
        self._workers.add(worker)
        value = "its value stayed in the process" if size < 0 else f"its value takes {_amount(size)}"
        _say(f"{key!r} ran {_span(us)} at {worker}; {value}")

    def close(self, failed: bool) -> None:
        span = _span(1e6 * (time.monotonic() - self._began))
        nodes = _count(self._nodes, "node")
        if failed:
            _say(f"the graph failed after {span}; {nodes} had run")
            return
        workers = _count(len(self._workers), "worker")
        _say(
            f"the graph took {span}: {nodes} ran {_span(self._us)} in all, at {workers}; "
            f"{_amount(self._bytes)} of values left processes"
        )


def _say(sentence: str) -> None:
    if _log.hasHandlers() and _log.isEnabledFor(logging.INFO):
        _log.info("%s", sentence)
    else:
        print(sentence, file=sys.stderr, flush=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _span(us: float) -> str:
    if us < 1e3:
        return f"{us:.0f} us"
    return f"{us / 1e3:.1f} ms" if us < 1e6 else f"{us / 1e6:,.2f} s"


def _amount(size: float) -> str:
    if size < 1e3:
        return f"{size:.0f} bytes"
    for unit in ("kB", "MB"):
        size /= 1e3
        if size < 1e3:
            return f"{size:.1f} {unit}"
    return f"{size / 1e3:,.2f} GB"
