"""The Python host of TaskVine: a library (docs/LIBRARY-PROTOCOL.md) that calls Python functions.

Started by a worker as ``python3 vine_host.py library.json``. Needs the standard library, and cloudpickle
where a pickle was written by it.
"""

from __future__ import annotations

import sys

from vine_hosting import fork_hooks

fork_hooks.hold_back()

from vine_hosting.start import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
