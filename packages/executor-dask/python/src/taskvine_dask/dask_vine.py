"""The manager that is a scheduler of Dask."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable
from typing import Any

import dask
from dask.local import get_sync
from taskvine import Manager
from taskvine.errors import bad_argument

from ._constructor import manager_options
from ._finding import find_executor
from ._graph.nodes import Nodes, flatten, nested
from ._graph.shuffles import SETTING, TaskShuffles, refuse_shuffles_on_disk
from ._graph.stores import warn_of_stores_in_memory
from ._run.account import Account
from ._run.graph import GraphRun, NodeFailure
from ._run.library import Libraries
from ._run.options import Options
from ._run.progress import ProgressBar
from ._run.watching import Watchers, registered


class DaskVine(Manager):
    """A manager whose `get` runs Dask graphs: `collection.compute(scheduler=m.get)`."""

    def __init__(self, port: int | tuple[int, int] = 0, name: str | None = None, **options: Any) -> None:
        """As for `Manager`; what the original takes beside that is in docs/DASK.md."""
        if not isinstance(port, (int, list, tuple)):
            raise bad_argument(
                f"the first argument of DaskVine is a port, not a {type(port).__name__}",
                "A scheduler of Dask is an object of the class: m = DaskVine(), compute(scheduler=m.get).",
            )
        init_fn = options.pop("init_fn", None)
        if init_fn is not None and not callable(init_fn):
            raise bad_argument(f"init_fn is a function of the new manager, not {init_fn!r}")
        options = manager_options(options)
        if options.get("connection_file") is None:
            options.setdefault("executor", find_executor())
        super().__init__(tuple(port) if isinstance(port, list) else port, name, **options)
        self._dask_libraries = Libraries(self)
        self._shuffles = TaskShuffles()
        if init_fn is not None:
            self._begin_with(init_fn)

    def get(self, dsk: Any, keys: Any, **options: Any) -> Any:
        """The values of keys of a graph, in the shape of `keys`: tuples where there are lists.

        Options: see docs/DASK.md. Raises what a node raised; KeyError for a key that is not in the graph. Ctrl-C ends
        the graph, and the manager stays as it is.
        """
        told = Options.of(options)
        nodes = Nodes(dsk, told.trees, told.low_memory_mode)
        refuse_shuffles_on_disk(nodes.group_names)
        warn_of_stores_in_memory(nodes.graph, nodes.group_names)
        ends = {key: nodes.end_of(key) for key in flatten(keys)}
        wanted = list(dict.fromkeys(ends.values()))
        with registered(options) as callbacks:
            watchers = Watchers(nodes, callbacks)
            watchers.wrapper_proc = told.wrapper_proc
            watchers.account = Account() if told.verbose else None
            failed = True
            try:
                watchers.begin(nodes.graph)
                values = self._compute(nodes, wanted, watchers, told)
                failed = False
            finally:
                watchers.end(nodes.graph, failed)
                if watchers.account is not None:
                    watchers.account.close(failed)
        return nested(keys, {key: values[end] for key, end in ends.items()})

    __call__ = get
    dask_get = get

    def _begin_with(self, init_fn: Callable[[DaskVine], Any]) -> None:
        try:
            init_fn(self)
        except BaseException:
            self.close()
            raise

    def as_dask(self) -> Any:
        """While its `with` block runs, all of Dask uses this manager; shuffles pass through the workers."""
        return dask.config.set({"scheduler": self.get, SETTING: "tasks"})

    def close(self) -> None:
        super().close()
        self._shuffles.release()

    def __reduce__(self) -> tuple[Any, ...]:
        """Nodes may name the manager: what they compute with it, they compute by themselves."""
        alone = {"get": get_sync, "dask_get": get_sync, "as_dask": contextlib.nullcontext}
        return functools.partial, (get_sync,), (get_sync, (), {}, alone)

    def _compute(self, nodes: Nodes, ends: list[int], watchers: Watchers, told: Options) -> dict[int, Any]:
        values = {end: nodes.value_of_data(end) for end in ends if nodes.is_data(end)}
        wanted = [end for end in ends if end not in values]
        if not wanted:
            return values
        shown = not told.progress_disable and not watchers.any and watchers.account is None
        with ProgressBar(nodes.tasks_for(wanted) if shown else 0, told.progress_label, shown) as bar:
            watchers.bar = bar
            watched = watchers.any or bar.shown or watchers.account is not None
            wishes = told.wishes(nodes, self._dask_libraries, watched, watchers.wants_values)
            try:
                run = GraphRun(self, nodes, wanted, wishes)
                run.run(watchers)
            except NodeFailure as failure:
                if told.reruns_locally and failure.key is not None:
                    get_sync(nodes.graph, failure.key)
                raise failure.error from failure.error.__cause__
        values.update((end, run.values[end]) for end in wanted)
        return values
