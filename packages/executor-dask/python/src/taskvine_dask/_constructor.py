"""What managers of the original are made with, in words of ours."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from typing import Any

from taskvine.errors import bad_argument

#: Connections are encrypted in any case; factories end their workers with the manager; nothing is staged that would not
#: go with the run; and how things go is shown for each graph.
_NEEDLESS = ("ssl", "shutdown", "staging_path", "status_display_interval")


def manager_options(given: Mapping[str, Any]) -> dict[str, Any]:
    """Those of `Manager`. Raises BAD_ARGUMENT for what would be missed."""
    options = {name: value for name, value in given.items() if name not in _NEEDLESS}
    if options.pop("prometheus_port", None) is not None:
        raise bad_argument("prometheus_port: this manager serves no figures", "See m.stats, m.workers, and its logs.")
    template = options.pop("run_info_template", None)
    if template is not None:
        if not isinstance(template, str):
            raise bad_argument(f"run_info_template is a text as time.strftime takes it, not {template!r}")
        path = os.fspath(options.get("run_info_path") or "vine-run-info")
        options["run_info_path"] = os.path.join(path, time.strftime(template))
    return options
