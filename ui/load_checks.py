"""What the checks found: counts first, then by rule the worst first, then by row; fixes to make with one click.

Cells were masked where they could identify a child before they got here.
"""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from ui import load_draft, reads, take_away
from ui.load_draft import Checked, Draft
from ui.theme import count, money, number, plain
from vcore.exports import load_report
from vcore.ingest.report import Report
from vcore.ingest.rules.rule import SEVERITIES, SEVERITY_LABELS

ROWS_SHOWN = 60
_FILES = (
    ("Report as XLSX", "xlsx", load_report.as_workbook),
    ("Report as CSV", "csv", load_report.as_csv),
)
FINDINGS, ROWS, FILES = "By rule", "By row", "By file"


def draw(found: Draft, checked: Checked) -> None:
    """The report, and the way on, where it is seen."""
    report = checked.reading.report
    st.subheader(_sentence(report), anchor=False)
    st.markdown(plain(_counts(report)))
    with st.container(horizontal=True, key="load-actions"):
        if not checked.reading.refused:
            st.button(
                "Look at what would change", type="primary", key="load-look", on_click=_look, args=(found,)
            )
        _downloads(report)
        st.button("Change the columns", key="load-columns", on_click=_back, args=(found,))
        st.button("Discard", key="load-discard", on_click=load_draft.discard)
    _fixes(found, report)
    shown = st.segmented_control(
        "Show",
        (FINDINGS, ROWS, FILES),
        default=FINDINGS,
        key="load-report",
        required=True,
        label_visibility="collapsed",
    )
    if shown == ROWS:
        _rows(report)
    elif shown == FILES:
        _files(report)
    else:
        _rules(report)


def _sentence(report: Report) -> str:
    blocking = report.totals.blocking
    if report.refused:
        stop = (
            f"{count(blocking, 'rule stops', 'rules stop')} this load" if blocking else "This load is refused"
        )
        return f"{stop}: put right what is named first, then read the files again."
    if report.totals.errors or report.totals.warnings:
        return "These files can be published; look at what was found first."
    return "These files can be published: nothing was found."


def _counts(report: Report) -> str:
    """What was read and what of it is wrong, in one line."""
    totals, gate = report.totals, reads.gate()
    told = (
        f"{count(totals.rows, 'row', 'rows')}: {number(totals.valid)} valid, {number(totals.errors)} with errors, "
        f"{number(totals.warnings)} with warnings."
    )
    if not totals.children_affected:
        return told
    n, gbp = gate.count(totals.children_affected), totals.weekly_cost_affected_gbp
    cost = f", who cost {gate.amount(money(gbp), totals.children_affected)} a week" if gbp >= 0 else ""
    return f"{told} Errors and warnings are about {n} {'child' if n == '1' else 'children'}{cost}."


def _fixes(found: Draft, report: Report) -> None:
    """A button a fix, and what was already put right."""
    for made in report.corrections:
        st.success(
            plain(f"Put right in {made.file}, {made.column}, {count(made.rows, 'row', 'rows')}: {made.told}")
        )
    offered: dict[str, list[str]] = {}
    for offer in report.offers:
        offered.setdefault(offer.fix, []).append(
            f"{offer.file}, {offer.column}" if offer.column else offer.file
        )
    labels = {offer.fix: offer.label for offer in report.offers}
    with st.container(horizontal=True, key="load-fixes"):
        for fix, places in offered.items():
            where = places[0] if len(places) == 1 else f"{len(places)} places"
            st.button(
                plain(f"{labels[fix]}: {where}"),
                key=f"load-fix-{fix}",
                on_click=_fix,
                args=(found, fix),
                help=plain("; ".join(places)),
            )
    if found.fixes:
        st.button("Undo what was put right", key="load-unfix", on_click=_unfix, args=(found,))


def _rules(report: Report) -> None:
    if report.by_rule.empty:
        return
    rows = [
        {
            "How bad": SEVERITY_LABELS[row["severity"]],
            "What is wrong": plain(row["message"]),
            "What to do": plain(row["what_to_do"]),
            "Times": number(row["findings"]),
            "Children": "" if pd.isna(row["children"]) else reads.gate().count(int(row["children"])),
            "First in": plain(_place(row["first_file"], row["first_row"])),
        }
        for row in report.by_rule.to_dict("records")
    ]
    st.table(pd.DataFrame(rows).set_index("How bad"), border="horizontal")


def _rows(report: Report) -> None:
    rows = [
        {
            "File": plain(row["file"]),
            "Sheet": plain(row["sheet"]),
            "Row": "" if pd.isna(row["row"]) else number(row["row"]),
            "Column": plain(row["column"]),
            "Found": plain(row["found"]),
            "Expected": plain(row["expected"]),
            "What is wrong": plain(row["message"]),
            "What to do": plain(row["what_to_do"]),
        }
        for row in _worst_first(report.by_row).head(ROWS_SHOWN).to_dict("records")
    ]
    if not rows:
        st.write("No row has anything to say about it.")
        return
    frame = pd.DataFrame(rows).set_index("File")
    frame = frame if frame["Sheet"].any() else frame.drop(columns="Sheet")
    with st.container(key="load-rows"):
        st.table(frame, border="horizontal")
    if len(report.by_row) > ROWS_SHOWN:
        st.caption(f"The first {ROWS_SHOWN} of {number(len(report.by_row))}. The downloads hold the rest.")


def _worst_first(rows: pd.DataFrame) -> pd.DataFrame:
    """Errors before warnings and notes; within each as they stand in the files."""
    rank = rows["severity"].map({severity: at for at, severity in enumerate(SEVERITIES)})
    return rows.loc[rank.sort_values(kind="stable").index]


def _files(report: Report) -> None:
    """What each file was taken for, how it was read, and what became of its rows."""
    became = report.counts.to_dict("index")
    rows = [
        {
            "File": plain(file.name),
            "Read as": plain(f"{file.recognised_as} {file.return_year}".strip()),
            "How": plain(", ".join(filter(None, (file.encoding, file.delimiter, *file.date_styles)))),
            **{str(name).replace("_", " ").capitalize(): number(n) for name, n in became[file.name].items()},
            "Ignored or dropped": plain(", ".join((*file.ignored_columns, *file.dropped_columns))),
        }
        for file in report.files
    ]
    st.table(pd.DataFrame(rows).set_index("File"), border="horizontal")
    st.caption(plain(" · ".join(f"{step}: {number(n)}" for step, n in report.steps)))


def _downloads(report: Report) -> None:
    day = f"{report.as_of:%Y-%m-%d}"
    for label, kind, make in _FILES:
        take_away.offer(
            label,
            partial(make, report),
            take_away.line(f"downloaded a load report ({kind})", report.authority),
            key=f"load-report-{kind}",
            file_name=f"load-report-{day}.{kind}",
        )


def _place(file: str, row: int | None) -> str:
    return file if row is None or pd.isna(row) else f"{file}, row {row}"


def _fix(found: Draft, fix: str) -> None:
    found.fixes = (*found.fixes, fix)
    load_draft.check(found)


def _unfix(found: Draft) -> None:
    found.fixes = ()
    load_draft.check(found)


def _look(found: Draft) -> None:
    found.previewing = True


def _back(found: Draft) -> None:
    found.mapping = found.checking = None
