"""Where the part of the scheduler is that runs inside of the manager: a package of npm."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from taskvine._link.finding import _checkout, find_vine
from taskvine.errors import VineError

_IN_CHECKOUT = Path("packages/executor-dask/dist/index.js")
_PACKAGE = "@taskvine/executor-dask"
_TOLD = "VINE_DASK_EXECUTOR"


def find_executor() -> str:
    """The executor's module: VINE_DASK_EXECUTOR; that of the checkout that we come from; or an installed package."""
    told = os.environ.get(_TOLD, "")
    if told:
        return told
    checkout = _checkout()
    if checkout is not None and (checkout / _IN_CHECKOUT).is_file():
        return str(checkout / _IN_CHECKOUT)
    for folder in _folders():
        module = _module_in(folder / "node_modules" / _PACKAGE)
        if module is not None:
            return module
    raise VineError(
        "EXECUTOR_NOT_FOUND",
        f"the npm package {_PACKAGE}, which runs Dask graphs inside of the manager, was found neither from here "
        f"({Path.cwd()}) upwards, nor beside this Python package, nor beside the command `vine`",
        f"Install it where `vine` is: npm install {_PACKAGE} (with -g, where that is global); or name its folder or "
        f"module in {_TOLD}.",
    )


def _folders() -> Iterator[Path]:
    """Folders that may have a node_modules, the nearest first."""
    starts = [Path.cwd() / "here", Path(__file__), Path(sys.prefix) / "lib" / "here", *_programs()]
    seen: set[Path] = set()
    for start in starts:
        for folder in start.parents:
            if folder not in seen:
                seen.add(folder)
                yield folder


def _programs() -> Iterator[Path]:
    """The command `vine`, as it was called and where that leads; and the folder of Node.js's own global packages."""
    try:
        words = find_vine()
    except VineError:
        words = []
    for word in words:
        place = Path(word)
        if place.is_absolute() and place.is_file():
            yield place
            yield place.resolve()
    node = shutil.which(os.environ.get("VINE_NODE") or "node")
    if node is not None:
        yield Path(node).resolve().parent.parent / "lib" / "here"


def _module_in(package: Path) -> str | None:
    try:
        exported = json.loads((package / "package.json").read_text())["exports"]["."]["default"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return str(package / exported)
