"""Finding the command that runs managers and workers."""

from __future__ import annotations

from pathlib import Path

import pytest

from taskvine import Manager, VineError
from taskvine._link import finding


def executable(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def test_the_checkout_that_we_come_from_is_found() -> None:
    words = finding.find_vine()
    assert words[-1].endswith("packages/cli/bin/vine.js")
    assert "node" in words[0]


def test_the_environment_decides_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VINE_COMMAND", "ssh 'other host' vine")
    assert finding.find_vine() == ["ssh", "other host", "vine"]


def test_away_from_a_checkout_it_is_looked_for_on_the_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(finding, "_checkout", lambda: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(VineError, match=r"`vine`.*was not found") as refused:
        finding.find_vine()
    assert "npm install" in refused.value.hint
    vine = executable(tmp_path / "vine", "exit 0")
    assert finding.find_vine() == [str(vine)]


def test_a_node_that_is_missing_or_too_old_is_told_with_what_is_needed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("VINE_NODE", raising=False)
    with pytest.raises(VineError, match=r"needs Node\.js 20\.19 or newer, and there is no"):
        finding.find_node()
    monkeypatch.setenv("VINE_NODE", str(executable(tmp_path / "old", "echo v18.4.0")))
    with pytest.raises(VineError, match=r"is 18\.4") as refused:
        finding.find_node()
    assert "https://nodejs.org" in refused.value.hint


def test_a_manager_that_cannot_start_says_what_the_process_complained_of(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(VineError, match="the executor nonesuch cannot be loaded") as refused:
        Manager(executor="nonesuch", run_info_path=tmp_path)
    assert refused.value.code == "EXECUTOR_NOT_FOUND"
    monkeypatch.setenv("VINE_COMMAND", str(tmp_path / "nothing"))
    with pytest.raises(VineError, match="could not be started"):
        Manager()
