"""How to start the `vine` command of this very release."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import unquote, urlparse

from ..errors import VineError

LEAST_NODE = (20, 19)
_IN_CHECKOUT = Path("packages/cli/bin/vine.js")


def find_vine() -> list[str]:
    """The first words of a `vine` command line: VINE_COMMAND; the checkout that we come from; `vine` on the PATH."""
    told = os.environ.get("VINE_COMMAND", "")
    if told:
        return shlex.split(told)
    checkout = _checkout()
    if checkout is not None:
        return [find_node(), str(checkout / _IN_CHECKOUT)]
    on_path = shutil.which("vine")
    if on_path is not None:
        return [on_path]
    raise VineError(
        "COMMAND_NOT_FOUND",
        "the command `vine`, which runs managers and workers, was not found",
        "Install it (npm install -g taskvine), or name it in VINE_COMMAND; see docs/PYTHON.md.",
    )


def find_node() -> str:
    """A Node.js that is new enough: VINE_NODE, or the one on the PATH."""
    node = os.environ.get("VINE_NODE") or shutil.which("node")
    hint = "Install it from https://nodejs.org or with your package manager, or name one in VINE_NODE."
    wanted = f"Node.js {LEAST_NODE[0]}.{LEAST_NODE[1]} or newer"
    if node is None:
        raise VineError("COMMAND_NOT_FOUND", f"TaskVine needs {wanted}, and there is no `node` here", hint)
    version = _version_of(node)
    if version < LEAST_NODE:
        found = ".".join(str(part) for part in version) or "unknown"
        raise VineError("COMMAND_NOT_FOUND", f"TaskVine needs {wanted}, and {node} is {found}", hint)
    return node


def _version_of(node: str) -> tuple[int, ...]:
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=30, check=True).stdout
        return tuple(int(part) for part in said.strip().lstrip("v").split(".")[:2])
    except (OSError, ValueError, subprocess.SubprocessError):
        return ()


def _checkout() -> Path | None:
    """The checkout whose `pip install` or source folder we were loaded from."""
    places = [Path(__file__).resolve(), *_installed_from()]
    for place in places:
        for folder in place.parents:
            if (folder / _IN_CHECKOUT).is_file():
                return folder
    return None


def _installed_from() -> list[Path]:
    try:
        told = distribution("taskvine").read_text("direct_url.json")
    except PackageNotFoundError:
        return []
    if not told:
        return []
    url = urlparse(str(json.loads(told).get("url", "")))
    return [Path(unquote(url.path)) / "pyproject.toml"] if url.scheme == "file" else []
