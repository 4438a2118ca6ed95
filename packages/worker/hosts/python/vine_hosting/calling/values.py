"""Arguments and results, as JSON or as pickles."""

from __future__ import annotations

import copyreg
import io
import json
import pickle
from typing import Any, Callable, List

import taskvine_call

from ..wire.frames import Bytes

#: That of Python 3.8: what is here may be newer than what reads it.
PICKLE_PROTOCOL = 5
PICKLE = b"\x80"
STRUCTURED_CLONE = b"\xff"
#: Pickle writes it as an instruction of its own: an object is made, and __init__ not called.
_NEW_OBJECT: Any = vars(copyreg)["__newobj__"]


class UnreadableValue(Exception):
    """A value in an encoding that Python cannot read; the text is a sentence."""


class UnwritableValue(Exception):
    """A result that cannot travel; the text is a sentence."""


class NoCloudpickle(Exception):
    """Something needs cloudpickle, which is not installed here."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} needs the package cloudpickle, which this Python does not have; "
            "install it on the workers: pip install cloudpickle"
        )


def read_arguments(encoding: str, data: Bytes) -> tuple[Any, dict[str, Any]]:
    """Positional and named arguments. Their placeholders are resolved against the call in progress."""
    if encoding == "pickle":
        args, kwargs = load_with_inputs(data)
        return args, kwargs
    if encoding != "json":
        raise UnreadableValue(
            f"the arguments are written as {encoding!r}, which Python cannot read; call with JSON or pickle"
        )
    said = json.loads(data) if data else []
    if not isinstance(said, list):
        raise UnreadableValue("JSON arguments should be a list of two: a list and an object")
    args = said[0] if said else []
    kwargs = said[1] if len(said) > 1 else {}
    if not isinstance(args, list) or not isinstance(kwargs, dict):
        raise UnreadableValue("JSON arguments should be a list of two: a list and an object")
    return args, kwargs


class _WithInputs(pickle.Unpickler):
    """Reads what stands for an input, by its name, as that input."""

    persistent_load = staticmethod(taskvine_call.resolve)


def load_with_inputs(data: Bytes) -> Any:
    """A pickle whose persistent ids are names of the inputs of the call in progress."""
    return _WithInputs(io.BytesIO(data)).load()


def fill_placeholders(value: Any) -> Any:
    """JSON with every {"$vine": name} replaced by the input of that name."""
    if isinstance(value, list):
        return [fill_placeholders(item) for item in value]
    if isinstance(value, dict):
        name = value.get("$vine")
        if len(value) == 1 and isinstance(name, str):
            return taskvine_call.resolve(name)
        return {key: fill_placeholders(item) for key, item in value.items()}
    return value


def read_value(data: Bytes, name: str) -> Any:
    """A value that another call or the application wrote; its first byte says how."""
    if data[:1] == PICKLE:
        return pickle.loads(data)
    if data[:1] == STRUCTURED_CLONE:
        raise UnreadableValue(
            f"the input {name!r} was written by JavaScript as a structured clone, which Python cannot read; "
            "let the call that makes it answer in JSON"
        )
    try:
        return json.loads(data)
    except ValueError as error:
        raise UnreadableValue(f"the input {name!r} is neither a pickle nor JSON: {error}") from None


def read_value_file(path: str, name: str) -> Any:
    """The same from a file. What is large in a pickle is read into its place."""
    with open(path, "rb") as opened:
        if opened.peek(1)[:1] == PICKLE:
            return pickle.load(opened)
        return read_value(opened.read(), name)


class _Pieces(List[Bytes]):
    """Takes a pickle as it is written: large bytes come as they are, and are not copied."""

    write = list.append


def write_value(encoding: str, value: Any) -> list[Bytes]:
    """In pieces, one after the other."""
    if encoding == "json":
        return [_write_json(value)]
    try:
        pieces = _Pieces()
        pickle.Pickler(pieces, PICKLE_PROTOCOL).dump(value)
        if not any(map(_names_main, pieces)):
            return pieces
    except Exception:
        pass
    return [_write_by_value(value)]


def _names_main(data: Bytes) -> bool:
    """May it name something of the program itself? Without that instruction of pickles it names nothing."""
    return b"\x93" in data and b"__main__" in data


def _write_json(value: Any) -> bytes:
    try:
        return json.dumps(value, separators=(",", ":"), allow_nan=False).encode("utf-8")
    except (TypeError, ValueError, RecursionError) as error:
        raise UnwritableValue(f"the result, {described(value)}, cannot be written as JSON: {error}") from None


def _write_by_value(value: Any) -> bytes:
    """Classes and functions of the program itself travel with their code."""
    try:
        import cloudpickle
    except ImportError:
        raise NoCloudpickle(f"the result, {described(value)},") from None
    try:
        data: bytes = cloudpickle.dumps(value, PICKLE_PROTOCOL)
        return data
    except Exception as error:
        raise UnwritableValue(f"the result, {described(value)}, cannot be pickled: {error}") from None


def described(value: Any) -> str:
    kind = type(value)
    name = (
        kind.__qualname__
        if kind.__module__ in ("builtins", "__main__")
        else f"{kind.__module__}.{kind.__qualname__}"
    )
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def load_pickle_file(path: str) -> Any:
    with open(path, "rb") as opened:
        return pickle.load(opened)


def dump_exception(error: BaseException) -> bytes:
    """A pickle of the exception with its causes; b"" when it cannot be pickled, or not be read again."""
    for reduce in (reduce_with_cause, reduce_without_init):
        try:
            written = _pickled_exception(error, reduce)
            if isinstance(pickle.loads(written), type(error)):
                return written
        except Exception:
            continue
    return b""


def _pickled_exception(error: BaseException, reduce: Callable[[Any], Any]) -> bytes:
    for pickler, is_by_value in _picklers(reduce):
        target = io.BytesIO()
        try:
            pickler(target, PICKLE_PROTOCOL).dump(error)
        except Exception:
            continue
        written = target.getvalue()
        if is_by_value or b"__main__" not in written:
            return written
    return b""


def _picklers(reduce: Callable[[Any], Any]) -> list[tuple[Any, bool]]:
    class ByName(pickle.Pickler):
        def reducer_override(self, obj: Any) -> Any:
            return reduce(obj)

    try:
        from cloudpickle import CloudPickler
    except ImportError:
        return [(ByName, False)]

    class ByValue(CloudPickler):  # type: ignore[misc,unused-ignore]
        def reducer_override(self, obj: Any) -> Any:
            reduced = reduce(obj)
            return super().reducer_override(obj) if reduced is NotImplemented else reduced

    return [(ByName, False), (ByValue, True)]


def reduce_with_cause(obj: Any) -> Any:
    """How to write an exception so that reading sets its __cause__ too, which pickle leaves out."""
    if not isinstance(obj, BaseException) or obj.__cause__ is None:
        return NotImplemented
    reduced = obj.__reduce_ex__(PICKLE_PROTOCOL)
    own_state = type(obj).__setstate__ is not BaseException.__setstate__
    if not isinstance(reduced, tuple) or len(reduced) > 3 or own_state:
        return NotImplemented
    state = dict(reduced[2]) if len(reduced) == 3 and reduced[2] else {}
    return (reduced[0], reduced[1], {**state, "__cause__": obj.__cause__})


def reduce_without_init(obj: Any) -> Any:
    """The same without a call of the class, which may ask for other arguments than its `args`."""
    kind: Any = type(obj)
    if not isinstance(obj, BaseException) or not _is_written_as_usual(kind, BaseException, object):
        return NotImplemented
    cause = {} if obj.__cause__ is None else {"__cause__": obj.__cause__}
    return (_NEW_OBJECT, (kind, *obj.args), {**vars(obj), **cause})


def _is_written_as_usual(kind: Any, base: Any, root: Any) -> bool:
    own = (kind.__reduce__, kind.__reduce_ex__, kind.__setstate__)
    return own == (base.__reduce__, root.__reduce_ex__, base.__setstate__)
