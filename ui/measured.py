"""What was measured about a cohort, kept as long as the cohort is: a rerun does no work twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from vcore.store import Cohort

Answer = TypeVar("Answer")
_MEASURED: WeakKeyDictionary[Cohort, dict[Any, Any]] = WeakKeyDictionary()


def measured(measure: Callable[..., Answer], cohort: Cohort, *arguments: Any) -> Answer:
    """`measure(cohort, *arguments)`, worked out once for each cohort. Arguments must be hashable."""
    known = _MEASURED.setdefault(cohort, {})
    key = (measure, *arguments)
    if key not in known:
        known[key] = measure(cohort, *arguments)
    return known[key]
