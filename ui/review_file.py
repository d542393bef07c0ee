"""The review list as a file to take away: the one file of this app with a row a child.

For whoever may see children, pseudonymous by short codes, and kept child by child in the record of openings.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from ledger import openings
from ledger.rights import Right
from ui import child_choice, child_columns, decisions, reads, review_rows, session
from ui.cohort_state import chosen
from vcore.exports.plain_text import plain_text
from vcore.measures.review import ReviewRule
from vcore.measures.review.reasons import rows_at
from vcore.store import Cohort

WHAT = "downloaded a review list"
RESTRICTED = (
    "Restricted: about single children, called by codes. Keep it with case files; delete it when done."
)


def offer(cohort: Cohort, rule: ReviewRule, places: np.ndarray, above: np.ndarray | None) -> None:
    """The button; `places` are the listed children's in the cohort, in the order of the list."""
    st.download_button(
        "Download the list",
        key="review-file",
        data=partial(csv, cohort, rule, places, above, reads.source()),  # made once somebody asks
        file_name=reads.file_name("review-list-restricted", "csv"),
        mime="text/csv",
        help=RESTRICTED,
        on_click=_record,
        args=(cohort, rule, places),
    )


def csv(cohort: Cohort, rule: ReviewRule, places: np.ndarray, above: np.ndarray | None, source: str) -> bytes:
    """All rows of the list, each with the rule that made it; nothing in it runs as a formula."""
    person = session.require(Right.SEE_CHILDREN)
    rows = child_columns.of_rows(rows_at(cohort, places, above), person.rights)
    children = rows["child_id"].tolist()
    store = reads.open_store()
    decided = decisions.latest(children)
    told = review_rows.table(
        rows,
        child_choice.short_codes(children),
        rule,
        cohort.as_of,
        store.with_own_words(children, cohort.as_of),
    ).assign(
        Decision=[decided[child].told if child in decided else review_rows.NOTHING for child in children],
        Authority=rows["authority"],
        List=rule.sentence(cohort.snapshot.needs),
        Source=source,
        Handling=RESTRICTED,
    )
    return _bytes(told)


def _bytes(table: pd.DataFrame) -> bytes:
    return table.map(plain_text).to_csv(index=False).encode("utf-8-sig")


def _record(cohort: Cohort, rule: ReviewRule, places: np.ndarray) -> None:
    person = session.require(Right.SEE_CHILDREN)
    said = f"{chosen().filter.describe()} · {rule.sentence(cohort.snapshot.needs)}"
    openings.record_children(session.ledger(), person, _ids(cohort, places), said, what=WHAT)


def _ids(cohort: Cohort, places: np.ndarray) -> Sequence[str]:
    return cohort.column("child_id").take(places).tolist()
