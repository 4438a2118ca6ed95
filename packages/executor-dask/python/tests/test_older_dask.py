"""What holds with the current Dask holds with that of Debian 12, which knows no node objects."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SUITES = [
    *("conformance", "collections", "dataframes", "options", "annotations", "folds", "environments"),
    *("misuse", "failures", "library_functions", "pruning", "resources_mode", "splitting"),
]
PYTHON = os.environ.get("VINE_OLDER_DASK_PYTHON", "")

pytestmark = pytest.mark.skipif(
    not PYTHON, reason=os.environ.get("VINE_OLDER_DASK_MISSING", "VINE_OLDER_DASK_PYTHON is not set")
)


@pytest.mark.parametrize("suite", SUITES)
def test_the_same_suite_passes_with_an_older_dask(suite: str, tmp_path: Path) -> None:
    # 5: it has no test for this version.
    assert run_tests(tmp_path, f"tests/test_{suite}.py") in (0, 5)


def test_an_older_dask_passes_tests_of_its_own(tmp_path: Path) -> None:
    suites = ("tests/test_delayed.py", "bag/tests/test_random.py", "array/tests/test_atop.py")
    assert run_tests(tmp_path, "dask_suites", "--suites", *suites) == 0


def run_tests(folder: Path, *told: str) -> int:
    line = [PYTHON, "-B", "-m", "pytest", "-p", "no:cacheprovider", "--basetemp", str(folder / "older"), *told]
    ended = subprocess.run(line, cwd=HERE.parent, capture_output=True, text=True, check=False)
    print(ended.stdout[-6_000:], ended.stderr[-2_000:])
    return ended.returncode
