"""The tracker's tables and picture: savings by status, planned against actual by month, why not, programme figures."""

from __future__ import annotations

from collections.abc import Container, Sequence
from html import escape

import altair as alt
import numpy as np
import pandas as pd

from ui import charts, theme
from ui import tracker_words as words
from ui.disclosure import TOTAL, Gate
from ui.figure import Figure
from ui.tracker_found import Found, year_name
from ui.tracker_plans import MEANS, OPEN, Status
from ui.tracker_words import Adopted
from vcore.facts.delivered import delivered
from vcore.measures.delivery import EFFECTS
from vcore.measures.disclosure import HIDDEN

STATUS_NAME, MONTHS_NAME, REASONS_NAME, PROGRAMME_NAME = (
    "tracker-status", "tracker-months", "tracker-reasons", "tracker-programme",
)  # fmt: skip
FULL, COUNTED, WEIGHT, PRICED = "£ a year in full", "£ a year counted", "Counts", "With £"
EFFECT_LABELS = {"mix": "Other kind of home", "price": "Price", "volume": "No home paid for"}
HEIGHT_PX = 230
_SERIES = ("Planned", "Actual")
_COLOURS = alt.Scale(domain=list(_SERIES), range=[theme.CONTEXT, theme.CATEGORIES[0]])


def by_status(found: Found, gate: Gate) -> Figure:
    """Children and £ by status, as a table without a picture."""
    rows = pd.DataFrame(
        [
            (
                MEANS[status],
                len(found.at(status)),
                sum(not np.isnan(row.weekly_gbp) for row in found.at(status)),
                _known(found, status),
                found.weights[status],
                found.weights[status] * _known(found, status),
            )
            for status in OPEN
        ],
        columns=["Status", "Children", PRICED, FULL, WEIGHT, COUNTED],
    )
    whole = {"Status": TOTAL, WEIGHT: ""} | {
        name: rows[name].sum() for name in ("Children", PRICED, FULL, COUNTED)
    }
    told = gate.table(gate.table(rows, PRICED, [FULL, COUNTED]), "Children", [])
    total = pd.DataFrame([whole]).astype("object")
    if (told[[PRICED, FULL]] == HIDDEN).any(axis=None):
        total[[PRICED, FULL, COUNTED]] = HIDDEN  # else the hidden one follows from the others
    total["Children"] = int(whole["Children"]) if gate.counts(int(whole["Children"])) else HIDDEN
    return Figure(
        name=STATUS_NAME,
        title="Savings by status",
        subtitle="Children first; £ to the council in a full year",
        chart={},
        table=pd.concat([told.astype("object"), total], ignore_index=True)[list(rows.columns)],
        alt="Table of children and savings by status.",
        units={"Children": "children", PRICED: "children", FULL: "gbp", WEIGHT: "share", COUNTED: "gbp"},
    )


def _known(found: Found, status: Status) -> float:
    """£ a year in full at a status; NaN where there are children and none has £."""
    rows = found.at(status)
    none = bool(rows) and all(np.isnan(row.weekly_gbp) for row in rows)
    return np.nan if none else found.annual_gbp(status)


def by_month(found: Found, year: int, gate: Gate) -> Figure:
    """Planned against actual £ of each month of a financial year, with the effects behind the actual ones."""
    months = found.months(year)
    subtitle = f"£ a month to the council, {year_name(year)} · data to {theme.date_words(found.data_to)}"
    planned = sum(row.line.committed and not np.isnan(row.planned_gbp) for row in found.rows)
    moved = sum(row.moved_on is not None and not np.isnan(row.actual_gbp) for row in found.rows)
    if not all(n == 0 or gate.averages(n) for n in (planned, moved)):
        return charts.quiet(MONTHS_NAME, f"The months of {year_name(year)}", subtitle)
    names = [f"{day:%b %Y}" for day in months["month"]]
    reached = np.array([day <= found.data_to for day in months["month"]])
    actual = months["actual_gbp"].where(reached)
    columns = {"Planned": months["planned_gbp"], "Actual": actual} | {
        EFFECT_LABELS[effect]: months[f"{effect}_gbp"].where(reached) for effect in EFFECT_LABELS
    }
    title = _month_title(float(months["planned_gbp"].sum()), float(actual.sum()), year, bool(reached.any()))
    long = pd.DataFrame(
        [
            {"month": name, "what": what, "gbp": gbp}
            for what in _SERIES
            for name, gbp in zip(names, columns[what], strict=True)
            if not np.isnan(gbp)
        ]
    )
    bars = (
        alt.Chart(long)
        .mark_bar()
        .encode(
            x=alt.X("month", type="nominal", sort=names, title=None, axis=alt.Axis(labelAngle=0)),
            xOffset=alt.XOffset("what", type="nominal", sort=list(_SERIES)),
            y=alt.Y("gbp", type="quantitative", title=None, axis=alt.Axis(labelExpr=theme.SHORT_MONEY, tickCount=5)),
            color=alt.Color("what", type="nominal", sort=list(_SERIES), scale=_COLOURS),
        )
        .properties(height=HEIGHT_PX)
    )  # fmt: skip
    return Figure(
        name=MONTHS_NAME,
        title=title,
        subtitle=subtitle,
        chart=bars,
        table=pd.DataFrame({"Month": names, **columns}),
        alt=f"Bars of planned and actual savings in each month of {year_name(year)}. {title}.",
        note=words.EFFECTS_MEAN,
        units=dict.fromkeys(columns, "gbp"),
    )


def effects_line(found: Found, year: int) -> str:
    """What the actual £ of a year are made of; for whoever is shown the months."""
    months = found.months(year)
    if not months[[f"{effect}_gbp" for effect in EFFECTS]].to_numpy().any():
        return ""
    parts = [
        f"{label.lower()} {theme.money(float(months[f'{effect}_gbp'].sum()))}"
        for effect, label in EFFECT_LABELS.items()
    ]
    return f"Actual {theme.money(float(months['actual_gbp'].sum()))}: {', '.join(parts)}."


def by_reason(found: Found, gate: Gate) -> Figure:
    """Why children were not moved, as a table without a picture."""
    told = words.reasons(found)
    return Figure(
        name=REASONS_NAME,
        title="Why not moved",
        subtitle="Children whose last decision closed without a move",
        chart={},
        table=pd.DataFrame(
            {"Why not moved": [why for why, _ in told], "Children": gate.cells([n for _, n in told])}
        ),
        alt="Table of reasons why children were not moved.",
    )


def programme(found: Found, gate: Gate) -> Figure:
    """Our programme beside what councils published, as a table without a picture."""
    own, theirs = found.programme, delivered()
    n, costed = own.profiled, own.costed_changes
    ours = (
        "Here, to date",
        "moves the data shows",
        gate.count(own.changes, n),
        gate.amount(theme.money(own.annual_gbp), costed),
        gate.amount(theme.money(own.per_change_gbp), costed),
        f"{theme.count(round(own.months), 'month', 'months')}; £ in a full year",
    )
    rows = [ours] + [
        (
            each.council, each.what, theme.number(each.children), theme.money(each.saved_gbp),
            theme.money(each.per_child_gbp), each.period,
        )
        for each in theirs
    ]  # fmt: skip
    return Figure(
        name=PROGRAMME_NAME,
        title="As published programmes report it",
        subtitle="What councils published counts different things over different times: to stand beside, not to reach",
        chart={},
        table=pd.DataFrame(rows, columns=["Who", "What", "Children", "£ saved", "£ a child", "Over"]),
        alt="Table of our programme's figures beside published ones.",
    )


def reconciled(found: Found, adopted: Adopted, gate: Gate) -> list[tuple[str, str, str]]:
    """The adopted scenario beside the tracker: what, children, £ a year."""
    still = [row for status in OPEN for row in found.at(status)]
    full, weighted = (
        words.whole(found, gbp, gate)
        for gbp in (sum(found.annual_gbp(status) for status in OPEN), found.weighted_gbp)
    )
    left = theme.money(adopted.annual_gbp - found.weighted_gbp)
    known = adopted.told and weighted != HIDDEN
    return [
        (
            f"Adopted: “{adopted.name}”",
            theme.number(round(adopted.children)) if adopted.told else HIDDEN,
            theme.money(adopted.annual_gbp) if adopted.told else HIDDEN,
        ),
        (
            "On the tracker, in full",
            gate.count(len(still), len(found.children)),
            full,
        ),
        ("On the tracker, weighted", "", weighted),
        ("Gap", "", left if known else HIDDEN),
    ]


def markup(
    caption: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    worded: Container[int] = (),
    last_is_total: bool = False,
) -> str:
    """A small table: words first, then numbers to the right, but for the columns that are `worded` too."""
    said = {at: ' class="cve-words"' if at in worded else "" for at in range(len(headings))}
    head = "".join(f'<th scope="col"{said[at]}>{escape(words)}</th>' for at, words in enumerate(headings))
    body = ""
    for row in rows:
        total = ' class="cve-total"' if last_is_total and row is rows[-1] else ""
        cells = "".join(f"<td{said[at]}>{escape(str(cell))}</td>" for at, cell in enumerate(row) if at)
        body += f'<tr{total}><th scope="row">{escape(str(row[0]))}</th>{cells}</tr>'
    return (
        f'<div class="cve-small" role="region" aria-label="{escape(caption)}" tabindex="0"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _month_title(planned: float, actual: float, year: int, reached: bool) -> str:
    if not planned and not actual:
        return f"Nothing was planned or moved in {year_name(year)}"
    if not reached:
        return f"{theme.money(planned)} is planned for {year_name(year)}; the data does not reach it yet"
    return f"{theme.money(actual)} was saved in {year_name(year)}, of {theme.money(planned)} planned"
