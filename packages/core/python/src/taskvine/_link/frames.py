"""Frames of the control link: handshake, numbers, heartbeats (docs/PROTOCOL.md)."""

from __future__ import annotations

import hmac
import os

from .._wire import handshake_pb2 as wire
from ..errors import VineError

VERSION_MIN = 1
VERSION_MAX = 1
FRAME_BYTES = 64 * 1024 * 1024
_ROLE = b"client"


def hello(secret: bytes, software: str) -> bytes:
    """The first frame. An empty secret proves nothing: the manager runs without keys."""
    nonce = os.urandom(16)
    proof = hmac.new(secret, _ROLE + nonce, "sha256").digest() if secret else b""
    greeting = wire.Hello(
        role=wire.ROLE_CLIENT,
        version_min=VERSION_MIN,
        version_max=VERSION_MAX,
        proof=proof,
        nonce=nonce,
        software=software,
    )
    return wire.Frame(handshake=wire.Handshake(hello=greeting)).SerializeToString()


def read_welcome(data: bytes) -> wire.Welcome:
    """Raises what the manager refused with."""
    frame = wire.Frame.FromString(data)
    kind = frame.handshake.WhichOneof("message")
    if kind == "refused":
        raise _error(frame.handshake.refused)
    if kind != "welcome":
        raise VineError("BAD_FRAME", "the other end answers with something else than a welcome")
    welcome = frame.handshake.welcome
    if not VERSION_MIN <= welcome.version <= VERSION_MAX:
        raise VineError("VERSION_MISMATCH", f"the manager chose protocol {welcome.version}")
    return welcome


class Session:
    """Numbers the frames of both directions. A gap or repetition raises BAD_FRAME."""

    def __init__(self, session: bytes) -> None:
        self._session = session
        self._sent = 0
        self._received = 0

    def batches(self, batches: list[bytes]) -> bytes:
        return self._next(wire.Frame(batches=batches))

    def heartbeat(self) -> bytes:
        return self._next(wire.Frame(heartbeat=True))

    def goodbye(self, code: str, sentence: str) -> bytes:
        return self._next(wire.Frame(goodbye=wire.Refused(code=code, sentence=sentence)))

    def read(self, data: bytes) -> list[bytes]:
        """The batches of a frame. Raises the manager's reason when the frame is its goodbye."""
        frame = wire.Frame.FromString(data)
        if frame.session != self._session:
            raise VineError("BAD_FRAME", "the manager sent a frame of another session")
        self._received += 1
        if frame.sequence != self._received:
            raise VineError("BAD_FRAME", f"the manager sent frame {frame.sequence} where {self._received} is next")
        if frame.WhichOneof("body") == "goodbye":
            raise _error(frame.goodbye)
        return list(frame.batches)

    def _next(self, frame: wire.Frame) -> bytes:
        self._sent += 1
        frame.session = self._session
        frame.sequence = self._sent
        return frame.SerializeToString()


def _error(refused: wire.Refused) -> VineError:
    return VineError(refused.code, refused.sentence, refused.hint)
