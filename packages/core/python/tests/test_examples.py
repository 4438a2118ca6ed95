"""The examples in Python, and the executor that an example brings."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import taskvine as vine

EXAMPLES = Path(__file__).resolve().parents[4] / "examples"


@pytest.mark.parametrize("program", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.stem)
def test_an_example_prints_what_is_kept_beside_it(program: Path, folder: Path) -> None:
    ran = subprocess.run(
        [sys.executable, program], cwd=folder, capture_output=True, text=True, timeout=400, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == program.with_suffix(".expected").read_text()


def test_an_executor_of_the_manager_works_for_a_program_in_python(tmp_path: Path) -> None:
    plugin = str(EXAMPLES / "executor-plugin/index.mjs")
    told: list[Any] = []
    with vine.Manager(executor=plugin, run_info_path=tmp_path) as m, vine.Factory(manager=m):
        answer, _ = m.execute({"texts": ["a b a", "b a"]}, on_progress=lambda progress, _: told.append(progress))
        assert answer == {"words": [["a", 3], ["b", 2]]}
        assert [progress["of"] for progress in told] == [2, 2]
        assert m.execute({}, files=[m.declare_buffer("from a file")])[0]["words"][0][1] == 1
        with pytest.raises(vine.VineError, match="must be a list"):
            m.execute({"texts": 5})
