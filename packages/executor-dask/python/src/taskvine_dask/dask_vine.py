"""The manager that is a scheduler of Dask."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dask
from taskvine import Manager
from taskvine._link.finding import _checkout

from ._graph.nodes import Nodes, flatten, nested
from ._run.graph import GraphRun, Wishes
from ._run.library import Libraries, LibraryWishes
from ._run.watching import Watchers, registered

_IN_CHECKOUT = Path("packages/executor-dask/dist/index.js")


class DaskVine(Manager):
    """A manager whose `get` runs Dask graphs: `collection.compute(scheduler=m.get)`."""

    def __init__(self, port: int | tuple[int, int] = 0, name: str | None = None, **options: Any) -> None:
        """As for `Manager`."""
        if options.get("connection_file") is None:
            options.setdefault("executor", find_executor())
        super().__init__(port, name, **options)
        self._dask_libraries = Libraries(self)

    def get(self, dsk: Any, keys: Any, **options: Any) -> Any:
        """The values of keys of a graph, in the shape of `keys`: tuples where there are lists."""
        nodes = Nodes(dsk)
        ends = {key: nodes.end_of(key) for key in flatten(keys)}
        with registered(options) as callbacks:
            watchers = Watchers(nodes, callbacks)
            failed = True
            watchers.begin(nodes.graph)
            try:
                values = self._compute(nodes, list(dict.fromkeys(ends.values())), watchers)
                failed = False
            finally:
                watchers.end(nodes.graph, failed)
        return nested(keys, {key: values[end] for key, end in ends.items()})

    __call__ = get
    dask_get = get

    def as_dask(self) -> Any:
        """While its `with` block runs, all of Dask uses this manager; shuffles pass through the workers."""
        return dask.config.set({"scheduler": self.get, "dataframe.shuffle.method": "tasks"})

    def _compute(self, nodes: Nodes, ends: list[int], watchers: Watchers) -> dict[int, Any]:
        values = {end: nodes.value_of_data(end) for end in ends if nodes.is_data(end)}
        wanted = [end for end in ends if end not in values]
        if not wanted:
            return values
        key = self._dask_libraries.key_of(LibraryWishes())
        options = {
            "watched": watchers.any,
            "values": watchers.wants_values,
            "retries": 0,
            "lostRetries": 5,
            "category": "dask",
            "priority": 0,
        }
        run = GraphRun(self, nodes, wanted, Wishes([key], options))
        run.run(watchers)
        values.update((end, run.values[end]) for end in wanted)
        return values


def find_executor() -> str:
    """The executor's module: VINE_DASK_EXECUTOR; that of the checkout that we come from; or the installed package."""
    told = os.environ.get("VINE_DASK_EXECUTOR", "")
    if told:
        return told
    place = _checkout()
    if place is not None and (place / _IN_CHECKOUT).is_file():
        return str(place / _IN_CHECKOUT)
    return "@taskvine/executor-dask"
