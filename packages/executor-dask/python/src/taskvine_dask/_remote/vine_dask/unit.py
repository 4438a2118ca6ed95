"""Runs the nodes of a unit."""

from __future__ import annotations

import os
import time
import traceback
import warnings
from typing import Any, Dict, List, Optional

import taskvine_call
from vine_hosting.calling.values import dump_exception

from .answer import MOST_BESIDE, Answer
from .batches import Batch, Wrapped, batch_of
from .envelope import open_envelope
from .folder import folder
from .given import Given
from .measuring import is_wanted, meter

_EXPORTED, _EXTRA = 1, 2
_MOST_WARNINGS = 20
_MOST_NAMES = 3
_MOST_TEXT = 16_000

_clock = time.perf_counter_ns


def run(data: bytes) -> taskvine_call.Written:
    """Runs the nodes of a unit, one after the other, as far as they do not raise."""
    head, body = open_envelope(data)
    unit = Unit(head, Given(head, body))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        unit.run()
    return unit.answer.written(_told(caught) + _told_of_files() + unit.remarks, unit.failure, unit.exception)


class Unit:
    def __init__(self, head: Any, given: Given) -> None:
        self._given = given
        self._buffers: Dict[int, int] = dict(head["batches"])
        self._batches: Dict[int, Batch] = {}
        self._nodes = list(_members(head["nodes"]))
        self._left = self._count_uses()
        self._values: Dict[int, Any] = {}
        self.answer = Answer(head["token"])
        self.failure: Optional[Dict[str, Any]] = None
        self.exception = b""
        #: What wrappers gave beside the values.
        self.remarks: List[Any] = []

    def _count_uses(self) -> Dict[int, int]:
        """How often each value is still to be read."""
        left: Dict[int, int] = {}
        for _, _, _, _, needs in self._nodes:
            for need in needs:
                left[need] = left.get(need, 0) + 1
        return left

    def run(self) -> None:
        answer, values, left = self.answer, self._values, self._left
        gauge = meter() if is_wanted() else None
        for node, batch, at, flags, needs in self._nodes:
            if gauge is not None:
                gauge.begin()
            try:
                execute, nodes = self._batches.get(batch) or self._read_batch(batch)
                what, keys = nodes[at]
                given = {key: values[need] if need in values else self._load(need) for key, need in zip(keys, needs)}
                for need in needs:
                    left[need] -= 1
                    if left[need] == 0:
                        values.pop(need, None)
                started = _clock()
                value = execute(what, given)
                us = (_clock() - started) // 1000
                if isinstance(execute, Wrapped) and not flags & _EXTRA:
                    self.remarks.append(["wrapped", node, execute.take_written()])
            except BaseException as error:
                self._fail(node, error)
                return
            del given
            if flags & _EXPORTED:
                answer.give(node, us, value)
            elif not flags & _EXTRA:
                answer.tell(node, us)
            if gauge is not None and not flags & _EXTRA:
                answer.peaks.append(gauge.peak())
            if left.get(node):
                values[node] = value
            del value

    def _read_batch(self, number: int) -> Batch:
        batch = self._batches[number] = batch_of(number, self._buffers[number])
        return batch

    def _load(self, node: int) -> Any:
        value = self._given.load(node)
        if self._left[node] > 1:
            self._values[node] = value
        return value

    def _fail(self, node: int, error: BaseException) -> None:
        text = "".join(traceback.format_exception_only(type(error), error)).strip()
        # It may travel with the exception.
        error.__traceback__ = _users_part(error.__traceback__)
        lines = "".join(traceback.format_exception(type(error), error, error.__traceback__))
        self.failure = {"node": node, "text": text[:_MOST_TEXT], "traceback": lines[-_MOST_TEXT:]}
        exception = dump_exception(error)
        self.exception = exception if len(exception) <= MOST_BESIDE // 2 else b""


def _members(nodes: List[int]) -> Any:
    at = 0
    while at < len(nodes):
        node, batch, place, flags, count = nodes[at : at + 5]
        at += 5 + count
        yield node, batch, place, flags, nodes[at - count : at]


def _users_part(tb: Any) -> Any:
    while tb is not None and os.path.dirname(tb.tb_frame.f_code.co_filename) == _OURS:
        tb = tb.tb_next
    return tb


_OURS = os.path.dirname(run.__code__.co_filename)


def _told_of_files() -> List[Any]:
    return [["left", *names[:_MOST_NAMES]] for names in [folder.new_files()] if names]


def _told(caught: List[warnings.WarningMessage]) -> List[Any]:
    told = []
    for one in caught[:_MOST_WARNINGS]:
        kind = one.category
        text = str(one.message)[:1_000]
        told.append(["warning", text, kind.__module__, kind.__qualname__, one.filename, one.lineno])
    return told
