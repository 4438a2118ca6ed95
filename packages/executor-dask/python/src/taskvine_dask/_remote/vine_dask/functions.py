"""Functions that are part of the library. Nodes refer to them as attributes of this module: f0, f1, …"""

from __future__ import annotations

import os
import pickle
import sys
from typing import Any, Dict, List

#: In the folder where the library is started, where there are any.
_FILE = "vine_dask.functions"


def _load(path: str) -> Dict[str, Any]:
    with open(path, "rb") as opened:
        functions: List[Any] = pickle.load(opened)
    main = sys.modules["__main__"]
    for function in functions:
        name = getattr(function, "__name__", "")
        if name.isidentifier():
            setattr(main, name, function)
    return {"f%d" % number: function for number, function in enumerate(functions)}


if os.path.exists(_FILE):
    globals().update(_load(_FILE))
