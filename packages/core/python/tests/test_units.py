"""Amounts as people write them."""

import pytest

from taskvine import VineError
from taskvine.units import to_bytes, to_seconds


@pytest.mark.parametrize(
    ("said", "meant"),
    [(2048, 2_048_000_000), ("2 GB", 2_000_000_000), ("512MiB", 512 * 1024 * 1024), (0.5, 500_000), ("100k", 100_000)],
)
def test_memory_is_megabytes_or_text_with_a_unit(said: float | str, meant: int) -> None:
    assert to_bytes("memory", said) == meant


@pytest.mark.parametrize(
    ("said", "meant"), [(1.5, 1.5), ("90s", 90.0), ("250ms", 0.25), ("10m", 600.0), ("2h", 7200.0)]
)
def test_time_is_seconds_or_text_with_a_unit(said: float | str, meant: float) -> None:
    assert to_seconds("timeout", said) == pytest.approx(meant)


@pytest.mark.parametrize("said", ["", "many", "-3 GB", "3 parsecs", 0, -1, float("nan"), float("inf"), True, None])
def test_what_is_no_amount_is_refused_with_the_name_of_the_option(said: float | str) -> None:
    with pytest.raises(VineError, match="memory must be") as refused:
        to_bytes("memory", said)
    assert refused.value.code == "BAD_ARGUMENT"
