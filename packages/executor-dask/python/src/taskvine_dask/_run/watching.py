"""Who looks on while a graph runs: Dask's callbacks, our own progress bar, and who wants to read how it goes."""

from __future__ import annotations

import base64
import importlib
import pickle
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from dask.callbacks import local_callbacks, unpack_callbacks

from .._graph.nodes import Nodes
from .account import Account
from .progress import ProgressBar

_LEFT = (
    "nodes have left files in folders that they ran in, such as {}; these go with the process: give the whole path of "
    "what is to stay, or return what is in it"
)


class Watchers:
    """Tells callbacks what they expect of Dask's own schedulers."""

    def __init__(self, nodes: Nodes, callbacks: Any) -> None:
        self._nodes = nodes
        self._all = callbacks
        _, _, self._pretasks, self._posttasks, _ = unpack_callbacks(callbacks)
        self._begun: list[Any] = []
        self._has_told_of_files = False
        #: What Python's filters need to say the same only once.
        self._warned: dict[str | tuple[str, type[Warning], int], int] = {}
        self.state: dict[str, Any] = {}
        self.bar: ProgressBar | None = None
        self.account: Account | None = None
        #: What is to be told yet; of nodes that have finished where, how long, and how large; and values.
        self._events: deque[int] = deque()
        self._figures: deque[tuple[str, float, float]] = deque()
        self._workers: list[str] = []
        self._values: dict[int, Any] = {}
        #: Gets what wrappers of nodes gave.
        self.wrapper_proc: Callable[[Any], Any] | None = None

    @property
    def any(self) -> bool:
        return bool(self._pretasks or self._posttasks)

    @property
    def wants_values(self) -> bool:
        return bool(self._posttasks)

    def begin(self, graph: Any) -> None:
        """Raises what a callback raises."""
        for callback in self._all:
            if callback[0]:
                callback[0](graph)
            self._begun.append(callback)
        if self._all:
            self.state = self._first_state()
        for _, start_state, _, _, _ in self._all:
            if start_state:
                start_state(graph, self.state)

    def end(self, graph: Any, failed: bool) -> None:
        for *_, finish in self._begun:
            if finish:
                finish(graph, self.state, failed)

    def _first_state(self) -> dict[str, Any]:
        nodes = self._nodes
        dependencies = {key: set(needs) for key, needs in zip(nodes.keys, nodes.needs)}
        dependents: dict[Any, set[Any]] = {key: set() for key in nodes.keys}
        for key, needs in dependencies.items():
            for need in needs:
                dependents[need].add(key)
        tasks = [key for key, kind in zip(nodes.keys, nodes.kinds) if kind == 0]
        cache = {nodes.keys[n]: nodes.value_of_data(n) for n, kind in enumerate(nodes.kinds) if kind == 2}
        waiting = {key: {need for need in dependencies[key] if need not in cache} for key in tasks}
        ready = [key for key, needs in waiting.items() if not needs]
        for key in ready:
            del waiting[key]
        return {
            "dependencies": dependencies,
            "dependents": dependents,
            "waiting": waiting,
            "waiting_data": {key: set(users) for key, users in dependents.items()},
            "cache": cache,
            "ready": ready,
            "running": set(),
            "finished": set(),
            "released": set(),
        }

    # ── what happens ──

    def happened(self, events: Iterable[int], figures: Sequence[float], workers: Iterable[str]) -> None:
        """Twice the numbers of nodes that have started, and one more of those that have finished, in order.

        `figures`: of each that has finished number of its worker, microseconds, bytes. `workers`: names of new ones.
        """
        self._events.extend(events)
        self._workers += workers
        for worker, us, size in zip(figures[::3], figures[1::3], figures[2::3]):
            self._figures.append((self._workers[int(worker)], us, size))
        self._tell()

    def valued(self, number: int, value: Any) -> None:
        """The value of a node came: of each node, where somebody wants that."""
        if self._posttasks and self._nodes.keys[number] not in self.state["finished"]:
            self._values[number] = value
            self._tell()

    def _tell(self) -> None:
        """What has happened, as far as the values are here that are to be told with it."""
        while self._events:
            number, has_finished = divmod(self._events[0], 2)
            if has_finished and self._posttasks and number not in self._values:
                return
            self._events.popleft()
            key = self._nodes.keys[number]
            self._start(key)
            if has_finished:
                worker, us, size = self._figures.popleft()
                if self.bar is not None:
                    self.bar.finished(1)
                if self.account is not None:
                    self.account.finished(key, worker, us, size)
                self._finish(key)
                self._tell_value(key, self._values.pop(number, None), worker)

    def _start(self, key: Any) -> None:
        if not self.state or key in self.state["running"] or key in self.state["finished"]:
            return
        self.state["waiting"].pop(key, None)
        if key in self.state["ready"]:
            self.state["ready"].remove(key)
        self.state["running"].add(key)
        for pretask in self._pretasks:
            pretask(key, self._nodes.graph, self.state)

    def _tell_value(self, key: Any, value: Any, worker: str) -> None:
        if not self._posttasks:
            return
        self.state["cache"][key] = value
        for posttask in self._posttasks:
            posttask(key, value, self._nodes.graph, self.state, worker)
        self.state["cache"].pop(key, None)

    def _finish(self, key: Any) -> None:
        if not self.state:
            return
        self.state["running"].discard(key)
        self.state["finished"].add(key)
        for need in self.state["dependencies"].get(key, ()):
            users = self.state["waiting_data"].get(need)
            if users is not None:
                users.discard(key)
                if not users:
                    self.state["released"].add(need)

    def remark(self, told: Sequence[Any]) -> None:
        """Warnings of nodes, as if they had been raised here; files that they left; and what wrappers gave."""
        for kind, *more in told:
            if kind == "warning":
                text, module, name, file, line = more
                warnings.warn_explicit(text, _category(module, name), file, line, registry=self._warned)
            elif kind == "left" and not self._has_told_of_files:
                self._has_told_of_files = True
                text = _LEFT.format(", ".join(map(repr, more)))
                warnings.warn_explicit(text, UserWarning, "taskvine_dask", 0)
            elif kind == "wrapped" and self.wrapper_proc is not None:
                self.wrapper_proc(pickle.loads(base64.b64decode(more[1])))


def _category(module: str, name: str) -> type[Warning]:
    try:
        found: Any = importlib.import_module(module)
        for part in name.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError):
        return UserWarning
    return found if isinstance(found, type) and issubclass(found, Warning) else UserWarning


def registered(options: dict[str, Any]) -> Any:
    """A context manager that gives the callbacks, of which computes inside know nothing."""
    return local_callbacks(options.get("callbacks"))
