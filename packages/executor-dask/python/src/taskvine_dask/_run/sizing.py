"""How the memory of each category of nodes is found."""

from __future__ import annotations

import re
from typing import Any

from taskvine.errors import bad_argument

#: For the library: it tells how much memory nodes had.
MEASURING = {"VINE_DASK_MEASURE": "1"}
_FIXED = "fixed"
_MODES = {
    "max": "max",
    "max-seen": "max",
    "min-waste": "min-waste",
    "max-throughput": "max-throughput",
    "greedy-bucketing": "greedy-bucketing",
    "exhaustive-bucketing": "exhaustive-bucketing",
    "auto": "auto",
}


def mode_of(given: Any) -> str | None:
    """In the executor's words; None: it is what was asked for. Raises BAD_ARGUMENT for what is none."""
    if given is None or given is False:
        return None
    name = re.sub(r"[\s_-]+", "-", given.strip().lower()) if isinstance(given, str) else ""
    if name == _FIXED:
        return None
    if name not in _MODES:
        raise bad_argument(f"resources_mode is one of {', '.join([_FIXED, *_MODES])}, not {given!r}")
    return _MODES[name]
