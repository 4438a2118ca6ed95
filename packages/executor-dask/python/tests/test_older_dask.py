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


@pytest.mark.skipif(not PYTHON, reason=os.environ.get("VINE_OLDER_DASK_MISSING", "VINE_OLDER_DASK_PYTHON is not set"))
@pytest.mark.parametrize("suite", SUITES)
def test_the_same_suite_passes_with_an_older_dask(suite: str, tmp_path: Path) -> None:
    line = [PYTHON, "-B", "-m", "pytest", "-p", "no:cacheprovider", "--basetemp", str(tmp_path / "older")]
    ended = subprocess.run([*line, str(HERE / f"test_{suite}.py")], capture_output=True, text=True, check=False)
    assert ended.returncode in (0, 5), ended.stdout[-6_000:] + ended.stderr[-2_000:]
