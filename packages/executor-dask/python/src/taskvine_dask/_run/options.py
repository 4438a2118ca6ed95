"""What users say of how a graph is to run, in words of Dask and of DaskVine."""

from __future__ import annotations

import functools
import os
from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import dask
from taskvine import File
from taskvine.errors import bad_argument
from taskvine.units import to_seconds

from .._graph.annotations import number_of
from .._graph.nodes import Nodes
from .classes import classes_of, names_of
from .functions import FUNCTIONS_FILE, LibraryFunctions
from .graph import Wishes
from .library import Libraries, LibraryWishes, amounts
from .sizing import MEASURING, mode_of

_LOST_RETRIES = 5
_MODES = {"tasks": "fork", "function-calls": "direct"}
_ORDERS = (
    "FIFO",
    "LIFO",
    "breadth-first",
    "depth-first",
    "random",
    "largest-input-first",
    "largest-storage-footprint-first",
    "longest-category-first",
    "shortest-category-first",
)
#: What `scheduling_mode` may name beside an order, here or in the original: placement policies.
_POLICIES = {
    **{name: name for name in ("most-cached", "best-fit", "worst-fit", "most-disk", "fastest", "first-come")},
    "files": "most-cached",
    "disk": "most-disk",
    "time": "fastest",
    "fcfs": "first-come",
    "worst": "worst-fit",
    "rand": "random",
}
#: Bytes of values that a process keeps for the nodes after.
_NOTHING_KEPT = {"VINE_DASK_MEMORY": "0"}


@dataclass
class Options:
    """Of one `get`. All else that is given to it is for others, and left alone."""

    #: Archive of an environment for Python, with bin/python in it.
    environment: File | str | None = None
    #: Each process that runs nodes unpacks the environment for itself.
    env_per_task: bool = False
    #: Files at the side of nodes, by the names that they get; or names by files; or paths.
    extra_files: Any = None
    env_vars: Mapping[str, Any] = field(default_factory=dict)
    #: False: every value is brought to the manager.
    worker_transfers: bool = True
    lazy_transfers: bool = True
    #: Tells by graph and key which values are brought to the manager.
    checkpoint_fn: Callable[[Any, Any], bool] | None = None
    #: Of each process that runs nodes: cores, memory, disk (megabytes, or text), gpus.
    resources: Mapping[str, Any] | None = None
    #: How it is found what the nodes of each name get of this: see `mode_of`. None: all of it.
    resources_mode: Any = None
    #: The same and "slots", processes that share the resources; they count more.
    lib_resources: Mapping[str, Any] | None = None
    lib_modules: Any = None
    #: Functions that are part of the library: nodes refer to them.
    lib_extra_functions: Any = None
    hoisting_modules: Any = None
    import_modules: Any = None
    lib_command: str | None = None
    init_command: str | None = None
    #: Further tries of nodes that raise; left out: none. Nodes of lost workers run again in any case.
    retries: int | None = None
    #: "function-calls": nodes share processes; "tasks": each call has one of its own.
    task_mode: str = "function-calls"
    task_priority_mode: str | None = None
    #: At which workers processes are started first; or an order, which was meant in some versions of the original.
    scheduling_mode: str | None = None
    #: Names or hosts of workers that run nodes; and whether others do while none of these is there.
    workers: Any = None
    allow_other_workers: bool = False
    #: Flat reductions become trees in which so many values go into one.
    reconstruct: bool = False
    merge_size: int = 2
    #: Each call is a node of its own, and goes out by itself; processes keep no values.
    low_memory_mode: bool = False
    #: Nodes that are on their way at a time, at most.
    max_pending: int | None = None
    #: The same for one turn: before more go, what has come meanwhile is heard.
    submit_per_cycle: int | None = None
    #: A value goes when all nodes that lie so many steps or fewer behind it are done; 0: it stays to the end.
    prune_depth: int | None = None
    #: Longest run of one call, seconds or text.
    wall_time: float | str | None = None
    priority: float = 0
    category: str = "dask"
    progress_disable: bool = False
    progress_label: str = "dask"
    #: Tells of each node where it ran, how long, and how large its value is.
    verbose: bool = False
    rerun_exceptions_locally: bool | None = None
    #: Runs nodes: `wrapper(key, function, *args)` gives something and `function(*args)`; and who gets the former.
    wrapper: Callable[..., Any] | None = None
    wrapper_proc: Callable[[Any], Any] | None = print

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Options:
        """Those that we know. None says nothing, but for what is to be done with what wrappers give."""
        told = {name: value for name, value in given.items() if value is not None or name == "wrapper_proc"}
        options = cls(**{name: value for name, value in told.items() if name in cls.__dataclass_fields__})
        if options.retries is not None and not isinstance(options.retries, int):
            raise bad_argument(f"retries is a number, not {options.retries!r}")
        mode_of(options.resources_mode)
        _check_count("submit_per_cycle", options.submit_per_cycle, 1)
        _check_count("prune_depth", options.prune_depth, 0)
        if options.task_mode not in _MODES:
            raise bad_argument(f"task_mode is one of {', '.join(_MODES)}, not {options.task_mode!r}")
        if options.reconstruct and options.merge_size < 2:
            raise bad_argument(f"merge_size is at least 2, not {options.merge_size!r}")
        if options.task_priority_mode not in (None, *_ORDERS):
            raise bad_argument(f"task_priority_mode is one of {', '.join(_ORDERS)}, not {options.task_priority_mode!r}")
        if options.scheduling_mode not in (None, *_ORDERS, *_POLICIES):
            known = ", ".join((*_POLICIES, *_ORDERS))
            raise bad_argument(f"scheduling_mode is one of {known}, not {options.scheduling_mode!r}")
        return options

    @functools.cached_property
    def _functions(self) -> LibraryFunctions:
        return LibraryFunctions(self.lib_extra_functions)

    @property
    def _sizing(self) -> str | None:
        return mode_of(self.resources_mode)

    @property
    def order(self) -> str | None:
        """Which of the ready nodes goes first."""
        if self.task_priority_mode is not None:
            return self.task_priority_mode
        return self.scheduling_mode if self.scheduling_mode in _ORDERS else None

    @property
    def trees(self) -> int | None:
        """How many values go into one where flat reductions become trees."""
        return self.merge_size if self.reconstruct else None

    @property
    def reruns_locally(self) -> bool:
        if self.rerun_exceptions_locally is not None:
            return bool(self.rerun_exceptions_locally)
        return bool(dask.config.get("rerun_exceptions_locally", False))

    def wishes(self, nodes: Nodes, libraries: Libraries, watched: bool, values: bool) -> Wishes:
        """What the executor is told."""
        keys, classes = classes_of(nodes, libraries, self._library(libraries))
        retries = max(0, self.retries or 0)
        options: dict[str, Any] = {
            "watched": watched,
            "values": values,
            "retries": retries,
            "lostRetries": _LOST_RETRIES if self.retries is None else retries,
            "category": self.category,
            "priority": self.priority,
        }
        if self.wall_time is not None:
            options["wallTimeMs"] = round(to_seconds("wall_time", self.wall_time) * 1_000)
        if not self._passes_values_on:
            options["staysApart"] = True
        if self.order is not None:
            options["mode"] = self.order
        if self.wrapper is not None or self.low_memory_mode:
            options["alone"] = True
        if self.max_pending is not None and self.max_pending > 0:
            options["maxPending"] = self.max_pending
        if self.submit_per_cycle is not None:
            options["maxPerTurn"] = self.submit_per_cycle
        if self.prune_depth is not None:
            options["pruneDepth"] = self.prune_depth
        if self._sizing is not None:
            options["resourcesMode"] = self._sizing
        told = nodes.annotations
        return Wishes(
            keys,
            options,
            priorities=_by_number(nodes, told.get("priority"), array("d", [0])),
            retries=_by_number(nodes, told.get("retries"), array("i", [-1])),
            classes=classes,
            homes=self._homes(nodes),
            wrapper=self.wrapper,
            shared=self._functions.shared,
        )

    @property
    def _passes_values_on(self) -> bool:
        return bool(self.worker_transfers and self.lazy_transfers)

    def _library(self, libraries: Libraries) -> LibraryWishes:
        own = dict(self.lib_resources or {})
        slots = max(1, int(own.pop("slots", None) or own.get("cores") or 1))
        files = _named(self.extra_files, libraries)
        functions = self._functions.pickled()
        if functions:
            files[FUNCTIONS_FILE] = libraries.content(functions)
        commands = [command for command in (self.init_command, self.lib_command) if command]
        measuring = {} if self._sizing is None else MEASURING
        is_own = bool(self.env_per_task and self.environment is not None)
        wishes = LibraryWishes(
            resources=amounts({**(self.resources or {}), **own}),
            slots=slots,
            env={**self._variables(libraries), **measuring},
            imports=sorted(
                {*_modules(self.lib_modules), *_modules(self.hoisting_modules), *_modules(self.import_modules)}
            ),
            files=files,
            init_command=" && ".join(commands),
            exec_mode=_MODES[self.task_mode],
            environment=None if self.environment is None else libraries.environment(self.environment, packed=is_own),
            own_environment=is_own,
            workers=names_of(self.workers),
            elsewhere=bool(self.allow_other_workers),
            policy=_POLICIES.get(str(self.scheduling_mode)),
        )
        return wishes.with_resources({}) if is_own or measuring else wishes

    def _variables(self, libraries: Libraries) -> dict[str, str]:
        """Of the processes that run nodes."""
        own = {str(name): libraries.text_of(value) for name, value in self.env_vars.items()}
        return {**_NOTHING_KEPT, **own} if self.low_memory_mode else own

    def _homes(self, nodes: Nodes) -> bytes | None:
        if not self._passes_values_on:
            return b"\1" * len(nodes.keys)
        if self.checkpoint_fn is None:
            return None
        return bytes(bool(self.checkpoint_fn(nodes.graph, key)) for key in nodes.keys)


def _check_count(name: str, count: Any, least: int) -> None:
    if count is not None and (not isinstance(count, int) or isinstance(count, bool) or count < least):
        raise bad_argument(f"{name} is a whole number from {least} on, not {count!r}")


def _by_number(nodes: Nodes, told: Mapping[Any, Any] | None, usual: array[Any]) -> array[Any] | None:
    """Figures by node; `usual`: that of the others."""
    if not told:
        return None
    figures = usual * len(nodes.keys)
    for key, value in told.items():
        number, figure = nodes.number.get(key), number_of(value)
        if number is not None and figure is not None:
            figures[number] = figure if usual.typecode == "d" else int(figure)
    return figures


def _named(given: Any, libraries: Libraries) -> dict[str, File]:
    """Files by the names that they get."""
    if not given:
        return {}
    pairs: Iterable[tuple[Any, Any]] = given.items() if isinstance(given, Mapping) else ((one, None) for one in given)
    named: dict[str, File] = {}
    for one, other in pairs:
        file, name = (other, one) if isinstance(other, File) else (one, other)
        if not isinstance(file, File):
            path = os.fspath(file)
            if name is not None and not os.path.exists(path):
                if not os.path.exists(name):
                    raise bad_argument(f"extra_files names {path!r}, and there is no such file here")
                path, name = os.fspath(name), path
            name = name or os.path.basename(path)
            file = libraries.local(path)
        named[str(name)] = file
    return named


def _modules(given: Any) -> list[str]:
    """Names of modules, which may be given as such; functions are nothing that is imported."""
    names = []
    for one in given or ():
        name = one if isinstance(one, str) else getattr(one, "__name__", "")
        if name and (isinstance(one, str) or type(one).__name__ == "module"):
            names.append(name)
    return names
