"""Packed environments: unpacked, usually once at each worker, and entered by the commands that need them."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from .._wire import gateway_pb2 as wire
from ..errors import bad_argument
from ..files import File, FileOptions, buffer_message, declare, number_at

if TYPE_CHECKING:
    from .._desk.desk import Desk

_SCRIPTS = Path(__file__).parent.parent / "_remote"
_ENTER, _PREPARE = "enter.sh", "prepare.sh"
_PACK_IT = "Pack it: conda-pack, venv-pack, or tar -czf environment.tar.gz -C FOLDER ."


def declare_packed(desk: Desk, package: File | str | os.PathLike[str], options: FileOptions) -> File:
    """The folder that a packed environment becomes at the workers."""
    archive = _archive(desk, package)
    made = wire.MiniTask(command=f"/bin/sh {_PREPARE} package environment", output="environment")
    made.inputs.add(file=number_at(desk, archive), name="package")
    made.inputs.add(file=_script(desk, _PREPARE).number, name=_PREPARE)
    return declare(desk, "mini-task", f"environment {archive.label}", wire.Declare(mini_task=made), options)


def declare_extracted(desk: Desk, starch: File | str | os.PathLike[str], options: FileOptions) -> File:
    """The folder that a self-extracting archive becomes at the workers."""
    archive = _archive(desk, starch)
    made = wire.MiniTask(command="/bin/sh package.sfx", output="extracted")
    made.inputs.add(file=number_at(desk, archive), name="package.sfx")
    for name, value in {"SFX_DIR": "extracted", "SFX_EXTRACT_ONLY": "1"}.items():
        made.env.add(name=name, value=value)
    return declare(desk, "mini-task", f"extracted {archive.label}", wire.Declare(mini_task=made), options)


def check_environment(environment: object) -> File | str:
    """As it is kept until it is known for which manager: an absolute path, or a file."""
    if isinstance(environment, File):
        return environment
    if not isinstance(environment, (str, os.PathLike)) or not os.fspath(environment):
        raise bad_argument(f"an environment is a declared file, or the path of an archive, not {environment!r}")
    return _checked_path(os.fspath(environment))


def enter(desk: Desk, environments: list[File | str], message: wire.Submit | wire.Library) -> None:
    """Puts environments into the folder of a task or library, and has its command run in them: the first innermost."""
    if not environments:
        return
    message.inputs.add(file=_script(desk, _ENTER).number, name=f"vine.{_ENTER}")
    command = f"/bin/sh -c {shlex.quote(message.command)}"
    for at, environment in enumerate(environments):
        file = environment if isinstance(environment, File) else _unpacked(desk, environment)
        name = f"vine.environment.{at}"
        message.inputs.add(file=file.number, name=name)
        command = f"/bin/sh vine.{_ENTER} {name} {command}"
    message.command = f"exec {command}"


def enter_own(desk: Desk, environment: File | str, message: wire.Submit | wire.Library) -> None:
    """Has the command make an environment for itself alone, which it may change, and run in that."""
    package = environment if isinstance(environment, File) else _packed(desk, environment)
    message.inputs.add(file=number_at(desk, package), name="vine.package")
    for script in (_PREPARE, _ENTER):
        message.inputs.add(file=_script(desk, script).number, name=f"vine.{script}")
    name = "vine.environment.0"
    unpack = f"/bin/sh vine.{_PREPARE} vine.package {name}"
    make = f"if [ -d vine.package ]; then cp -a vine.package/. {name}; else {unpack}; fi"
    message.command = f"{make} && exec /bin/sh vine.{_ENTER} {name} /bin/sh -c {shlex.quote(message.command)}"


def _packed(desk: Desk, path: str) -> File:
    """The same: declared once as long as it does not change."""
    status = os.stat(path)
    return desk.once(
        ("package", path, status.st_mtime_ns, status.st_size),
        lambda: declare(desk, "file", path, wire.Declare(path=path), FileOptions()),
    )


def _unpacked(desk: Desk, path: str) -> File:
    """Declared once, however many tasks name it, as long as it does not change."""
    status = os.stat(path)
    return desk.once(
        ("environment", path, status.st_mtime_ns, status.st_size),
        lambda: declare_packed(desk, path, FileOptions()),
    )


def _archive(desk: Desk, package: File | str | os.PathLike[str]) -> File:
    if isinstance(package, File):
        return package
    if not isinstance(package, (str, os.PathLike)) or not os.fspath(package):
        raise bad_argument(f"a package is a declared file, or the path of an archive, not {package!r}")
    path = _checked_path(os.fspath(package))
    return declare(desk, "file", path, wire.Declare(path=path), FileOptions())


def _checked_path(named: str) -> str:
    path = os.path.abspath(named)
    if os.path.isdir(path):
        raise bad_argument(f"{named} is a folder, and an environment travels packed", _PACK_IT)
    if not os.path.exists(path):
        raise bad_argument(f"there is no packed environment at {named}", _PACK_IT)
    return path


def _script(desk: Desk, name: str) -> File:
    return desk.once(("script", name), lambda: _declare_script(desk, name))


def _declare_script(desk: Desk, name: str) -> File:
    return declare(desk, "buffer", name, buffer_message(desk, (_SCRIPTS / name).read_bytes()), FileOptions())
