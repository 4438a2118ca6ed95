"""A bar is shown where somebody looks, and nobody else shows how a graph goes on."""

from __future__ import annotations

import fcntl
import logging
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path
from typing import Any

import pytest
from dask.diagnostics import Profiler

from taskvine_dask import DaskVine

PROGRAM = """
import contextlib
import sys

import taskvine as vine
from dask.callbacks import Callback
from taskvine_dask import DaskVine

graph = {f"a{i}": (abs, -i) for i in range(20)}
graph["sum"] = (sum, list(graph))
with DaskVine(run_info_path=sys.argv[1]) as m, vine.Factory(manager=m) as f:
    with Callback(pretask=lambda *_: None) if "callback" in sys.argv else contextlib.nullcontext():
        assert m.get(graph, "sum", progress_label="adding") == 190
"""


def drawn_by(folder: Path, *words: str) -> str:
    """What a program whose errors go to a terminal writes there."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    try:
        line = [sys.executable, "-c", PROGRAM, str(folder), *words]
        child = subprocess.Popen(line, stderr=theirs, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    finally:
        os.close(theirs)
    drawn = b""
    try:
        while piece := _read(ours):
            drawn += piece
    finally:
        os.close(ours)
    assert child.wait() == 0, drawn
    return drawn.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4_096)
    except OSError:  # nobody writes any more
        return b""


def test_a_bar_is_drawn_on_a_terminal(tmp_path: Path) -> None:
    drawn = drawn_by(tmp_path)
    assert "adding" in drawn
    assert "100%" in drawn
    assert "21/21" in drawn


def test_no_bar_is_drawn_beside_a_callback(tmp_path: Path) -> None:
    assert drawn_by(tmp_path, "callback") == ""


def test_no_bar_is_drawn_where_nobody_looks(tmp_path: Path) -> None:
    line = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    ran = subprocess.run(line, capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("", "")


def test_a_bar_is_shown_in_a_notebook(tmp_path: Path) -> None:
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    kernel = tmp_path / "kernels/this-python"
    kernel.mkdir(parents=True)
    line = f'["{sys.executable}", "-m", "ipykernel_launcher", "-f", "{{connection_file}}"]'
    (kernel / "kernel.json").write_text(f'{{"argv": {line}, "display_name": "this", "language": "python"}}')
    code = PROGRAM.replace("sys.argv[1]", repr(str(tmp_path / "runs")))
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(tmp_path))
        patch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
        patch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
        nbclient.NotebookClient(book, kernel_name="this-python", timeout=240).execute()
    told = "".join(text_of(output) for output in book.cells[0].outputs)
    assert "adding" in told
    assert "100%" in told
    assert "Warning" not in told


def text_of(output: Any) -> str:
    """Of a stream, or of a widget."""
    return str(output.get("text") or output.get("data", {}).get("text/plain", ""))


def test_it_can_be_read_where_each_node_ran(m: DaskVine, capsys: pytest.CaptureFixture[str]) -> None:
    graph = {"x": 1, "y": (abs, "x"), ("z", 0): (bytes, 5_000), "end": (lambda *_: None, "y", ("z", 0))}
    assert m.get(graph, ["end", ("z", 0)], verbose=True) == (None, bytes(5_000))
    *lines, last = capsys.readouterr().err.splitlines()
    names = "|".join(re.escape(worker["name"]) for worker in m.workers)
    told = {
        match[1]: match[2]
        for line in lines
        if (match := re.fullmatch(rf"(.+) ran [\d.]+ (?:us|ms) at (?:{names}); its value (.+)", line))
    }
    assert set(told) == {"'y'", "('z', 0)", "'end'"}
    assert told["('z', 0)"] == "takes 5.0 kB"
    assert re.match(r"the graph took .*: 3 nodes ran .* in all, at [12] workers?; .* of values left processes", last)


def test_what_is_told_of_nodes_goes_to_the_log_where_somebody_listens(
    m: DaskVine, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.INFO, "taskvine"), pytest.raises(ZeroDivisionError):
        m.get({"x": (abs, 1), "y": (lambda x: x // 0, "x")}, "y", verbose=True)
    assert re.match(r"the graph failed after .*; (0 nodes|1 node) had run", caplog.messages[-1])
    assert capsys.readouterr().err == ""


def test_callbacks_are_told_at_which_worker_a_node_ran(m: DaskVine) -> None:
    with Profiler() as profile:
        m.get({f"a{i}": (abs, -i) for i in range(20)}, "a3")
    assert {one.worker_id for one in profile.results} <= {worker["name"] for worker in m.workers}
