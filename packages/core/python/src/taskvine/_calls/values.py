"""Arguments and results of functions: from objects to bytes, and back."""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import operator
import pickle
import sys
import sysconfig
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

import cloudpickle

from .._wire import gateway_pb2 as wire
from ..errors import VineError, bad_argument

PICKLE_PROTOCOL = 5
#: Larger arguments go as a file, from worker to worker where many calls have the same.
LARGE_BYTES = 1024 * 1024
LARGE_INPUT = "vine.args"
FUNCTION_INPUT = "vine.function"
#: The instruction of a pickle that looks something up in a module. By chance it may be in any data.
_STACK_GLOBAL = b"\x93"
_PICKLE = 0x80
_V8 = 0xFF


class Mounter(Protocol):
    """Gives a name to what stands for a value in pickled arguments."""

    def mount(self, thing: object) -> str: ...


class _Pickling(threading.local):
    mounter: Mounter | None = None


_pickling = _Pickling()


class _HostModule:
    """Becomes the module `taskvine_call` where it is unpickled: the host of the function has one."""

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[str]]:
        return importlib.import_module, ("taskvine_call",)


_HOST = _HostModule()


def placeholder(thing: object) -> tuple[Callable[..., Any], tuple[object]]:
    """What `__reduce__` of a thing that stands for a value gives. Raises outside of the arguments of a call."""
    mounter = _pickling.mounter
    if mounter is None:
        raise TypeError(f"{thing!r} can only be pickled as an argument of a FunctionCall")
    return _Input(mounter.mount(thing)).__reduce__()


class _Input:
    """Stands for the value of an input."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[object]]:
        return operator.methodcaller("resolve", self._name), (_HOST,)


def stand_in(name: str) -> bytes:
    """A pickle that is that of an input."""
    return pickle.dumps(_Input(name), PICKLE_PROTOCOL)


@contextlib.contextmanager
def mounting(mounter: Mounter) -> Iterator[None]:
    """Files and calls that are pickled meanwhile become inputs."""
    before = _pickling.mounter
    _pickling.mounter = mounter
    try:
        yield
    finally:
        _pickling.mounter = before


def dump_arguments(args: tuple[Any, ...], kwargs: dict[str, Any]) -> bytes:
    """Raises BAD_ARGUMENT when something in them cannot be pickled."""
    try:
        data = pickle.dumps((args, kwargs), PICKLE_PROTOCOL)
    except VineError:
        raise
    except Exception:
        own: set[ModuleType] = set()
    else:
        if not names_something(data):
            return data
        own, is_main = _own_modules_in((args, kwargs))
        if not own and not is_main:
            return data
    try:
        with _by_value(own):
            return bytes(cloudpickle.dumps((args, kwargs), PICKLE_PROTOCOL))
    except VineError:
        raise
    except Exception as cause:
        raise bad_argument(f"the arguments cannot be pickled: {cause}") from cause


def names_something(data: bytes) -> bool:
    """May a pickle name a class or function? Then it has to be seen whether that exists at the worker."""
    return _STACK_GLOBAL in data


class _Scout(pickle.Pickler):
    """Notes the modules of all classes and functions that a pickle names."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), PICKLE_PROTOCOL)
        self.modules: set[str] = set()

    def reducer_override(self, thing: Any) -> Any:
        kind = thing if isinstance(thing, type) or callable(thing) else type(thing)
        self.modules.add(getattr(kind, "__module__", None) or "")
        return NotImplemented


def _own_modules_in(thing: object) -> tuple[set[ModuleType], bool]:
    """Modules of the program that a pickle of something names, and whether it names the program itself."""
    scout = _Scout()
    scout.dump(thing)
    found = {module for name in scout.modules if is_own_module(module := sys.modules.get(name)) and module is not None}
    return found, "__main__" in scout.modules


def dump_by_value(thing: object, *functions: Callable[..., Any]) -> bytes:
    """Pickles functions so that workers need not have the modules of this program. Raises BAD_ARGUMENT."""
    try:
        with _by_value({module for function in functions for module in _own_modules(function)}):
            return bytes(cloudpickle.dumps(thing, PICKLE_PROTOCOL))
    except VineError:
        raise
    except Exception as cause:
        names = ", ".join(name_of(function) for function in functions)
        raise bad_argument(f"{names or 'this'} cannot be pickled: {cause}") from cause


def load_value(data: bytes) -> Any:
    """Raises BAD_ARGUMENT with a sentence where the value cannot be made here."""
    first = data[0] if data else 0
    if first == _PICKLE:
        try:
            return pickle.loads(data)
        except Exception as cause:
            raise VineError(
                "VALUE_UNREADABLE",
                f"what the function returned cannot be unpickled here: {cause!r}",
                "The modules that it needs must be importable in this program, in the same version.",
            ) from cause
    if first == _V8:
        raise VineError("VALUE_UNREADABLE", "the value was written by JavaScript, for JavaScript")
    return json.loads(data) if data else None


def name_of(function: Callable[..., Any]) -> str:
    return str(getattr(function, "__name__", type(function).__name__))


def encoding_of(data: bytes) -> wire.Encoding:
    return wire.ENCODING_PICKLE if data[:1] == b"\x80" else wire.ENCODING_JSON


@contextlib.contextmanager
def _by_value(modules: set[ModuleType]) -> Iterator[None]:
    known = cloudpickle.list_registry_pickle_by_value()
    new = [module for module in modules if module.__name__ not in known]
    for module in new:
        cloudpickle.register_pickle_by_value(module)
    try:
        yield
    finally:
        for module in new:
            cloudpickle.unregister_pickle_by_value(module)


def _installed() -> tuple[str, ...]:
    paths = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    return (*(f"{path}/" for path in paths), f"{Path(__file__).parent.parent}/")


_INSTALLED = _installed()


def is_own_module(module: ModuleType | None) -> bool:
    """Does it belong to the program, so that workers do not have it?"""
    path = getattr(module, "__file__", None)
    if module is None or path is None or module.__name__ == "__main__":
        return False
    # Debian has its packages where sysconfig does not say.
    return not path.startswith(_INSTALLED) and "/dist-packages/" not in path and "/site-packages/" not in path


def _own_modules(function: object, depth: int = 4) -> set[ModuleType]:
    """The modules of a function, and of functions in it, that belong to the program: workers do not have them."""
    found: set[ModuleType] = set()
    module = sys.modules.get(getattr(function, "__module__", None) or "")
    if module is not None and is_own_module(module):
        found.add(module)
    if depth > 0:
        for inner in _inside(function):
            found |= _own_modules(inner, depth - 1)
    return found


def _inside(function: object) -> Iterator[object]:
    """Functions that a partial, a wrapper or a closure holds."""
    yield from filter(callable, (getattr(function, name, None) for name in ("func", "__func__", "__wrapped__")))
    for cell in getattr(function, "__closure__", None) or ():
        with contextlib.suppress(ValueError):
            if callable(cell.cell_contents):
                yield cell.cell_contents
