"""Runs the tests that Dask ships of itself, with our scheduler wherever they name none.

`pytest dask_suites` runs a choice of them; with `--whole` all that may compute something; with `--suites PATH …` these
of Dask's package. `--scheduler threads` tells what has nothing to do with us.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from dasks_own import PACKAGE, DasksOwn
from suites import CHOSEN, WHOLE


def pytest_addoption(parser: pytest.Parser) -> None:
    options = parser.getgroup("Dask's own tests")
    options.addoption("--whole", action="store_true", help="all that may compute something")
    options.addoption("--suites", nargs="+", default=[], metavar="PATH", help="these files or folders of Dask")
    options.addoption("--scheduler", help="a scheduler of Dask's own in place of ours")


def pytest_configure(config: pytest.Config) -> None:
    """Instead of what pytest was given: Dask's tests, with names from its package on."""
    config._rootpath = PACKAGE.parent
    option = config.option
    suites = option.suites or (WHOLE if option.whole else CHOSEN)
    there = [suite for suite in suites if (PACKAGE / suite.partition("::")[0]).exists()]
    missing = [suite for suite in option.suites if suite not in there]
    if missing:
        raise pytest.UsageError(
            f"there is no {', '.join(missing)} below {PACKAGE}: --suites names tests that Dask ships"
        )
    config.args = [str(PACKAGE / suite) for suite in there]
    is_choice = not (option.whole or option.suites)
    config.pluginmanager.register(DasksOwn(option.scheduler, is_choice, config))
