"""What is said of wrong usage is in the words of a program in Python."""

from __future__ import annotations

from typing import Any

import pytest

import taskvine as vine


@pytest.mark.parametrize("port", [99_999, -1, "9123", (9_123,), (9_200, 9_100), 3.5, True])
def test_a_port_that_is_none_is_refused_before_anything_is_started(port: Any) -> None:
    with pytest.raises(vine.VineError, match=r"^port must be a number up to 65535"):
        vine.Manager(port)


def test_a_manager_that_cannot_be_started_is_told_with_what_to_look_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VINE_COMMAND", "/nowhere/vine")
    with pytest.raises(vine.VineError, match="/nowhere/vine could not be started") as refused:
        vine.Manager()
    assert "VINE_COMMAND" in refused.value.hint


def test_hints_name_what_a_program_in_python_can_write() -> None:
    error = vine.VineError("WALL_TIME", "task 1: ran longer than 1000 ms", "Raise maxWallTime, or split the work.")
    assert error.hint == "Raise set_time_max, or split the work."


def test_a_factory_is_told_all_at_once(empty_manager: vine.Manager) -> None:
    factory = vine.Factory(manager=empty_manager, cores=2, memory="1 GB", max_workers=3)
    assert (factory.cores, factory.memory, factory.min_workers, factory.max_workers) == (2, "1 GB", 1, 3)
