"""What is written of a unit's values, and how it went."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

import taskvine_call

from .envelope import envelope
from .memory import memory
from .writing import written

#: Where a value is.
NOWHERE, HERE, FILE, UNWRITABLE = 0, 1, 2, 3
#: A value up to this travels with the news; all of one unit up to that, where there is no file, or beside one.
_SMALL = 4_096
_MOST_ALONE = 9_000
MOST_BESIDE = 48_000
_ALIGNED = 64


class Answer:
    """What is written of a unit's values."""

    def __init__(self, token: str) -> None:
        self._token = token
        self.figures: List[int] = []
        #: Where it is measured: the memory of the process meanwhile, KiB; for each node that has figures.
        self.peaks: List[int] = []
        self._small: List[bytes] = []
        self._small_bytes = 0
        self._large: Dict[str, List[int]] = {}
        self._pieces: List[Any] = []
        self._end = 0

    def tell(self, node: int, us: int) -> None:
        self.figures += (node, us, 0, NOWHERE)

    def give(self, node: int, us: int, value: Any) -> None:
        buffers: List[Any] = []
        try:
            main = written(value, buffers)
        except Exception:
            self.figures += (node, us, 0, UNWRITABLE)
            return
        size = len(main) + sum(part.nbytes for part in buffers)
        if not buffers and size <= _SMALL and self._small_bytes + size <= MOST_BESIDE:
            self._small.append(main)
            self._small_bytes += size
            self.figures += (node, us, size, HERE)
            return
        self._put([main, *buffers], node)
        self.figures += (node, us, size, FILE)
        memory.put(self._token, node, value, size)

    def _put(self, parts: List[Any], node: int) -> None:
        gap = -self._end % _ALIGNED
        if gap:
            self._pieces.append(bytes(gap))
            self._end += gap
        sizes = [memoryview(part).nbytes for part in parts]
        self._large[str(node)] = [self._end, *sizes]
        self._pieces += parts
        self._end += sum(sizes)

    def written(self, told: List[Any], failure: Optional[Dict[str, Any]], exception: bytes) -> taskvine_call.Written:
        head = {"results": self.figures, "remarks": told, "failure": failure}
        if self.peaks:
            head["memory"] = self.peaks
        report = envelope(b"R", head) + b"".join(self._small) + exception
        if not self._large and len(report) <= _MOST_ALONE:
            return taskvine_call.Written([report])
        return taskvine_call.Written([envelope(b"V", self._large), *self._pieces], beside=report)
