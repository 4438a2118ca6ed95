"""Where a manager is, and the keys for it."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import VineError

_MOST_BYTES = 64 * 1024


@dataclass(frozen=True)
class ConnectionFile:
    """What the manager wrote for its clients. Keys are empty where it runs without encryption."""

    manager_name: str
    addresses: tuple[str, ...]
    insecure: bool
    server_key: bytes
    public_key: bytes
    secret_key: bytes
    secret: bytes


def read_connection_file(path: str | os.PathLike[str]) -> ConnectionFile:
    """Raises CONNECTION_FILE when it is missing, damaged, or open to others."""
    text = _read_privately(Path(path))
    try:
        return _check(json.loads(text))
    except KeyError as cause:
        raise _bad(f"{path} is damaged: it has no {cause}") from cause
    except (ValueError, TypeError) as cause:
        raise _bad(f"{path} is damaged: {cause}") from cause


def _read_privately(path: Path) -> str:
    try:
        status = path.stat()
        if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise _bad(f"{path} holds secrets and is open to others", f"Run: chmod 600 {path}")
        if status.st_size > _MOST_BYTES:
            raise _bad(f"{path} is too large to be a connection file")
        return path.read_text()
    except OSError as cause:
        raise _bad(f"cannot read {path}: {cause.strerror}") from cause


def _check(fields: Any) -> ConnectionFile:
    if fields["format"] != 1:
        raise ValueError(f"format is {fields['format']!r}, not 1")
    client = fields["client"]
    addresses = tuple(str(address) for address in fields["addresses"])
    if not addresses:
        raise ValueError("it names no address")
    keys = [fields["serverKey"], client["publicKey"], client["secretKey"]]
    insecure = fields["insecure"] is True
    if any(len(key) != (0 if insecure else 40) for key in keys):
        raise ValueError("a key is no key")
    server, public, secret = (key.encode("ascii") for key in keys)
    return ConnectionFile(
        manager_name=str(fields["managerName"]),
        addresses=addresses,
        insecure=insecure,
        server_key=server,
        public_key=public,
        secret_key=secret,
        secret=bytes.fromhex(client["secret"]),
    )


def _bad(sentence: str, hint: str = "Use the one that the manager wrote, with mode 0600.") -> VineError:
    return VineError("CONNECTION_FILE", sentence, hint)
