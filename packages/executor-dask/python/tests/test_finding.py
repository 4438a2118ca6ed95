"""The part that runs inside of the manager is found wherever npm put it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import taskvine as vine

from taskvine_dask import _finding


@pytest.fixture(autouse=True)
def _outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A program in a folder of its own, and a `vine` somewhere else; nothing of this checkout."""
    (tmp_path / "program" / "deep").mkdir(parents=True)
    (tmp_path / "npm" / "lib" / "node_modules" / "taskvine" / "bin").mkdir(parents=True)
    (tmp_path / "npm" / "bin").mkdir()
    command = tmp_path / "npm" / "lib" / "node_modules" / "taskvine" / "bin" / "vine.js"
    command.write_text("")
    (tmp_path / "npm" / "bin" / "vine").symlink_to(command)
    monkeypatch.chdir(tmp_path / "program" / "deep")
    monkeypatch.delenv("VINE_DASK_EXECUTOR", raising=False)
    monkeypatch.setattr(_finding, "_checkout", lambda: None)
    monkeypatch.setattr(_finding, "find_vine", lambda: [str(tmp_path / "npm" / "bin" / "vine")])
    # That of this test lies in the checkout, which has one.
    monkeypatch.setattr(_finding, "__file__", str(tmp_path / "python" / "taskvine_dask" / "_finding.py"))
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "python"))


def install(folder: Path) -> str:
    package = folder / "node_modules" / "@taskvine" / "executor-dask"
    package.mkdir(parents=True)
    (package / "package.json").write_text(json.dumps({"exports": {".": {"default": "./dist/index.js"}}}))
    return str(package / "dist" / "index.js")


@pytest.mark.parametrize("place", ["program/deep", "program", "python/taskvine_dask", "python/lib", "npm/lib"])
def test_it_is_found_at(place: str, tmp_path: Path) -> None:
    module = install(tmp_path / place)
    assert _finding.find_executor() == module


def test_the_nearest_is_taken_and_a_named_one_before_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "npm" / "lib")
    nearest = install(tmp_path / "program")
    assert _finding.find_executor() == nearest
    monkeypatch.setenv("VINE_DASK_EXECUTOR", "/mine/index.js")
    assert _finding.find_executor() == "/mine/index.js"


def test_where_there_is_none_it_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(vine.VineError, match=r"executor-dask.*was found neither") as caught:
        _finding.find_executor()
    assert caught.value.code == "EXECUTOR_NOT_FOUND"
    assert "npm install @taskvine/executor-dask" in str(caught.value)
