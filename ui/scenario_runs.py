"""The working scenario on the reader's children: what it gives, and its plan. The last few are kept.

The pages that show it, its parts and its files all ask here, so that none works it out again.
"""

from __future__ import annotations

from functools import lru_cache

from ui import reads, scenario_state
from vcore.scenarios import Result, Scenario, run
from vcore.scenarios.plan import Plan
from vcore.scenarios.plan import plan as plan_of
from vcore.store import Cohort

_KEPT = 8  # runs, whoever asks: one holds some arrays a child and lever


def result() -> Result:
    """What the draft gives on the reader's children. Raises `RefusedRun`."""
    return _run(scenario_state.draft().scenario, reads.cohort())  # type: ignore[arg-type]  # it is frozen


def plan() -> Plan:
    """The same by month. Raises `RefusedRun`."""
    return _plan(result())


@lru_cache(maxsize=_KEPT)
def _run(scenario: Scenario, cohort: Cohort) -> Result:
    return run(scenario, cohort)


@lru_cache(maxsize=_KEPT)
def _plan(found: Result) -> Plan:
    return plan_of(found)
