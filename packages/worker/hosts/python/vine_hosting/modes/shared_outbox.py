"""Answers of a child that are not sent yet, in memory that its parent sees too.

Answers leave in batches. When a call takes the process with it, the parent sends what was finished before,
and says which call it was; when a call takes long, the parent sends what waits behind it.

    0  uint32  end of the answers           written by the child
    4  uint32  of them, sent                under the lock
    8  uint32  1 while a call runs          child
    12 bytes   its id                       child
    16 uint32  1 while the child sends      child
    20 uint32  1 while the parent sleeps    parent
    24 uint32  1 once it was told to end,   child
               2 once it was not wanted
    64 …       answers
"""

from __future__ import annotations

import fcntl
import mmap
import os
import socket
import struct
import tempfile
from typing import IO

_WORD = struct.Struct("<I")
_TWO = struct.Struct("<II")
_BUSY = struct.Struct("<I4s")
_END, _SENT, _BUSY_AT, _SENDING, _PARENT_SLEEPS, _ENDED, _DATA = 0, 4, 8, 16, 20, 24, 64
_BYTES = 256 * 1024
_TOLD_TO_END, _NOT_WANTED = 1, 2


class SharedOutbox:
    def __init__(self, connection: socket.socket, wake_parent: int) -> None:
        self._connection = connection
        self._wake_parent = wake_parent
        self._memory = mmap.mmap(-1, _DATA + _BYTES)
        # POSIX locks belong to a process and end with it: a child that dies holds none.
        self._lock: IO[bytes] = tempfile.TemporaryFile()
        self._end = 0
        #: This is a process that a function made by os.fork.
        self._is_stray = False

    # What the child does.

    def answer_once(self) -> None:
        """Where a function forks and both processes return, only the child itself answers: the other ends."""
        os.register_at_fork(after_in_child=self._stray)

    def _stray(self) -> None:
        self._is_stray = True
        self._connection.close()

    def begin(self, call_id: bytes) -> None:
        """The call is about to run."""
        memory = self._memory
        _BUSY.pack_into(memory, _BUSY_AT, 1, call_id)
        if self._end and memory[_PARENT_SLEEPS]:
            memory[_PARENT_SLEEPS] = 0
            os.write(self._wake_parent, b"\0")

    def add(self, answer: bytes) -> None:
        """The call's answer, to be sent with the next flush."""
        if self._is_stray:
            os._exit(0)
        end = self._end + len(answer)
        if end > _BYTES:
            self.flush()
            end = len(answer)
            if end > _BYTES:
                self._send(answer)
                return
        memory = self._memory
        memory[_DATA + self._end : _DATA + end] = answer
        self._end = end
        _WORD.pack_into(memory, _END, end)
        memory[_BUSY_AT] = 0

    def send_now(self, answer: bytes) -> None:
        """The call's answer and all before it."""
        if self._is_stray:
            os._exit(0)
        if self._end:
            self.add(answer)
            self.flush()
        else:
            self._send(answer)

    def flush(self) -> None:
        if self._end == 0:
            return
        fcntl.lockf(self._lock, fcntl.LOCK_EX)
        try:
            end, sent = _TWO.unpack_from(self._memory, _END)
            with memoryview(self._memory) as view:
                self._sending(view[_DATA + sent : _DATA + end])
            _TWO.pack_into(self._memory, _END, 0, 0)
            self._end = 0
        finally:
            fcntl.lockf(self._lock, fcntl.LOCK_UN)

    def _send(self, answer: bytes) -> None:
        with memoryview(answer) as view:
            self._sending(view)
        self._memory[_BUSY_AT] = 0

    def _sending(self, view: memoryview) -> None:
        self._memory[_SENDING] = 1
        self._connection.sendall(view)
        self._memory[_SENDING] = 0
        view.release()

    def note_end(self) -> None:
        self._memory[_ENDED] = _TOLD_TO_END

    def note_refusal(self) -> None:
        self._memory[_ENDED] = _NOT_WANTED

    # What the parent does.

    @property
    def ended(self) -> bool:
        return self._memory[_ENDED] == _TOLD_TO_END

    @property
    def refused(self) -> bool:
        return self._memory[_ENDED] == _NOT_WANTED

    def parent_sleeps(self, asleep: bool) -> None:
        self._memory[_PARENT_SLEEPS] = 1 if asleep else 0

    def waiting(self) -> tuple[int, bytes]:
        """Bytes that wait behind a call that runs, and its id."""
        busy, call_id = _BUSY.unpack_from(self._memory, _BUSY_AT)
        end, sent = _TWO.unpack_from(self._memory, _END)
        return (end - sent if busy and end > sent else 0), call_id

    def push(self) -> None:
        """Sends what waits, as far as the connection takes it at once."""
        try:
            fcntl.lockf(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return
        try:
            end, sent = _TWO.unpack_from(self._memory, _END)
            if end > sent:
                count = self._connection.send(self._memory[_DATA + sent : _DATA + end], socket.MSG_DONTWAIT)
                _WORD.pack_into(self._memory, _SENT, sent + count)
        except OSError:
            pass
        finally:
            fcntl.lockf(self._lock, fcntl.LOCK_UN)

    def left_behind(self) -> tuple[bytes, bytes | None] | None:
        """Of a child that died: answers not sent, and the id of the call that it ran; None: not known."""
        if self._memory[_SENDING]:
            return None
        end, sent = _TWO.unpack_from(self._memory, _END)
        busy, call_id = _BUSY.unpack_from(self._memory, _BUSY_AT)
        return self._memory[_DATA + sent : _DATA + end], (call_id if busy else None)

    def close(self) -> None:
        self._memory.close()
        self._lock.close()
