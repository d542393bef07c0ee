"""The published statements of the cohort that stands beside the reader's own.

Told only where nothing of the few between the two follows: what only the one holds, only the other, both and
neither must each be able to stand by itself, statement by statement (docs/decisions/0007-comparison.md).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ui import findings, reads
from ui.comparison import Comparison
from ui.disclosure import Gate
from ui.findings import Row, hidden
from vcore.measures.disclosure import HIDDEN
from vcore.measures.findings import Reading
from vcore.measures.overlap import cut_up
from vcore.store import Cohort


def comparison(cohort: Cohort) -> Comparison | None:
    """What the reader's cohort stands beside; None where that is nobody, or the same children."""
    found = reads.comparison()
    other = found.cohort
    same = other.snapshot is cohort.snapshot and np.array_equal(other.chosen, cohort.chosen)
    return None if same or not len(other) else found


def told(cohort: Cohort, other: Cohort, gate: Gate) -> Mapping[str, Row]:
    """Every statement about the other cohort by its id, worked out once for the two."""
    return reads.measured(rows_of, cohort, other, gate)


def rows_of(cohort: Cohort, other: Cohort, gate: Gate) -> dict[str, Row]:
    """The same of any two cohorts, as a gate lets them be told."""
    kept = {row.statement.id: row for row in findings.rows_of(other, other.whole_base, False, gate)}
    if gate.sees_small:
        return kept
    parts = [findings.read(part) for part in cut_up(cohort, other)]
    for name, row in kept.items():
        if not all(stands_alone(part[name].reading, gate) for part in parts if name in part):
            kept[name] = hidden(row.statement)
    return kept


def stands_alone(reading: Reading, gate: Gate) -> bool:
    """Whether a reading of these children alone would tell of no few: there is nobody, or there are enough."""
    sizes = (*(n for _, n in reading.groups), *reading.apart)
    return (
        gate.counts(reading.n)
        and all(n == 0 or gate.averages(n) for n in sizes)
        and all(gate.counts(k, n) for _, k, n in reading.counted)
        and gate.price("", [reading.provider_share]) != HIDDEN
    )
