"""Nodes as bytes: neighbours together, so that functions and long names are written once."""

from __future__ import annotations

import io
import operator
import pickle
import sys
import types
from collections.abc import Iterator, Sequence
from typing import Any

import cloudpickle
from taskvine._calls.own_modules import by_value, is_own_module

from .._graph.futures import is_future, value_of_future
from ..errors import unpicklable

#: Buffers from this on go into files of their own; batches from that on are split.
_LARGE = 1 << 20
_MOST_BYTES = 4 << 20
_PROTOCOL = 5


class Pickled:
    """A batch: so many nodes, and buffers that are too large to be written among them."""

    def __init__(self, count: int, data: bytes, buffers: list[memoryview]) -> None:
        self.count = count
        self.data = data
        self.buffers = buffers


def pickle_nodes(
    form: str, nodes: Sequence[tuple[Any, Any]], keys: Sequence[Any], wrapper: Any = None
) -> Iterator[Pickled]:
    """One batch, or several where one would be too large. Raises TypeError naming the key of what cannot be pickled.

    `wrapper`: a function that runs the nodes; they get their keys with them then.
    """
    told = nodes if wrapper is None else [((key, node), needs) for key, (node, needs) in zip(keys, nodes)]
    try:
        data, buffers = _dump((form, list(told), wrapper))
    except Exception as error:
        if len(nodes) == 1:
            raise unpicklable(keys[0], error) from error
    else:
        if len(nodes) == 1 or (not buffers and len(data) <= _MOST_BYTES):
            yield Pickled(len(nodes), data, buffers)
            return
    half = len(nodes) // 2
    yield from pickle_nodes(form, nodes[:half], keys[:half], wrapper)
    yield from pickle_nodes(form, nodes[half:], keys[half:], wrapper)


def _dump(thing: Any) -> tuple[bytes, list[memoryview]]:
    buffers: list[memoryview] = []

    def keep(buffer: pickle.PickleBuffer) -> bool:
        raw = buffer.raw()
        if raw.nbytes < _LARGE:
            return True
        buffers.append(raw)
        return False

    target = io.BytesIO()
    try:
        _Plain(target, keep).dump(thing)
        return target.getvalue(), buffers
    except Exception:
        del buffers[:]
    target = io.BytesIO()
    with by_value(_own_modules()):
        _Full(target, _PROTOCOL, buffer_callback=keep).dump(thing)
    return target.getvalue(), buffers


def _own_modules() -> list[types.ModuleType]:
    """The modules of the program: their code travels with what is pickled."""
    return [module for name, module in list(sys.modules.items()) if name != "__main__" and _is_own(name)]


class _ByValue(Exception):
    """Something has to travel with its code."""


_FUNCTIONS = (types.FunctionType, type)
_known: dict[str, bool] = {}


class _Plain(pickle.Pickler):
    """Gives up at what the workers cannot import."""

    def __init__(self, target: io.BytesIO, keep: Any) -> None:
        super().__init__(target, _PROTOCOL, buffer_callback=keep)

    def reducer_override(self, thing: Any) -> Any:
        if isinstance(thing, _FUNCTIONS):
            if _is_own(thing.__module__):
                raise _ByValue
            return NotImplemented
        return _value_of_future(thing) if is_future(thing) else NotImplemented


class _Full(cloudpickle.Pickler):  # type: ignore[misc,unused-ignore]
    """Takes code along."""

    def reducer_override(self, thing: Any) -> Any:
        if not isinstance(thing, type) and is_future(thing):
            return _value_of_future(thing)
        return super().reducer_override(thing)


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
