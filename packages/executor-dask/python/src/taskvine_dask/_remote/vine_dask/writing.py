"""Values as bytes."""

from __future__ import annotations

import io
from pickle import dumps
from typing import Any, List, Optional

#: Buffers from this on are written as they are, beside the pickle.
_BUFFER = 65_536


def written(value: Any, buffers: Optional[List[Any]]) -> bytes:
    """The pickle of a value; what is large and flat in it goes to `buffers`, where there are any."""

    def keep(buffer: Any) -> bool:
        raw = buffer.raw()
        if buffers is None or raw.nbytes < _BUFFER:
            return True
        buffers.append(raw)
        return False

    try:
        main = dumps(value, 5, buffer_callback=keep)
        if b"__main__" not in main:
            return main
    except Exception:
        pass
    if buffers is not None:
        del buffers[:]
    # A module of the Python client, put beside this one.
    from .by_value import ByValue  # type: ignore[import-not-found,unused-ignore]

    target = io.BytesIO()
    ByValue(target, 5, buffer_callback=keep).dump(value)
    return target.getvalue()
