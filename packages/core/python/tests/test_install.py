"""The package as pip installs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1]
PROGRAM = """
import taskvine as vine
from taskvine._link.finding import find_vine
print(vine.__file__, find_vine()[-1])
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The checkout as far as the client needs it: pip writes beside what it builds."""
    root = tmp_path / "checkout"
    shutil.copytree(
        PACKAGE,
        root / "packages/core/python",
        ignore=shutil.ignore_patterns("*.egg-info", "build", "__pycache__", ".*"),
    )
    command = root / "packages/cli/bin/vine.js"
    command.parent.mkdir(parents=True)
    command.write_text("")
    return root


def test_an_installed_package_is_typed_and_finds_the_command_of_its_checkout(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "installed"
    quietly = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation"]
    pip = [sys.executable, "-m", "pip", "install", *quietly, "--target", str(target)]
    subprocess.run([*pip, str(source / "packages/core/python")], check=True, timeout=240)
    assert (target / "taskvine/py.typed").exists()
    assert (target / "taskvine/_remote/run_task.py").exists()
    env = {**os.environ, "PYTHONPATH": str(target)}
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    )
    module, command = ran.stdout.split()
    assert module.startswith(str(target))
    assert command == str(source / "packages/cli/bin/vine.js")
