"""How many children have a need, how deep it is and at which level, area by area, as the report charts it.

Every number passes the gate. Asks the measures, never the data.
"""

from __future__ import annotations

import pandas as pd

from ui import findings_shapes as shapes
from ui import reads, theme
from ui.disclosure import Gate
from ui.figure import Figure, Unit
from ui.findings_names import described, key_of, points, quiet, still
from vcore.facts.domains import LEVEL_LABELS, LEVELS
from vcore.measures.disclosure import HIDDEN
from vcore.measures.needs import by_domain
from vcore.store import Cohort


def prevalence(number: str, cohort: Cohort, base: Cohort, gate: Gate) -> Figure:
    """How many have any need in each area, and how deep it is."""
    found, n = reads.measured(by_domain, cohort), 0
    n = int(found["assessed"].iloc[0])
    if not _may(n, base, gate):
        return quiet(number, cohort, gate)
    found = found.sort_values("prevalence", ascending=False)
    shares, depths = found["prevalence"].tolist(), found["depth"].tolist()
    rows = list(found["label"])
    open_rows = [gate.counts(round(share * n), n) for share in shares]
    if not any(open_rows):
        return quiet(number, cohort, gate)
    first = open_rows.index(True)
    title = f"{rows[first]}: {theme.percent(shares[first])} need support, {points(depths[first])} on average"
    said = [
        f"{theme.percent(share)}, mean {points(depth)}" if shown else HIDDEN
        for share, depth, shown in zip(shares, depths, open_rows, strict=True)
    ]
    drawn = [share if shown else 0.0 for share, shown in zip(shares, open_rows, strict=True)]
    return Figure(
        key_of(number),
        title,
        f"Children with any need, and their mean score · {theme.count(n, 'assessed child', 'assessed children')}",
        shapes.bars(rows, drawn, said),
        pd.DataFrame(
            {
                "Area of need": rows,
                "With any need": _told(shares, open_rows),
                "Mean score where there is one": _told(depths, open_rows),
            }
        ),
        described(number, title),
        still_alt=still(number),
        units={"With any need": "share", "Mean score where there is one": "points"},
    )


def levels(number: str, cohort: Cohort, base: Cohort, gate: Gate) -> Figure:
    """At which level children are in each area; areas that would tell of few are left out."""
    found = reads.measured(by_domain, cohort)
    n = int(found["assessed"].iloc[0])
    if not _may(n, base, gate):
        return quiet(number, cohort, gate)
    found = found.sort_values("severe", ascending=False)
    shares = found[list(LEVELS)].to_numpy()
    open_rows = [all(gate.counts(round(share * n), n) for share in line) for line in shares]
    if not any(open_rows):
        return quiet(number, cohort, gate)
    rows = [label for label, shown in zip(found["label"], open_rows, strict=True) if shown]
    lines = [list(map(float, line)) for line, shown in zip(shares, open_rows, strict=True) if shown]
    title = f"Most often severe: {rows[0]}, {theme.percent(lines[0][-1])}"
    names = list(LEVEL_LABELS.values())
    units: dict[str, Unit] = dict.fromkeys(names, "share")
    return Figure(
        key_of(number),
        title,
        f"Children at each level; at the end, severe · {theme.count(n, 'assessed child', 'assessed children')}",
        shapes.stacked(rows, [level.capitalize() for level in LEVELS], lines),
        pd.DataFrame(
            {"Area of need": list(found["label"])}
            | {name: _told(found[level].tolist(), open_rows) for level, name in LEVEL_LABELS.items()}
        ),
        described(number, title),
        still_alt=still(number),
        note=f"Where levels start is an assumption: {cohort.snapshot.needs.cut_points.describe()}.",
        units=units,
    )


def _told(values: list[float], shown: list[bool]) -> list[float | str]:
    return [value if is_shown else HIDDEN for value, is_shown in zip(values, shown, strict=True)]


def _may(n: int, base: Cohort, gate: Gate) -> bool:
    everyone = int(reads.measured(by_domain, base)["assessed"].iloc[0])
    return bool(n) and gate.averages(n, everyone)
