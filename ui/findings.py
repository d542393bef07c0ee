"""The published statements as one reader may see them: each printed beside computed, with its verdict.

Every number passes the gate, and with a number its verdict. Asks the measures, never the data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ui import findings_words as words
from ui import reads, theme
from ui.disclosure import Gate
from vcore.facts.published import Published, register
from vcore.measures.disclosure import HIDDEN
from vcore.measures.findings import Found, Reading, Verdict, findings, verdict
from vcore.measures.findings.verdicts import COMPARED
from vcore.settings import settings
from vcore.store import Cohort

HIDDEN_VERDICT = "hidden"


class Row(NamedTuple):
    """One statement as it may be told. `verdict` is a `Verdict`, or `HIDDEN_VERDICT`."""

    statement: Published
    here: str
    interval: str
    children: str
    verdict: str
    why: str
    detail: str
    value: float  # NaN where hidden or not a number


def told(cohort: Cohort, gate: Gate) -> tuple[Row, ...]:
    """Every statement about the reader's cohort, worked out once for it."""
    return reads.measured(rows_of, cohort, reads.whole(), is_demonstration(cohort), gate)


def read(cohort: Cohort) -> dict[str, Found]:
    """Every statement computed, once a cohort."""
    return reads.measured(findings, cohort, settings().weeks_per_year)


def is_demonstration(cohort: Cohort) -> bool:
    """Whether these are all the children of the demonstration data on its date."""
    store = reads.open_store()
    return store.demonstration and cohort.as_of == store.latest and len(cohort) == len(cohort.snapshot.frame)


def rows_of(cohort: Cohort, base: Cohort, demonstration: bool, gate: Gate) -> tuple[Row, ...]:
    """Every statement about a cohort of a base, as a gate lets it be told."""
    if not gate.counts(len(cohort), len(base)):  # of so few, what is missing or 0 would tell about them too
        return tuple(hidden(statement) for statement in register().values())
    own, all_found = read(cohort), read(base)
    return tuple(
        _row(statement, own.get(name), all_found.get(name), len(cohort), gate, demonstration)
        for name, statement in register().items()
    )


def hidden(statement: Published) -> Row:
    """A statement whose figure would tell of too few children."""
    said = verdict(statement, None, 0)
    if statement.beyond or statement.rule == "tracker":  # tells nothing about anybody
        return _without(statement, said)
    return Row(statement, HIDDEN, "", HIDDEN, HIDDEN_VERDICT, "", "", float("nan"))


def _without(statement: Published, said: str, why: str = "") -> Row:
    """A statement that has no figure here."""
    why = why or words.BEYOND[statement.beyond]
    return Row(statement, theme.NOT_AVAILABLE, "", "", said, why, "", float("nan"))


def _row(
    statement: Published,
    found: Found | None,
    base: Found | None,
    children: int,
    gate: Gate,
    demonstration: bool,
) -> Row:
    said = verdict(statement, found, children, demonstration=demonstration)
    if found is None or base is None:
        return _without(statement, said)
    if found.missing:
        return _without(statement, said, words.lacking(found.missing))
    reading = found.reading
    if not reading.n:
        return _without(statement, said, "nobody to compute it from")._replace(children="0")
    n = gate.count(reading.n, base.reading.n)
    plain = verdict(statement, found, children)
    if not may_tell(reading, base.reading, gate):
        why = "one child" if reading.single else ""
        return Row(statement, HIDDEN, "", n, HIDDEN_VERDICT, why, "", float("nan"))
    return Row(
        statement,
        words.here(statement, reading),
        words.interval(statement, reading),
        n,
        said,
        words.MADE_TO if said is not plain else words.why(statement, reading, said),
        "; ".join(filter(None, (words.brought(statement, reading, children), words.parts(reading)))),
        reading.value if statement.rule != "order" else float("nan"),
    )


def may_tell(reading: Reading, base: Reading, gate: Gate) -> bool:
    """Whether a reading may be told: no group behind it, or beside it, or left of its base, is too small."""
    if gate.price("", [reading.provider_share]) == HIDDEN:
        return False
    if gate.sees_small:
        return True
    if reading.single:
        return False
    groups, counted = dict(base.groups), {name: k for name, k, _ in base.counted}
    return (
        gate.counts(reading.n, base.n)
        and all(gate.averages(n, groups.get(name, n)) for name, n in reading.groups)
        and all(n == 0 or gate.averages(n) for n in reading.apart)
        and all(gate.counts(k, n) and gate.counts(k, counted.get(name, k)) for name, k, n in reading.counted)
    )


def tally(rows: Sequence[Row]) -> Counter[str]:
    """How many statements have each verdict."""
    return Counter(row.verdict for row in rows)


def agreeing(rows: Sequence[Row]) -> dict[str, str]:
    """`7 of 8 agree`, for each part of the report that holds something against these children."""
    told = {}
    for topic in dict.fromkeys(row.statement.topic for row in rows):
        found = tally([row for row in rows if row.statement.topic == topic])
        if compared := sum(found[kind] for kind in COMPARED):
            told[topic] = f"{found[Verdict.AGREES]} of {compared} agree"
    return told


def headline(rows: Sequence[Row], cohort: Cohort, gate: Gate) -> str:
    """The sentence on top: how much of the report holds for these children."""
    found = tally(rows)
    compared = sum(found[kind] for kind in COMPARED)
    if not compared:
        return "Too few children to hold the published report against."
    n = len(cohort)
    who = theme.count(n, "child", "children") if gate.counts(n, len(cohort.base)) else "children"
    whose = f"all {who}" if n == len(cohort.base) else f"these {who}"
    some = found[Verdict.CLOSE] + found[Verdict.SAME_DIRECTION]
    rest = [
        f"{some} {'comes' if some == 1 else 'come'} close or {'points' if some == 1 else 'point'} the same way"
        if some
        else "",
        f"{found[Verdict.DIFFERS]} {'differs' if found[Verdict.DIFFERS] == 1 else 'differ'}"
        if found[Verdict.DIFFERS]
        else "",
    ]
    tail = "".join(f"; {part}" for part in rest if part)
    agree = found[Verdict.AGREES]
    verb = "holds" if agree == 1 else "hold"
    return f"{agree} of {compared} printed statements {verb} for {whose}{tail}."


def others(rows: Sequence[Row]) -> str:
    """What became of the statements that are held against nothing."""
    found = tally(rows)
    said = (
        (Verdict.BEYOND, "is", "are", "about others"),
        (Verdict.NOT_COMPARED, "prints", "print", "nothing to compare"),
        (Verdict.TRACKER, "comes", "come", "from the tracker, once used"),
        (Verdict.MISSING, "lacks", "lack", "a column"),
        (Verdict.NOBODY, "has", "have", "too few children"),
        (HIDDEN_VERDICT, "is", "are", "hidden"),
    )
    parts = [f"{theme.count(found[kind], one, many)} {rest}" for kind, one, many, rest in said if found[kind]]
    return f"Of {len(rows)} statements, {'; '.join(parts)}." if parts else ""
