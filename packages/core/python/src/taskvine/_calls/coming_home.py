"""What comes back from workers: from bytes to objects."""

from __future__ import annotations

import functools
import io
import pickle
import re
from collections.abc import Callable, Iterable
from typing import Any

from cloudpickle import cloudpickle

_CLOUDPICKLE = "cloudpickle.cloudpickle"
_MAKERS = ("_make_skeleton_class", "_make_skeleton_enum")
_SETTER = "_class_setstate"
#: In each pickle that has the code of a class in it.
_HAS_CLASSES = re.compile(_SETTER.encode())


def load_from_worker(data: bytes | memoryview, buffers: Iterable[Any] = ()) -> Any:
    """A pickle of a worker. Classes that are here stay as they are: what became of their attributes at the worker is
    not written over them, nor over their methods."""
    if _HAS_CLASSES.search(data) is None:
        return pickle.loads(data, buffers=buffers)
    return _AtHome(io.BytesIO(data), buffers=buffers).load()


class _AtHome(pickle.Unpickler):
    """Fills only classes that it has made itself."""

    def __init__(self, stream: io.BytesIO, buffers: Iterable[Any]) -> None:
        super().__init__(stream, buffers=buffers)
        self._known: set[type] = set()

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name)
        if module == _CLOUDPICKLE and name in _MAKERS:
            return functools.partial(self._make, found)
        if module == _CLOUDPICKLE and name == _SETTER:
            return functools.partial(self._fill, found)
        return found

    def _make(self, make: Callable[..., type], *args: Any) -> type:
        """The class of that identity, where there is one."""
        here = set(getattr(cloudpickle, "_DYNAMIC_CLASS_TRACKER_BY_CLASS", ()))
        cls = make(*args)
        if cls in here:
            self._known.add(cls)
        return cls

    def _fill(self, fill: Callable[[type, Any], type], cls: type, state: Any) -> type:
        return cls if cls in self._known else fill(cls, state)
