"""What waits to be sent: filled by any thread, emptied by the one that owns the socket."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from .._wire import gateway_pb2 as wire

#: Calls in one message, and bytes in one batch, at most.
MOST_CALLS = 1_000
BATCH_BYTES = 1024 * 1024


@dataclass(frozen=True, eq=False)
class CallShape:
    """What many calls have in common: everything but number and arguments."""

    calls: wire.Calls


#: One call of a shape: number of the task, its arguments, number for the file of its value (0: it has none), its tag.
QueuedCall = tuple[CallShape, int, bytes, int, str]
#: A number: that file will not be named again.
Queued = wire.ClientMessage | QueuedCall | int


class Outbox:
    """Order is kept. Calls of one shape that follow each other with consecutive numbers leave in one message."""

    def __init__(self) -> None:
        self._queue: deque[Queued] = deque()
        #: Adds one thing; for any thread.
        self.append = self._queue.append

    def __len__(self) -> int:
        return len(self._queue)

    def clear(self) -> None:
        self._queue.clear()

    def take(self) -> bytes | None:
        """The next batch; None when nothing waits. Only for the thread that sends."""
        queue = self._queue
        if not queue:
            return None
        batch = wire.ClientBatch()
        size = 0
        while queue and size < BATCH_BYTES:
            item = queue[0]
            if isinstance(item, tuple):
                size += self._take_calls(batch.messages.add().calls, item)
            elif isinstance(item, int):
                size += self._take_forgotten(batch.messages.add().undeclare)
            else:
                queue.popleft()
                grown = item.ByteSize()
                if size > 0 and size + grown > BATCH_BYTES:
                    queue.appendleft(item)
                    break
                size += grown
                batch.messages.append(item)
        return batch.SerializeToString()

    def _take_calls(self, calls: wire.Calls, first: QueuedCall) -> int:
        queue = self._queue
        popleft = queue.popleft
        args: list[bytes] = []
        values: list[int] = []
        tags: list[str] = []
        size = 0
        shape, number, _, file, _ = first
        has_file = file != 0
        while queue and len(args) < MOST_CALLS and size < BATCH_BYTES:
            item = queue[0]
            if not isinstance(item, tuple) or item[0] is not shape or item[1] != number or bool(item[3]) != has_file:
                break
            popleft()
            args.append(item[2])
            if has_file:
                values.append(item[3])
            if item[4] or tags:
                tags += [""] * (len(args) - len(tags) - 1)
                tags.append(item[4])
                size += len(item[4])
            size += len(item[2])
            number += 1
        calls.CopyFrom(shape.calls)
        calls.first_task = first[1]
        calls.args.extend(args)
        calls.value_files.extend(values)
        calls.tags.extend(tags)
        return size + 2 * len(args) + 5 * len(values)

    def _take_forgotten(self, undeclare: wire.Undeclare) -> int:
        queue = self._queue
        files: list[int] = []
        while queue and len(files) < MOST_CALLS and isinstance(item := queue[0], int):
            files.append(item)
            queue.popleft()
        undeclare.files.extend(files)
        return 5 * len(files)
