"""Mode ``direct``: one process a slot, which runs calls itself, one after the other.

The first process loads everything once, forks the others, and only looks after them.
"""

from __future__ import annotations

import os
import select
import socket
import time
import traceback
from typing import NoReturn

from ..calling.functions import Functions
from ..processes import end_was_asked, fork_child, kill, ready_to_fork, signal_name, wake_on_signals
from ..settings import Settings
from ..wire.connection import Refused, connect, greet, hello_of
from ..wire.frames import ProtocolError, pack
from .shared_outbox import SharedOutbox
from .slot import Slot

#: While answers wait behind a call, the parent looks this often.
_LOOK_MS = 5
_LOOKS = 20
#: A child that lived shorter than this and answered nothing was born in vain.
_YOUNG_S = 1.0
_BACK_OFF_S = (0.05, 5.0)


def serve_directly(settings: Settings, functions: Functions) -> int:
    return _Parent(settings, functions).run()


class _Child:
    def __init__(self, connection: socket.socket, wake: int) -> None:
        self.connection = connection
        self.outbox = SharedOutbox(connection, wake)
        self.pid = 0
        self.born = time.monotonic()
        self.seen = b""


class _Parent:
    def __init__(self, settings: Settings, functions: Functions) -> None:
        self._settings = settings
        self._functions = functions
        self._children: dict[int, _Child] = {}
        self._signals = wake_on_signals()
        self._woken, self._wake = os.pipe()
        self._poll = select.poll()
        self._poll.register(self._signals, select.POLLIN)
        self._poll.register(self._woken, select.POLLIN)
        self._looks = 0
        self._back_off_s = 0.0
        self._next_birth = 0.0
        self._ending = False

    def run(self) -> int:
        ready_to_fork()
        try:
            while not self._ending or self._children:
                self._raise_children()
                self._wait()
        except _End:
            pass
        finally:
            for pid in self._children:
                kill(pid)
        return 0

    def _raise_children(self) -> None:
        while (
            not self._ending
            and len(self._children) < self._settings.slots
            and time.monotonic() >= self._next_birth
        ):
            self._bear()

    def _bear(self) -> None:
        try:
            child = _Child(connect(self._settings), self._wake)
        except OSError:  # the worker's end of it is gone: so is the reason to be here
            raise _End() from None
        child.pid = fork_child()
        if child.pid == 0:
            for sibling in self._children.values():
                sibling.connection.close()
            _be_child(self._settings, self._functions, child)
        self._children[child.pid] = child
        self._poll.register(child.connection, 0)

    def _wait(self) -> None:
        for descriptor, event in self._poll.poll(self._timeout_ms()):
            if descriptor == self._woken:
                os.read(self._woken, 4096)
                self._looks = _LOOKS
            elif descriptor != self._signals and event & (select.POLLHUP | select.POLLERR):
                self._close_of(descriptor)
        if end_was_asked(self._signals):
            raise _End()
        self._reap()
        if self._looks:
            self._look()

    def _timeout_ms(self) -> int | None:
        if self._looks:
            return _LOOK_MS
        for child in self._children.values():
            child.outbox.parent_sleeps(True)
        if any(child.outbox.waiting()[0] for child in self._children.values()):
            self._looks = _LOOKS
            return _LOOK_MS
        if self._ending or len(self._children) == self._settings.slots:
            return None
        return max(1, int((self._next_birth - time.monotonic()) * 1000) + 1)

    def _look(self) -> None:
        """Sends answers that have waited behind the same call since the last look."""
        self._looks -= 1
        for child in self._children.values():
            child.outbox.parent_sleeps(False)
            waiting, call_id = child.outbox.waiting()
            if waiting and call_id == child.seen:
                child.outbox.push()
            if waiting:
                self._looks = _LOOKS
            child.seen = call_id

    def _close_of(self, descriptor: int) -> None:
        """The worker closed a connection: the child of it has no more to do."""
        for child in self._children.values():
            if child.connection.fileno() == descriptor:
                self._poll.modify(descriptor, 0)
                kill(child.pid)

    def _reap(self) -> None:
        while self._children:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            child = self._children.pop(pid, None)
            if child is not None:
                self._bury(child, status)

    def _bury(self, child: _Child, status: int) -> None:
        self._poll.unregister(child.connection)
        if child.outbox.ended:
            self._ending = True
        elif child.outbox.refused:
            raise _End
        else:
            ran_call = self._tell_death(child, status)
            self._plan_birth(child, ran_call)
        child.connection.close()
        child.outbox.close()

    def _tell_death(self, child: _Child, status: int) -> bool:
        """Whether it was at work when it died."""
        left = child.outbox.left_behind()
        if left is None:
            return True
        answers, call_id = left
        if call_id is not None:
            answers += _crash(int.from_bytes(call_id, "big"), status)
        try:
            child.connection.settimeout(5)
            child.connection.sendall(answers + pack({"type": "end"}))
        except OSError:
            pass
        return call_id is not None

    def _plan_birth(self, child: _Child, ran_call: bool) -> None:
        """At once where a call ended it, or the worker that call; by and by where it cannot even begin."""
        now = time.monotonic()
        if ran_call or now - child.born > _YOUNG_S:
            self._back_off_s = 0.0
        else:
            least, most = _BACK_OFF_S
            self._back_off_s = min(max(self._back_off_s * 2, least), most)
        self._next_birth = now + self._back_off_s


class _End(Exception):
    """The library is to end."""


def _crash(call_id: int, status: int) -> bytes:
    name = signal_name(status)
    if name is not None:
        message, how = f"the process that ran the call was ended by {name}", {"signal": name}
    else:
        code = os.WEXITSTATUS(status)
        message, how = f"the process that ran the call exited with {code}", {"exitCode": code}  # type: ignore[dict-item]
    return pack({"type": "error", "id": call_id, "kind": "crash", "message": message, "traceback": "", **how})


def _be_child(settings: Settings, functions: Functions, child: _Child) -> NoReturn:
    """Whatever happens, a child never becomes a second parent."""
    code = 1
    try:
        child.outbox.answer_once()
        code = _serve_slot(settings, functions, child)
    except BaseException:
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(code)


def _serve_slot(settings: Settings, functions: Functions, child: _Child) -> int:
    """The life of a child. Its exit code."""
    try:
        link = greet(child.connection, hello_of(settings, 1, False, functions.names()))
        Slot(settings, functions, link, child.outbox).serve()
        return 0
    except Refused as error:
        os.write(2, f"the worker refused the library: {error}\n".encode())
        child.outbox.note_refusal()
    except ProtocolError as error:
        os.write(2, f"the worker broke the protocol: {error}\n".encode())
    except OSError:
        pass
    return 1
