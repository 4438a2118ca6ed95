"""Children of the host: born clean, and never left behind."""

from __future__ import annotations

import _signal  # type: ignore[import-not-found,unused-ignore]
import ctypes
import gc
import os
import signal
import sys
from typing import Any, Callable

from .fork_hooks import before_fork

_PR_SET_PDEATHSIG = 1
_SIGNALS = (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT)
#: For a child, which is to touch no more memory than it must: below signal.signal they are plain numbers.
_NUMBERS = tuple(int(number) for number in _SIGNALS)
_DEFAULT = int(signal.SIG_DFL)


def _prctl() -> Callable[..., Any] | None:
    if not sys.platform.startswith("linux"):
        return None
    try:
        found: Callable[..., Any] = ctypes.CDLL(None, use_errno=True).prctl
        return found
    except (OSError, AttributeError):
        return None


_die_with_parent = _prctl()


def ready_to_fork() -> None:
    """Objects that exist now are left alone by the children's garbage collector: their pages stay shared."""
    gc.collect()
    gc.freeze()
    sys.stdout.flush()
    sys.stderr.flush()


def fork_child() -> int:
    """Like os.fork; the child dies with its parent, and does not share its parent's signals or chance."""
    before_fork()
    parent = os.getpid()
    pid = os.fork()
    if pid != 0:
        return pid
    if _die_with_parent is not None:
        _die_with_parent(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
    signal.set_wakeup_fd(-1)
    for number in _NUMBERS:
        _signal.signal(number, _DEFAULT)
    if "numpy.random" in sys.modules:
        _seed_numpy()
    return 0


def _seed_numpy() -> None:
    """Python's own generator is seeded; that of numpy would repeat itself in every child."""
    sys.modules["numpy.random"].seed()  # type: ignore[attr-defined,unused-ignore]


def wake_on_signals() -> int:
    """Signals of the host wake a poll: descriptor that becomes readable."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.set_blocking(writing, False)
    for number in _SIGNALS:
        signal.signal(number, _note)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    return reading


def _note(_number: int, _frame: Any) -> None:
    pass


def end_was_asked(wake: int) -> bool:
    """Empties the descriptor; whether one of the signals was a wish to end."""
    try:
        seen = os.read(wake, 4096)
    except BlockingIOError:
        return False
    return signal.SIGTERM in seen or signal.SIGINT in seen


def kill_group(pid: int) -> None:
    """The child with all that it started and that stayed in its group."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        kill(pid)


def kill_leftovers(pid: int) -> None:
    """What a child that has ended left in its group."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


def kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def signal_name(status: int) -> str | None:
    """Of a status as wait gives it."""
    if not os.WIFSIGNALED(status):
        return None
    number = os.WTERMSIG(status)
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"SIG{number}"
