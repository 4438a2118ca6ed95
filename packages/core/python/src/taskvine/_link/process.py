"""The manager process that belongs to this program, and ends with it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Sequence
from typing import IO, Any

from ..errors import VineError
from .finding import find_vine

#: What the command prints before it gives up.
_COMPLAINT = re.compile(r"^vine: (?P<sentence>.*) \[(?P<code>[A-Z_]+)\](?:\n  hint: (?P<hint>.*))?$", re.MULTILINE)
_SPAWN_HINT = "Look whether VINE_COMMAND and VINE_NODE, where they are set, name the right programs."
_START_S = 60.0
_END_S = 20.0
#: From the end of the connection to that of the process.
_DYING_S = 1.0


class ManagerProcess:
    """`vine manager`, with its standard input as a lifeline: when this program ends in any way, so does the manager."""

    def __init__(self, flags: Sequence[str]) -> None:
        command = [*find_vine(), "manager", "--json", "--end-with-stdin", "--log-level", "warn", *flags]
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                # Ctrl-C at the terminal is for this program, which then ends the manager in good order.
                start_new_session=True,
            )
        except OSError as cause:
            sentence = f"{command[0]} could not be started: {cause.strerror}"
            raise VineError("SPAWN_FAILED", sentence, _SPAWN_HINT) from cause
        self._complaints: deque[str] = deque(maxlen=50)
        self._ready = threading.Event()
        self._connection_file = ""
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._readers = [
            threading.Thread(target=self._read_news, args=(self._process.stdout,), daemon=True),
            threading.Thread(target=self._read_complaints, args=(self._process.stderr,), daemon=True),
        ]
        for reader in self._readers:
            reader.start()

    def connection_file(self) -> str:
        """Waits until the manager is ready. Raises what it complained of when it could not start."""
        self._ready.wait(_START_S)
        if self._connection_file:
            return self._connection_file
        self.end()
        raise self._reason()

    def end(self) -> None:
        """Ends it in good order; after a while by force."""
        process = self._process
        if process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()
        try:
            process.wait(_END_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for reader in self._readers:
            if reader is not threading.current_thread():
                reader.join(5)

    def told_end(self) -> str:
        """How it ended, with the last that it said; "": it runs."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = self._process.wait(_DYING_S)
            if code < 0:
                return f"{signal.Signals(-code).name} ended its process"
            said = " ".join(list(self._complaints)[-3:])
            return f"its process ended with code {code}" + (f", and said: {said}" if said else "")
        return ""

    def abandon(self) -> None:
        """In a forked child: the lifeline is the parent's alone."""
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                os.close(self._process.stdin.fileno())

    def _read_news(self, stream: IO[bytes]) -> None:
        with stream:
            for line in stream:
                news = _parsed(line)
                if news.get("event") == "ready":
                    self._connection_file = str(news.get("connectionFile", ""))
                    self._ready.set()
        self._ready.set()

    def _read_complaints(self, stream: IO[bytes]) -> None:
        with stream:
            for line in stream:
                self._complaints.append(line.decode(errors="replace").rstrip())

    def _reason(self) -> VineError:
        said = "\n".join(self._complaints)
        told = _COMPLAINT.search(said)
        if told is not None:
            return VineError(told["code"], told["sentence"], told["hint"] or "")
        said = said or f"exit code {self._process.returncode}"
        return VineError("SPAWN_FAILED", f"the manager process did not start: {said}", _SPAWN_HINT)


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
