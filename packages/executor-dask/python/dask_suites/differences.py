"""Dask's own tests that a scheduler in other processes cannot pass, and why not."""

from __future__ import annotations

import re

_MEMORY = "changes memory of the program, of which a worker has a copy"
_TELLS = "counts calls, or takes what it is told, in memory of the program"
_LOCK = "nodes share a lock of the program"
_SAME = "expects the very object, not one that is equal"
_UNPICKLABLE = "a literal of the graph cannot be pickled"
_NO_SCHEDULER = "expects that no scheduler was set"
_DISK = "expects a shuffle on the disk of one machine"
_SETTINGS = "expects settings of pytest that Dask does not ship"
MAY_PASS = "asks for a shuffle on the disk of one machine; some of these need none"
#: Needs the internet, or a plugin of pytest; or starts a cluster of Dask's other scheduler, which changes settings.
CANNOT_RUN = "is about something else"

_REASONS = {
    _MEMORY: (
        "array/tests/test_array_core.py::test_memmap",
        "array/tests/test_array_core.py::test_store",
        "array/tests/test_array_core.py::test_store_compute_false",
        "array/tests/test_array_core.py::test_store_delayed_target",
        "array/tests/test_array_core.py::test_store_regions",
        "dataframe/io/tests/test_parquet.py::test_fsspec_to_parquet_filesystem_option",
    ),
    _TELLS: (
        "array/tests/test_array_core.py::test_from_array_getitem[False-True]",
        "array/tests/test_array_core.py::test_from_array_getitem[True-True]",
        "bag/tests/test_bag.py::test_to_delayed_optimize_graph",
        "dataframe/dask_expr/tests/test_fusion.py::test_fusion_executes_only_once",
        "dataframe/io/tests/test_io.py::test_from_map_column_projection",
        "tests/test_graph_manipulation.py::test_bind",
        "tests/test_graph_manipulation.py::test_bind_clone_collections[bind]",
        "tests/test_graph_manipulation.py::test_wait_on_collections",
    ),
    _LOCK: (
        "array/tests/test_array_core.py::test_from_array_with_lock",
        "array/tests/test_array_core.py::test_store_locks",
        "array/tests/test_array_core.py::test_store_locks_count_calls",
        "array/tests/test_xarray.py::test_shared_tasks",
    ),
    _SAME: (
        "bag/tests/test_bag.py::test_bag_with_single_callable",
        "bag/tests/test_bag.py::test_repartition_partition_size_complex_dtypes",
        "dataframe/io/tests/test_parquet.py::test_filter_isna",
        "tests/test_delayed.py::test_traverse_false",
    ),
    _UNPICKLABLE: (
        "array/tests/test_ufunc.py::test_frompyfunc",
        "bag/tests/test_bag.py::test_reductions_are_lazy",
    ),
    _NO_SCHEDULER: (
        "tests/test_base.py::test_compute_array_bag",
        "tests/test_base.py::test_get_scheduler",
        "tests/test_base.py::test_persist_array_bag",
    ),
    _SETTINGS: ("array/tests/test_reductions.py::test_nanquantile_all_nan",),
    _DISK: (
        "bag/tests/test_bag.py::test_groupby_with_indexer",
        "bag/tests/test_bag.py::test_groupby_with_npartitions_changed",
        "bag/tests/test_bag.py::test_msgpack_unicode",
        "bag/tests/test_bag.py::test_temporary_directory",
        "dataframe/dask_expr/tests/test_shuffle.py::test_disk_shuffle",
        "dataframe/dask_expr/tests/test_shuffle.py::test_set_index_npartitions_changes",
        "dataframe/dask_expr/tests/test_merge.py::test_merge_combine_similar[2-3]",
        "dataframe/dask_expr/tests/test_partitioning_knowledge.py::test_avoid_shuffle_on_top_of_lowered_shuffle",
        "dataframe/dask_expr/tests/test_partitioning_knowledge.py::test_groupby_avoid_shuffle",
        "dataframe/dask_expr/tests/test_partitioning_knowledge.py::test_merge_avoid_shuffle",
        "dataframe/dask_expr/tests/test_partitioning_knowledge.py::test_merge_shuffle_if_different_order",
        "dataframe/dask_expr/tests/test_partitioning_knowledge.py::test_shuffle_after_only_blockwise_merge",
    ),
    CANNOT_RUN: (
        "array/tests/test_array_core.py::test_binary_operator_delegation",
        "dataframe/dask_expr/tests/test_diagnostics.py",
        "dataframe/dask_expr/tests/test_distributed.py",
        "array/tests/test_array_core.py::test_from_delayed_future",
        "dataframe/io/tests/test_parquet.py::test_pyarrow_filesystem_option_real_data",
        "tests/test_delayed.py::test_p2p_as_delayed",
    ),
}

#: Files stand for all that is in them, tests for themselves with any parameters.
_BY_TEST = {test: reason for reason, tests in _REASONS.items() for test in tests}


#: Among the parameters of a test.
_ON_DISK = re.compile(r"[\[-]disk[\]-]")


def difference_of(test: str) -> str | None:
    """Why a test, as bag/tests/test_bag.py::test_repartition[5], fails here. None: it does not."""
    names = (test, test.partition("[")[0], test.partition("::")[0])
    known = next((_BY_TEST[name] for name in names if name in _BY_TEST), None)
    return MAY_PASS if known is None and _ON_DISK.search(test) else known
