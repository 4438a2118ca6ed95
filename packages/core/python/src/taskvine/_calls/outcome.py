"""How a function call ended: a value, or the exception that says why there is none."""

from __future__ import annotations

from .._wire import gateway_pb2 as wire
from ..errors import RemoteTraceback, remote_exception, vine_error


def failure_of(finished: wire.Finished) -> BaseException | None:
    """None when it returned. Exceptions of the function itself come with their own type."""
    if finished.state == "done":
        return None
    if finished.code == "exception" and finished.failure.exception:
        failure = finished.failure
        return remote_exception(failure.message, failure.traceback, failure.exception)
    trouble = finished.trouble
    if finished.code == "exception" and not trouble.code:
        return remote_exception(finished.failure.message, finished.failure.traceback, b"")
    error = vine_error(
        trouble.code or finished.code.upper().replace("-", "_") or "UNKNOWN",
        trouble.message or finished.failure.message or f"the task ended as {finished.state}",
        trouble.hint,
    )
    if finished.failure.traceback:
        error.__cause__ = RemoteTraceback(finished.failure.traceback)
    return error


class ReturnedCall:
    """A call that returned, with nothing else to tell but how it ran. Without a value here it stayed in the cluster."""

    __slots__ = ("_cpu_ms", "_shared", "_wall_ms", "task", "value")
    state = "done"

    def __init__(
        self, task: int, value: bytes | None, wall_ms: float, cpu_ms: float | None, shared: wire.Finished
    ) -> None:
        self.task = task
        self.value = value
        self._wall_ms = wall_ms
        self._cpu_ms = cpu_ms
        #: What is told of others, too.
        self._shared = shared

    def in_full(self) -> wire.Finished:
        finished = wire.Finished()
        finished.CopyFrom(self._shared)
        finished.task = self.task
        if self.value is not None:
            finished.value = self.value
        finished.measured.wall_ms = self._wall_ms
        if self._cpu_ms is not None:
            finished.measured.cpu_ms = self._cpu_ms
        return finished
