"""How units come, and how what is told of them goes.

Two bytes (0x80 and a letter), the length of a JSON text (uint32, little-endian), the text, and bytes that it tells of.
"""

from __future__ import annotations

import json
import struct
from typing import Any, Tuple


def envelope(letter: bytes, head: Any) -> bytes:
    text = json.dumps(head, separators=(",", ":")).encode("ascii")
    return b"\x80" + letter + struct.pack("<I", len(text)) + text


def open_envelope(data: Any) -> Tuple[Any, memoryview]:
    (length,) = struct.unpack_from("<I", data, 2)
    view = memoryview(data)
    return json.loads(bytes(view[6 : 6 + length])), view[6 + length :]
