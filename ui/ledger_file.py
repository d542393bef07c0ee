"""The plan as lines a finance ledger takes in: year, month, reference, amount. For whoever may see what single
placements cost, since a month's amount falls when one child's placement ends. Holds no child and no need.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from ui import reads, take_away
from ui.money_plan_rows import name_of
from ui.scenario_words import all_told
from vcore.exports.plan_lines import CODES
from vcore.scenarios.calendar import MONTHS_A_YEAR
from vcore.scenarios.plan import Plan

NAME = "money-plan-ledger"
COLUMNS = ["Financial year", "Month", "Reference", "Line", "Amount GBP"]


def offer(plan: Plan) -> None:
    """The button, for those who may have it; why not, where these children's figures may not leave."""
    gate = reads.gate_out()
    if gate is None or not gate.sees_placements or not all_told(plan.result, gate):
        return
    take_away.offer(
        "CSV for the ledger",
        partial(lines_file, plan),
        take_away.line("downloaded a table", NAME),
        key=f"csv-{NAME}",
        file_name=reads.file_name(NAME, "csv"),
    )


def lines_file(plan: Plan) -> bytes:
    """The lines as CSV that spreadsheets open; months without an amount are left out."""
    return lines(plan).to_csv(index=False, float_format="%.2f").encode("utf-8-sig")


def lines(plan: Plan) -> pd.DataFrame:
    """One row a month and line in £ of cost: a saving is negative."""
    amounts: dict[tuple[str, str], np.ndarray] = {}
    for n, line in enumerate(plan.lines, 1):
        name = name_of(line.step.settings)
        amounts |= {(f"L{n}-{CODES[kind]}", name): -gbp for kind, gbp in line.savings.items()}
        amounts[f"L{n}-ONEOFF", f"{name}: one-off cost"] = line.one_off
    months = plan.months.first_days
    return pd.DataFrame(
        [
            (plan.years[at // MONTHS_A_YEAR], f"{months[at]:%Y-%m}", code, name, gbp)
            for (code, name), monthly in amounts.items()
            for at, gbp in enumerate(monthly.round(2))
            if gbp
        ],
        columns=COLUMNS,
    )
