"""A call in a child of its own, from both sides."""

from __future__ import annotations

import marshal
import os
import resource
import sys
import time
from typing import Any, NoReturn

from ..calling.calls import Call, Caller, Outcome
from ..calling.functions import Functions
from ..calling.streams import Printed
from ..processes import kill_group, kill_leftovers, signal_name

_READ_BYTES = 256 * 1024
#: So much more than a pipe can hold.
_MOST_READS = 4
_PAGE = os.sysconf("SC_PAGE_SIZE")
#: What a call may reserve beyond its limit before that is refused: what it really uses is watched.
_SLACK_BYTES = 256 << 20
#: Unit of ru_maxrss.
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024
_RESULT, _STDOUT, _STDERR = 0, 1, 2


class Channel:
    """Pipes from one child at a time to the host: its result, and what it prints.

    Used again by the next child: making them anew would take as long as half a fork.
    """

    def __init__(self) -> None:
        pairs = [os.pipe() for _ in range(3)]
        self.reading = [reading for reading, _ in pairs]
        self.writing = [writing for _, writing in pairs]
        self.running: Running | None = None
        for descriptor in self.reading:
            os.set_blocking(descriptor, False)

    def read(self, descriptor: int) -> bool:
        """Passes on what is there; whether that was something."""
        try:
            data = os.read(descriptor, _READ_BYTES)
        except BlockingIOError:
            return False
        if self.running is not None:
            self.running.take(self.reading.index(descriptor), data)
        return True

    def drain(self) -> None:
        """Of a child that has ended. What others go on writing is not waited for."""
        for descriptor in self.reading:
            for _ in range(_MOST_READS):
                if not self.read(descriptor):
                    break


class Running:
    def __init__(self, call: Call, channel: Channel) -> None:
        self.call = call
        self.channel = channel
        channel.running = self
        self.printed = Printed()
        self.deadline: float | None = None
        self._pid = 0
        self._began = time.monotonic()
        self._told = bytearray()
        self._stopped: Outcome | None = None
        self._status = 0
        self._usage: Any = None
        #: What it had in memory from the host, bytes; 0: not known.
        self._shared = 0

    # The child.

    def be_child(self, caller: Caller, functions: Functions) -> NoReturn:
        """Runs the call and ends the process."""
        code = 1
        child = os.getpid()
        try:
            os.setpgid(0, 0)
            os.dup2(self.channel.writing[_STDOUT], 1)
            os.dup2(self.channel.writing[_STDERR], 2)
            at_first = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            if self.call.memory is not None:
                _limit_data(self.call.memory)
            outcome = caller.run(self.call, functions.find)
            if self.call.memory is not None and outcome.lacked_memory:
                outcome.error = "memory"
            _flush_streams()
            if os.getpid() != child:  # the function forked, and both of them returned
                os._exit(0)
            told = (
                outcome.error,
                outcome.message,
                outcome.traceback,
                outcome.body,
                outcome.in_file,
                outcome.wall_us,
                at_first,
            )
            _write_all(self.channel.writing[_RESULT], marshal.dumps(told))
            code = 0
        finally:
            os._exit(code)

    # The parent.

    def be_parent(self, pid: int) -> None:
        self._pid = pid
        if self.call.memory is not None:
            self._shared = _resident(pid)
        if self.call.wall_ms is not None:
            self.deadline = self._began + self.call.wall_ms / 1000

    def take(self, which: int, data: bytes) -> None:
        if which == _RESULT:
            self._told += data
        else:
            self.printed.add(which - 1, data)

    def kill(self) -> None:
        kill_group(self._pid)

    def stop(self, kind: str, message: str) -> None:
        """Ends it; its outcome will be this."""
        if self._stopped is None:
            self._stopped = Outcome(kind, message)
            self.kill()

    def check_limits(self, now: float) -> None:
        if self.deadline is not None and now >= self.deadline:
            self.deadline = None
            self.stop("timeout", f"the call ran longer than its limit of {self.call.wall_ms} ms")
        if self.call.memory is not None and self._stopped is None:
            used = _resident(self._pid) - self._shared
            if used > self.call.memory:
                self.stop(
                    "memory",
                    f"the call used {used >> 20} MiB of memory; its limit is {self.call.memory >> 20} MiB",
                )

    def reap(self) -> bool:
        """Whether the child has ended."""
        if os.waitid(os.P_PID, self._pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            return False
        # As long as it is not reaped, its group is no other's.
        kill_leftovers(self._pid)
        _, self._status, self._usage = os.wait4(self._pid, 0)
        self.channel.drain()
        self.channel.running = None
        return True

    def outcome(self) -> Outcome:
        outcome = self._stopped or self._result() or self._crash()
        outcome.cpu_us = int((self._usage.ru_utime + self._usage.ru_stime) * 1e6)
        outcome.wall_us = outcome.wall_us or int((time.monotonic() - self._began) * 1e6)
        outcome.memory = outcome.memory or self._grown()
        return outcome

    def _result(self) -> Outcome | None:
        try:
            error, message, text, body, in_file, wall_us, at_first = marshal.loads(self._told)
        except (EOFError, ValueError, TypeError):
            return None
        outcome = Outcome(error, message, text, body)
        outcome.in_file = in_file
        outcome.wall_us = wall_us
        self._shared = at_first * _RSS_UNIT
        return outcome

    def _grown(self) -> int:
        """What the call used at its peak beyond what it had from the host, bytes."""
        return max(self._usage.ru_maxrss * _RSS_UNIT - self._shared, _PAGE) if self._shared else 0

    def _crash(self) -> Outcome:
        limit = self.call.memory
        if limit is not None and self._grown() > limit * 0.9:
            return Outcome(
                "memory", f"the call ended when it had nearly used its limit of {limit >> 20} MiB of memory"
            )
        name = signal_name(self._status)
        if name is not None:
            outcome = Outcome("crash", f"the process of the call was ended by {name}")
            outcome.signal = name
        else:
            code = os.WEXITSTATUS(self._status)
            outcome = Outcome(
                "crash", f"the process of the call exited with {code} before the function returned"
            )
            outcome.exit_code = code
        return outcome


def _resident(pid: int) -> int:
    """Bytes in memory of a process; 0 where that cannot be asked."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as opened:
            return int(opened.read().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def _limit_data(limit: int) -> None:
    """Refuses memory far beyond the limit at once: a burst may be over before anybody looks."""
    try:
        with open("/proc/self/statm", "rb") as opened:
            has = int(opened.read().split()[5]) * _PAGE
        resource.setrlimit(resource.RLIMIT_DATA, (has + limit + _SLACK_BYTES, resource.RLIM_INFINITY))
    except (OSError, ValueError, IndexError):
        pass


def _flush_streams() -> None:
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):  # closed, or not there
        pass


def _write_all(descriptor: int, data: bytes) -> None:
    with memoryview(data) as view:
        written = 0
        while written < len(view):
            written += os.write(descriptor, view[written:])
