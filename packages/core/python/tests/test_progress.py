"""The bar."""

from __future__ import annotations

import pytest

import taskvine as vine


def test_it_counts_what_is_done(m: vine.Manager, capsys: pytest.CaptureFixture[str]) -> None:
    with vine.Progress(m, "squares", shown=True):
        m.map(lambda x: x * x, range(50))
        ended = m.desk.status.done
        while m.desk.status.done == ended and m.desk.status.waiting + m.desk.status.running > 0:
            m.wait(0.01)
    assert "squares" in capsys.readouterr().err


def test_it_is_silent_where_nobody_watches(m: vine.Manager, capsys: pytest.CaptureFixture[str]) -> None:
    with vine.Progress(m):
        m.map(abs, [1])
    assert capsys.readouterr().err == ""
