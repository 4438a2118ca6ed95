"""Whether this Python can read nodes of the program."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Callable, NoReturn

#: EX_CONFIG of sysexits.h: the library is not tried again at this worker.
_UNFIT = 78


def check_python() -> None:
    """Sees whether nodes of the program can be read here, and values there. Ends the process where they cannot."""
    told = os.environ.get("VINE_DASK_VERSIONS", "").split(" ")
    python, of_dask, of_cloudpickle = ([*told, "", "", ""])[:3]
    here = "%d.%d" % sys.version_info[:2]
    if python and python != here:
        _end_unfit(
            "the program has Python %s, and the worker Python %s: start workers with the program's Python "
            "(VINE_PYTHON names it), or give the program an environment" % (python, here)
        )
    _check_package("dask", of_dask, "write graphs in different ways", _has_node_objects)
    _check_package("cloudpickle", of_cloudpickle, "write functions in different ways", _major)


def _check_package(name: str, theirs: str, why: str, kind: Callable[[str], object]) -> None:
    """The same kind of version is at both ends."""
    try:
        package = importlib.import_module(name)
    except ImportError:
        sentence = "the worker's Python, %s, has no %s: pip install %s==%s"
        _end_unfit(sentence % (sys.executable, name, name, theirs))
    ours = package.__version__
    if theirs and kind(theirs) != kind(ours):
        sentence = "the program has %s %s and the worker %s %s, which %s: install the same at both ends"
        _end_unfit(sentence % (name, theirs, name, ours, why))


def _end_unfit(sentence: str) -> NoReturn:
    """This Python will not do, however often it is tried."""
    print(sentence, file=sys.stderr)
    raise SystemExit(_UNFIT)


def _has_node_objects(version: str) -> bool:
    """Dask since 2024.12."""
    return [int(part) for part in version.split(".")[:2]] >= [2024, 12]


def _major(version: str) -> str:
    """Before 3 what was written by one release of cloudpickle was not always read by another."""
    major, _, minor = version.partition(".")
    return major if int(major) >= 3 else "%s.%s" % (major, minor.partition(".")[0])
