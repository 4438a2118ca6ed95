"""Dataframes give what pandas gives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dask
import pytest
from taskvine import VineError

from taskvine_dask import DaskVine
from taskvine_dask._graph.shuffles import SETTING

pd = pytest.importorskip("pandas")
dd = pytest.importorskip("dask.dataframe")
datasets = pytest.importorskip("dask.datasets")


@pytest.fixture(autouse=True)
def _use(m: DaskVine) -> Iterator[None]:
    with dask.config.set(scheduler=m.get):
        yield


@pytest.fixture(scope="module")
def frame() -> Any:
    return datasets.timeseries(start="2000-01-01", end="2000-01-05", freq="60s", partition_freq="1D", seed=3)


@pytest.fixture(scope="module")
def local(frame: Any) -> Any:
    return frame.compute(scheduler="sync")


def test_groups_are_summed(frame: Any, local: Any) -> None:
    got = frame.groupby("name")[["x", "y"]].mean().compute().sort_index()
    pd.testing.assert_frame_equal(
        got, local.groupby("name")[["x", "y"]].mean().sort_index(), check_index_type=False, check_dtype=False
    )


def test_frames_are_joined(frame: Any, local: Any) -> None:
    means, local_means = frame.groupby("id").x.mean().to_frame("m"), local.groupby("id").x.mean().to_frame("m")
    got = frame.merge(means, left_on="id", right_index=True)
    want = local.merge(local_means, left_on="id", right_index=True)
    assert len(got) == len(want)
    assert got.m.sum().compute() == pytest.approx(want.m.sum())


def test_a_frame_is_sorted_by_another_column(frame: Any, local: Any) -> None:
    got = frame.set_index("x").compute()
    assert got.index.is_monotonic_increasing
    assert got.y.sum() == pytest.approx(local.y.sum())


def test_a_shuffle_brings_equals_together(frame: Any, local: Any) -> None:
    counts = frame.shuffle("id").map_partitions(lambda part: pd.Series([part.id.nunique()]), meta=("n", int))
    assert counts.compute().sum() == local.id.nunique()


def test_a_shuffle_through_one_machine_s_disk_is_refused(frame: Any) -> None:
    with dask.config.set({SETTING: "disk"}), pytest.raises(VineError, match="disk of one machine"):
        frame.shuffle("id").compute()


def test_frames_go_to_parquet_and_back(frame: Any, local: Any, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    frame.to_parquet(str(tmp_path / "frame"))
    back = dd.read_parquet(str(tmp_path / "frame")).compute()
    assert back.x.sum() == pytest.approx(local.x.sum())
    assert len(back) == len(local)
