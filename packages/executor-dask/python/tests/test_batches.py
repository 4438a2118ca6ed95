"""Nodes go out in batches of a size that workers can take, and what they share goes out once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from taskvine_dask._run.pickling import NodePickler, Pickled

_MEGABYTE = 1 << 20


def pickled(arguments: list[Any]) -> list[Pickled]:
    nodes = [((abs, argument), ()) for argument in arguments]
    return list(NodePickler("tuples").pickle(nodes, list(range(len(nodes)))))


def test_nodes_with_much_of_their_own_go_out_in_several_batches() -> None:
    batches = pickled([bytes([number]) * _MEGABYTE for number in range(12)])
    assert [batch.count for batch in batches] == [3, 3, 3, 3]
    arrays = [np.full(_MEGABYTE, number) for number in range(5)]
    assert [batch.count for batch in pickled(arrays)] == [1] * 5


@pytest.mark.parametrize("make", [lambda: bytes(9 * _MEGABYTE), lambda: np.zeros(_MEGABYTE)])
def test_what_all_nodes_share_goes_out_once(make: Callable[[], Any]) -> None:
    shared = make()
    (batch,) = pickled([shared] * 50)
    assert batch.count == 50
    assert batch.bytes < 10 * _MEGABYTE


def test_nodes_that_share_something_stay_together() -> None:
    first, second = bytes(9 * _MEGABYTE), bytes(9 * _MEGABYTE)
    assert [batch.count for batch in pickled([first] * 3 + [second] * 3)] == [3, 3]
