"""The programs of docs/PYTHON.md run, and print what stands below them; so do those that the slides show."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

DOCUMENT = Path(__file__).resolve().parents[4] / "docs" / "PYTHON.md"
BLOCK = re.compile(
    r"(?P<before><!-- snippet: not run: [^\n]* -->\n)?```python\n(?P<code>.*?)```\n"
    r"(?:\n(?P<order><!-- output: in any order -->\n)?```text\n(?P<text>.*?)```)?",
    re.DOTALL,
)


class Snippet(NamedTuple):
    line: int
    code: str
    expected: str
    any_order: bool


def snippets() -> list[Snippet]:
    text = DOCUMENT.read_text()
    found = [match for match in BLOCK.finditer(text) if match["before"] is None]
    return [
        Snippet(text.count("\n", 0, match.start()) + 1, match["code"], match["text"] or "", match["order"] is not None)
        for match in found
    ]


def printed_by(code: str, folder: Path) -> str:
    program = folder / "program.py"
    program.write_text(code)
    ran = subprocess.run(
        [sys.executable, program], cwd=folder, capture_output=True, text=True, timeout=240, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.mark.parametrize("snippet", snippets(), ids=lambda snippet: f"line_{snippet.line}")
def test_a_program_of_the_documentation_prints_what_stands_below_it(snippet: Snippet, folder: Path) -> None:
    printed = printed_by(snippet.code, folder)
    have, want = ([line.rstrip() for line in text.splitlines()] for text in (printed, snippet.expected))
    assert (sorted(have) == sorted(want)) if snippet.any_order else (have == want)


def test_the_documentation_has_programs() -> None:
    assert len(snippets()) >= 7
