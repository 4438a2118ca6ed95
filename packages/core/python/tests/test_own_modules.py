"""Modules of the program travel with the functions that use them."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from taskvine import VineError
from taskvine._calls.own_modules import OwnModules, is_own_module
from taskvine._calls.values import dump_by_value

FILES = {
    "own_leaf.py": """
import own_mid
FACTOR = 3
def times(x):
    return x * FACTOR
def back(x):
    return own_mid.six(x)
""",
    "own_mid.py": """
import own_leaf
from own_leaf import times
def six(x):
    return own_leaf.times(x) * 2
def six_by_name(x):
    return times(x) * 2
def six_late(x):
    import own_leaf as leaf
    return leaf.times(x) * 2
def six_of_package(x):
    from own_package import deep
    from own_package.deep import times as deep_times
    return deep.times(x) + deep_times(x)
def six_twice_as_often(x):
    return own_leaf.back(x)
class Six:
    def of(self, x):
        return own_leaf.times(x) * 2
def six_of_class(x):
    return Six().of(x)
""",
    "own_package/__init__.py": "",
    "own_package/deep.py": "from own_leaf import times\n",
    "own_lock.py": "import threading\nLOCK = threading.Lock()\ndef held():\n    return LOCK.locked()\n",
}

READ = "import pickle, sys\nprint(pickle.loads(sys.stdin.buffer.read())(7))"


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield importlib.import_module("own_mid")
    for name in [name for name in sys.modules if name.startswith("own_")]:
        del sys.modules[name]


def elsewhere(function: Callable[..., Any]) -> str:
    """What it gives for 7 in an interpreter that has none of the modules."""
    data = dump_by_value(function, function)
    ran = subprocess.run([sys.executable, "-c", READ], input=data, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
    return ran.stdout.decode().strip()


@pytest.mark.parametrize(
    "name", ["six", "six_by_name", "six_late", "six_of_package", "six_twice_as_often", "six_of_class"]
)
def test_a_module_brings_the_modules_that_it_uses(modules: ModuleType, name: str) -> None:
    assert elsewhere(getattr(modules, name)) == "42"


def test_so_does_a_function_that_holds_one_that_does(modules: ModuleType) -> None:
    six = modules.six
    assert elsewhere(lambda x: -six(-x)) == "42"
    assert elsewhere(lambda x: -modules.six(-x)) == "42"


def test_installed_modules_are_left_where_they_are() -> None:
    own = OwnModules(lambda: (subprocess.run, pytest.fixture))
    assert own.needed == {sys.modules[__name__]}
    assert own.imported == {}


def test_what_cannot_travel_is_told_with_its_module(modules: ModuleType) -> None:
    lock = importlib.import_module("own_lock")
    with pytest.raises(VineError, match=r"held cannot be pickled, with own_lock: .*lock"):
        dump_by_value(lock.held, lock.held)


def test_what_pip_has_put_into_a_folder_of_its_own_is_no_module_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("put_package/__init__.py", "put_package/inner.py", "put_module.py", "put_beside.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "put-1.0.dist-info").mkdir()
    record = "put_package/__init__.py,sha256=x,0\nput_package/inner.py,,\nput_module.py,,\n"
    (tmp_path / "put-1.0.dist-info/RECORD").write_text(record)
    monkeypatch.syspath_prepend(tmp_path)
    names = ("put_package", "put_package.inner", "put_module", "put_beside")
    found = {name: is_own_module(importlib.import_module(name)) for name in names}
    for name in names:
        monkeypatch.delitem(sys.modules, name)
    assert [name for name, is_own in found.items() if is_own] == ["put_beside"]
