"""Runs units of a Dask graph: the module of the library at the workers. Needs Python 3.8 and dask, nothing else.

A unit comes as an envelope: two bytes (0x80 and a letter), the length of a JSON text (uint32, little-endian), the
text, and bytes that it tells of. It names nodes by number; the nodes lie in batches: files that are read once.
"""

from __future__ import annotations

import base64
import json
import mmap
import os
import pickle
import struct
import sys
import time
import traceback
import warnings
from collections import OrderedDict
from typing import Any, Callable, Dict, List, NoReturn, Optional, Tuple

import taskvine_call
from vine_hosting.calling.values import dump_exception

_EXPORTED, _EXTRA = 1, 2
_NOWHERE, _HERE, _FILE, _UNWRITABLE = 0, 1, 2, 3
#: A value up to this travels with the news; all of one unit up to that, where there is no file, or beside one.
_SMALL = 4_096
_MOST_ALONE = 9_000
_MOST_BESIDE = 48_000
#: Buffers from this on are written as they are, beside the pickle.
_BUFFER = 65_536
_ALIGNED = 64
_MOST_WARNINGS = 20
_MOST_TEXT = 16_000
#: Of what a wrapper gives beside the value.
_MOST_WRAPPED = 40_000
_MOST_EXCEPTION = 1 << 19
#: EX_CONFIG of sysexits.h: the library is not tried again at this worker.
_UNFIT = 78

_clock = time.perf_counter_ns
_dumps = pickle.dumps
_loads = pickle.loads


# ── what came ──


def _envelope(letter: bytes, head: Any) -> bytes:
    text = json.dumps(head, separators=(",", ":")).encode("ascii")
    return b"\x80" + letter + struct.pack("<I", len(text)) + text


def _open_envelope(data: Any) -> Tuple[Any, memoryview]:
    (length,) = struct.unpack_from("<I", data, 2)
    view = memoryview(data)
    return json.loads(bytes(view[6 : 6 + length])), view[6 + length :]


class _Memory:
    """Values by graph and node, as objects: those used last, up to so many bytes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: "OrderedDict[Tuple[str, int], Tuple[Any, int]]" = OrderedDict()
        self._bytes = 0
        self._token = ""

    def get(self, token: str, node: int) -> Optional[Tuple[Any, int]]:
        found = self._held.get((token, node))
        if found is not None:
            self._held.move_to_end((token, node))
        return found

    def put(self, token: str, node: int, value: Any, size: int) -> None:
        if size > self._most or (token, node) in self._held:
            return
        self._held[(token, node)] = (value, size)
        self._bytes += size
        while self._bytes > self._most:
            _, (_, freed) = self._held.popitem(last=False)
            self._bytes -= freed


_memory = _Memory(int(os.environ.get("VINE_DASK_MEMORY") or 256 << 20))
#: Nodes of batches by path, and how they are run: those used last.
_batches: "OrderedDict[str, Tuple[Callable[..., Any], List[Any]]]" = OrderedDict()
_MOST_BATCHES = 64


def _batch(number: int, buffers: int) -> Tuple[Callable[..., Any], List[Any]]:
    path = taskvine_call.resolve("b%d" % number)
    batch = _batches.get(path)
    if batch is None:
        parts = [_map(taskvine_call.resolve("b%d.%d" % (number, index))) for index in range(buffers)]
        with open(path, "rb") as opened:
            form, nodes, wrapper = pickle.load(opened, buffers=parts)
        execute = _execute_tuple if form == "tuples" else _call_node
        batch = _batches[path] = (execute if wrapper is None else _Wrapped(execute, wrapper), nodes)
        if len(_batches) > _MOST_BATCHES:
            _batches.popitem(last=False)
    else:
        _batches.move_to_end(path)
    return batch


def _map(path: str) -> Any:
    """A file as memory of our own: what a function changes in it is changed for this process alone."""
    with open(path, "rb") as opened:
        return mmap.mmap(opened.fileno(), 0, flags=mmap.MAP_PRIVATE, prot=mmap.PROT_READ | mmap.PROT_WRITE)


def _value_in_file(path: str, node: int) -> Tuple[Any, int]:
    data = _map(path)
    head, _ = _open_envelope(data)
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
    return _loads(parts[0], buffers=parts[1:]), sum(sizes)


def _value_in_report(data: Any, head: Any, node: int) -> Tuple[Any, int]:
    """The value was made anew, and is small this time."""
    _, body = _open_envelope(data)
    at = 0
    figures = head["results"]
    for number, _, size, place in zip(figures[::4], figures[1::4], figures[2::4], figures[3::4]):
        if place == _HERE:
            if number == node:
                return _loads(body[at : at + size]), size
            at += size
    raise LookupError("the value of node %d is not in its file" % node)


class _Given:
    """The values that came with a unit, or that it names."""

    def __init__(self, head: Any, body: memoryview) -> None:
        self._token = head["token"]
        self._files = dict(head["files"])
        self._here: Dict[int, Any] = {}
        if head["isApart"]:
            body = memoryview(_map(taskvine_call.resolve("values")))
        at = 0
        here = head["here"]
        for node, size in zip(here[::2], here[1::2]):
            self._here[node] = body[at : at + size]
            at += size

    def load(self, node: int) -> Any:
        data = self._here.get(node)
        if data is not None:
            return _loads(data)
        known = _memory.get(self._token, node)
        if known is None:
            known = _value_in_file(taskvine_call.resolve(self._files[node]), node)
            _memory.put(self._token, node, *known)
        return known[0]


# ── what goes ──


class _Answer:
    """What is written of a unit's values."""

    def __init__(self, token: str) -> None:
        self._token = token
        self.figures: List[int] = []
        self._small: List[bytes] = []
        self._small_bytes = 0
        self._large: Dict[str, List[int]] = {}
        self._pieces: List[Any] = []
        self._end = 0

    def tell(self, node: int, us: int) -> None:
        self.figures += (node, us, 0, _NOWHERE)

    def give(self, node: int, us: int, value: Any) -> None:
        buffers: List[Any] = []
        try:
            main = _written(value, buffers)
        except Exception:
            self.figures += (node, us, 0, _UNWRITABLE)
            return
        size = len(main) + sum(part.nbytes for part in buffers)
        if not buffers and size <= _SMALL and self._small_bytes + size <= _MOST_BESIDE:
            self._small.append(main)
            self._small_bytes += size
            self.figures += (node, us, size, _HERE)
            return
        self._put([main, *buffers], node)
        self.figures += (node, us, size, _FILE)
        _memory.put(self._token, node, value, size)

    def _put(self, parts: List[Any], node: int) -> None:
        gap = -self._end % _ALIGNED
        if gap:
            self._pieces.append(bytes(gap))
            self._end += gap
        sizes = [memoryview(part).nbytes for part in parts]
        self._large[str(node)] = [self._end, *sizes]
        self._pieces += parts
        self._end += sum(sizes)

    def written(self, told: List[Any], failure: Optional[Dict[str, Any]], exception: bytes) -> taskvine_call.Written:
        head = {"results": self.figures, "remarks": told, "failure": failure}
        report = _envelope(b"R", head) + b"".join(self._small) + exception
        if not self._large and len(report) <= _MOST_ALONE:
            return taskvine_call.Written([report])
        return taskvine_call.Written([_envelope(b"V", self._large), *self._pieces], beside=report)


def _written(value: Any, buffers: Optional[List[Any]]) -> bytes:
    """The pickle of a value; what is large and flat in it goes to `buffers`, where there are any."""

    def keep(buffer: Any) -> bool:
        raw = buffer.raw()
        if buffers is None or raw.nbytes < _BUFFER:
            return True
        buffers.append(raw)
        return False

    try:
        main = _dumps(value, 5, buffer_callback=keep)
        if b"__main__" not in main:
            return main
    except Exception:
        pass
    if buffers is not None:
        del buffers[:]
    import cloudpickle

    return bytes(cloudpickle.dumps(value, 5, buffer_callback=keep))


# ── running ──


def run(data: bytes) -> taskvine_call.Written:
    """Runs the nodes of a unit, one after the other, as far as they do not raise."""
    head, body = _open_envelope(data)
    unit = _Unit(head, _Given(head, body))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        unit.run()
    return unit.answer.written(_told(caught) + unit.remarks, unit.failure, unit.exception)


class _Unit:
    def __init__(self, head: Any, given: _Given) -> None:
        self._given = given
        self._batches = {number: _batch(number, buffers) for number, buffers in head["batches"]}
        self._nodes = list(_members(head["nodes"]))
        self._left = self._count_uses()
        self._values: Dict[int, Any] = {}
        self.answer = _Answer(head["token"])
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
        for node, batch, at, flags, needs in self._nodes:
            execute, nodes = self._batches[batch]
            what, keys = nodes[at]
            try:
                given = {key: values[need] if need in values else self._load(need) for key, need in zip(keys, needs)}
                for need in needs:
                    left[need] -= 1
                    if left[need] == 0:
                        values.pop(need, None)
                started = _clock()
                value = execute(what, given)
                us = (_clock() - started) // 1000
                if isinstance(execute, _Wrapped) and not flags & _EXTRA:
                    self.remarks.append(["wrapped", node, execute.take_written()])
            except BaseException as error:
                self._fail(node, error)
                return
            del given
            if flags & _EXPORTED:
                answer.give(node, us, value)
            elif not flags & _EXTRA:
                answer.tell(node, us)
            if left.get(node):
                values[node] = value
            del value

    def _load(self, node: int) -> Any:
        value = self._given.load(node)
        if self._left[node] > 1:
            self._values[node] = value
        return value

    def _fail(self, node: int, error: BaseException) -> None:
        text = "".join(traceback.format_exception_only(type(error), error)).strip()
        tb = _users_part(error.__traceback__)
        lines = "".join(traceback.format_exception(type(error), error, tb))
        self.failure = {"node": node, "text": text[:_MOST_TEXT], "traceback": lines[-_MOST_TEXT:]}
        exception = dump_exception(error)
        self.exception = exception if len(exception) <= _MOST_BESIDE // 2 else b""


def _members(nodes: List[int]) -> Any:
    at = 0
    while at < len(nodes):
        node, batch, place, flags, count = nodes[at : at + 5]
        at += 5 + count
        yield node, batch, place, flags, nodes[at - count : at]


def _users_part(tb: Any) -> Any:
    while tb is not None and tb.tb_frame.f_code.co_filename == __file__:
        tb = tb.tb_next
    return tb


def _told(caught: List[warnings.WarningMessage]) -> List[Any]:
    told = []
    for one in caught[:_MOST_WARNINGS]:
        kind = one.category
        text = str(one.message)[:1_000]
        told.append(["warning", text, kind.__module__, kind.__qualname__, one.filename, one.lineno])
    return told


def _call_node(what: Any, given: Dict[Any, Any]) -> Any:
    """Of a newer Dask: it is called with what it needs."""
    return what(given)


def _execute_tuple(what: Any, given: Dict[Any, Any]) -> Any:
    """Of an older one: a tuple that begins with a function, a list of such, or a value."""
    from dask.core import _execute_task

    return _execute_task(what, given)


class _Wrapped:
    """Nodes, each with its key, are run by a function of the program's: it gives something beside the value."""

    def __init__(self, execute: Callable[..., Any], wrapper: Callable[..., Any]) -> None:
        self._execute = execute
        self._wrapper = wrapper
        self._gave: Any = None

    def __call__(self, what: Any, given: Dict[Any, Any]) -> Any:
        key, node = what
        pair = self._wrapper(key, self._execute, node, given)
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise TypeError("a wrapper returns a tuple of its own result and the function's, not %r" % type(pair))
        self._gave, value = pair
        return value

    def take_written(self) -> str:
        """What the wrapper gave beside the last value, as text."""
        written = base64.b64encode(_written(self._gave, None)).decode("ascii")
        self._gave = None
        if len(written) > _MOST_WRAPPED:
            raise ValueError("the wrapper's own result takes %d bytes: more than %d" % (len(written), _MOST_WRAPPED))
        return written


def _begin() -> None:
    """Sees whether nodes of the program can be read here. What they compute with Dask, they compute by themselves."""
    python, _, theirs = os.environ.get("VINE_DASK_VERSIONS", "").partition(" ")
    here = "%d.%d" % sys.version_info[:2]
    if python and python != here:
        _end_unfit(
            "the program has Python %s, and the worker Python %s: start workers with the program's Python "
            "(VINE_PYTHON names it), or give the program an environment" % (python, here)
        )
    try:
        import dask
    except ImportError:
        _end_unfit("the worker's Python, %s, has no dask: pip install dask==%s" % (sys.executable, theirs))
    if theirs and _has_node_objects(theirs) != _has_node_objects(dask.__version__):
        _end_unfit(
            "the program has dask %s and the worker dask %s, which write graphs in different ways: install the "
            "same at both ends" % (theirs, dask.__version__)
        )
    dask.config.set(scheduler="synchronous")


def _end_unfit(sentence: str) -> NoReturn:
    """This Python will not do, however often it is tried."""
    print(sentence, file=sys.stderr)
    raise SystemExit(_UNFIT)


def _has_node_objects(version: str) -> bool:
    """Dask since 2024.12."""
    return [int(part) for part in version.split(".")[:2]] >= [2024, 12]


_begin()
sys.modules.setdefault("vine_dask", sys.modules[__name__])
