"""Where answers of the manager arrive: each is brought to the one who waits for it."""

from __future__ import annotations

import contextlib
import itertools
import json
import logging
import threading
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from .._calls.future import CallFuture, fail_all, return_all, run_all
from .._calls.outcome import ReturnedCall
from .._link.connection_file import ConnectionFile
from .._link.link import Link
from .._link.outbox import Queued
from .._wire import gateway_pb2 as wire
from ..errors import ManagerLost, VineError, manager_lost, vine_error
from .finished_tasks import FinishedTasks, Wanted
from .request import Request

if TYPE_CHECKING:
    from ..files import File
    from ..task import Task

Ended = tuple["Task", wire.Finished | ReturnedCall]
_log = logging.getLogger("taskvine")


class Desk:
    """Numbers what this program submits, and knows who waits for what."""

    def __init__(
        self,
        file: ConnectionFile,
        software: str,
        connect_timeout_s: float,
        tell_end: Callable[[], str] = lambda: "",
    ) -> None:
        """`tell_end`: what is known of the end of the manager's process, when the connection has ended; "": nothing."""
        self.ready = wire.Ready()
        self.status = wire.Status()
        self.numbers = itertools.count(1)
        self.files = itertools.count(1)
        self.libraries = itertools.count(1)
        self.futures: dict[int, CallFuture[Any]] = {}
        self._tasks: dict[int, Task] = {}
        #: Those of them that a wait will return.
        self._awaited = 0
        self._finished = FinishedTasks()
        self._declared: dict[tuple[object, ...], File] = {}
        self._declaring = threading.RLock()
        self._requests: dict[int, Request] = {}
        self._request_numbers = itertools.count(1)
        self._changed = threading.Condition()
        self._introduced = threading.Event()
        self._end: VineError | None = None
        self._refusals: dict[tuple[str, int], VineError] = {}
        self.on_status: Callable[[wire.Status], None] | None = None
        self.link = Link(file, software, self._take_batch, self.end, lambda reason: manager_lost(reason, tell_end()))
        self.post = self.link.post
        self.link.open(connect_timeout_s)
        if not self._introduced.wait(connect_timeout_s) or self._end is not None:
            self.link.close()
            raise self._end or VineError("NO_MANAGER", "the manager does not introduce itself")

    def once(self, what: tuple[object, ...], declare: Callable[[], File]) -> File:
        """A file that is declared once for all that need it."""
        with self._declaring:
            file = self._declared.get(what)
            if file is None:
                file = self._declared[what] = declare()
            return file

    # ── tasks ──

    def submit(self, number: int, task: Task, message: Queued) -> None:
        with self._changed:
            self._tasks[number] = task
            self._awaited += not task.quiet
        try:
            self.post(message)
        except VineError:
            with self._changed:
                if self._tasks.pop(number, None) is not None:
                    self._awaited -= not task.quiet
            raise

    def outstanding(self) -> int:
        """Tasks that have not come to their end."""
        return self._awaited

    def uncollected(self) -> int:
        return len(self._finished)

    def wait(self, wanted: Wanted, timeout_s: float | None) -> Task | None:
        """The next finished task that is wanted; None when the time is over or there is nothing to wait for.

        Raises ManagerLost when nothing that is still to come can come.
        """
        deadline = None if timeout_s is None else time.monotonic() + timeout_s
        with self._changed:
            while True:
                task = self._finished.take(wanted)
                if task is not None:
                    return task
                if not self._is_awaited(wanted):
                    return None
                if isinstance(self._end, ManagerLost):
                    raise self._end
                left = None if deadline is None else deadline - time.monotonic()
                if left is not None and left <= 0:
                    return None
                self._changed.wait(left)

    def _is_awaited(self, wanted: Wanted) -> bool:
        if wanted.number is not None:
            return wanted.number in self._tasks
        if wanted.tag is None:
            return self._awaited > 0
        return any(task.tag == wanted.tag and not task.quiet for task in self._tasks.values())

    def wait_until_done(self, task: Task, timeout_s: float | None) -> bool:
        with self._changed:
            return self._changed.wait_for(task.completed, timeout_s)

    # ── requests ──

    def request(
        self,
        fill: Callable[[int], wire.ClientMessage],
        on_done: Callable[[Request], None] | None = None,
        on_progress: Callable[[str, list[bytes]], None] | None = None,
    ) -> Request:
        """Sends what `fill` makes for a new number."""
        number = next(self._request_numbers)
        request = self._requests[number] = Request()
        request.on_done = on_done
        request.on_progress = on_progress
        try:
            self.post(fill(number))
        except VineError:
            del self._requests[number]
            raise
        if self._end is not None:
            request.fail(self._end)
        return request

    def ask(self, what: str, task: int = 0, file: int = 0) -> Any:
        """The answer to a question, from JSON."""
        request = self.request(
            lambda number: wire.ClientMessage(query=wire.Query(request=number, what=what, task=task, file=file))
        )
        answer = request.answer()
        return json.loads(answer) if answer else None

    def abandon(self, number: int) -> None:
        """Nobody waits for this request any more."""
        if self._requests.pop(number, None) is not None:
            self.post(wire.ClientMessage(abandon=wire.AbandonRequest(request=number)))

    # ── what arrives, on the thread of the link ──

    def _take_batch(self, batch: wire.GatewayBatch) -> None:
        ended: list[Ended] = []
        for message in batch.messages:
            kind = message.WhichOneof("message")
            if kind == "returned":
                self._take_returned(message.returned, ended)
            elif kind == "finished":
                self._take_finished(message.finished, ended)
            elif kind == "running":
                self._take_running(message.running.tasks)
            else:
                self._take_other(kind, message)
        if ended:
            self._settle(ended)

    def _take_returned(self, returned: wire.Returned, ended: list[Ended]) -> None:
        futures: list[tuple[CallFuture[Any], bytes]] = []
        if returned.HasField("attempt"):
            self._take_returned_tasks(returned, ended)
            return
        pop = self.futures.pop
        for number, value in zip(returned.tasks, returned.values):
            future = pop(number, None)
            if future is not None:
                futures.append((future, value))
        return_all(futures)

    def _take_returned_tasks(self, returned: wire.Returned, ended: list[Ended]) -> None:
        shared = wire.Finished(state=ReturnedCall.state, encoding=returned.encoding, attempts=[returned.attempt])
        each = itertools.zip_longest(returned.tasks, returned.values, returned.wall_ms, returned.cpu_ms)
        for number, value, wall_ms, cpu_ms in each:
            task = self._tasks.get(number)
            if task is not None:
                here = None if returned.kept else value
                ended.append((task, ReturnedCall(number, here, wall_ms, cpu_ms, shared)))

    def _take_finished(self, finished: wire.Finished, ended: list[Ended]) -> None:
        task = self._tasks.get(finished.task)
        if task is not None:
            ended.append((task, finished))
            return
        future = self.futures.get(finished.task)
        if future is not None and finished.state == "done" and not finished.HasField("value"):
            self._bring(finished.task, future)
        elif future is not None:
            del self.futures[finished.task]
            future.finish(finished)

    def _bring(self, number: int, future: CallFuture[Any]) -> None:
        """A value that was too large to come with the news."""

        def settle(request: Request) -> None:
            if self.futures.pop(number, None) is None:
                return
            if request.error is None:
                return_all([(future, request.content())])
            else:
                fail_all([future], request.error)

        with contextlib.suppress(VineError):
            self.request(lambda n: wire.ClientMessage(fetch=wire.Fetch(request=n, task=number)), settle)

    def _take_running(self, numbers: Iterable[int]) -> None:
        run_all(future for number in numbers if (future := self.futures.get(number)) is not None)
        for number in numbers:
            task = self._tasks.get(number)
            if task is not None:
                task.mark_running()

    def _take_other(self, kind: str | None, message: wire.GatewayMessage) -> None:
        if kind == "ready":
            self.ready = message.ready
            self._introduced.set()
        elif kind == "status":
            self.status = message.status
            if self.on_status is not None:
                _call_owner(self.on_status, message.status)
        elif kind == "note":
            level = logging.getLevelName(message.note.level.upper())
            _log.log(level if isinstance(level, int) else logging.INFO, "%s", message.note.message)
        elif kind == "refusal":
            self._take_refusal(message.refusal)
        elif kind in ("content", "answer", "progress", "failed"):
            self._take_answer(kind, message)

    def _take_answer(self, kind: str, message: wire.GatewayMessage) -> None:
        if kind == "content":
            request = self._requests.get(message.content.request)
            if request is not None and request.add(message.content.data, message.content.last):
                del self._requests[message.content.request]
        elif kind == "progress":
            request = self._requests.get(message.progress.request)
            if request is not None:
                _call_owner(request.tell, message.progress.progress_json, list(message.progress.attachments))
        elif kind == "answer":
            request = self._requests.pop(message.answer.request, None)
            if request is not None:
                request.finish(message.answer.answer_json, list(message.answer.attachments))
        else:
            request = self._requests.pop(message.failed.request, None)
            if request is not None:
                request.fail(error_of(message.failed.trouble))

    def _take_refusal(self, refusal: wire.Refusal) -> None:
        error = error_of(refusal.trouble)
        key = ("file", refusal.file) if refusal.file else ("library", refusal.library)
        self._refusals[key] = error
        _log.warning("%s", error)

    def refusal(self, kind: str, number: int) -> VineError | None:
        """Why a file or library that we declared is not there."""
        return self._refusals.get((kind, number))

    def _settle(self, ended: list[Ended]) -> None:
        with self._changed:
            for task, end in ended:
                if self._tasks.pop(end.task, None) is None:
                    continue
                task.finish(end)
                if not task.quiet:
                    self._awaited -= 1
                    self._finished.add(task)
            self._changed.notify_all()

    def end(self, error: VineError) -> None:
        """Everybody who still waits is told that there is nothing to come. Only the first end counts."""
        if self._end is not None:
            return
        self._end = error
        self._introduced.set()
        for request in list(self._requests.values()):
            request.fail(error)
        self._requests.clear()
        futures = list(self.futures.values())
        self.futures.clear()
        fail_all(futures, error)
        trouble = wire.Trouble(code=error.code, message=error.message, hint=error.hint)
        is_lost = isinstance(error, ManagerLost)
        state, code = ("failed", "unknown") if is_lost else ("cancelled", "cancelled")
        ended: list[Ended] = [
            (task, wire.Finished(task=number, state=state, code=code, trouble=trouble))
            for number, task in list(self._tasks.items())
        ]
        if is_lost:
            self._lose(ended)
        else:
            self._settle(ended)

    def _lose(self, ended: list[Ended]) -> None:
        """No wait returns them: it raises, as they were not brought to any end."""
        with self._changed:
            for task, end in ended:
                task.finish(end)
            self._changed.notify_all()


def _call_owner(callback: Callable[..., None], *told: Any) -> None:
    """Whatever it does, the connection goes on."""
    try:
        callback(*told)
    except Exception:
        _log.exception("a callback failed")


def error_of(trouble: wire.Trouble) -> VineError:
    return vine_error(trouble.code, trouble.message, trouble.hint)
