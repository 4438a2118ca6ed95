"""What is held in this process: files as memory, and values as objects."""

from __future__ import annotations

import mmap
import os
from collections import OrderedDict
from typing import Any, Optional, Tuple

from .measuring import is_wanted


def map_file(path: str) -> Any:
    """A file as memory of our own: what a function changes in it is changed for this process alone."""
    with open(path, "rb") as opened:
        return mmap.mmap(opened.fileno(), 0, flags=mmap.MAP_PRIVATE, prot=mmap.PROT_READ | mmap.PROT_WRITE)


#: Of the memory of a process: for values that are kept between units.
_PART = 8


class Memory:
    """Values by graph and node, as objects: those used last, up to so many bytes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: "OrderedDict[Tuple[str, int], Tuple[Any, int]]" = OrderedDict()
        self._bytes = 0

    def get(self, token: str, node: int) -> Optional[Tuple[Any, int]]:
        found = self._held.get((token, node))
        if found is not None:
            self._held.move_to_end((token, node))
        return found

    def put(self, token: str, node: int, value: Any, size: int) -> None:
        if size > self._most or (token, node) in self._held:
            return
        self._held[(token, node)] = (value, size)
        self._bytes += size
        while self._bytes > self._most:
            _, (_, freed) = self._held.popitem(last=False)
            self._bytes -= freed


def _most() -> int:
    """Bytes. Where the memory of nodes is measured, no more than a part of what there is for them."""
    most = int(os.environ.get("VINE_DASK_MEMORY") or 256 << 20)
    given = int(os.environ.get("MEMORY") or 0) << 20
    return min(most, given // _PART) if is_wanted() and given > 0 else most


memory = Memory(_most())
