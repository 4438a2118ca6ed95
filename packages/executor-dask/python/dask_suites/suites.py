"""Which of Dask's own tests are run: paths in its package."""

from __future__ import annotations

#: All that may compute something without naming a scheduler.
WHOLE = (
    "tests/test_base.py",
    "tests/test_cache.py",
    "tests/test_callbacks.py",
    "tests/test_composite_expr.py",
    "tests/test_context.py",
    "tests/test_datasets.py",
    "tests/test_delayed.py",
    "tests/test_graph_manipulation.py",
    "tests/test_highgraph.py",
    "tests/test_hlgexpr.py",
    "tests/test_order.py",
    "tests/test_typing.py",
    "diagnostics/tests",
    "bag/tests",
    "array/tests",
    "dataframe/dask_expr/tests",
    "dataframe/io/tests/test_csv.py",
    "dataframe/io/tests/test_demo.py",
    "dataframe/io/tests/test_io.py",
    "dataframe/io/tests/test_json.py",
    "dataframe/io/tests/test_parquet.py",
    "dataframe/tests",
    "dataframe/tseries/tests",
)
#: What each run of our own tests takes up: about a minute.
CHOSEN = (
    "tests/test_base.py",
    "tests/test_delayed.py",
    "tests/test_graph_manipulation.py",
    "bag/tests/test_bag.py",
    "bag/tests/test_random.py",
    "array/tests/test_array_function.py",
    "array/tests/test_atop.py",
    "array/tests/test_gufunc.py",
    "array/tests/test_optimization.py",
    "array/tests/test_percentiles.py",
    "array/tests/test_reshape.py",
    "array/tests/test_shuffle.py",
    "dataframe/dask_expr/tests/test_datetime.py",
    "dataframe/dask_expr/tests/test_fusion.py",
    "dataframe/dask_expr/tests/test_indexing.py",
    "dataframe/dask_expr/tests/test_merge.py::test_merge",
    "dataframe/dask_expr/tests/test_merge.py::test_join",
)
