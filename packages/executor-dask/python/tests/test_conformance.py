"""Dask's own contract for schedulers."""

from __future__ import annotations

import pytest
from dask.utils_test import GetFunctionTestMixin

from taskvine_dask import DaskVine


class TestContract(GetFunctionTestMixin):  # type: ignore[misc]
    @pytest.fixture(autouse=True)
    def _use(self, m: DaskVine) -> None:
        type(self).get = staticmethod(m.get)
