"""From the command line to a host that answers calls."""

from __future__ import annotations

import sys
import traceback

from . import fork_hooks
from .calling.functions import Functions
from .calling.streams import replace_streams
from .settings import Settings, SettingsError, UnfitPython, read_settings
from .wire.connection import Refused
from .wire.frames import ProtocolError

#: EX_CONFIG of sysexits.h: the library is not tried again at this worker (docs/LIBRARY-PROTOCOL.md).
_UNFIT = 78


def main(arguments: list[str]) -> int:
    """Exit code of the process. What fails before the first call is told on standard error."""
    if len(arguments) != 1:
        print("usage: vine_host.py library.json", file=sys.stderr)
        return 2
    try:
        settings = read_settings(arguments[0])
        if settings.mode != "fork":
            fork_hooks.let_go()
            replace_streams()
        functions = Functions(settings)
        _load(functions)
        return _serve(settings, functions)
    except SettingsError as error:
        if error.__cause__ is not None:
            traceback.print_exception(type(error.__cause__), error.__cause__, error.__cause__.__traceback__)
        print(f"the library cannot start: {error}", file=sys.stderr)
        return _UNFIT if isinstance(error, UnfitPython) else 1
    except Refused as error:
        print(f"the worker refused the library: {error}", file=sys.stderr)
    except ProtocolError as error:
        print(f"the worker broke the protocol: {error}", file=sys.stderr)
    return 1


def _load(functions: Functions) -> None:
    try:
        functions.load_all()
    except ImportError as error:
        raise UnfitPython(f"something that it needs cannot be imported: {error}") from error


def _serve(settings: Settings, functions: Functions) -> int:
    if settings.mode == "fork":
        from .modes.forking import serve_by_fork

        return serve_by_fork(settings, functions)
    if settings.mode == "threads":
        from .modes.threads import serve_in_threads

        return serve_in_threads(settings, functions)
    from .modes.direct import serve_directly

    return serve_directly(settings, functions)
