"""`help(taskvine)` and `python -m pydoc taskvine` tell what everything is for."""

from __future__ import annotations

import inspect
import pydoc
from collections.abc import Iterator

import pytest

import taskvine as vine


def members(kind: type) -> Iterator[tuple[str, object]]:
    """What a class of ours, and the classes of ours that it is made of, let others use."""
    for part in kind.__mro__:
        if part.__module__.startswith("taskvine"):
            yield from ((name, thing) for name, thing in vars(part).items() if not name.startswith("_"))


@pytest.mark.parametrize("name", vine.__all__)
def test_what_is_public_says_what_it_is_for(name: str) -> None:
    thing = getattr(vine, name)
    if not callable(thing):
        return
    assert inspect.getdoc(thing), name
    if inspect.isclass(thing):
        for member, held in members(thing):
            said = held if not isinstance(held, property) else held.fget
            if callable(said):
                assert said.__doc__, f"{name}.{member}"
        assert name in pydoc.plain(pydoc.render_doc(thing))
