"""Nodes as bytes: neighbours together, so that functions and long names are written once."""

from __future__ import annotations

import importlib
import io
import math
import operator
import pickle
import sys
import types
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from taskvine import Manager
from taskvine._calls.own_modules import (
    Bringing,
    ModulePickler,
    by_value,
    imported_names,
    is_own_module,
    own_modules_at,
)
from taskvine._remote.by_value import LRU_CACHE

from .._graph.futures import is_future, value_of_future
from ..errors import unpicklable

#: Buffers from this on go into files of their own; batches from that on are split.
_LARGE = 1 << 20
_MOST_BYTES = 4 << 20
_PROTOCOL = 5


#: What processes at the workers have already: by its `id` here, its name there.
Shared = Mapping[int, str]
_NOTHING: Shared = {}


class Pickled:
    """A batch: so many nodes, and buffers that are too large to be written among them."""

    def __init__(self, count: int, data: bytes, buffers: list[memoryview]) -> None:
        self.count = count
        self.data = data
        self.buffers = buffers

    @property
    def bytes(self) -> int:
        return len(self.data) + sum(buffer.nbytes for buffer in self.buffers)


class NodePickler:
    """Writes the nodes of one graph."""

    def __init__(self, form: str, wrapper: Any = None, shared: Shared = _NOTHING) -> None:
        """`wrapper`: a function that runs the nodes; they get their keys with them then."""
        self._form = form
        self._wrapper = wrapper
        self._shared = shared

    def pickle(self, nodes: Sequence[tuple[Any, Any]], keys: Sequence[Any]) -> Iterator[Pickled]:
        """One batch, or several where one would be too large.

        Raises TypeError naming the key of what cannot be pickled.
        """
        try:
            whole = self._dump(nodes, keys)
        except Exception as error:
            if len(nodes) == 1:
                raise unpicklable(keys[0], error) from error
            parts = 2
        else:
            parts = self._parts_of(whole, nodes, keys)
            if parts == 1:
                yield whole
                return
            del whole
        size = math.ceil(len(nodes) / parts)
        for at in range(0, len(nodes), size):
            yield from self.pickle(nodes[at : at + size], keys[at : at + size])

    def _parts_of(self, whole: Pickled, nodes: Sequence[tuple[Any, Any]], keys: Sequence[Any]) -> int:
        """How many batches a batch that can be pickled becomes: fewer where its nodes share what makes it large."""
        if len(nodes) == 1 or (not whole.buffers and len(whole.data) <= _MOST_BYTES):
            return 1
        alone = max(self._dump(nodes[at : at + 1], keys[at : at + 1]).bytes for at in (0, len(nodes) - 1))
        unlike = max(1, round(whole.bytes / alone))
        return min(unlike, len(nodes) if whole.buffers else math.ceil(whole.bytes / _MOST_BYTES))

    def _dump(self, nodes: Sequence[tuple[Any, Any]], keys: Sequence[Any]) -> Pickled:
        told = list(nodes)
        if self._wrapper is not None:
            told = [((key, node), needs) for key, (node, needs) in zip(keys, nodes)]
        return Pickled(len(nodes), *dump((self._form, told, self._wrapper), self._shared))


def dump(thing: Any, shared: Shared = _NOTHING, large: float = _LARGE) -> tuple[bytes, list[memoryview]]:
    """The pickle, and beside it buffers as large as that. What the workers cannot import travels with its code."""
    buffers: list[memoryview] = []

    def keep(buffer: pickle.PickleBuffer) -> bool:
        raw = buffer.raw()
        if raw.nbytes < large:
            return True
        buffers.append(raw)
        return False

    target = io.BytesIO()
    try:
        _Plain(target, keep, shared).dump(thing)
        return target.getvalue(), buffers
    except Exception:
        del buffers[:]
    written, imported = _with_code(thing, keep, shared)
    brought: dict[str, types.ModuleType] = {}
    while imported.keys() - brought.keys():
        brought.update(imported)
        del buffers[:]
        try:
            written, imported = _with_code(Bringing(brought, thing), keep, shared)
        except Exception:
            # One of them cannot travel: perhaps the workers have it.
            del buffers[:]
            written, imported = _with_code(thing, keep, shared)[0], {}
    return written, buffers


def _with_code(thing: Any, keep: Any, shared: Shared) -> tuple[bytes, dict[str, types.ModuleType]]:
    """Its pickle, and modules that functions in it import when they are called."""
    modules = {module for name, module in list(sys.modules.items()) if name != "__main__" and _is_own(name)}
    target = io.BytesIO()
    with by_value(modules):
        pickler = _Full(target, modules, keep, shared)
        pickler.dump(thing)
    return target.getvalue(), pickler.imported


class _ByValue(Exception):
    """Something has to travel with its code."""


_FUNCTIONS = (types.FunctionType, type, LRU_CACHE)
_known: dict[str, bool] = {}


class _Plain(pickle.Pickler):
    """Gives up at what the workers cannot import."""

    def __init__(self, target: io.BytesIO, keep: Any, shared: Shared) -> None:
        super().__init__(target, _PROTOCOL, buffer_callback=keep)
        self._shared = shared

    def reducer_override(self, thing: Any) -> Any:
        if id(thing) in self._shared:
            return _reference(self._shared[id(thing)])
        if isinstance(thing, _FUNCTIONS):
            if _is_own(thing.__module__):
                raise _ByValue
            return NotImplemented
        return _value_of_future(thing) if is_future(thing) else NotImplemented


class _Full(ModulePickler):
    """Takes code along."""

    def __init__(self, target: io.BytesIO, modules: set[types.ModuleType], keep: Any, shared: Shared) -> None:
        super().__init__(target, modules, keep)
        self._shared = shared
        #: Own modules that functions import when they are called, by name.
        self.imported: dict[str, types.ModuleType] = {}

    def reducer_override(self, thing: Any) -> Any:
        if id(thing) in self._shared:
            return _reference(self._shared[id(thing)])
        if not isinstance(thing, type) and is_future(thing):
            return _value_of_future(thing)
        if isinstance(thing, types.MethodType) and isinstance(thing.__self__, Manager):
            # Of what stands for the manager there, which has functions of that name.
            return getattr, (thing.__self__, thing.__name__)
        if isinstance(thing, types.FunctionType) and _is_own(thing.__module__ or "__main__"):
            for name in imported_names(thing.__code__, thing.__globals__.get("__package__")):
                self.imported.update(own_modules_at(name))
        return super().reducer_override(thing)


class _RemoteModule:
    """Where processes at the workers have what is shared."""

    def __reduce__(self) -> tuple[Any, ...]:
        return importlib.import_module, ("vine_dask.functions",)


_REMOTE_MODULE = _RemoteModule()


def _reference(name: str) -> tuple[Any, ...]:
    return getattr, (_REMOTE_MODULE, name)


def _value_of_future(future: Any) -> Any:
    """What stands for a value that somebody else computes travels as that value."""
    return operator.getitem, ([value_of_future(future)], 0)


def _is_own(name: str | None) -> bool:
    """A module of the program itself."""
    if name is None:
        return False
    is_own = _known.get(name)
    if is_own is None:
        is_ours = name.partition(".")[0] in ("taskvine", "taskvine_dask")
        is_own = not is_ours and (name == "__main__" or is_own_module(sys.modules.get(name)))
        _known[name] = is_own
    return is_own
