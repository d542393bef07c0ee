"""The review list as a file to take away: the one file of this app with a row a child.

For whoever may see children, pseudonymous by short codes, and kept child by child in the record of openings.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from ledger import decisions, openings
from ledger.book import Ledger
from ledger.people import Person
from ledger.rights import Right
from ui import child_choice, child_columns, reads, review_rows, session, take_away
from ui.cohort_state import chosen
from vcore.exports.plain_text import plain_text
from vcore.measures.review import ReviewRule
from vcore.measures.review.reasons import rows_at
from vcore.measures.short_codes import short_code
from vcore.store import Cohort, Store

WHAT = "downloaded a review list"
RESTRICTED = (
    "Restricted: about single children, called by codes. Keep it with case files; delete it when done."
)


@dataclass(frozen=True)
class ReviewList:
    """What the file tells of. `places`: the listed children's in the cohort, in the order of the list.

    `above_gbp` a week each child's cost is above the expected, None without a model; `rights` are those of whoever
    takes it, and `source` says what data it is of.
    """

    cohort: Cohort
    rule: ReviewRule
    places: np.ndarray
    above_gbp: np.ndarray | None
    rights: Collection[Right]
    source: str

    @property
    def children(self) -> list[str]:
        """The pseudonyms, in the order of the list."""
        return self.cohort.column("child_id").take(self.places).tolist()

    @property
    def rule_words(self) -> str:
        """The rule in words."""
        return self.rule.sentence(self.cohort.snapshot.needs)


def offer(cohort: Cohort, rule: ReviewRule, places: np.ndarray, above: np.ndarray | None) -> None:
    """The button; `places` are the listed children's in the cohort, in the order of the list."""
    person = session.require(Right.SEE_CHILDREN)
    listed = ReviewList(cohort, rule, places, above, person.rights, reads.source())
    take_away.offer(
        "Download the list",
        partial(csv, listed, reads.open_store(), child_choice.everyone(), session.ledger()),
        partial(_record, listed, chosen().filter.describe()),
        key="review-file",
        file_name=reads.file_name("review-list-restricted", "csv"),
        help=RESTRICTED,
    )


def csv(listed: ReviewList, store: Store, everyone: Sequence[str], ledger: Ledger) -> bytes:
    """All rows of the list, each with the rule that made it; nothing in it runs as a formula.

    `everyone`: every pseudonym of the snapshot, in order, for the short codes.
    """
    children, as_of = listed.children, listed.cohort.as_of
    rows = child_columns.of_rows(rows_at(listed.cohort, listed.places, listed.above_gbp), listed.rights)
    decided = decisions.latest(ledger, children)
    told = review_rows.table(
        rows,
        [short_code(child, everyone) for child in children],
        listed.rule,
        as_of,
        store.with_own_words(children, as_of),
    ).assign(
        Decision=[decided[child].told if child in decided else review_rows.NOTHING for child in children],
        Authority=rows["authority"],
        List=listed.rule_words,
        Source=listed.source,
        Handling=RESTRICTED,
    )
    return _bytes(told)


def _bytes(table: pd.DataFrame) -> bytes:
    return table.map(plain_text).to_csv(index=False).encode("utf-8-sig")


def _record(listed: ReviewList, cohort_words: str, ledger: Ledger, person: Person) -> None:
    said = f"{cohort_words} · {listed.rule_words}"
    openings.record_children(ledger, person, listed.children, said, what=WHAT)
