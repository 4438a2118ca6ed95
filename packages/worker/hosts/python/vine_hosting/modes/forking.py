"""Mode ``fork``: a child for each call, which cannot harm the others, is measured, and can be stopped."""

from __future__ import annotations

import json
import os
import select
import time
from collections import OrderedDict

from ..calling.calls import Call, Caller, Outcome, answer_of, compact_call, json_call
from ..calling.functions import Functions, UnknownFunction, UnreadableFunction
from ..processes import end_was_asked, fork_child, ready_to_fork, wake_on_signals
from ..settings import Settings
from ..wire.connection import Link, connect, greet, hello_of
from ..wire.frames import CALLS, Frame, pack
from .running import Channel, Running

#: How often calls with a memory limit are looked at.
_WATCH_S = 0.02


def serve_by_fork(settings: Settings, functions: Functions) -> int:
    link = greet(connect(settings), hello_of(settings, settings.slots, True, functions.names()))
    return _Forker(settings, functions, link).run()


class _Forker:
    def __init__(self, settings: Settings, functions: Functions, link: Link) -> None:
        self._slots = settings.slots
        #: Of the connection. A child closes it by a plain system call: that touches least memory.
        self._descriptor = link.socket.fileno()
        self._functions = functions
        self._link = link
        self._caller = Caller(link, settings.python, True)
        self._waiting: OrderedDict[int, Call] = OrderedDict()
        self._running: dict[int, Running] = {}
        self._channels = [Channel() for _ in range(settings.slots)]
        self._by_descriptor = {fd: channel for channel in self._channels for fd in channel.reading}
        self._unsent = bytearray()
        self._told_to_end = False
        self._connected = True
        self._signals = wake_on_signals()
        self._poll = select.poll()
        self._poll.register(self._signals, select.POLLIN)
        self._poll.register(link.socket, select.POLLIN)
        for descriptor in self._by_descriptor:
            self._poll.register(descriptor, select.POLLIN)
        link.socket.setblocking(False)

    def run(self) -> int:
        ready_to_fork()
        self._take(self._link.early)
        try:
            while self._connected and not (self._told_to_end and not self._waiting and not self._running):
                self._start_waiting()
                self._send()
                self._wait()
            self._send()
        finally:
            for running in self._running.values():
                running.kill()
        return 0

    def _wait(self) -> None:
        for descriptor, event in self._poll.poll(self._timeout_ms()):
            channel = self._by_descriptor.get(descriptor)
            if channel is not None:
                channel.read(descriptor)
            elif descriptor == self._signals:
                self._heed_signals()
            elif event & (select.POLLIN | select.POLLHUP | select.POLLERR):
                self._read_calls()
        self._check_limits()

    def _heed_signals(self) -> None:
        if end_was_asked(self._signals):
            self._connected = False
        for running in [one for one in self._running.values() if one.reap()]:
            self._finish(running)

    def _timeout_ms(self) -> int | None:
        ends = [running.deadline for running in self._running.values() if running.deadline is not None]
        if any(running.call.memory is not None for running in self._running.values()):
            ends.append(time.monotonic() + _WATCH_S)
        if not ends:
            return None
        return max(0, int((min(ends) - time.monotonic()) * 1000) + 1)

    def _read_calls(self) -> None:
        try:
            frames = self._link.reader.read()
        except BlockingIOError:
            return
        except OSError:
            frames = None
        if frames is None:
            self._connected = False
            return
        self._take(frames)

    def _take(self, frames: list[Frame]) -> None:
        for header, body in frames:
            if header[0] in CALLS:
                self._queue(compact_call(header, body))
                continue
            said = json.loads(header)
            kind = said.get("type")
            if kind == "call":
                self._queue(json_call(said, body))
            elif kind == "function":
                self._functions.announce(said["name"], said["path"])
            elif kind == "withdraw":
                self._give_up(int(said["id"]))
            elif kind == "cancel" and not self._give_up(int(said["id"])):
                self._stop(int(said["id"]))
            elif kind == "end":
                self._told_to_end = True

    def _queue(self, call: Call) -> None:
        call.waited = len(self._running) + len(self._waiting) >= self._slots
        self._waiting[call.id] = call

    def _give_up(self, call_id: int) -> bool:
        """Whether it had not begun."""
        call = self._waiting.pop(call_id, None)
        if call is not None:
            self._answer(call, Outcome("cancelled", "the call was cancelled before it began"))
        return call is not None

    def _stop(self, call_id: int) -> None:
        running = self._running.get(call_id)
        if running is not None:
            running.stop("cancelled", "the call was cancelled while it ran")

    def _start_waiting(self) -> None:
        while self._waiting and len(self._running) < self._slots:
            _, call = self._waiting.popitem(last=False)
            try:
                # Loaded here, so that the children need not.
                self._functions.find(call.function)
            except UnknownFunction as error:
                self._answer(call, Outcome("unknown-function", str(error)))
            except UnreadableFunction:
                self._answer(call, self._caller.run(call, self._functions.find))
            else:
                self._start(call)

    def _start(self, call: Call) -> None:
        if call.waited:
            self._unsent += pack({"type": "started", "id": call.id})
        running = Running(call, self._channels.pop())
        try:
            pid = fork_child()
        except OSError as error:
            self._channels.append(running.channel)
            self._answer(call, Outcome("crash", f"no process could be made for the call: {error}"))
            return
        if pid == 0:
            os.close(self._descriptor)
            running.be_child(self._caller, self._functions)
        running.be_parent(pid)
        self._running[call.id] = running

    def _check_limits(self) -> None:
        now = time.monotonic()
        for running in self._running.values():
            running.check_limits(now)

    def _finish(self, running: Running) -> None:
        del self._running[running.call.id]
        self._channels.append(running.channel)
        self._unsent += answer_of(running.call, running.outcome(), running.printed, self._link.compact)

    def _answer(self, call: Call, outcome: Outcome) -> None:
        self._unsent += answer_of(call, outcome, None, self._link.compact)

    def _send(self) -> None:
        """As much as the connection takes; the rest once it takes more."""
        if not self._unsent:
            return
        try:
            sent = self._link.socket.send(self._unsent)
            del self._unsent[:sent]
        except BlockingIOError:
            pass
        except OSError:
            self._connected = False
            return
        self._poll.modify(self._link.socket, select.POLLIN | (select.POLLOUT if self._unsent else 0))
