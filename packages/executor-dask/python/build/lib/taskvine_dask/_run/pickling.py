"""Nodes as bytes: neighbours together, so that functions and long names are written once."""

from __future__ import annotations

import contextlib
import io
import pickle
import sys
import types
from collections.abc import Iterator, Sequence
from typing import Any

import cloudpickle
from taskvine._calls.own_modules import is_own_module

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


def pickle_nodes(form: str, nodes: Sequence[tuple[Any, Any]], keys: Sequence[Any]) -> Iterator[Pickled]:
    """One batch, or several where one would be too large. Raises TypeError naming the key of what cannot be pickled."""
    try:
        data, buffers = _dump((form, list(nodes)))
    except Exception as error:
        if len(nodes) == 1:
            raise unpicklable(keys[0], error) from error
    else:
        if len(nodes) == 1 or (not buffers and len(data) <= _MOST_BYTES):
            yield Pickled(len(nodes), data, buffers)
            return
    half = len(nodes) // 2
    yield from pickle_nodes(form, nodes[:half], keys[:half])
    yield from pickle_nodes(form, nodes[half:], keys[half:])


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
    with _by_value():
        return cloudpickle.dumps(thing, _PROTOCOL, buffer_callback=keep), buffers


@contextlib.contextmanager
def _by_value() -> Iterator[None]:
    """The modules of the program travel with what is pickled meanwhile."""
    known = cloudpickle.list_registry_pickle_by_value()
    new = [one for name, one in list(sys.modules.items()) if name not in known and name != "__main__" and _is_own(name)]
    for module in new:
        cloudpickle.register_pickle_by_value(module)
    try:
        yield
    finally:
        for module in new:
            cloudpickle.unregister_pickle_by_value(module)


class _ByValue(Exception):
    """Something has to travel with its code."""


_FUNCTIONS = (types.FunctionType, type)
_known: dict[str, bool] = {}


class _Plain(pickle.Pickler):
    """Gives up at what the workers cannot import."""

    def __init__(self, target: io.BytesIO, keep: Any) -> None:
        super().__init__(target, _PROTOCOL, buffer_callback=keep)

    def reducer_override(self, thing: Any) -> Any:
        if isinstance(thing, _FUNCTIONS) and _is_own(thing.__module__):
            raise _ByValue
        return NotImplemented


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
