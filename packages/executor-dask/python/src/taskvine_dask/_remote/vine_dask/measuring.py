"""How much memory this process has at most while a node runs."""

from __future__ import annotations

import contextlib
import os
import resource
import sys
from typing import Optional

#: Unit of ru_maxrss, of which a KiB has so many.
_UNITS = 1024 if sys.platform == "darwin" else 1
_PAGE_KIB = os.sysconf("SC_PAGE_SIZE") // 1024
#: Written to `clear_refs`: the peak begins anew, from what there is now.
_PEAK = b"5"


def is_wanted() -> bool:
    return bool(os.environ.get("VINE_DASK_MEASURE"))


class Meter:
    """Of one process: children that are forked from it need their own.

    Where the peak cannot begin anew (Linux can) it is that of the process's life.
    """

    def __init__(self) -> None:
        self.pid = os.getpid()
        self._descriptor: Optional[int] = None
        self._children = _peak(resource.RUSAGE_CHILDREN)
        self._parent = _own_memory(os.getppid())
        with contextlib.suppress(OSError):
            self._descriptor = os.open("/proc/self/clear_refs", os.O_WRONLY | os.O_CLOEXEC)

    def begin(self) -> None:
        if self._descriptor is None:
            return
        try:
            os.write(self._descriptor, _PEAK)
        except OSError:
            os.close(self._descriptor)
            self._descriptor = None

    def peak(self) -> int:
        """Since `begin`, KiB: with what the host that it came from has, and the largest process that it has started."""
        children = _peak(resource.RUSAGE_CHILDREN)
        more = children if children > self._children else 0
        self._children = children
        return _peak(resource.RUSAGE_SELF) + more + self._parent


def _peak(who: int) -> int:
    return resource.getrusage(who).ru_maxrss // _UNITS


def _own_memory(pid: int) -> int:
    """Of another process: what it does not have from files, KiB. 0 where that cannot be asked."""
    try:
        with open("/proc/%d/statm" % pid, "rb") as opened:
            _, resident, shared = opened.read().split()[:3]
    except (OSError, ValueError):
        return 0
    return (int(resident) - int(shared)) * _PAGE_KIB


_meter: Optional[Meter] = None


def meter() -> Meter:
    """That of this process."""
    global _meter
    if _meter is None or _meter.pid != os.getpid():
        _meter = Meter()
    return _meter
