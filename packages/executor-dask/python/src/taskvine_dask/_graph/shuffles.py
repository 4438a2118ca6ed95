"""How dataframes are shuffled: through the workers, and not through the disk of one machine."""

from __future__ import annotations

from collections.abc import Iterable

import dask
from taskvine.errors import bad_argument

_NEW, _OLD = "dataframe.shuffle.method", "shuffle"
#: Dask since 2023 knows that the old name means the new one.
SETTING = _NEW if _OLD in dask.config.deprecations else _OLD
_ON_DISK = "zpartd"


class TaskShuffles:
    """While any of these is held, dataframes are shuffled by tasks, unless the program says otherwise."""

    _held = 0
    _was_set = False

    def __init__(self) -> None:
        self._is_held = True
        cls = type(self)
        if cls._held == 0 and dask.config.get(SETTING, None) is None:
            dask.config.set({SETTING: "tasks"})
            cls._was_set = True
        cls._held += 1

    def release(self) -> None:
        if not self._is_held:
            return
        self._is_held = False
        cls = type(self)
        cls._held -= 1
        if cls._held == 0 and cls._was_set:
            cls._was_set = False
            if dask.config.get(SETTING, None) == "tasks":
                dask.config.set({SETTING: None})


def refuse_shuffles_on_disk(groups: Iterable[str]) -> None:
    """What workers write to their own disks would be lost without a word."""
    if any(name.startswith(_ON_DISK) for name in groups):
        raise bad_argument(
            "this graph shuffles a dataframe through the disk of one machine",
            f"Set {SETTING!r} to 'tasks' in dask.config before the graph is made, or make it after the DaskVine.",
        )
