"""The demonstration's tables and rows, shared with its own tests, and its cohort."""

from __future__ import annotations

import pytest

from tests.demo.conftest import rows, tables
from vcore import Store
from vcore.demo import AS_OF
from vcore.facts.domains import NeedModel
from vcore.measures.findings import findings
from vcore.tables import checked

__all__ = ["rows", "tables"]


@pytest.fixture(scope="session")
def everyone(tables):
    """All children of the demonstration."""
    needs = NeedModel()
    return Store.of_tables(checked(tables, needs), as_of=AS_OF, needs=needs, demonstration=True).cohort()


@pytest.fixture(scope="session")
def found(everyone):
    """Every statement about them."""
    return findings(everyone)
