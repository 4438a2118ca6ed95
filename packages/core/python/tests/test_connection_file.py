"""The file that says where a manager is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from taskvine import VineError
from taskvine._link.connection_file import read_connection_file

KEYS = {"publicKey": "p" * 40, "secretKey": "s" * 40, "secret": "ab" * 32}
GOOD: dict[str, Any] = {
    "format": 1,
    "managerName": "m",
    "addresses": ["tcp://127.0.0.1:9123"],
    "insecure": False,
    "serverKey": "k" * 40,
    "worker": KEYS,
    "client": KEYS,
}


def write(path: Path, content: Any, mode: int = 0o600) -> Path:
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    path.chmod(mode)
    return path


def test_the_keys_of_the_client_role_are_read(tmp_path: Path) -> None:
    file = read_connection_file(write(tmp_path / "c.json", GOOD))
    assert file.addresses == ("tcp://127.0.0.1:9123",)
    assert (file.server_key, file.public_key, file.secret_key) == (b"k" * 40, b"p" * 40, b"s" * 40)
    assert file.secret == b"\xab" * 32


def test_a_file_that_others_can_read_is_refused_with_the_command_that_mends_it(tmp_path: Path) -> None:
    path = write(tmp_path / "c.json", GOOD, 0o644)
    with pytest.raises(VineError) as refused:
        read_connection_file(path)
    assert refused.value.code == "CONNECTION_FILE"
    assert refused.value.hint == f"Run: chmod 600 {path}"


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        {},
        {**GOOD, "format": 2},
        {**GOOD, "addresses": []},
        {**GOOD, "serverKey": "short"},
        {**GOOD, "client": {**KEYS, "secret": "no hex"}},
        {**GOOD, "insecure": True},
    ],
)
def test_a_damaged_file_is_named_in_the_error(tmp_path: Path, content: Any) -> None:
    with pytest.raises(VineError, match=r"c\.json is damaged"):
        read_connection_file(write(tmp_path / "c.json", content))


def test_a_missing_file_is_named_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(VineError, match=r"cannot read .*nowhere"):
        read_connection_file(tmp_path / "nowhere")


def test_what_a_file_lacks_is_named(tmp_path: Path) -> None:
    with pytest.raises(VineError, match="it has no 'serverKey'"):
        read_connection_file(write(tmp_path / "c.json", {k: v for k, v in GOOD.items() if k != "serverKey"}))
