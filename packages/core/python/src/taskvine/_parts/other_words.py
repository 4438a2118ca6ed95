"""What managers of the C TaskVine can be told, and ours need not be: where to look instead."""

from __future__ import annotations

_NO_CATALOG = "there is no catalog: workers and programs find a manager by its connection file"
_NO_PASSWORD = "who has the connection file may join; connections are encrypted"
_ALWAYS_WATCHED = "what tasks use is always measured and limited: see resources_measured and limits_exceeded"
_IN_TIME = "whether workers are there is watched with time-outs that need no setting"

_INSTEAD = {
    "block_host": "stop the worker there: SIGTERM makes it give its tasks back",
    "disable_peer_transfers": "say it of files: peer_transfer=False",
    "enable_disconnect_slow_workers": "bound tasks with set_time_max",
    "enable_monitoring": _ALWAYS_WATCHED,
    "enable_peer_transfers": "workers give files to each other unless a file was declared with peer_transfer=False",
    "enable_tasks_cache": 'files declared with cache="forever" are found again by later runs',
    "set_category_mode": "say of each task what it needs: set_cores, set_memory, set_disk",
    "set_catalog_servers": _NO_CATALOG,
    "set_keepalive_interval": _IN_TIME,
    "set_keepalive_timeout": _IN_TIME,
    "set_name": "say it when it is made: Manager(name=…)",
    "set_password": _NO_PASSWORD,
    "set_password_file": _NO_PASSWORD,
    "set_property": _NO_CATALOG,
    "set_scheduler": "say it of tasks: set_policy",
    "stats_category": "see stats",
    "status": "see stats, workers, and explain() of a task",
    "summarize_workers": "see workers",
    "tune": "there is nothing to tune from a program: see the options of vine manager --help",
    "update_catalog": _NO_CATALOG,
    "workers_shutdown": "stop the factory, or end the workers with SIGTERM",
}


def advice(name: str) -> str:
    """What to do instead of calling this; "": nothing is known of it."""
    instead = _INSTEAD.get(name)
    return "" if instead is None else f". Instead: {instead}"
