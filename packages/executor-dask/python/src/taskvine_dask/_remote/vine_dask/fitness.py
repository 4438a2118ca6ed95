"""Whether this Python can read nodes of the program."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

#: EX_CONFIG of sysexits.h: the library is not tried again at this worker.
_UNFIT = 78


def check_python() -> None:
    """Sees whether nodes of the program can be read here: ends the process where they cannot."""
    python, _, theirs = os.environ.get("VINE_DASK_VERSIONS", "").partition(" ")
    here = "%d.%d" % sys.version_info[:2]
    if python and python != here:
        _end_unfit(
            "the program has Python %s, and the worker Python %s: start workers with the program's Python "
            "(VINE_PYTHON names it), or give the program an environment" % (python, here)
        )
    try:
        import dask
    except ImportError:
        _end_unfit("the worker's Python, %s, has no dask: pip install dask==%s" % (sys.executable, theirs))
    if theirs and _has_node_objects(theirs) != _has_node_objects(dask.__version__):
        _end_unfit(
            "the program has dask %s and the worker dask %s, which write graphs in different ways: install the "
            "same at both ends" % (theirs, dask.__version__)
        )


def _end_unfit(sentence: str) -> NoReturn:
    """This Python will not do, however often it is tried."""
    print(sentence, file=sys.stderr)
    raise SystemExit(_UNFIT)


def _has_node_objects(version: str) -> bool:
    """Dask since 2024.12."""
    return [int(part) for part in version.split(".")[:2]] >= [2024, 12]
