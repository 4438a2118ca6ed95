"""Arguments and results: from objects to bytes, and back."""

from __future__ import annotations

import fractions
import functools
import importlib.util
import io
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from taskvine import VineError
from taskvine._calls.function_files import FunctionFiles
from taskvine._calls.values import StandsForValue, dump_arguments, dump_by_value, load_value, mounting
from taskvine.errors import RemoteError, RemoteTraceback, remote_exception
from taskvine.files import File

BESIDE = """
class Box:
    def __init__(self, content):
        self.content = content

def double(x):
    return helper(x) * 2

def helper(x):
    return x + 1
"""


class Stand(StandsForValue):
    pass


class Reading(pickle.Unpickler):
    """As the host of a function reads arguments."""

    def persistent_load(self, pid: str) -> str:
        return f"<{pid}>"


def read(data: bytes) -> Any:
    return Reading(io.BytesIO(data)).load()


class Names:
    def __init__(self) -> None:
        self.things: list[object] = []

    def mount(self, thing: object) -> str:
        if thing not in self.things:
            self.things.append(thing)
        return f"input-{self.things.index(thing)}"


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there where a call runs."""
    module = ModuleType("taskvine_call")
    module.__dict__["resolve"] = lambda name: f"<{name}>"
    monkeypatch.setitem(sys.modules, "taskvine_call", module)


@pytest.mark.usefixtures("host")
def test_what_stands_for_a_value_is_resolved_where_the_call_runs_at_any_depth() -> None:
    one, other = Stand(), Stand()
    with mounting(Names()):
        data = dump_arguments(([one, {"deep": (other, one)}], 5), {"k": other})
    args = (["<input-0>", {"deep": ("<input-1>", "<input-0>")}], 5)
    assert pickle.loads(data) == (args, {"k": "<input-1>"})


def test_where_the_host_knows_names_they_are_all_that_is_written() -> None:
    one, other = Stand(), Stand()
    data = dump_arguments(([one, {"deep": (other, one)}], 5), {"k": other}, Names())
    assert read(data) == ((["<input-0>", {"deep": ("<input-1>", "<input-0>")}], 5), {"k": "<input-1>"})
    assert b"taskvine_call" not in data


@pytest.mark.usefixtures("host")
def test_names_also_work_beside_what_has_to_travel_with_its_code() -> None:
    data = dump_arguments((fractions.Fraction(1, 3), Stand()), {}, Names())
    assert read(data) == ((fractions.Fraction(1, 3), "<input-0>"), {})
    (function, value), _ = read(dump_arguments((lambda x: x + 1, Stand()), {}, Names()))
    assert (function(1), value) == (2, "<input-0>")


@pytest.mark.usefixtures("host")
def test_it_also_works_beside_what_only_cloudpickle_can_write() -> None:
    with mounting(Names()):
        data = dump_arguments((lambda x: x + 1, Stand()), {})
    (function, value), _ = pickle.loads(data)
    assert (function(1), value) == (2, "<input-0>")


def test_outside_of_the_arguments_of_a_call_it_cannot_be_pickled() -> None:
    with pytest.raises(TypeError, match="only be pickled as an argument"):
        pickle.dumps(Stand())


def test_an_argument_that_cannot_be_pickled_is_refused_where_the_call_is_made() -> None:
    with pytest.raises(VineError, match="arguments cannot be pickled") as refused:
        dump_arguments((threading.Lock(),), {})
    assert refused.value.code == "BAD_ARGUMENT"


def test_what_the_program_itself_defines_travels_by_value() -> None:
    program = """
import pickle, sys
from taskvine._calls.values import dump_arguments
class Thing:
    pass
sys.stdout.buffer.write(dump_arguments((Thing(),), {}))
"""
    data = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout
    (thing,), _ = pickle.loads(data)
    assert type(thing).__name__ == "Thing"


@pytest.fixture
def beside(tmp_path: Path) -> Iterator[ModuleType]:
    """A module beside the program, which no worker has."""
    path = tmp_path / "beside.py"
    path.write_text(BESIDE)
    spec = importlib.util.spec_from_file_location("beside", path)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["beside"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    sys.modules.pop("beside", None)


def test_a_function_of_a_module_beside_the_program_travels_by_value(beside: ModuleType) -> None:
    wrapped = functools.partial(beside.double)
    pickles = [dump_by_value(beside.double, beside.double), dump_by_value(wrapped, wrapped)]
    del sys.modules["beside"]
    assert [pickle.loads(data)(1) for data in pickles] == [4, 4]


def test_so_do_classes_of_such_a_module_that_arguments_are_of(beside: ModuleType) -> None:
    data = dump_arguments(([beside.Box(5)],), {"kind": beside.Box})
    program = (
        "import pickle, sys\n(boxes,), named = pickle.loads(sys.stdin.buffer.read())\nprint(boxes[0].content, named)"
    )
    ran = subprocess.run([sys.executable, "-c", program], input=data, capture_output=True, check=True)
    assert ran.stdout.startswith(b"5 {'kind': <class 'beside.Box'>}")
    assert type(pickle.loads(data)[0][0][0]) is beside.Box


def test_what_is_installed_everywhere_travels_by_name() -> None:
    assert b"fractions" in dump_arguments((fractions.Fraction(1, 3),), {})
    assert len(dump_arguments((fractions.Fraction(1, 3),), {})) < 200


def test_a_value_says_itself_how_it_is_written() -> None:
    assert load_value(pickle.dumps({1: 2})) == {1: 2}
    assert load_value(b'{"a": [1]}') == {"a": [1]}
    with pytest.raises(VineError, match="JavaScript"):
        load_value(b"\xff\x0f")


def test_a_value_whose_module_is_missing_here_says_so() -> None:
    with pytest.raises(VineError, match=r"cannot be unpickled here.*nowhere"):
        load_value(b"\x80\x04cnowhere\nThing\n.")


def test_a_remote_exception_keeps_its_type_and_has_the_remote_traceback_as_cause() -> None:
    error = remote_exception("KeyError: 'x'", "Traceback: there", pickle.dumps(KeyError("x")))
    assert isinstance(error, KeyError)
    assert isinstance(error.__cause__, RemoteTraceback)
    assert "Traceback: there" in str(error.__cause__)


@pytest.mark.parametrize("data", [b"", b"rubbish", b"\x80\x04cnowhere\nOops\n.", pickle.dumps("a text")])
def test_an_exception_that_cannot_be_made_here_is_a_remote_error_with_its_text(data: bytes) -> None:
    error = remote_exception("Oops: it broke", "there", data)
    assert type(error) is RemoteError
    assert "Oops: it broke" in str(error)


FACTOR = 2


def scaled(x: int) -> int:
    return x * FACTOR


class Sent:
    """Counts the functions that were declared."""

    def __init__(self) -> None:
        self.pickles: list[bytes] = []
        self.files = FunctionFiles(self._declare)

    def _declare(self, _name: str, data: bytes) -> File:
        self.pickles.append(data)
        return File(None, len(self.pickles), "buffer", "")  # type: ignore[arg-type]


def test_a_function_is_pickled_and_declared_once() -> None:
    sent = Sent()
    assert len({sent.files.known(scaled, "f").file.number for _ in range(3)}) == 1
    assert len(sent.pickles) == 1


def test_a_function_is_pickled_again_when_a_global_that_it_names_is_another_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent = Sent()
    first = sent.files.known(scaled, "f").file
    monkeypatch.setattr(sys.modules[__name__], "FACTOR", 3)
    second = sent.files.known(scaled, "f").file
    assert first.number != second.number
    assert [pickle.loads(data)(5) for data in sent.pickles] == [10, 15]


def test_two_functions_of_the_same_code_have_their_own_surroundings() -> None:
    def adder(n: int) -> Any:
        return lambda x: x + n

    sent = Sent()
    numbers = [sent.files.known(adder(n), "f").file.number for n in (1, 2, 1)]
    assert numbers[0] == numbers[2] != numbers[1]
