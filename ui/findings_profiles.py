"""Mean need in each area by group, as the report's profile charts show it: two groups on a line, more in a grid.

Every number passes the gate. Asks the measures, never the data.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ui import findings_shapes as shapes
from ui import theme
from ui.disclosure import Gate
from ui.figure import Figure
from ui.findings_names import described, key_of, lowered, points, quiet, still
from vcore.measures.findings import profiles
from vcore.store import Cohort

NO_SEVERE = "7"  # the report asks what leads there, not what differs


def by_group(number: str, cohort: Cohort, base: Cohort, gate: Gate) -> Figure:
    """Mean need in each area by group: two groups on a line, more in a grid."""
    found = profiles.mean_needs(cohort, number)
    everyone = profiles.mean_needs(base, number).set_index("group")["children"]
    found = found[found["children"] > 0].reset_index(drop=True)
    rest = (everyone.reindex(found["group"]).to_numpy() - found["children"].to_numpy()).tolist()
    areas = list(cohort.snapshot.needs.ids)
    told = gate.table(found, "children", areas, rest)
    kept = [place for place, cell in enumerate(told[areas[0]]) if not isinstance(cell, str)]
    if not kept:
        return quiet(number, cohort, gate)
    drawn = [place for place in kept if told["group"][place] not in profiles.ASIDE]
    labels = list(cohort.snapshot.needs.labels.values())
    values = {place: [float(found[area][place]) for area in areas] for place in drawn or kept}
    order = _order(values, len(areas), by_gap=number != NO_SEVERE)
    names = [str(told["group"][place]) for place in values]
    rows = [labels[area] for area in order]
    means = [[value[area] for value in values.values()] for area in order]
    if len(values) == 2:
        chart = shapes.dumbbell(rows, (names[0], names[1]), [(a, b) for a, b in means], points)
        title = f"{rows[0]}: {points(means[0][0])} {_of(names[0])}, {points(means[0][1])} {_of(names[1])}"
    else:
        chart = shapes.grid(rows, names, means, points)
        place = max(range(len(names)), key=lambda column: means[0][column])
        title = f"Highest mean need: {rows[0]}, {points(means[0][place])} {_of(names[place])}"
    table = pd.DataFrame(
        {"Area of need": labels}
        | {f"{group} (n {_n(n)})": list(told.loc[place, areas]) for place, (group, n) in _sizes(told)}
    )
    return Figure(
        key_of(number),
        title,
        _subtitle("Mean score, 0 to 10, of assessed children", told, cohort),
        chart,
        table,
        described(number, title),
        still_alt=still(number),
        units=dict.fromkeys([str(name) for name in table.columns[1:]], "points"),
    )


def _order(values: Mapping[int, list[float]], areas: int, *, by_gap: bool) -> list[int]:
    """Areas by the gap between two groups, by the first of them, or by the highest mean of many."""
    columns = list(values.values())
    if not by_gap:
        return sorted(range(areas), key=lambda area: -columns[0][area])
    if len(columns) == 2:
        return sorted(range(areas), key=lambda area: -abs(columns[0][area] - columns[1][area]))
    return sorted(range(areas), key=lambda area: -max(column[area] for column in columns))


def _sizes(told: pd.DataFrame):
    return enumerate(zip(told["group"], told["children"], strict=True))


def _n(cell: object) -> str:
    return cell if isinstance(cell, str) else theme.number(int(str(cell)))


def _subtitle(what: str, told: pd.DataFrame, cohort: Cohort) -> str:
    sizes = ", ".join(f"{group} {_n(n)}" for _, (group, n) in _sizes(told))
    return f"{what} · {sizes} · {theme.date_words(cohort.as_of)}"


def _of(group: str) -> str:
    return f"({lowered(group)})"
