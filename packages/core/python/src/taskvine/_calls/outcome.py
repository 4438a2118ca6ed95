"""How a function call ended: a value, or the exception that says why there is none."""

from __future__ import annotations

from .._wire import gateway_pb2 as wire
from ..errors import RemoteTraceback, VineError, remote_exception


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
    error = VineError(
        trouble.code or finished.code.upper().replace("-", "_") or "UNKNOWN",
        trouble.message or finished.failure.message or f"the task ended as {finished.state}",
        trouble.hint,
    )
    if finished.failure.traceback:
        error.__cause__ = RemoteTraceback(finished.failure.traceback)
    return error
