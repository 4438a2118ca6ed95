"""Saying hello to the worker."""

from __future__ import annotations

import json
import os
import platform
import socket
from dataclasses import dataclass
from typing import Any

from ..settings import Settings
from .frames import MAX_BODY, Frame, FrameReader, pack

PROTOCOL = 1


class Refused(Exception):
    """The worker does not want this library; the text is its reason."""


@dataclass
class Link:
    """A connection after its welcome."""

    socket: socket.socket
    reader: FrameReader
    #: Frames that came with the welcome.
    early: list[Frame]
    compact: bool
    #: Larger values go to the call's file.
    inline_bytes: int
    #: Of calls that name none: this, and the call's number. None: such values have no place.
    value_files: str | None


def connect(settings: Settings) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.connect(settings.socket)
    return connection


def greet(connection: socket.socket, hello: dict[str, Any]) -> Link:
    """Sends hello and waits for the answer."""
    connection.sendall(
        pack(
            {
                "type": "hello",
                "protocol": PROTOCOL,
                "pid": os.getpid(),
                "compact": True,
                "compactValues": True,
                **hello,
            }
        )
    )
    reader = FrameReader(connection)
    frames: list[Frame] = []
    while not frames:
        read = reader.read()
        if read is None:
            raise Refused("the worker closed the connection")
        frames = read
    answer = json.loads(frames[0][0])
    if answer.get("type") != "welcome":
        raise Refused(str(answer.get("message", "no reason given")))
    return Link(
        socket=connection,
        reader=reader,
        early=frames[1:],
        compact=bool(answer.get("compact", False)),
        inline_bytes=int(answer.get("inlineBytes", MAX_BODY)),
        value_files=answer.get("valueFiles"),
    )


def hello_of(settings: Settings, slots: int, cancel: bool, names: list[str] | None) -> dict[str, Any]:
    hello: dict[str, Any] = {
        "token": settings.token,
        "slots": slots,
        "encodings": ["json", "pickle"],
        "cancel": cancel,
        "host": f"Python {platform.python_version()}, {settings.mode}",
    }
    if names is not None:
        hello["functions"] = names
    return hello
