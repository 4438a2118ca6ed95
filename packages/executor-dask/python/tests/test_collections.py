"""Collections of Dask give what the libraries that they stand for give."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import dask
import pytest

from taskvine_dask import DaskVine
from taskvine_dask._graph.shuffles import SETTING

da = pytest.importorskip("dask.array")
db = pytest.importorskip("dask.bag")
np = pytest.importorskip("numpy")


def test_a_blocked_matrix_product_is_that_of_numpy(m: DaskVine) -> None:
    a = np.arange(400.0 * 300).reshape(400, 300) % 17
    x = da.from_array(a, chunks=(100, 100))
    product = (x @ x.T).compute(scheduler=m.get)
    np.testing.assert_allclose(product, a @ a.T)


def test_the_singular_values_of_a_tall_matrix_are_those_of_numpy(m: DaskVine) -> None:
    a = np.random.default_rng(7).random((2_000, 20))
    u, s, v = da.linalg.svd(da.from_array(a, chunks=(250, 20)))
    got = dask.compute(u, s, v, scheduler=m.get)
    np.testing.assert_allclose(got[1], np.linalg.svd(a, compute_uv=False))
    np.testing.assert_allclose(got[0] * got[1] @ got[2], a)


def test_words_of_real_texts_are_counted(m: DaskVine) -> None:
    folder = Path(dask.__file__).parent
    files = sorted(folder.glob("*.py"))[:12]
    words = db.read_text([str(file) for file in files]).str.split().flatten()
    counted = dict(words.frequencies().compute(scheduler=m.get))
    expected: dict[str, int] = {}
    for file in files:
        for word in file.read_text(encoding="utf-8").split():
            expected[word] = expected.get(word, 0) + 1
    assert counted == expected


def test_bags_fold_by_key(m: DaskVine) -> None:
    bag = db.from_sequence(range(1_000), npartitions=8)
    folded = bag.foldby(lambda x: x % 7, lambda total, x: total + x, 0, lambda a, b: a + b, 0)
    assert dict(folded.compute(scheduler=m.get)) == {r: sum(range(r, 1_000, 7)) for r in range(7)}


def test_a_tree_of_delayed_calls_is_summed(m: DaskVine) -> None:
    @dask.delayed  # type: ignore[untyped-decorator,unused-ignore]
    def double(x: int) -> int:
        return 2 * x

    @dask.delayed  # type: ignore[untyped-decorator,unused-ignore]
    def add(a: int, b: int) -> int:
        return a + b

    layer: list[Any] = [double(x) for x in range(512)]
    while len(layer) > 1:
        layer = [add(a, b) for a, b in zip(layer[::2], layer[1::2])]
    assert layer[0].compute(scheduler=m.get) == 2 * sum(range(512))


def test_several_collections_are_computed_at_once_and_may_be_persisted(m: DaskVine) -> None:
    x = da.ones((100, 100), chunks=50)
    assert dask.compute(x.sum(), {"mean": x.mean()}, scheduler=m.get) == (10_000, {"mean": 1})
    kept = (x + 1).persist(scheduler=m.get)
    assert kept.sum().compute(scheduler=m) == 20_000


def test_all_of_dask_uses_the_manager_in_its_block(m: DaskVine) -> None:
    with m.as_dask():
        assert dask.config.get(SETTING) == "tasks"
        assert da.arange(10, chunks=2).sum().compute() == 45


def test_arrays_are_stored_as_files(m: DaskVine, tmp_path: Path) -> None:
    x = da.arange(60, chunks=10).reshape((60, 1)) * da.ones((1, 3), chunks=(1, 3))
    with m.as_dask():
        da.to_npy_stack(str(tmp_path / "stack"), x)
        back = da.from_npy_stack(str(tmp_path / "stack")).compute()
    np.testing.assert_array_equal(back, np.arange(60).reshape(60, 1) * np.ones((1, 3)))


def test_who_stores_into_memory_is_told_that_it_stays_as_it_is(m: DaskVine) -> None:
    x = da.ones((4, 4), chunks=2) + 1
    target = np.zeros((4, 4))
    with pytest.warns(UserWarning, match="stays as it is"):
        da.store(x, target, scheduler=m.get, lock=False)
    assert not target.any()


def test_arrays_are_stored_where_workers_write(m: DaskVine, tmp_path: Path) -> None:
    class Folder:
        def __setitem__(self, where: Any, value: Any) -> None:
            np.save(tmp_path / f"{where[0].start}.npy", value)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        da.store(da.from_array(np.arange(6), chunks=3), Folder(), scheduler=m.get, lock=False)
    assert np.load(tmp_path / "3.npy").tolist() == [3, 4, 5]


def test_a_large_literal_is_sent_once(m: DaskVine) -> None:
    large = np.arange(25_000_000.0)
    part = dask.delayed(large)
    sums = [dask.delayed(lambda a, i: float(a[i]))(part, i) for i in (1, 24_999_999)]
    assert dask.compute(*sums, scheduler=m.get) == (1.0, 24_999_999.0)


def test_reductions_of_xarray_are_computed(m: DaskVine) -> None:
    xr = pytest.importorskip("xarray")
    data = xr.DataArray(da.arange(1_000, chunks=100).reshape((100, 10)), dims=("t", "x"))
    means = data.mean("t").compute(scheduler=m.get)
    np.testing.assert_allclose(means, np.arange(1_000).reshape(100, 10).mean(axis=0))
