"""Nodes as they came: in batches, files that are read once; and how they are run."""

from __future__ import annotations

import base64
import pickle
from collections import OrderedDict
from typing import Any, Callable, Dict, List, Tuple

import taskvine_call

from .memory import map_file
from .writing import written

#: Of what a wrapper gives beside the value.
_MOST_WRAPPED = 40_000
_MOST_BATCHES = 64

#: A node is run by the first of these two.
Batch = Tuple[Callable[..., Any], List[Any]]

#: By path: those used last.
_batches: "OrderedDict[str, Batch]" = OrderedDict()


def batch_of(number: int, buffers: int) -> Batch:
    path = taskvine_call.resolve("b%d" % number)
    batch = _batches.get(path)
    if batch is None:
        parts = [map_file(taskvine_call.resolve("b%d.%d" % (number, index))) for index in range(buffers)]
        with open(path, "rb") as opened:
            form, nodes, wrapper = pickle.load(opened, buffers=parts)
        execute = _execute_tuple if form == "tuples" else _call_node
        batch = _batches[path] = (execute if wrapper is None else Wrapped(execute, wrapper), nodes)
        if len(_batches) > _MOST_BATCHES:
            _batches.popitem(last=False)
    else:
        _batches.move_to_end(path)
    return batch


def _call_node(what: Any, given: Dict[Any, Any]) -> Any:
    """Of a newer Dask: it is called with what it needs."""
    return what(given)


def _execute_tuple(what: Any, given: Dict[Any, Any]) -> Any:
    """Of an older one: a tuple that begins with a function, a list of such, or a value."""
    from dask.core import _execute_task

    return _execute_task(what, given)


class Wrapped:
    """Nodes, each with its key, are run by a function of the program's: it gives something beside the value."""

    def __init__(self, execute: Callable[..., Any], wrapper: Callable[..., Any]) -> None:
        self._execute = execute
        self._wrapper = wrapper
        self._gave: Any = None

    def __call__(self, what: Any, given: Dict[Any, Any]) -> Any:
        key, node = what
        pair = self._wrapper(key, self._execute, node, given)
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise TypeError("a wrapper returns a tuple of its own result and the function's, not %r" % type(pair))
        self._gave, value = pair
        return value

    def take_written(self) -> str:
        """What the wrapper gave beside the last value, as text."""
        text = base64.b64encode(written(self._gave, None)).decode("ascii")
        self._gave = None
        if len(text) > _MOST_WRAPPED:
            raise ValueError("the wrapper's own result takes %d bytes: more than %d" % (len(text), _MOST_WRAPPED))
        return text
