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


#: One call of a shape: number of the task, pickled arguments.
QueuedCall = tuple[CallShape, int, bytes]
Queued = wire.ClientMessage | QueuedCall


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
                size += self._take_calls(batch.messages.add().calls, item[0], item[1])
            else:
                queue.popleft()
                grown = item.ByteSize()
                if size > 0 and size + grown > BATCH_BYTES:
                    queue.appendleft(item)
                    break
                size += grown
                batch.messages.append(item)
        return batch.SerializeToString()

    def _take_calls(self, calls: wire.Calls, shape: CallShape, first: int) -> int:
        queue = self._queue
        popleft = queue.popleft
        args: list[bytes] = []
        size = 0
        number = first
        while queue and len(args) < MOST_CALLS and size < BATCH_BYTES:
            item = queue[0]
            if not isinstance(item, tuple) or item[0] is not shape or item[1] != number:
                break
            popleft()
            args.append(item[2])
            size += len(item[2])
            number += 1
        calls.CopyFrom(shape.calls)
        calls.first_task = first
        calls.args.extend(args)
        return size + 2 * len(args)
