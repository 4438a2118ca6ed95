"""The programs of docs/DASK.md run, and print what stands below them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[4] / "docs" / "DASK.md"
BLOCK = re.compile(r"```python\n(?P<code>.*?)```\n\n```text\n(?P<text>.*?)```", re.DOTALL)


def test_the_programs_of_the_documentation_print_what_stands_below_them(tmp_path: Path) -> None:
    programs = list(BLOCK.finditer(DOCUMENT.read_text()))
    assert programs
    for program in programs:
        line = [sys.executable, "-c", program["code"]]
        ran = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
        assert ran.stdout == program["text"]
