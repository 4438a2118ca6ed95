"""Functions over parts of collections. Sent to workers by value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def each(function: Callable[[Any], Any]) -> Callable[[list[Any]], list[Any]]:
    """Makes the function over a list."""

    def over_chunk(chunk: list[Any]) -> list[Any]:
        return [function(item) for item in chunk]

    return over_chunk


def each_pair(function: Callable[[Any, Any], Any]) -> Callable[[list[tuple[Any, Any]]], list[Any]]:
    def over_pairs(chunk: list[tuple[Any, Any]]) -> list[Any]:
        return [function(one, other) for one, other in chunk]

    return over_pairs


def each_call(function: Callable[..., Any]) -> Callable[[list[tuple[Any, ...]]], list[Any]]:
    def over_calls(chunk: list[tuple[Any, ...]]) -> list[Any]:
        return [function(*args) for args in chunk]

    return over_calls
