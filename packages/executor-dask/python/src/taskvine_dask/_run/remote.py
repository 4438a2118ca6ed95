"""The modules that run nodes at the workers, as they are sent there."""

from __future__ import annotations

import functools
import io
import py_compile
import tempfile
import zipfile
from pathlib import Path

from taskvine._remote import by_value

_FOLDER = Path(__file__).parent.parent / "_remote" / "vine_dask"
_SHARED = Path(by_value.__file__)
#: The earliest that an archive can tell: what is in it is all that makes it.
_DATE = (1980, 1, 1, 0, 0, 0)


@functools.cache
def archive() -> bytes:
    """What Python imports from an archive on its path: sources, and beside them what this Python made of them.

    Without the latter each process would compile them anew.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed, tempfile.TemporaryDirectory() as folder:
        for source in (*sorted(_FOLDER.glob("*.py")), _SHARED):
            name = f"{_FOLDER.name}/{source.name}"
            packed.writestr(zipfile.ZipInfo(name, _DATE), source.read_bytes())
            compiled = py_compile.compile(
                str(source),
                cfile=f"{folder}/{source.stem}.pyc",
                dfile=name,
                doraise=True,
                invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
            )
            packed.writestr(zipfile.ZipInfo(f"{name}c", _DATE), Path(str(compiled)).read_bytes())
    return target.getvalue()
