"""Workers on this machine, as many as there is work for."""

from __future__ import annotations

import difflib
import math
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from types import TracebackType
from typing import IO, TYPE_CHECKING

from ._link.finding import find_vine
from .errors import ManagerLost, VineError, bad_argument
from .units import label, positive, to_bytes, to_seconds, whole

if TYPE_CHECKING:
    from typing_extensions import Self

    from .manager import Manager

_LOOK_S = 1.0
_GOODBYE_S = 15.0
_MOST_FAILURES = 5
_WISHES = frozenset(
    ("cores", "memory", "disk", "gpus", "min_workers", "max_workers", "features", "timeout", "python", "env")
)


class Factory:
    """Starts workers for a manager, and ends them: in a `with` block, or by `start` and `stop`.

    Say, or set before it starts: `cores` (default: all of this machine), `memory` and `disk` (megabytes, or text as
    "4 GB"; default: those of this machine, and half of the free disk) and `gpus` of each worker; `features`, labels
    that they offer; `python` (interpreter for functions; default: this one); `env`, more environment variables.

    There are as many workers as the tasks that could run now have need of, from `min_workers` to `max_workers`
    (default 1 each); one above `min_workers` ends when it has had nothing to do for `timeout` seconds (default 60).
    These three may be changed while it runs.
    """

    def __init__(
        self,
        batch_type: str = "local",
        manager: Manager | None = None,
        *,
        cores: float | None = None,
        memory: float | str | None = None,
        disk: float | str | None = None,
        gpus: int | None = None,
        min_workers: int = 1,
        max_workers: int = 1,
        features: Sequence[str] = (),
        python: str = sys.executable,
    ) -> None:
        if batch_type != "local":
            raise bad_argument(
                f"workers are started on this machine only: batch_type is local, not {batch_type!r}",
                "Factory(manager=m); elsewhere: vine worker --connection-file COPY",
            )
        if not isinstance(getattr(manager, "connection_file", None), str) or manager is None:
            raise bad_argument(f"a factory starts workers for a manager, not for {manager!r}", "Factory(manager=m)")
        self._manager = manager
        self.cores = cores
        self.memory = memory
        self.disk = disk
        self.gpus = gpus
        self.min_workers = min_workers
        self.max_workers = max_workers
        self.features = list(features)
        self.timeout: float | str = 60.0
        self.python = python
        self.env: dict[str, str] = {}
        self._workers: list[subprocess.Popen[bytes]] = []
        self._log: IO[bytes] | None = None
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self._failures = 0
        self._failure: VineError | None = None
        self._pid = os.getpid()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def __setattr__(self, name: str, value: object) -> None:
        """Refuses what it does not have: a mistyped wish would be no wish at all."""
        if not name.startswith("_") and name not in _WISHES:
            like = difflib.get_close_matches(name, _WISHES, 1)
            raise bad_argument(f"a factory has no {name}", f"It has {', '.join(like or sorted(_WISHES))}.")
        object.__setattr__(self, name, value)

    def start(self) -> None:
        """Starts the first workers; they join on their own. Raises at what it cannot start them with."""
        if self._thread is not None:
            raise bad_argument("this factory was started already")
        _python(self.python)
        if self._manager.closed:
            raise VineError("MANAGER_CLOSED", f"the manager {self._manager.name} has been closed")
        whole("min_workers", self.min_workers)
        self.max_workers = max(whole("max_workers", self.max_workers, 1), self.min_workers)
        to_seconds("timeout", self.timeout)
        self._command = self._command_line()
        self._log = tempfile.TemporaryFile(prefix="vine-factory-")  # noqa: SIM115
        self._thread = threading.Thread(target=self._run, name="taskvine-factory", daemon=True)
        self._fill(self.min_workers)
        self._manager.attach(self)
        self._thread.start()

    def stop(self) -> None:
        """Ends its workers: they give their tasks back and leave nothing behind."""
        if self._thread is None or self._pid != os.getpid():
            return
        self._stopping.set()
        if threading.current_thread() is not self._thread:
            self._thread.join()
        for worker in self._workers:
            if worker.poll() is None:
                worker.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + _GOODBYE_S
        for worker in self._workers:
            try:
                worker.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()
        self._workers.clear()
        if self._log is not None:
            self._log.close()

    @property
    def workers(self) -> int:
        """Worker processes that run now."""
        return sum(worker.poll() is None for worker in self._workers)

    @property
    def failure(self) -> VineError | None:
        """Why it has given up: its workers end as soon as they start."""
        return self._failure

    def _run(self) -> None:
        while not self._stopping.wait(_LOOK_S):
            ended = [worker for worker in self._workers if worker.poll() is not None]
            self._failures = self._failures + len([one for one in ended if one.returncode != 0]) if ended else 0
            self._workers = [worker for worker in self._workers if worker not in ended]
            try:
                if self._failures > _MOST_FAILURES:
                    raise VineError("WORKER_LOST", f"workers end as soon as they start: {self._complaints()}")
                self._fill(self._wanted())
            except ManagerLost:
                return
            except VineError as error:
                self._failure = error
                self._manager.note("warning", str(error))
                return

    def _wanted(self) -> int:
        """Enough for all tasks that could run now, whichever program or executor has submitted them."""
        counts = self._manager.stats["tasks"]
        tasks = int(counts["ready"] + counts["assigned"] + counts["running"])
        each = self.cores or os.cpu_count() or 1
        return max(self.min_workers, min(self.max_workers, math.ceil(tasks / each)))

    def _fill(self, count: int) -> None:
        while len(self._workers) < count:
            extra = len(self._workers) >= self.min_workers
            more = ["--idle-timeout", f"{to_seconds('timeout', self.timeout):g}s"] if extra else []
            self._workers.append(self._start_worker(more))

    def _start_worker(self, more: list[str]) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                [*self._command, *more],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._log,
                env={**os.environ, "VINE_PYTHON": _python(self.python), **self.env},
                start_new_session=True,
            )
        except OSError as cause:
            raise VineError("SPAWN_FAILED", f"a worker could not be started: {cause.strerror}") from cause

    def _command_line(self) -> list[str]:
        command = [*find_vine(), "worker", "--connection-file", self._manager.connection_file]
        command += ["--single-shot", "--parent-death", "--log-level", "warn"]
        if self.cores is not None:
            command += ["--cores", f"{positive('cores', self.cores):g}"]
        if self.gpus is not None:
            command += ["--gpus", str(whole("gpus", self.gpus))]
        for feature in self.features:
            command += ["--feature", label("feature", feature)]
        for what, amount in (("memory", self.memory), ("disk", self.disk)):
            if amount is not None:
                command += [f"--{what}", str(to_bytes(what, amount))]
        return command

    def _complaints(self) -> str:
        if self._log is None:
            return ""
        self._log.seek(0)
        return self._log.read()[-2_000:].decode(errors="replace").strip()


def _python(named: str) -> str:
    """Its path, wherever a task's folder is. Raises where there is none."""
    found = shutil.which(named)
    if found is None:
        raise bad_argument(f"python of a factory is an interpreter, and there is none at {named!r}")
    return os.path.abspath(found)
