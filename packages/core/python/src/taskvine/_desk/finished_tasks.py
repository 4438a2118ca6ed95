"""Finished tasks that wait to be collected."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..task import Task


class Wanted:
    """Which finished task one waits for: any, one with a tag, or a certain one."""

    def __init__(self, tag: str | None = None, number: int | None = None) -> None:
        self.tag = tag
        self.number = number


class FinishedTasks:
    """Finished tasks that nobody has collected, in order of their end."""

    def __init__(self) -> None:
        # Ordered ones: what is taken from the front of a dict leaves a gap that the next look steps over.
        self._all: OrderedDict[int, Task] = OrderedDict()
        self._by_tag: dict[str, OrderedDict[int, Task]] = {}

    def __len__(self) -> int:
        return len(self._all)

    def add(self, task: Task) -> None:
        number = task.id or 0
        self._all[number] = task
        if task.tag:
            self._by_tag.setdefault(task.tag, OrderedDict())[number] = task

    def take(self, wanted: Wanted) -> Task | None:
        if wanted.number is not None:
            return self._remove(wanted.number)
        shelf = self._all if wanted.tag is None else self._by_tag.get(wanted.tag)
        return self._remove(next(iter(shelf))) if shelf else None

    def _remove(self, number: int) -> Task | None:
        task = self._all.pop(number, None)
        if task is not None and task.tag:
            shelf = self._by_tag[task.tag]
            del shelf[number]
            if not shelf:
                del self._by_tag[task.tag]
        return task
