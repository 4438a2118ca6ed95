"""Functions over whole collections, in the cluster."""

from __future__ import annotations

import pytest

import taskvine as vine


def double(x: int) -> int:
    return 2 * x


def test_map_and_pairs_keep_the_order_whatever_the_chunks(m: vine.Manager) -> None:
    for size in (1, 3, 100):
        assert m.map(double, range(10), size) == [2 * x for x in range(10)]
        assert m.pairs(lambda a, b: f"{a}{b}", "ab", [1, 2], size) == ["a1", "a2", "b1", "b2"]
    assert m.map(double, []) == []


def test_an_exception_comes_home_and_ends_the_rest(m: vine.Manager) -> None:
    with pytest.raises(ZeroDivisionError):
        m.map(lambda x: 1 // x, [1, 0, 2])
    assert m.empty()


def test_a_tree_reduces_to_one_value_without_the_others_coming_home(m: vine.Manager) -> None:
    before = m.stats["retrieved"]["bytes"]
    assert m.tree_reduce(sum, range(100), 5) == 4950
    assert m.tree_reduce(max, [3, 9, 4]) == 9
    assert m.tree_reduce(sum, [7]) == 7
    assert m.stats["retrieved"]["bytes"] == before
    assert m.wait() is None


def test_a_tree_can_reduce_what_calls_have_kept_in_the_cluster(m: vine.Manager) -> None:
    calls = [vine.FunctionCall(m.generic_library(), double, n) for n in range(10)]
    for call in calls:
        call.keep_in_cluster()
    assert m.tree_reduce(sum, calls, 3) == 90


def test_a_failure_in_the_tree_is_raised_as_what_it_was(m: vine.Manager) -> None:
    with pytest.raises(TypeError):
        m.tree_reduce(sum, [1, 2, "three", 4])


def test_what_cannot_be_reduced_is_refused(m: vine.Manager) -> None:
    with pytest.raises(vine.VineError, match="nothing to reduce"):
        m.tree_reduce(sum, [])
    with pytest.raises(vine.VineError, match="at least 2"):
        m.tree_reduce(sum, [1, 2], 1)
