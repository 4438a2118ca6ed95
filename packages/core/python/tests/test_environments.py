"""Packed environments: unpacked at the workers, at another place than where they were made."""

from __future__ import annotations

import os
import shutil
import sys
import tarfile
import textwrap
import venv
import zipfile
from pathlib import Path

import cloudpickle
import pytest

import taskvine as vine

MODULE = "def greet(name):\n    return 'hello ' + name\n"


def with_packages(folder: Path) -> Path:
    """Puts a module of the environment's own there, and what functions need."""
    (folder / "greeting.py").write_text(MODULE)
    shutil.copytree(Path(cloudpickle.__file__).parent, folder / "cloudpickle")
    return folder


def packed(folder: Path, archive: Path, inside: str = ".") -> Path:
    """Packs a folder, which is gone then."""
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(folder, inside)
    shutil.rmtree(folder)
    return archive


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A packed virtual environment with a package and a command."""
    root = tmp_path_factory.mktemp("environment")
    folder = root / "made-here"
    venv.create(folder, symlinks=True)
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    with_packages(folder / "lib" / version / "site-packages")
    command = folder / "bin" / "greet"
    command.write_text(f"#!{folder}/bin/python\nimport greeting, sys\nprint(greeting.greet(sys.argv[1]))\n")
    command.chmod(0o755)
    return packed(folder, root / "environment.tar.gz")


def where() -> tuple[str, str]:
    import greeting  # type: ignore[import-not-found]

    return greeting.greet("from a function"), sys.prefix


def done(m: vine.Manager, task: vine.Task) -> vine.Task:
    m.submit(task)
    assert m.wait(120) is task
    return task


def test_a_command_runs_with_what_is_in_its_environment(m: vine.Manager, environment: Path) -> None:
    task = vine.Task('greet "it\'s me"; python -c \'import greeting; print(greeting.greet("again"))\'')
    task.add_environment(environment)
    done(m, task)
    assert (task.output, task.exit_code) == ("hello it's me\nhello again\n", 0), task.std_error


def test_a_function_runs_in_the_python_of_its_environment(m: vine.Manager, environment: Path) -> None:
    task = vine.PythonTask(where)
    task.add_environment(m.declarePoncho(environment))
    said, prefix = done(m, task).output
    assert said == "hello from a function"
    assert prefix != sys.prefix
    without = done(m, vine.PythonTask(where))
    assert isinstance(without.exception, ModuleNotFoundError)


def test_a_library_runs_in_its_environment_and_is_unpacked_once(m: vine.Manager, environment: Path) -> None:
    made = m.stats["made"]["copies"]
    library = m.create_library_from_functions("greeters", where, imports=["greeting"], environment=environment)
    library.set_cores(1)
    calls = [vine.FunctionCall(library, "where") for _ in range(3)]
    assert [done(m, call).output[0] for call in calls] == ["hello from a function"] * 3
    with vine.FuturesExecutor(m, environment=environment) as executor:
        assert executor.submit(where).result(120)[0] == "hello from a function"
    m.remove_library(library)
    assert m.stats["made"]["copies"] <= made + 1


@pytest.mark.parametrize("form", ["a folder in it", "packages alone", "zip"])
def test_other_ways_of_packing_are_understood(m: vine.Manager, tmp_path: Path, form: str) -> None:
    folder = tmp_path / "env"
    packages = folder / "site-packages" if form == "a folder in it" else folder
    packages.mkdir(parents=True)
    with_packages(packages)
    archive = tmp_path / "archive"
    if form == "zip":
        if shutil.which("unzip") is None:
            pytest.skip("needs unzip")
        with zipfile.ZipFile(archive, "w") as packing:
            for path in folder.rglob("*"):
                packing.write(path, path.relative_to(folder))
    else:
        packed(folder, archive, "lib/python3.99" if form == "a folder in it" else ".")
    task = vine.Task("${VINE_PYTHON:-python3} -c 'import greeting; print(greeting.__file__)'")
    task.add_environment(str(archive))
    done(m, task)
    assert "vine.environment.0/" in task.output, task.std_error


def test_environments_can_have_a_program_that_enters_them_and_be_inside_of_each_other(
    m: vine.Manager, tmp_path: Path
) -> None:
    for name in ("inner", "outer"):
        program = tmp_path / name / "bin" / "run_in_env"
        program.parent.mkdir(parents=True)
        program.write_text(f'#!/bin/sh\nWHERE="$WHERE {name}" exec "$@"\n')
        program.chmod(0o755)
    task = vine.Task("echo in$WHERE")
    task.add_environment(m.declare_file(tmp_path / "inner"))
    task.add_environment(m.declare_file(tmp_path / "outer"))
    assert done(m, task).output == "in outer inner\n"


def test_a_self_extracting_archive_is_extracted(m: vine.Manager, tmp_path: Path) -> None:
    archive = tmp_path / "package.sfx"
    archive.write_text(
        textwrap.dedent(
            """\
            #!/bin/sh
            test "$SFX_EXTRACT_ONLY" = 1 && mkdir -p "$SFX_DIR/bin" || exit 1
            printf '#!/bin/sh\\necho extracted' > "$SFX_DIR/bin/tool" && chmod +x "$SFX_DIR/bin/tool"
            """
        )
    )
    task = vine.Task("tool")
    task.add_starch_package(m.declare_starch(archive))
    assert done(m, task).output == "extracted\n"


def test_what_is_no_environment_is_refused_in_a_sentence(m: vine.Manager, tmp_path: Path) -> None:
    task = vine.Task("true")
    with pytest.raises(vine.VineError, match="is a folder, and an environment travels packed") as refused:
        task.add_environment(tmp_path)
    assert "venv-pack" in refused.value.hint
    with pytest.raises(vine.VineError, match=r"no packed environment at nowhere\.tar"):
        m.declare_environment("nowhere.tar")
    with pytest.raises(vine.VineError, match="an environment is a declared file, or the path"):
        task.add_environment(3)  # type: ignore[arg-type]
    with pytest.raises(vine.VineError, match="environment of its library"):
        vine.FunctionCall("any", "f").add_environment("env.tar.gz")
    unpacked = vine.Task("true")
    unpacked.add_environment(m.declare_buffer("no folder"))
    assert "give an archive as a path, or to declare_environment" in done(m, unpacked).std_error
    broken = vine.Task("true")
    broken.add_environment(m.declare_environment(m.declare_buffer("no archive")))
    assert "tar" in str(done(m, broken).exception)


def test_an_environment_for_a_python_that_the_worker_has_not_says_so(m: vine.Manager, tmp_path: Path) -> None:
    folder = tmp_path / "env"
    (folder / "bin").mkdir(parents=True)
    (folder / "pyvenv.cfg").write_text("home = /nowhere\nversion = 3.2.1\n")
    os.symlink("/nowhere/python3.2", folder / "bin" / "python")
    task = vine.PythonTask(where)
    task.add_environment(packed(folder, tmp_path / "env.tar"))
    assert "made with Python 3.2, and this worker has none" in done(m, task).std_error
