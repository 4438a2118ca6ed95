"""What can go wrong, as exceptions."""

from __future__ import annotations

import pickle

#: What the manager would hint at in the words of TypeScript.
_OUR_HINTS = {
    "BAD_OUTPUT": "Use declare_temp() or declare_file(path) for outputs.",
    "MANAGER_LOST": "What it had not finished is gone with it: make another Manager, and submit that again.",
    "VALUE_LOST": "Call again; what must not be lost belongs into an output of a task.",
    "WALL_TIME": "Raise set_time_max, or split the work.",
}


_LOST = "MANAGER_LOST"


class VineError(Exception):
    """A problem of ours or of the cluster: `code` for programs (docs/ERRORS.md), a sentence, a hint for what next."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(code, message, hint)
        self.code = code
        self.message = message
        self.hint = _OUR_HINTS.get(code, hint)

    def __str__(self) -> str:
        text = f"{self.message} [{self.code}]"
        return f"{text}\n  hint: {self.hint}" if self.hint else text


class ManagerLost(VineError):
    """The manager process has ended, or cannot be reached any more, and nobody here has closed it.

    Whatever waits for something of it raises this at once: `wait`, `contents`, `output`, futures. What it had finished,
    and a wait has returned, stays as it was. The rest is to be submitted again, to another Manager.
    """


class RemoteError(Exception):
    """Stands for an exception of a remote function that cannot be made again here: its type is not known, perhaps."""


class RemoteTraceback(Exception):
    """The cause of a remote exception: the traceback as it was there."""

    def __init__(self, traceback: str) -> None:
        super().__init__(traceback)
        self.traceback = traceback

    def __str__(self) -> str:
        return f'\n"""\n{self.traceback.rstrip()}\n"""'


def vine_error(code: str, message: str, hint: str = "") -> VineError:
    """In the class that goes with the code."""
    return ManagerLost(code, message, hint) if code == _LOST else VineError(code, message, hint)


def manager_lost(why: VineError, told: str = "") -> ManagerLost:
    """`why`: how the connection ended; `told`: what is known of the process at its other end."""
    how = why.message if why.code in (_LOST, "MANAGER_CLOSED") else f"{why.message} [{why.code}]"
    error = ManagerLost(_LOST, f"the manager is gone: {told or how}")
    error.__cause__ = why
    return error


def bad_argument(sentence: str, hint: str = "") -> VineError:
    return VineError("BAD_ARGUMENT", sentence, hint)


def remote_exception(message: str, traceback: str, pickled: bytes) -> BaseException:
    """The exception that a remote function raised, with the remote traceback as its cause."""
    error: BaseException
    try:
        loaded = pickle.loads(pickled) if pickled else None
        error = loaded if isinstance(loaded, BaseException) else RemoteError(message)
    except Exception as reason:
        error = RemoteError(f"{message} (the exception itself cannot be read here: {reason!r})")
    if traceback:
        error.__cause__ = RemoteTraceback(traceback)
    return error
