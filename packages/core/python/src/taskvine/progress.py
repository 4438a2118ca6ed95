"""How a run stands, as a bar in a terminal or notebook."""

from __future__ import annotations

import sys
import threading
import time
import warnings
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ._wire import gateway_pb2 as wire

with warnings.catch_warnings():
    # In a notebook without ipywidgets it draws with text: no reason to complain to all who import us.
    warnings.simplefilter("ignore")
    from tqdm.auto import tqdm

if TYPE_CHECKING:
    from typing_extensions import Self

    from .manager import Manager


_LAST_S = 1.0


class Progress:
    """Shows, while its `with` block runs, how many tasks and calls of this program are done, run and wait.

    `shown`: default: only where the standard error is a terminal, or in a notebook.
    """

    def __init__(self, manager: Manager, title: str = "tasks", shown: bool | None = None) -> None:
        self._manager = manager
        self._title = title
        self._shown = _is_watched() if shown is None else shown
        self._bar: Any = None
        self._told = threading.Condition()
        self._left = 0

    def __enter__(self) -> Self:
        if self._shown:
            self._bar = tqdm(total=0, desc=self._title, unit="task", dynamic_ncols=True)
            self._manager.desk.on_status = self._show
            self._show(self._manager.desk.status)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._wait_for_the_last()
            self._manager.desk.on_status = None
            self._bar.close()

    def _wait_for_the_last(self) -> None:
        """The manager tells how it stands a few times a second: what has ended just now comes a little later."""
        deadline = time.monotonic() + _LAST_S
        with self._told:
            while self._left > 0 and self._told.wait(max(0.0, deadline - time.monotonic())):
                pass

    def _show(self, status: wire.Status) -> None:
        self._draw(status)
        with self._told:
            self._left = status.waiting + status.running
            self._told.notify_all()

    def _draw(self, status: wire.Status) -> None:
        bar = self._bar
        ended = status.done + status.failed
        bar.total = ended + status.waiting + status.running
        bar.set_postfix({"running": status.running, "failed": status.failed, "workers": status.workers}, refresh=False)
        bar.update(ended - bar.n)
        bar.refresh()


def _is_watched() -> bool:
    if sys.stderr.isatty():
        return True
    shell = sys.modules.get("IPython")
    kernel = None if shell is None else shell.get_ipython()
    return kernel is not None and "IPKernelApp" in kernel.config
