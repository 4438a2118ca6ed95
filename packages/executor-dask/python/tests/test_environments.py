"""Nodes run in a packed environment, at workers whose own Python lacks what it has."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import time
import venv
from pathlib import Path
from typing import Any

import pytest
import taskvine as vine

from taskvine_dask import DaskVine

#: Prints the modules and packages, outside of the standard library, that a worker needs to run nodes.
NEEDED = """
import pathlib, sys, cloudpickle, dask, dask.core, dask.multiprocessing
for name in {name.partition(".")[0] for name in sys.modules}:
    folders = [pathlib.Path(folder) for folder in sys.path if "-packages" in folder]
    places = [place for folder in folders for place in (folder / name, folder / (name + ".py")) if place.exists()]
    print(*places[:1], end="\\n" if places else "")
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A packed virtual environment, gone from where it was made."""
    root = tmp_path_factory.mktemp("environment")
    folder = root / "made-here"
    venv.create(folder, symlinks=True)
    packages = folder / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    told = subprocess.run([sys.executable, "-c", NEEDED], capture_output=True, text=True, check=True).stdout
    for line in told.splitlines():
        place = Path(line)
        if place.is_dir():
            shutil.copytree(place, packages / place.name, ignore=shutil.ignore_patterns("tests"))
        else:
            shutil.copy(place, packages)
    (packages / "only_there.py").write_text("ANSWER = 42\n")
    archive = root / "environment.tar.gz"
    with tarfile.open(archive, "w:gz", compresslevel=1) as tar:
        tar.add(folder, ".")
    shutil.rmtree(folder)
    return archive


def look() -> tuple[int, str]:
    import only_there  # type: ignore[import-not-found,unused-ignore]

    return only_there.ANSWER, sys.prefix


@pytest.mark.parametrize("mode", ["function-calls", "tasks"])
def test_nodes_run_in_it(m: DaskVine, environment: Path, mode: str) -> None:
    graph = {"a": (look,), "b": (lambda a: (a[0] + 1, a[1]), "a")}
    answer, prefix = m.get(graph, "b", environment=str(environment), task_mode=mode, lib_modules=["only_there"])
    assert answer == 43
    assert prefix != sys.prefix


def test_it_may_be_a_declared_file_packed_or_not(m: DaskVine, environment: Path) -> None:
    for file in (m.declare_file(str(environment)), m.declare_environment(str(environment))):
        assert m.get({"a": (look,)}, "a", environment=file)[0] == 42


def test_what_is_no_packed_environment_is_refused(m: DaskVine, tmp_path: Path) -> None:
    for wrong in (tmp_path, tmp_path / "missing.tar.gz", 5):
        with pytest.raises(vine.VineError, match=r"packed environment|travels packed|is a declared file"):
            m.get({"a": (look,)}, "a", environment=wrong)


def meet(number: int, folder: str) -> tuple[str, int]:
    """Two of these run at the same time, in two processes. What one changes in its environment the other may see."""
    import only_there

    place = Path(only_there.__file__).resolve()
    place.with_name(f"changed-{number}").touch()
    Path(folder, str(number)).touch()
    while len(os.listdir(folder)) < 2:
        time.sleep(0.01)
    return str(place), len(list(place.parent.glob("changed-*")))


@pytest.mark.parametrize(
    ("form", "mode"), [("path", "function-calls"), ("declared", "function-calls"), ("unpacked", "tasks")]
)
def test_each_process_may_have_one_of_its_own(tmp_path: Path, environment: Path, form: str, mode: str) -> None:
    with DaskVine(run_info_path=tmp_path / "runs") as manager:
        factory = vine.Factory(manager=manager)
        factory.cores, factory.memory, factory.disk = 2, "2 GB", "4 GB"
        given: Any = str(environment)
        if form != "path":
            given = manager.declare_file(given) if form == "declared" else manager.declare_environment(given)
        told = {"environment": given, "task_mode": mode, "lib_resources": {"cores": 2}}
        with factory:
            for is_own in (False, True):
                folder = tmp_path / f"met-{is_own}"
                folder.mkdir()
                graph = {key: (meet, number, str(folder)) for number, key in enumerate("ab")}
                (first, one), (second, other) = manager.get(graph, ["a", "b"], env_per_task=is_own, **told)
                assert (first != second, max(one, other)) == (is_own, 1 if is_own else 2)


def test_without_an_environment_there_is_none_to_unpack(m: DaskVine) -> None:
    assert m.get({"a": (abs, -1)}, "a", env_per_task=True) == 1
