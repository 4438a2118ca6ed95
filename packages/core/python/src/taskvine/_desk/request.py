"""A question to the manager, and what comes back."""

from __future__ import annotations

import threading
from collections.abc import Callable

from ..errors import VineError


class Request:
    """Settled by the link's thread, waited for by any other."""

    def __init__(self) -> None:
        self._done = threading.Event()
        self._parts: list[bytes] = []
        self._answer = ""
        self._error: VineError | None = None
        self.attachments: list[bytes] = []
        self.on_progress: Callable[[str, list[bytes]], None] | None = None
        #: Called on the thread of the link when it is settled.
        self.on_done: Callable[[Request], None] | None = None

    @property
    def error(self) -> VineError | None:
        return self._error

    def add(self, data: bytes, last: bool) -> bool:
        """A piece of a content; tells whether it was the last one."""
        self._parts.append(data)
        if last:
            self._settle()
        return last

    def tell(self, progress: str, attachments: list[bytes]) -> None:
        if self.on_progress is not None:
            self.on_progress(progress, attachments)

    def finish(self, answer: str, attachments: list[bytes]) -> None:
        self._answer = answer
        self.attachments = attachments
        self._settle()

    def fail(self, error: VineError) -> None:
        self._error = error
        self._settle()

    def answer(self, timeout_s: float | None = None) -> str:
        """The answer's text. Raises what the manager says instead, or TimeoutError."""
        self._wait(timeout_s)
        return self._answer

    def content(self, timeout_s: float | None = None) -> bytes:
        self._wait(timeout_s)
        return b"".join(self._parts)

    def _settle(self) -> None:
        self._done.set()
        if self.on_done is not None:
            self.on_done(self)

    def _wait(self, timeout_s: float | None) -> None:
        if not self._done.wait(timeout_s):
            raise TimeoutError("the manager has not answered in time")
        if self._error is not None:
            raise self._error
