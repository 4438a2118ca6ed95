"""What went wrong, as people and programs want to read it."""

from __future__ import annotations

import os
import platform
import sys
import traceback
from types import TracebackType

_HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_CUT = 256 * 1024


def sentence(error: BaseException) -> str:
    """Type and text, as the last line of a traceback has them."""
    return "".join(traceback.format_exception_only(type(error), error)).strip()


def traceback_text(error: BaseException) -> str:
    """The traceback from the function on: what the host did to get there is left out."""
    described = traceback.TracebackException(type(error), error, _users_part(error.__traceback__))
    text = "".join(described.format())
    return text if len(text) <= _CUT else "… " + text[-_CUT:]


def _users_part(tb: TracebackType | None) -> TracebackType | None:
    first = tb
    while first is not None and first.tb_frame.f_code.co_filename.startswith(_HERE):
        first = first.tb_next
    return first


def is_unfit(error: BaseException, written_by: str | None) -> bool:
    """Whether it is this Python's fault, so that another try here would end the same."""
    if isinstance(error, ImportError) or _looks_like_versions(error):
        return True
    here = [str(part) for part in sys.version_info[:2]]
    return written_by is not None and written_by.split(".")[:2] != here


def explain_unreadable(error: BaseException, written_by: str | None) -> str:
    """Why a pickle cannot be read: most often two Pythons that do not fit, or a missing package."""
    if isinstance(error, ModuleNotFoundError):
        if error.name in ("cloudpickle", "cloudpickle.cloudpickle"):
            return "it needs the package cloudpickle; install it on the workers: pip install cloudpickle"
        return (
            f"the module {error.name!r} is not there for {sys.executable}; install it on the workers, "
            "give it to the library as an input, or define the function in the program itself"
        )
    reason = sentence(error)
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if written_by is not None and written_by.split(".")[:2] != here.split("."):
        return (
            f"it was written by Python {written_by} and is read by Python {platform.python_version()}; "
            f"use the same version at both ends, 3.x for 3.x ({reason})"
        )
    if _looks_like_versions(error):
        return (
            f"it was written by another version of Python or of cloudpickle than is here "
            f"(Python {platform.python_version()}); use the same at both ends ({reason})"
        )
    return reason


def _looks_like_versions(error: BaseException) -> bool:
    text = str(error)
    signs = ("unsupported pickle protocol", "bad marshal data", "code() ", "code expected", "cloudpickle")
    return any(sign in text for sign in signs) or isinstance(error, SystemError)
