"""A graph under way: its nodes are shipped while the first of them run already."""

from __future__ import annotations

import io
import itertools
import os
import queue
from array import array
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from taskvine import File, Manager
from taskvine._calls.coming_home import load_from_worker
from taskvine._desk.execution import Execution
from taskvine.errors import VineError

from .._graph.nodes import Nodes
from ..errors import node_exception
from .pickling import NodePickler, Pickled, Shared
from .watching import Watchers

_tokens = itertools.count(1)
#: Nodes of one batch; the first are small, so that work begins at once.
_FIRST_BATCH = 32
_BATCH = 128
#: Batches that the manager has not answered for.
_UNDERWAY = 64
#: What is too large for the manager's messages travels in such pieces, of which so many may be on their way.
_MESSAGE = 16 << 20
_PIECE = 4 << 20
_PIECES_UNDERWAY = 8
#: Without news, before a look whether there are workers.
_QUIET_S = 10.0
_NO_WORKER = (
    "no worker is there, and the graph waits for one: start some with vine.Factory(manager=m), "
    "or with: vine worker --connection-file {}"
)


@dataclass
class Wishes:
    """What the graph is to be run like."""

    libraries: Sequence[str]
    options: Mapping[str, Any]
    #: By node number, where some are special.
    priorities: array[float] | None = None
    retries: array[int] | None = None
    classes: array[int] | None = None
    #: 1 for each node whose value is brought to the manager.
    homes: bytes | None = None
    #: Runs the nodes.
    wrapper: Any = None
    #: What the library has already.
    shared: Shared = field(default_factory=dict)


class NodeFailure(Exception):
    """A node has no value. `error`: what the program is to get."""

    def __init__(self, key: Any, error: BaseException) -> None:
        super().__init__(key, error)
        self.key = key
        self.error = error


class GraphRun:
    """Runs in the thread that waits for the graph; what comes from the manager waits in a queue."""

    def __init__(self, manager: Manager, nodes: Nodes, requested: Sequence[int], wishes: Wishes) -> None:
        self._manager = manager
        self._nodes = nodes
        self._token = f"{os.getpid()}-{next(_tokens)}"
        self._news: queue.SimpleQueue[tuple[Any, list[bytes]] | None] = queue.SimpleQueue()
        self._files: list[File] = []
        self._pickler = NodePickler(nodes.form, wishes.wrapper, wishes.shared)
        self._uploads = itertools.count()
        self._has_warned = False
        self._has_files = False
        self.values: dict[int, Any] = {}
        self._execution = self._begin(requested, wishes)

    def _begin(self, requested: Sequence[int], wishes: Wishes) -> Execution:
        nodes = self._nodes
        lists: dict[str, bytes] = {
            "kinds": nodes.kinds,
            "counts": nodes.counts.tobytes(),
            "dependencies": nodes.dependencies.tobytes(),
            "groups": array("i", nodes.groups).tobytes(),
            "requested": array("i", requested).tobytes(),
        }
        for name, special in (
            ("priorities", wishes.priorities),
            ("retries", wishes.retries),
            ("classes", wishes.classes),
        ):
            if special is not None:
                lists[name] = special.tobytes()
        if wishes.homes is not None:
            lists["homes"] = wishes.homes
        body = {
            "type": "graph",
            "token": self._token,
            "lists": list(lists),
            "groups": nodes.group_names,
            "libraries": list(wishes.libraries),
            **wishes.options,
        }
        return self._manager.begin_execute(
            body,
            executor="dask",
            attachments=list(lists.values()),
            on_progress=lambda told, more: self._news.put((told, more)),
            on_done=lambda: self._news.put(None),
        )

    def run(self, watchers: Watchers) -> None:
        """To its end. Raises what a node raised; whoever interrupts it ends the graph."""
        try:
            while (news := self._next_news()) is not None:
                self._take(*news, watchers)
            answer, attachments = self._execution.answer()
            if self._has_files:
                self._manager.begin_execute({"type": "taken", "token": self._token}, executor="dask")
        finally:
            self._execution.give_up()
            for file in self._files:
                file.forget()
        if answer["state"] == "failed":
            number = answer["node"]
            key = self._nodes.keys[number] if number >= 0 else None
            raise NodeFailure(key, node_exception(key, answer, attachments[0] if attachments else b""))

    def _next_news(self) -> tuple[Any, list[bytes]] | None:
        """Waits for it, and says so where nobody is there to run anything."""
        while not self._has_warned:
            try:
                return self._news.get(timeout=_QUIET_S)
            except queue.Empty:
                if not self._manager.workers:
                    self._has_warned = True
                    self._manager.note("warning", _NO_WORKER.format(self._manager.connection_file))
        return self._news.get()

    def _take(self, told: Any, attachments: list[bytes], watchers: Watchers) -> None:
        kind = told["type"]
        if kind == "order":
            self._ship(array("i", attachments[0]))
        elif kind == "news":
            watchers.remark(told["remarks"])
            watchers.happened(array("i", attachments[0]), array("d", attachments[1]), told["workers"])
        elif kind == "values":
            self._take_values(told, memoryview(attachments[0]), watchers)
        elif kind == "file":
            self._take_file(told, watchers)

    # ── values ──

    def _take_values(self, told: Any, data: memoryview, watchers: Watchers) -> None:
        at = 0
        for number, size in zip(told["nodes"], told["sizes"]):
            self._keep(number, load_from_worker(data[at : at + size]), watchers)
            at += size

    def _take_file(self, told: Any, watchers: Watchers) -> None:
        """Values in a file at the manager, ours from now on. Who cannot have it gets the content in pieces."""
        self._has_files = True
        try:
            with open(told["path"], "rb", buffering=0) as file:
                os.unlink(told["path"])
                content = bytearray(os.fstat(file.fileno()).st_size)
                _read_into(file, memoryview(content))
        except OSError:
            content = self._fetch(told["file"])
        view = memoryview(content)
        for number, start, *sizes in told["values"]:
            ends = list(itertools.accumulate(sizes, initial=start))
            parts = [view[begin:end] for begin, end in itertools.pairwise(ends)]
            self._keep(number, load_from_worker(parts[0], parts[1:]), watchers)

    def _fetch(self, file: str) -> bytearray:
        content = bytearray()
        body = {"type": "fetch", "token": self._token, "file": file}
        self._manager.execute(body, executor="dask", on_progress=lambda _, more: content.extend(more[0]))
        return content

    def _keep(self, number: int, value: Any, watchers: Watchers) -> None:
        self.values[number] = value
        watchers.valued(number, value)

    # ── nodes ──

    def _ship(self, order: Sequence[int]) -> None:
        """All batches, as far as the graph does not end before. So many are on their way at a time."""
        underway: deque[Execution] = deque()
        for pickled in self._batches(order):
            sent = self._send(pickled)
            if sent is None:
                return
            underway.append(sent)
            if len(underway) >= _UNDERWAY and not underway.popleft().answer()[0]["isWanted"]:
                return
        for execution in underway:
            execution.answer()

    def _batches(self, order: Sequence[int]) -> Iterator[Pickled]:
        nodes = self._nodes
        at, size = 0, _FIRST_BATCH
        while at < len(order):
            numbers = order[at : at + size]
            batch = [(nodes.nodes[number], nodes.needs[number]) for number in numbers]
            yield from self._pickler.pickle(batch, [nodes.keys[number] for number in numbers])
            at += size
            size = _BATCH

    def _send(self, pickled: Pickled) -> Execution | None:
        """None: the graph has ended."""
        parts = list(pickled.buffers)
        is_file = len(pickled.data) > _MESSAGE
        if is_file:
            parts.insert(0, memoryview(pickled.data))
        files: list[File] = []
        numbers: list[int] = []
        for part in parts:
            number = self._give(part, files)
            if number is None:
                return None
            numbers.append(number)
        body = {"type": "batch", "token": self._token, "count": pickled.count, "isFile": is_file, "parts": numbers}
        attachments = [] if is_file else [pickled.data]
        return self._manager.begin_execute(body, executor="dask", attachments=attachments, files=files)

    def _give(self, data: memoryview, files: list[File]) -> int | None:
        """The number of an upload; or -1, where the data is the next of the files. None: the graph has ended."""
        try:
            file = self._manager.declare_buffer(data)
        except VineError as error:
            if error.code != "TOO_LARGE":
                raise
            return self._upload(data)
        self._files.append(file)
        files.append(file)
        return -1

    def _upload(self, data: memoryview) -> int | None:
        """All of it is at the manager when this returns; None: the graph has ended before."""
        number = next(self._uploads)
        underway: deque[Execution] = deque()
        flat = data.cast("B")
        for at in range(0, flat.nbytes, _PIECE):
            body = {"type": "piece", "token": self._token, "upload": number, "at": at}
            piece = bytes(flat[at : at + _PIECE])
            underway.append(self._manager.begin_execute(body, executor="dask", attachments=[piece]))
            if len(underway) >= _PIECES_UNDERWAY and not underway.popleft().answer()[0]["isWanted"]:
                return None
        are_wanted = [execution.answer()[0]["isWanted"] for execution in underway]
        return number if all(are_wanted) else None


def _read_into(file: io.RawIOBase, view: memoryview) -> None:
    at = 0
    while at < len(view):
        count = file.readinto(view[at:])
        if not count:
            raise OSError("a file of values has ended before its values")
        at += count
