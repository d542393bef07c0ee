"""What a decision rests on beside two levers: every lever at once, five years of it, goal seek, the workbook.

Each beside the same for the two levers a screen starts with, or beside the plain way to write a table.
"""

from __future__ import annotations

import io

import pandas as pd

from benchmarks.comparison import Aim, Comparison
from benchmarks.timing import timed
from vcore import PriceCap, Scenario, StepDown, run
from vcore.exports.workbook import live_workbook
from vcore.exports.workbook.about import About
from vcore.scenarios.goal_seek import goal_seek
from vcore.scenarios.levers import LEVERS
from vcore.scenarios.plan import plan
from vcore.store import Cohort

RUN_AIM, SEEK_AIM, WORKBOOK_AIM = Aim(median_ms=60), Aim(median_ms=2_000), Aim(median_ms=10_000)
TARGET_GBP = 2_000_000
_PLACEMENTS = ["setting", "weekly_cost_gbp", "social_care_cost_gbp", "sourced"]


def compare_decisions(everyone: Cohort, repeats: int) -> list[Comparison]:
    """Times on all the children of a store."""
    every = Scenario(levers=tuple(lever.starting() for lever in LEVERS))
    two = Scenario(levers=(StepDown.starting(), PriceCap.starting()))
    planned = plan(run(two, everyone))
    both = timed(lambda _: run(two, everyone), repeats)
    return [
        Comparison(
            f"{len(LEVERS)} levers, alone and in sequence",
            timed(lambda _: run(every, everyone), repeats),
            "two levers",
            both,
            RUN_AIM,
        ),
        Comparison(
            "Five financial years of it, month by month",
            timed(lambda _: plan(run(every, everyone)), repeats),
            "two levers, a year",
            both,
        ),
        Comparison(
            "What each lever would take to save £2m",
            timed(lambda _: goal_seek(TARGET_GBP, two, everyone), min(repeats, 5)),
            "two levers, run once",
            both,
            SEEK_AIM,
        ),
        Comparison(
            "The workbook, a row a placement",
            timed(lambda _: live_workbook(planned, _about(everyone)), 2),
            "pandas, four columns without a formula",
            timed(lambda _: _plain_table(everyone), 2),
            WORKBOOK_AIM,
        ),
    ]


def _about(everyone: Cohort) -> About:
    said = dict.fromkeys(About._fields, "")
    known = {"as_of": everyone.as_of, "levers": ("Step-down", "Price cap"), "explained": ("", "")}
    return About(**(said | known | {"fictional": True}))  # type: ignore[arg-type]


def _plain_table(everyone: Cohort) -> None:
    with pd.ExcelWriter(io.BytesIO(), engine="xlsxwriter") as book:
        everyone.children[_PLACEMENTS].to_excel(book, index=False)
