"""A bar in a terminal or notebook, where nobody else shows how a graph goes on."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any


class ProgressBar:
    """Does nothing where nobody looks."""

    def __init__(self, total: int, label: str, shown: bool) -> None:
        self._bar: Any = None
        if shown and is_watched():
            from tqdm.auto import tqdm

            self._bar = tqdm(total=total, desc=label, unit="task", dynamic_ncols=True)

    @property
    def shown(self) -> bool:
        return self._bar is not None

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def finished(self, count: int) -> None:
        if self._bar is not None:
            self._bar.update(count)


def is_watched() -> bool:
    """Somebody may see what is written to the standard error."""
    if sys.stderr.isatty():
        return True
    shell = sys.modules.get("IPython")
    kernel = None if shell is None else shell.get_ipython()
    return kernel is not None and "IPKernelApp" in kernel.config
