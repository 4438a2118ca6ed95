"""Arguments and results of functions: from objects to bytes, and back."""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import operator
import pickle
import threading
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from .._wire import gateway_pb2 as wire
from ..errors import VineError, bad_argument
from .coming_home import load_from_worker
from .own_modules import PICKLE_PROTOCOL, OwnModules, dump_with_modules

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


class StandsForValue:
    """In the arguments of a call it stands for something that the function is given instead of it."""

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[object]]:
        mounter = _pickling.mounter
        if mounter is None:
            raise TypeError(f"{self!r} can only be pickled as an argument of a FunctionCall")
        return _Input(mounter.mount(self)).__reduce__()


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
def mounting(mounter: Mounter | None) -> Iterator[None]:
    """Files and calls that are pickled meanwhile become inputs."""
    before = _pickling.mounter
    _pickling.mounter = mounter
    try:
        yield
    finally:
        _pickling.mounter = before


class _Naming(pickle.Pickler):
    """Writes the name of an input where something stands for it: a host's pickles read that at once."""

    def __init__(self, stream: io.BytesIO, mounter: Mounter) -> None:
        super().__init__(stream, PICKLE_PROTOCOL)
        self._mount = mounter.mount

    def persistent_id(self, thing: Any) -> str | None:
        return self._mount(thing) if isinstance(thing, StandsForValue) else None


def dump_arguments(args: tuple[Any, ...], kwargs: dict[str, Any], mounter: Mounter | None = None) -> bytes:
    """Raises BAD_ARGUMENT when something in them cannot be pickled.

    `mounter`: names what stands for values in them, for a host that knows such names.
    """
    call = (args, kwargs)
    try:
        data = pickle.dumps(call, PICKLE_PROTOCOL) if mounter is None else _dump_naming(call, mounter)
    except VineError:
        raise
    except Exception:
        data = None
    if data is not None and not names_something(data):
        return data
    with mounting(mounter or _pickling.mounter):
        return _dump_with_care(call, data)


def _dump_with_care(call: object, data: bytes | None) -> bytes:
    """`data`: its pickle, as far as that can be made, if nothing that it names is missing at the worker."""
    own = OwnModules()
    if data is not None:
        own, is_main = _own_modules_in(call)
        if not own.needed and not is_main:
            return data
    return _dump(call, own, "the arguments")


def _dump_naming(thing: object, mounter: Mounter) -> bytes:
    with io.BytesIO() as stream:
        _Naming(stream, mounter).dump(thing)
        return stream.getvalue()


def names_something(data: bytes) -> bool:
    """May a pickle name a class or function? Then it has to be seen whether that exists at the worker."""
    return _STACK_GLOBAL in data


class _Scout(pickle.Pickler):
    """Notes all classes and functions that a pickle names."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), PICKLE_PROTOCOL)
        self.named: list[object] = []

    def reducer_override(self, thing: Any) -> Any:
        self.named.append(thing if isinstance(thing, type) or callable(thing) else type(thing))
        return NotImplemented


def _own_modules_in(thing: object) -> tuple[OwnModules, bool]:
    """Modules of the program that a pickle of something needs, and whether it names the program itself."""
    scout = _Scout()
    scout.dump(thing)
    return OwnModules(*scout.named), any(getattr(one, "__module__", None) == "__main__" for one in scout.named)


def dump_by_value(thing: object, *functions: Callable[..., Any]) -> bytes:
    """Pickles functions so that workers need not have the modules of this program. Raises BAD_ARGUMENT."""
    names = ", ".join(name_of(function) for function in functions)
    return _dump(thing, OwnModules(*functions), names or "this")


def _dump(thing: object, own: OwnModules, what: str) -> bytes:
    try:
        return dump_with_modules(thing, own)
    except VineError:
        raise
    except Exception as cause:
        names = ", ".join(sorted(module.__name__ for module in own.needed))
        if not names:
            raise bad_argument(f"{what} cannot be pickled: {cause}") from cause
        hint = "Modules of the program travel with what uses them: install them at the workers where they cannot."
        raise bad_argument(f"{what} cannot be pickled, with {names}: {cause}", hint) from cause


def load_value(data: bytes) -> Any:
    """Raises BAD_ARGUMENT with a sentence where the value cannot be made here."""
    first = data[0] if data else 0
    if first == _PICKLE:
        try:
            return load_from_worker(data)
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
