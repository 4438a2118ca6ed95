"""What waits to be sent: filled by any thread, emptied by the one that owns the socket."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from .._wire import gateway_pb2 as wire

#: Calls in one message, and bytes in one batch, at most.
MOST_CALLS = 1_000
BATCH_BYTES = 1024 * 1024


@dataclass(frozen=True, eq=False)
class CallShape:
    """What many calls have in common: everything but number and arguments."""

    calls: wire.Calls

    def kind(self) -> wire.CallKind:
        """As calls that follow others of another shape have it."""
        kind = wire.CallKind()
        kind.MergeFromString(self.calls.SerializeToString())
        return kind


#: File and use of each thing that stands for a value or path in the arguments of a call, in the order of their names.
Named = Sequence[tuple[int, wire.MountUse]]
#: One call of a shape: number of the task, its arguments, number for the file of its value (0: it has none), its tag,
#: and what its arguments name.
QueuedCall = tuple[CallShape, int, bytes, int, str, Named]
Queued = wire.ClientMessage | QueuedCall


class Outbox:
    """Order is kept. Calls that follow each other with consecutive numbers leave in one message.

    Files that will not be named again leave behind everything else: nothing that is added later can name them.
    """

    def __init__(self) -> None:
        self._queue: deque[Queued] = deque()
        #: Adds one thing; for any thread.
        self.append = self._queue.append
        self._forgotten: deque[int] = deque()
        #: Adds the number of a file that will not be named again; for any thread.
        self.forget = self._forgotten.append

    def __len__(self) -> int:
        """Things that wait, without files that are forgotten."""
        return len(self._queue)

    @property
    def forgotten(self) -> int:
        """Files that are forgotten."""
        return len(self._forgotten)

    def clear(self) -> None:
        self._queue.clear()
        self._forgotten.clear()

    def take(self) -> bytes | None:
        """The next batch; None when nothing waits. Only for the thread that sends."""
        queue = self._queue
        if not queue and not self._forgotten:
            return None
        batch = wire.ClientBatch()
        size = 0
        while queue and size < BATCH_BYTES:
            item = queue[0]
            if isinstance(item, tuple):
                size += self._take_calls(batch.messages.add().calls, item)
            else:
                queue.popleft()
                grown = item.ByteSize()
                if size > 0 and size + grown > BATCH_BYTES:
                    queue.appendleft(item)
                    break
                size += grown
                batch.messages.append(item)
        if self._forgotten and not queue:
            self._take_forgotten(batch.messages.add().undeclare)
        return batch.SerializeToString()

    def _take_calls(self, calls: wire.Calls, first: QueuedCall) -> int:
        queue = self._queue
        popleft = queue.popleft
        shape, number, _, file, _, _ = first
        run = _Run(calls, shape, number, file != 0)
        while queue and run.has_room():
            item = queue[0]
            if not isinstance(item, tuple) or not run.add(item):
                break
            popleft()
        return run.finish()

    def _take_forgotten(self, undeclare: wire.Undeclare) -> None:
        forgotten = self._forgotten
        undeclare.files.extend([forgotten.popleft() for _ in range(min(len(forgotten), MOST_CALLS))])


class _Run:
    """Calls that share a message."""

    def __init__(self, calls: wire.Calls, shape: CallShape, number: int, has_files: bool) -> None:
        self._calls = calls
        self._shape = shape
        self._number = number
        self._has_files = has_files
        self._args: list[bytes] = []
        self._files: list[int] = []
        self._tags: list[str] = []
        self._named: list[Named] = []
        self._kinds: list[int] = []
        self._others: dict[CallShape, int] = {}
        self._size = 0

    def has_room(self) -> bool:
        return len(self._args) < MOST_CALLS and self._size < BATCH_BYTES

    def add(self, call: QueuedCall) -> bool:
        """False: it does not belong to these."""
        shape, number, data, file, tag, named = call
        args = self._args
        if number != self._number + len(args) or (file != 0) is not self._has_files:
            return False
        if shape is not self._shape or self._kinds:
            self._add_kind(shape)
        if tag or self._tags:
            self._tags += [""] * (len(args) - len(self._tags))
            self._tags.append(tag)
            self._size += len(tag)
        if named or self._named:
            self._named += [()] * (len(args) - len(self._named))
            self._named.append(named)
            self._size += 6 * len(named)
        args.append(data)
        self._files.append(file)
        self._size += len(data)
        return True

    def _add_kind(self, shape: CallShape) -> None:
        self._kinds += [0] * (len(self._args) - len(self._kinds))
        kind = 0
        if shape is not self._shape:
            kind = self._others.setdefault(shape, len(self._others) + 1)
        self._kinds.append(kind)

    def finish(self) -> int:
        """Writes them down. About how many bytes they are."""
        calls = self._calls
        calls.CopyFrom(self._shape.calls)
        calls.first_task = self._number
        calls.args.extend(self._args)
        if self._has_files:
            calls.value_files.extend(self._files)
        calls.tags.extend(self._tags)
        calls.kinds.extend(self._kinds)
        others = [shape.kind() for shape in self._others]
        calls.others.extend(others)
        if self._named:
            self._write_named(calls)
        return self._size + 7 * len(self._args) + sum(kind.ByteSize() for kind in others)

    def _write_named(self, calls: wire.Calls) -> None:
        all_named = [pair for named in self._named for pair in named]
        calls.input_counts.extend(map(len, self._named))
        calls.input_files.extend(file for file, _ in all_named)
        if any(use != wire.MOUNT_USE_VALUE for _, use in all_named):
            calls.input_uses.extend(use for _, use in all_named)
