"""The library that runs nodes at the workers."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import cloudpickle
import dask
from taskvine import File, Manager
from taskvine._parts.environments import check_environment, enter, enter_own
from taskvine._wire import gateway_pb2 as wire
from taskvine.units import to_bytes

from .remote import archive

_ARCHIVE = "vine_dask.zip"
_START = 'exec "${VINE_PYTHON:-python3}" "$VINE_PYTHON_HOST" library.json'
#: Kinds of files that are folders, for all that is known of them here.
_FOLDERS = ("mini-task", "unpacked")
_NAMES = {"cpu": "cores", "cpus": "cores", "cores": "cores", "mem": "memory", "memory": "memory", "disk": "disk"}
_NAMES.update({"gpu": "gpus", "gpus": "gpus"})


@dataclass(frozen=True)
class LibraryWishes:
    """What a library is to have. Two with the same wishes are one."""

    resources: Mapping[str, float] = field(default_factory=dict)
    slots: int = 1
    env: Mapping[str, str] = field(default_factory=dict)
    imports: Sequence[str] = ()
    #: Beside the modules that run nodes: declared files by the names that they get.
    files: Mapping[str, File] = field(default_factory=dict)
    init_command: str = ""
    exec_mode: str = "direct"
    #: What it runs in: the folder that a packed environment becomes, or the path of the package.
    environment: File | str | None = None
    #: Each process unpacks it for itself.
    own_environment: bool = False
    #: Names or hosts of workers; none: any. Others do while none of these is there.
    workers: tuple[str, ...] = ()
    elsewhere: bool = False
    #: At which workers its processes are started first: a placement policy, if it is not to be the manager's.
    policy: str | None = None

    def with_resources(self, resources: Mapping[str, Any]) -> LibraryWishes:
        """One process that is to have these for itself; of what is left out it has its share."""
        shares = {name: amount if name == "gpus" else amount / self.slots for name, amount in self.resources.items()}
        return replace(self, resources={**shares, **amounts(resources)}, slots=1)

    def at_workers(self, workers: tuple[str, ...], elsewhere: bool) -> LibraryWishes:
        return replace(self, workers=workers, elsewhere=elsewhere)


def amounts(resources: Mapping[str, Any]) -> dict[str, float]:
    """Bytes, cores and gpus; memory and disk were megabytes, or text such as "4 GB". Others are left out."""
    told: dict[str, float] = {}
    for name, amount in resources.items():
        known = _NAMES.get(str(name).lower())
        if known in ("memory", "disk"):
            told[known] = to_bytes(known, amount)
        elif known is not None and amount is not None:
            told[known] = float(amount) if known == "cores" else int(amount)
    return told


class Libraries:
    """Those that were declared at the executor of one manager."""

    def __init__(self, manager: Manager) -> None:
        self._manager = manager
        self._declared: set[str] = set()
        self._local: dict[str, File] = {}
        self._contents: dict[bytes, File] = {}
        self._unpacked: dict[int, File] = {}
        self._lock = threading.Lock()

    def key_of(self, wishes: LibraryWishes) -> str:
        """Declares it where that was not done."""
        python = f"{sys.version_info[0]}.{sys.version_info[1]}"
        versions = f"{python} {dask.__version__} {cloudpickle.__version__}"
        facts = {
            "mode": wishes.exec_mode,
            "slots": wishes.slots,
            "functions": {"run": "vine_dask:run"},
            "imports": ["vine_dask", *wishes.imports],
            "python": python,
            "path": [".", _ARCHIVE],
        }
        command = f"{wishes.init_command} && {_START}" if wishes.init_command else _START
        command, entry = self._entered(command, wishes)
        files = {**wishes.files, **entry}
        body = {
            "type": "library",
            "command": command,
            "inputs": [_ARCHIVE, "library.json", *files],
            "env": {"PYTHONHASHSEED": "0", "VINE_DASK_VERSIONS": versions, **wishes.env},
            "slots": wishes.slots,
            **wishes.resources,
        }
        body.setdefault("cores", wishes.slots)
        if wishes.workers:
            body.update(workers=list(wishes.workers), elsewhere=wishes.elsewhere)
        if wishes.policy is not None:
            body["policy"] = wishes.policy
        text = json.dumps([body, facts, [file.number for file in files.values()]], sort_keys=True)
        key = f"dask-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
        with self._lock:
            if key not in self._declared:
                own = [
                    self._manager.declare_buffer(archive()),
                    self._manager.declare_buffer(json.dumps(facts)),
                ]
                self._manager.execute({**body, "key": key}, executor="dask", files=[*own, *files.values()])
                self._declared.add(key)
        return key

    def text_of(self, variable: Any) -> str:
        """A variable may be a function of the manager and the task; of the latter there is none here."""
        return str(variable(self._manager, None) if callable(variable) else variable)

    def local(self, path: str) -> File:
        """A file of this machine, declared once."""
        place = os.path.abspath(path)
        with self._lock:
            if place not in self._local:
                self._local[place] = self._manager.declare_file(place)
            return self._local[place]

    def content(self, data: bytes) -> File:
        """A file with this in it, declared once."""
        digest = hashlib.sha256(data).digest()
        with self._lock:
            if digest not in self._contents:
                self._contents[digest] = self._manager.declare_buffer(data)
            return self._contents[digest]

    def environment(self, package: Any, packed: bool = False) -> File | str:
        """The folder that a packed environment becomes, or the path of the package. Raises for what is none.

        `packed`: as it is.
        """
        checked = check_environment(package)
        if packed or isinstance(checked, str) or checked.type in _FOLDERS:
            return checked
        with self._lock:
            if checked.number not in self._unpacked:
                self._unpacked[checked.number] = self._manager.declare_environment(checked)
            return self._unpacked[checked.number]

    def _entered(self, command: str, wishes: LibraryWishes) -> tuple[str, dict[str, File]]:
        """The command as it runs in its environment, and the files that it needs for that."""
        environment = wishes.environment
        if environment is None:
            return command, {}
        desk = self._manager.desk
        message = wire.Library(command=command)
        if wishes.own_environment:
            enter_own(desk, environment, message)
        else:
            enter(desk, [environment], message)
        return message.command, {one.name: File(desk, one.file, "file", one.name) for one in message.inputs}
