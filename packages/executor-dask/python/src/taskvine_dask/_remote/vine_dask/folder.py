"""The folder that nodes run in, which goes with their process."""

from __future__ import annotations

import os
from typing import Iterator, List


class Folder:
    def __init__(self) -> None:
        self._path = os.getcwd()
        self._known = set(os.listdir(self._path))
        self._changed_ns = self._time_of_change()

    def new_files(self) -> List[str]:
        """Names of what has been left there since this was asked."""
        changed_ns = self._time_of_change()
        if changed_ns == self._changed_ns:
            return []
        self._changed_ns = changed_ns
        new = sorted(self._left())
        self._known.update(new)
        return new

    def _left(self) -> Iterator[str]:
        """Caches and the like are not meant to stay."""
        for name in os.listdir(self._path):
            if name not in self._known and not name.startswith((".", "__")):
                yield name

    def _time_of_change(self) -> int:
        return os.stat(self._path).st_mtime_ns


folder = Folder()
