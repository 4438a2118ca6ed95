"""Exceptions of nodes, as the program gets them."""

from __future__ import annotations

import os
from typing import Any

from taskvine._calls.coming_home import load_from_worker
from taskvine.errors import RemoteError, RemoteTraceback, VineError

#: Where a graph has other words than a task.
_OUR_HINTS = {"WALL_TIME": "Raise wall_time, or split the work."}


class NodeError(RuntimeError):
    """A node ended in a way that is no exception of the usual kind, such as sys.exit."""


def unpicklable(key: Any, reason: BaseException) -> TypeError:
    return TypeError(f"the task {key!r} cannot be pickled, and so not be sent to a worker: {reason}")


def node_exception(key: Any, failure: dict[str, Any], pickled: bytes) -> BaseException:
    """What a node raised, with the key and the remote traceback as its cause."""
    text = failure.get("message", "")
    if not failure.get("traceback"):
        known = VineError(failure.get("code", "UNKNOWN"), f"task {key!r}: {text}", failure.get("hint", ""))
        known.hint = _OUR_HINTS.get(known.code, known.hint)
        return known
    error: BaseException
    try:
        loaded = load_from_worker(pickled) if pickled else None
        error = loaded if isinstance(loaded, BaseException) else RemoteError(text)
    except Exception as reason:
        error = RemoteError(f"{text} (the exception itself cannot be read here: {reason!r})")
    if not isinstance(error, Exception):
        error = NodeError(f"task {key!r} ended with {error!r}")
    note = f"while running the task {key!r}{_hint(error)}"
    if hasattr(error, "add_note"):
        error.add_note(note)
    cause = RemoteTraceback(f"{note}\n{failure['traceback']}")
    cause.__cause__ = error.__cause__
    error.__cause__ = cause
    return error


def _hint(error: BaseException) -> str:
    """For a name that means something in the program's folder, and nothing in that of a node."""
    name = error.filename if isinstance(error, FileNotFoundError) else None
    if not isinstance(name, str) or os.path.isabs(name):
        return ""
    folder = os.path.dirname(name)
    if not os.path.exists(name) and not (folder and os.path.isdir(folder)):
        return ""
    return (
        f": {name!r} is a name in the folder of the program, and nodes run in folders of their own; give the whole "
        f"path, {os.path.abspath(name)!r}, or send the file with extra_files"
    )
