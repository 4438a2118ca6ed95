"""What the standard library wants done in every child, and a child of a one-threaded process can do without.

Each page of memory that a child writes to is copied first, at several microseconds. The hooks of threading,
logging and random, which put locks and chance right again, write to more than a hundred of them.
"""

from __future__ import annotations

import _thread
import os
import sys
from typing import Any, Callable

_SPARED = ("threading", "logging", "random")

_register = os.register_at_fork
_held: list[dict[str, Callable[[], Any]]] = []


def hold_back() -> None:
    """Before threading and logging are imported: their hooks are known, and not run."""

    def register(**hooks: Callable[[], Any]) -> None:
        if all(getattr(hook, "__module__", None) in _SPARED for hook in hooks.values()):
            _held.append(hooks)
        else:
            _register(**hooks)

    os.register_at_fork = register  # type: ignore[assignment]


def let_go() -> None:
    """From here on all hooks are run, as ever."""
    os.register_at_fork = _register
    for hooks in _held:
        _register(**hooks)
    _held.clear()


def before_fork() -> None:
    """With other threads locks may be held, and the hooks are needed."""
    if _held and _thread._count() > 0:
        let_go()
    if _held and "random" in sys.modules:
        # In the place of its hook: what the child inherits is a chance of its own.
        sys.modules["random"].seed()  # type: ignore[attr-defined,unused-ignore]
