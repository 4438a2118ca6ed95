"""Calls that run in this very process, one after the other: a slot of mode ``direct``."""

from __future__ import annotations

import json
import pickle
import time
from typing import Any, Callable

import taskvine_call

from ..calling.calls import Call, Caller, Outcome, answer_of, answered_call, compact_call, failed, json_call
from ..calling.functions import Functions
from ..calling.streams import Printed, collect_all
from ..calling.values import PICKLE_PROTOCOL, fill_placeholders, load_with_inputs
from ..settings import Settings
from ..wire.connection import Link
from ..wire.frames import (
    CALL,
    CALLS,
    ENCODING_CODES,
    ENCODINGS,
    RESULT,
    RESULT_HEAD,
    RESULT_HEADER_BYTES,
    Bytes,
    Frame,
)
from .shared_outbox import SharedOutbox

#: Finished answers wait no longer than this, unless a call that was short before takes long.
_HOLD_NS = 500_000
#: The CPU time of calls shorter than this is taken to be their wall time: asking costs too much.
_BRIEF_NS = 200_000

_clock = time.perf_counter_ns
_encode_json = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode
_JSON = ENCODING_CODES["json"]
#: By the codes of compact headers. What they cannot do is tried again with care, and told.
_READ: dict[int, Callable[[Bytes], Any]] = {_JSON: json.loads, 2: pickle.loads}
_READ_WITH_VALUES: dict[int, Callable[[Bytes], Any]] = {
    _JSON: lambda data: fill_placeholders(json.loads(data)),
    2: load_with_inputs,
}
_WRITE: dict[int, Callable[[Any], bytes]] = {
    _JSON: lambda value: _encode_json(value).encode("utf-8"),
    2: lambda value: pickle.dumps(value, PICKLE_PROTOCOL),
}
_pack_result = RESULT_HEAD.pack


class Slot:
    """Answers the calls of one connection."""

    def __init__(self, settings: Settings, functions: Functions, link: Link, outbox: SharedOutbox) -> None:
        self._functions = functions
        self._link = link
        self._outbox = outbox
        self._caller = Caller(link, settings.python, True)
        self._printed = Printed()
        self._told_to_end = False
        self._cpu_seen = 0
        collect_all(self._printed)

    def serve(self) -> None:
        frames: list[Frame] | None = self._link.early
        while frames is not None and not self._told_to_end:
            if frames:
                self._answer_all(frames)
            frames = None if self._told_to_end else self._link.reader.read()
        self._outbox.note_end()

    def _answer_all(self, frames: list[Frame]) -> None:
        outbox = self._outbox
        self._cpu_seen = time.thread_time_ns()
        last = len(frames) - 1
        held_since = 0
        for index, (header, body) in enumerate(frames):
            quick = header[0] in CALLS and header[1] in _READ
            answer = self._compact(header, body) if quick else self._slow(header, body)
            if answer is None:
                continue
            if index == last:
                outbox.send_now(answer)
                return
            outbox.add(answer)
            now = _clock()
            if held_since == 0:
                held_since = now
            elif now - held_since > _HOLD_NS:
                outbox.flush()
                held_since = 0
        outbox.flush()

    def _compact(self, header: bytes, body: Bytes) -> bytes:
        """A compact call in pickle or JSON: the path of nearly all."""
        if header[0] == CALL:
            answer = self._quick(header, header[6:], body)
            return self._careful(compact_call(header, body)) if answer is None else answer
        call = compact_call(header, body)
        taskvine_call._enter(call.resolve, None)
        try:
            answer = self._quick(header, call.function, call.args, _READ_WITH_VALUES)
        finally:
            taskvine_call._enter(None, None)
        return self._careful(call) if answer is None else answer

    def _quick(
        self, header: bytes, function: bytes, data: Bytes, read: dict[int, Callable[[Bytes], Any]] = _READ
    ) -> bytes | None:
        """None where care is needed: something is not there, or cannot be read."""
        entry = self._functions.entries.get(function)
        if entry is None:
            return None
        encoding = header[1]
        call_id = header[2:6]
        if entry.expected_ns > _HOLD_NS:
            self._outbox.flush()
        self._outbox.begin(call_id)
        started = _clock()
        try:
            args, kwargs = read[encoding](data)
        except BaseException:  # the careful path tells why
            return None
        try:
            value = entry.call(*args, **kwargs)
        except BaseException as error:
            return self._late(header, failed(error, ENCODINGS[encoding]), started)
        if entry.gives_large:
            outcome = self._written(header, value)
            entry.gives_large = outcome.in_file
            return self._late(header, outcome, started)
        try:
            result = _WRITE[encoding](value)
        except BaseException:
            result = b"__main__"
        entry.gives_large = len(result) > self._link.inline_bytes
        if entry.gives_large or b"__main__" in result or self._printed.anything:
            return self._late(header, self._written(header, value), started)
        took = _clock() - started
        entry.expected_ns = took if took > entry.expected_ns else (entry.expected_ns * 7 + took) >> 3
        wall = took // 1000
        cpu = wall if took < _BRIEF_NS else self._cpu_us(wall)
        return (
            _pack_result(RESULT_HEADER_BYTES, len(result), RESULT, encoding, call_id, wall, cpu, 0) + result
        )

    def _written(self, header: bytes, value: Any) -> Outcome:
        """With care: writing a value may run code of the program."""
        call = answered_call(header)
        try:
            return self._caller.written(call, value)
        except BaseException as error:
            return failed(error, call.encoding)

    def _late(self, header: bytes, outcome: Outcome, started: int) -> bytes:
        outcome.wall_us = (_clock() - started) // 1000
        outcome.cpu_us = self._cpu_us(outcome.wall_us)
        return self._answer(answered_call(header), outcome)

    def _cpu_us(self, wall_us: int) -> int:
        """Of the call that just ended. Its short predecessors' wall time counts as theirs."""
        now = time.thread_time_ns()
        spent, self._cpu_seen = (now - self._cpu_seen) // 1000, now
        return min(spent, wall_us)

    def _slow(self, header: bytes, body: Bytes) -> bytes | None:
        """Any other frame."""
        if header[0] in CALLS:
            return self._careful(compact_call(header, body))
        said = json.loads(header)
        kind = said.get("type")
        if kind == "call":
            return self._careful(json_call(said, body))
        if kind == "function":
            self._functions.announce(said["name"], said["path"])
        elif kind == "end":
            self._told_to_end = True
        return None

    def _careful(self, call: Call) -> bytes:
        self._outbox.flush()
        self._outbox.begin(call.id.to_bytes(4, "big"))
        return self._answer(call, self._caller.run(call, self._functions.find))

    def _answer(self, call: Call, outcome: Outcome) -> bytes:
        printed = self._printed
        if printed.anything:
            self._printed = Printed()
            collect_all(self._printed)
        return answer_of(call, outcome, printed, self._link.compact)
