"""The review list without a screen: a new rule over every child to a page of rows with reasons, beside plain masks.

Checks first that both list the same children.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.comparison import Aim, Comparison
from benchmarks.timing import timed
from vcore.errors import VcoreError
from vcore.facts.assumptions import value
from vcore.measures.child_facts import facts_of
from vcore.measures.review import LivesIn, ReviewRule, Within, sift
from vcore.measures.review.order import in_order
from vcore.measures.review.purposes import PURPOSES
from vcore.measures.review.reasons import flags, reasons, rows_at
from vcore.measures.screening import NEVER_FROM
from vcore.store import Cohort

AIM = Aim(median_ms=60)
ROWS = 50


class ListsDiffer(VcoreError):
    """Two ways of making the list named other children."""


def compare_review(everyone: Cohort, repeats: int) -> list[Comparison]:
    """Times on all the children of a store. Raises `ListsDiffer`."""
    frame = everyone.snapshot.frame
    for step in range(3):
        ours = frame["child_id"].to_numpy()[sift(everyone, rule_of(step)).listed]
        theirs = mask_list(frame, step)["child_id"].to_numpy()
        if not np.array_equal(ours, theirs):
            raise ListsDiffer(f"The rule lists {len(ours):,} children, the masks {len(theirs):,}.")
    return [
        Comparison(
            "Review list, another rule to fifty rows with reasons",
            timed(lambda step: list_page(everyone, step), repeats),
            "pandas masks and a sorted copy, no reasons",
            timed(lambda step: mask_list(frame, step).sort_values("need_total").head(ROWS), repeats),
            AIM,
        )
    ]


def rule_of(step: int) -> ReviewRule:
    """The rule after so many steps of its builder: a new question every time."""
    residential, low = LivesIn(places=("residential",)), Within(fact="need_total", high=30 + step)
    return ReviewRule(purpose="family", conditions=(residential, low), screens=PURPOSES["family"].screens)


def list_page(everyone: Cohort, step: int) -> list[str]:
    """The reasons and flags of the first fifty children of a rule's list."""
    rule = rule_of(step)
    places = in_order(facts_of(everyone), sift(everyone, rule).listed, "need_low", None)[:ROWS]
    rows = rows_at(everyone, places, None).itertuples(index=False)
    return [line for row in rows for line in (*reasons(row, rule), *flags(row, everyone.as_of))]


def mask_list(frame: pd.DataFrame, step: int) -> pd.DataFrame:
    """The same children by a boolean mask for each condition, limit and screen."""
    keep = frame["setting"].eq("residential") & frame["need_total"].le(30 + step).fillna(False).astype(bool)
    keep &= ~frame["setting_detail"].isin(NEVER_FROM) & ~frame["dol"].fillna(False).astype(bool)
    old = frame["assessment_age_days"].gt(value("stale_assessment_days"))
    rising = frame["need_change"].ge(value("rising_need_points"))
    keep &= ~old.fillna(False).astype(bool) & ~rising.fillna(False).astype(bool)
    keep &= frame["months_in_placement"].ge(value("recently_moved_months"))
    return frame[keep & frame["foster_suitability"].ne("unsuitable")]
