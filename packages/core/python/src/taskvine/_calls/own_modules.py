"""The modules of the program itself, which no worker has: they travel with the functions that use them."""

from __future__ import annotations

import contextlib
import dis
import functools
import importlib
import importlib.util
import io
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

import cloudpickle

from .._remote.by_value import ByValue

PICKLE_PROTOCOL = 5
#: What a module has of the import system of this program.
_LEFT_HERE = frozenset({"__builtins__", "__cached__", "__loader__", "__spec__"})


def _installed() -> tuple[str, ...]:
    paths = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    return (*(f"{path}/" for path in paths), f"{Path(__file__).parent.parent}/")


_INSTALLED = _installed()


def is_own_module(module: ModuleType | None) -> bool:
    """Does it belong to the program, so that workers do not have it?"""
    path = getattr(module, "__file__", None)
    if module is None or path is None or module.__name__ == "__main__":
        return False
    return _is_own_path(path)


@functools.lru_cache(4096)
def _is_own_path(path: str) -> bool:
    # Debian has its packages where sysconfig does not say.
    if path.startswith(_INSTALLED) or "/dist-packages/" in path or "/site-packages/" in path:
        return False
    parts = Path(path).parts
    folder = next((end for end in range(len(parts) - 1, 0, -1) if str(Path(*parts[:end])) in sys.path), 0)
    return folder == 0 or parts[folder] not in _installed_in(Path(*parts[:folder]))


@functools.lru_cache(256)
def _installed_in(folder: Path) -> frozenset[str]:
    """Names of packages and modules that pip has put into a folder (`pip install --target`)."""
    names: set[str] = set()
    for record in folder.glob("*.dist-info/RECORD"):
        names.update(line.partition("/")[0].partition(",")[0] for line in record.read_text("utf-8").splitlines())
    return frozenset(names)


class OwnModules:
    """The own modules that some functions, classes or modules need: by what they name, at any depth."""

    def __init__(self, *things: object) -> None:
        self.needed: set[ModuleType] = set()
        #: Those that functions import when they are called.
        self.imported: dict[str, ModuleType] = {}
        self._seen: set[int] = set()
        self._waiting: list[object] = list(things)
        while self._waiting:
            self._look_at(self._waiting.pop())

    def _look_at(self, thing: object) -> None:
        if id(thing) in self._seen:
            return
        self._seen.add(id(thing))
        if isinstance(thing, ModuleType):
            if is_own_module(thing):
                self.needed.add(thing)
                self._waiting += _state_of(thing).values()
            return
        if isinstance(thing, CodeType):
            self._look_at_code(thing)
            return
        module = sys.modules.get(_module_name_of(thing))
        is_own = is_own_module(module)
        if is_own and module is not None:
            self.needed.add(module)
        self._waiting += _around(thing)
        if isinstance(thing, type) and (is_own or thing.__module__ == "__main__"):
            self._waiting += [*vars(thing).values(), *thing.__bases__]
        elif isinstance(thing, FunctionType) and (is_own or thing.__module__ in ("__main__", None)):
            self._waiting += [thing.__code__, *_globals_of(thing)]

    def _look_at_code(self, code: CodeType) -> None:
        for name in imported_names(code):
            found = own_modules_at(name)
            self.imported.update(found)
            self._waiting += found.values()


@functools.lru_cache(4096)
def imported_names(code: CodeType, package: str | None = None) -> frozenset[str]:
    """Names of modules that code imports when it runs, and of what it takes from them. `package`: the one around it."""
    names: set[str] = set()
    for const in code.co_consts:
        if isinstance(const, CodeType):
            names |= imported_names(const, package)
    before: list[Any] = [None, None]
    for instruction in dis.get_instructions(code):
        if instruction.opname == "IMPORT_NAME":
            level, taken = before
            name = "." * (level or 0) + str(instruction.argval)
            if package or not level:
                module = importlib.util.resolve_name(name, package)
                names |= {module, *(f"{module}.{one}" for one in taken or ())}
        before = [before[1], instruction.argval]
    return frozenset(names)


def own_modules_at(name: str) -> dict[str, ModuleType]:
    """A module that is imported by its name at the worker has to be found there, with the packages around it. Empty:
    it is none of the program."""
    found: dict[str, ModuleType] = {}
    parts = name.split(".")
    for end in range(1, len(parts) + 1):
        part = ".".join(parts[:end])
        module = sys.modules.get(part) or _import_own(part)
        if not is_own_module(module) or module is None:
            break
        found[part] = module
    return found


def _import_own(name: str) -> ModuleType | None:
    """Imports a module of the program that nobody has imported yet; None for others."""
    with contextlib.suppress(Exception):
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.has_location and spec.origin is not None and _is_own_path(spec.origin):
            return importlib.import_module(name)
    return None


def _module_name_of(thing: object) -> str:
    named = thing if isinstance(thing, type) or callable(thing) else type(thing)
    name = getattr(named, "__module__", None)
    return name if isinstance(name, str) else ""


def _around(thing: object) -> Iterator[object]:
    """What a function, partial, method or wrapper holds; the type of an object."""
    if isinstance(thing, FunctionType):
        yield from thing.__defaults__ or ()
        for cell in thing.__closure__ or ():
            with contextlib.suppress(ValueError):
                yield cell.cell_contents
    elif isinstance(thing, (staticmethod, classmethod, MethodType)):
        yield thing.__func__
    elif isinstance(thing, property):
        yield from (thing.fget, thing.fset, thing.fdel)
    elif isinstance(thing, functools.partial):
        yield from (thing.func, *thing.args, *thing.keywords.values())
    elif not isinstance(thing, type):
        yield type(thing)
    if callable(thing) and not isinstance(thing, type):
        yield getattr(thing, "__wrapped__", None)


def _globals_of(function: FunctionType) -> Iterator[object]:
    """The globals that a function may name."""
    around = function.__globals__
    codes = [function.__code__]
    while codes:
        code = codes.pop()
        yield from (around[name] for name in code.co_names if name in around)
        codes += [const for const in code.co_consts if isinstance(const, CodeType)]


def dump_with_modules(thing: object, own: OwnModules) -> bytes:
    """A pickle that brings these modules along."""
    with by_value(own.needed), io.BytesIO() as stream:
        ModulePickler(stream, own.needed).dump(Bringing(own.imported, thing) if own.imported else thing)
        return stream.getvalue()


class ModulePickler(ByValue):
    """Writes own modules with all that is in them. Two of them may name each other."""

    def __init__(self, stream: io.BytesIO, modules: set[ModuleType], buffer_callback: Any = None) -> None:
        super().__init__(stream, PICKLE_PROTOCOL, buffer_callback=buffer_callback)
        self._modules = modules

    def reducer_override(self, thing: Any) -> Any:
        if isinstance(thing, ModuleType) and thing in self._modules:
            return ModuleType, (thing.__name__,), _state_of(thing)
        return super().reducer_override(thing)


class Bringing:
    """Becomes the thing, where these modules can then be imported."""

    def __init__(self, modules: dict[str, ModuleType], thing: object) -> None:
        self._modules = modules
        self._thing = thing

    def __reduce__(self) -> tuple[Any, tuple[object, object]]:
        return _bring, (self._modules, self._thing)


def _bring(modules: dict[str, ModuleType], thing: object) -> object:
    import sys

    for name, module in modules.items():
        # What was brought before may have been changed since; what the worker has itself stays.
        if getattr(sys.modules.get(name), "__spec__", None) is None:
            sys.modules[name] = module
    return thing


# It travels by value itself: nothing of ours is where it runs.
_bring.__module__ = "__main__"


def _state_of(module: ModuleType) -> dict[str, object]:
    return {name: value for name, value in vars(module).items() if name not in _LEFT_HERE}


@contextlib.contextmanager
def by_value(modules: Iterable[ModuleType]) -> Iterator[None]:
    """What is pickled meanwhile takes the code of these modules along."""
    known = cloudpickle.list_registry_pickle_by_value()
    new = [module for module in modules if module.__name__ not in known and module.__name__ in sys.modules]
    for module in new:
        cloudpickle.register_pickle_by_value(module)
    try:
        yield
    finally:
        for module in new:
            cloudpickle.unregister_pickle_by_value(module)
