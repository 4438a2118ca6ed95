"""Mode ``threads``: calls beside each other in one process, for functions that wait or let go of the GIL."""

from __future__ import annotations

import ctypes
import heapq
import json
import os
import select
import socket
import threading
import time
from collections import OrderedDict
from typing import Any

from ..calling.calls import Call, Caller, Outcome, answer_of, compact_call, json_call
from ..calling.functions import Functions
from ..calling.streams import Printed, collect
from ..settings import Settings
from ..wire.connection import Link, connect, greet, hello_of
from ..wire.frames import CALLS, Bytes, Frame, pack


class _Abandoned(BaseException):
    """Raised in a thread whose call was answered already."""


def serve_in_threads(settings: Settings, functions: Functions) -> int:
    link = greet(connect(settings), hello_of(settings, settings.slots, True, functions.names()))
    _Threads(settings, functions, link).serve()
    # Threads that still run functions end with the process.
    os._exit(0)


class _Threads:
    def __init__(self, settings: Settings, functions: Functions, link: Link) -> None:
        self._functions = functions
        self._link = link
        self._caller = Caller(link, settings.python, False)
        self._changed = threading.Condition()
        self._sending = threading.Lock()
        self._loading = threading.Lock()
        self._waiting: OrderedDict[int, Call] = OrderedDict()
        self._running: dict[int, _Worker] = {}
        self._deadlines: list[tuple[float, int]] = []
        #: Wakes the thread that looks at them.
        self._woken, self._wake = os.pipe()
        self._slots = settings.slots
        self._pid = os.getpid()
        self._told_to_end = False
        #: Answers on their way to the worker.
        self._leaving = 0

    def serve(self) -> None:
        for _ in range(self._slots):
            _Worker(self).start()
        self._take(self._link.early)
        connection = self._link.socket.fileno()
        while not self._told_to_end:
            ready = select.select([connection, self._woken], [], [], self._timeout())[0]
            if self._woken in ready:
                os.read(self._woken, 4096)
            self._check_limits()
            if connection not in ready:
                continue
            frames = self._link.reader.read()
            if frames is None:
                return
            self._take(frames)
        with self._changed:
            self._changed.wait_for(lambda: not (self._waiting or self._running or self._leaving))

    def _timeout(self) -> float | None:
        with self._changed:
            return max(0.0, self._deadlines[0][0] - time.monotonic()) if self._deadlines else None

    def _take(self, frames: list[Frame]) -> None:
        for header, body in frames:
            if header[0] in CALLS:
                self._queue(compact_call(header, body))
            else:
                self._obey(json.loads(header), body)

    def _obey(self, said: dict[str, Any], body: Bytes) -> None:
        kind = said.get("type")
        if kind == "call":
            self._queue(json_call(said, body))
        elif kind == "function":
            with self._loading:
                self._functions.announce(said["name"], said["path"])
        elif kind == "cancel":
            self._stop(int(said["id"]), Outcome("cancelled", "the call was cancelled"))
        elif kind == "withdraw":
            with self._changed:
                waiting = self._waiting.pop(int(said["id"]), None)
            if waiting is not None:
                outcome = Outcome("cancelled", "the call was given up before it began")
                self.send(answer_of(waiting, outcome, None, self._link.compact))
        elif kind == "end":
            self._told_to_end = True

    def _queue(self, call: Call) -> None:
        with self._changed:
            call.waited = len(self._running) + len(self._waiting) >= self._slots
            self._waiting[call.id] = call
            self._changed.notify()

    def _check_limits(self) -> None:
        for call_id in self._overdue():
            self._stop(call_id, Outcome("timeout", "the call ran longer than its limit"))

    def _overdue(self) -> list[int]:
        overdue = []
        with self._changed:
            while self._deadlines and self._deadlines[0][0] <= time.monotonic():
                overdue.append(heapq.heappop(self._deadlines)[1])
        return overdue

    def _stop(self, call_id: int, outcome: Outcome) -> None:
        """A thread cannot be stopped: it is told at its next step, and another takes its place at once."""
        with self._changed:
            call = self._waiting.pop(call_id, None)
            worker = self._running.pop(call_id, None)
            if worker is not None:
                call = worker.call
                worker.abandon()
        if call is not None:
            self.send(answer_of(call, outcome, None, self._link.compact))
        if worker is not None:
            _Worker(self).start()

    # What the threads do.

    def next_call(self, worker: _Worker) -> Call:
        with self._changed:
            self._changed.wait_for(lambda: bool(self._waiting))
            _, call = self._waiting.popitem(last=False)
            worker.call = call
            self._running[call.id] = worker
            if call.wall_ms is not None:
                heapq.heappush(self._deadlines, (time.monotonic() + call.wall_ms / 1000, call.id))
        if call.wall_ms is not None:
            os.write(self._wake, b"\0")
        if call.waited:
            self.send(pack({"type": "started", "id": call.id}))
        return call

    def run(self, call: Call) -> Outcome:
        return self._caller.run(call, self._find)

    def _find(self, name: bytes) -> Any:
        with self._loading:
            return self._functions.find(name)

    def finish(self, worker: _Worker, answer: bytes) -> bool:
        """Sends the answer; False when the call was answered by somebody else, and the thread is to end."""
        if os.getpid() != self._pid:  # the function forked, and both of them returned
            os._exit(0)
        with self._changed:
            call = worker.call
            if worker.abandoned or call is None:
                return False
            del self._running[call.id]
            worker.call = None
            self._leaving += 1
        self.send(answer)
        with self._changed:
            self._leaving -= 1
            self._changed.notify_all()
        return True

    def answer(self, call: Call, outcome: Outcome, printed: Printed) -> bytes:
        return answer_of(call, outcome, printed, self._link.compact)

    def send(self, frame: bytes) -> None:
        try:
            with self._sending:
                self._link.socket.sendall(frame)
        except OSError:
            self._link.socket.shutdown(socket.SHUT_RD)


class _Worker(threading.Thread):
    """One slot, until its call is abandoned."""

    def __init__(self, owner: _Threads) -> None:
        super().__init__(daemon=True)
        self._owner = owner
        self.call: Call | None = None
        self.abandoned = False

    def run(self) -> None:
        try:
            while self._one():
                pass
        except _Abandoned:
            pass

    def _one(self) -> bool:
        call = self._owner.next_call(self)
        printed = Printed()
        collect(printed)
        outcome = self._owner.run(call)
        collect(None)
        return self._owner.finish(self, self._owner.answer(call, outcome, printed))

    def abandon(self) -> None:
        """Under the owner's lock."""
        self.abandoned = True
        if self.ident is not None:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(
                ctypes.c_ulong(self.ident), ctypes.py_object(_Abandoned)
            )
