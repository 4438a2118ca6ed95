"""The executors that a manager runs."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from .._desk.desk import Desk
from .._desk.execution import Execution
from .._wire import gateway_pb2 as wire
from ..files import File, number_at


class Executors:
    """The part of the manager that asks executors."""

    desk: Desk

    def execute(
        self,
        request: Any,
        *,
        executor: str = "",
        attachments: Sequence[bytes] = (),
        files: Sequence[File] = (),
        on_progress: Callable[[Any, list[bytes]], None] | None = None,
    ) -> tuple[Any, list[bytes]]:
        """Asks an executor that the manager runs, and waits for its answer: what JSON can hold, and bytes beside it.

        `request`: in the executor's own words; `files`: those of ours that it names, in order. `executor`: its name,
        where there are several. `on_progress` runs on the connection's thread and must be short. Ctrl-C gives it up.
        """
        return self.begin_execute(
            request, executor=executor, attachments=attachments, files=files, on_progress=on_progress
        ).answer()

    def begin_execute(
        self,
        request: Any,
        *,
        executor: str = "",
        attachments: Sequence[bytes] = (),
        files: Sequence[File] = (),
        on_progress: Callable[[Any, list[bytes]], None] | None = None,
        on_done: Callable[[], None] | None = None,
    ) -> Execution:
        """The same without waiting. `on_done`, too, runs on the connection's thread."""
        message = wire.Execute(executor=executor, request_json=json.dumps(request), attachments=list(attachments))
        message.files.extend(number_at(self.desk, file) for file in files)
        return Execution(self.desk, message, on_progress, on_done)
