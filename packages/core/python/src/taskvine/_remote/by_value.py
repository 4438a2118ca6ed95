"""Pickles that take code along: what cloudpickle loses of classes and functions is in them, too."""

from __future__ import annotations

import functools
import sys
import typing
from typing import Any

import cloudpickle

LRU_CACHE = type(functools.lru_cache(maxsize=None)(int))
_SLOTS = "__slots__"


class ByValue(cloudpickle.Pickler):  # type: ignore[misc,unused-ignore]
    """Classes keep their slots; functions with a cache, and properties with one, may be in them."""

    def reducer_override(self, obj: Any) -> Any:
        if isinstance(obj, functools.cached_property):
            # Before Python 3.12 it holds a lock.
            state = {name: value for name, value in vars(obj).items() if name != "lock"}
            return functools.cached_property, (obj.func,), state
        if isinstance(obj, LRU_CACHE) and not _is_importable(obj):
            return functools.lru_cache(**obj.cache_parameters()), (obj.__wrapped__,)
        reduced = super().reducer_override(obj)
        if isinstance(obj, type) and isinstance(reduced, tuple) and _SLOTS in vars(obj):
            _keep_slots(obj, *reduced[:2])
        return reduced


def _keep_slots(cls: type, make: Any, args: Any) -> None:
    """The class that cloudpickle makes before it fills it gets them: later is too late."""
    if getattr(make, "__name__", "") != "_make_skeleton_class":
        return
    _, _, bases, begun, *_ = args
    if typing.NamedTuple in bases:
        # It sets slots by itself, and refuses those that cloudpickle before version 3 gives it.
        begun.pop(_SLOTS, None)
        begun.setdefault("__module__", cls.__module__)
    else:
        begun.setdefault(_SLOTS, vars(cls)[_SLOTS])


def _is_importable(function: Any) -> bool:
    """Whoever reads the pickle has it, for all that is known here."""
    name = function.__module__
    if name == "__main__" or name in cloudpickle.list_registry_pickle_by_value():
        return False
    found: Any = sys.modules.get(name)
    for part in function.__qualname__.split("."):
        found = getattr(found, part, None)
    return found is function
