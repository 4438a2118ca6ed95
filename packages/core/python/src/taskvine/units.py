"""Amounts as people write them."""

from __future__ import annotations

import math
import re

from .errors import bad_argument

_AMOUNT = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*([a-z]*)")
_BYTES = {"": 1.0, "b": 1.0}
for _power, _letter in enumerate("kmgt", start=1):
    _BYTES |= {_letter: 1e3**_power, f"{_letter}b": 1e3**_power}
    _BYTES |= {f"{_letter}i": 1024.0**_power, f"{_letter}ib": 1024.0**_power}
_SECONDS = {"": 1.0, "ms": 0.001, "s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "d": 86400.0}

MB = 1_000_000


def to_bytes(what: str, amount: float | str) -> int:
    """Bytes from a number of megabytes, or from text such as "4 GB" or "512 MiB"."""
    if isinstance(amount, str):
        return round(_parse(what, amount, _BYTES, 'megabytes as a number, or text such as "4 GB"'))
    return round(_positive(what, amount, "a number of megabytes") * MB)


def to_seconds(what: str, duration: float | str) -> float:
    """Seconds from a number of them, or from text such as "90s", "10m", "2h"."""
    if isinstance(duration, str):
        return _parse(what, duration, _SECONDS, 'seconds as a number, or text such as "10m"')
    return _positive(what, duration, "a number of seconds")


def positive(what: str, value: float) -> float:
    return _positive(what, value, "a number")


def number(what: str, value: float) -> float:
    """Any that can be compared."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not -math.inf < value < math.inf:
        raise bad_argument(f"{what} must be a number, not {value!r}")
    return value


def whole(what: str, value: int, least: int = 0) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= 1_000_000:
        raise bad_argument(f"{what} must be a whole number from {least} to 1000000, not {value!r}")
    return value


def label(what: str, value: str) -> str:
    if isinstance(value, str) and 0 < len(value) <= 1_024 and "\0" not in value:
        return value
    raise bad_argument(f"{what} must be a text that is not empty, not {value!r}")


def _parse(what: str, text: str, units: dict[str, float], wanted: str) -> float:
    match = _AMOUNT.fullmatch(text.strip().lower())
    factor = None if match is None else units.get(match[2])
    if match is None or factor is None or float(match[1]) <= 0:
        raise bad_argument(f"{what} must be {wanted}, not {text!r}")
    return float(match[1]) * factor


def _positive(what: str, value: float, unit: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < math.inf:
        raise bad_argument(f"{what} must be {unit}, more than 0, not {value!r}")
    return value
