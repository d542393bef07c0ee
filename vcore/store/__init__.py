"""Snapshot files: keep parts, publish, roll back, and ask which children a filter picks. The only SQL."""

from vcore.store.afterwards import Afterwards
from vcore.store.cohort import Cohort
from vcore.store.filters import CohortFilter
from vcore.store.groups import NOT_RECORDED, Groups
from vcore.store.snapshot import Snapshot
from vcore.store.store import Store
from vcore.store.year_before import YearBefore

__all__ = [
    "NOT_RECORDED",
    "Afterwards",
    "Cohort",
    "CohortFilter",
    "Groups",
    "Snapshot",
    "Store",
    "YearBefore",
]
