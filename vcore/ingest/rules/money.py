"""Rules about whether a cost is plausible, and whether it goes with the placement it is paid for.

The limits say what is looked at twice; no figure is computed with them.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from vcore.facts.placements import COSTED, SETTING_OF
from vcore.ingest.rules.loaded import Loaded, code, days, of, of_child, pounds
from vcore.ingest.rules.rule import UNCHANGED, Hits, Rule, sent

_HIGHEST_GBP, _LOWEST_GBP = 20_000, 50
_MOST_FOSTERING_GBP, _LEAST_RESIDENTIAL_GBP = 5_000, 700
_JUMP = 3  # times the fee before, in the same placement
_GRACE = pd.Timedelta(days=31)  # a notice may be paid for after a child has left
_WHOLE = {"EDUCATION": "", "HEALTH": "", "SOCIAL_CARE": ""}


def _fee(cost: str, **more: str) -> dict[str, str]:
    return {"WEEKLY_COST": cost, **_WHOLE, **more}


def _very_high(load: Loaded) -> Iterable[Hits]:
    cost = load.fees["WEEKLY_COST"]
    return of(load.fees, cost > _HIGHEST_GBP, "WEEKLY_COST", pounds(cost), f"up to £{_HIGHEST_GBP:,} a week")


def _very_low(load: Loaded) -> Iterable[Hits]:
    cost = load.fees["WEEKLY_COST"]
    return of(load.fees, cost < _LOWEST_GBP, "WEEKLY_COST", pounds(cost), f"£{_LOWEST_GBP} a week or more")


def _odd_for_setting(load: Loaded) -> Iterable[Hits]:
    rows = load.paid_for
    setting, cost = rows["setting_detail"].map(SETTING_OF), rows["WEEKLY_COST"]
    dear = (setting == "fostering") & (cost > _MOST_FOSTERING_GBP)
    cheap = (setting == "residential") & (cost < _LEAST_RESIDENTIAL_GBP)
    yield from of(rows, dear, "WEEKLY_COST", pounds(cost), f"up to £{_MOST_FOSTERING_GBP:,} for fostering")
    yield from of(rows, cheap, "WEEKLY_COST", pounds(cost), f"£{_LEAST_RESIDENTIAL_GBP} or more for a home")


def _jumps(load: Loaded) -> Iterable[Hits]:
    rows = load.paid_for.sort_values(["CHILD", "START"], kind="stable")
    before = rows.groupby(["CHILD", "stay"], sort=False)["WEEKLY_COST"].shift()
    ratio = rows["WEEKLY_COST"] / before.replace(0, np.nan)
    return of(
        rows,
        (ratio >= _JUMP) | (ratio <= 1 / _JUMP),
        "WEEKLY_COST",
        pounds(rows["WEEKLY_COST"]),
        pounds(before, "nearer to the fee before, "),
    )


def _uncosted(load: Loaded) -> Iterable[Hits]:
    if not len(load.children.get("Costs", ())):
        return []
    here = load.here[load.here["setting_detail"].map(COSTED).fillna(False).astype(bool)]
    running = load.fees[load.running]
    rows = load.lived.loc[here.loc[~here["CHILD"].isin(running["CHILD"]), "last"]]
    return [Hits(rows.index, "PLACE", list(rows["PLACE"]), "a fee in the Costs file that runs on the day")]


def _after_leaving(load: Loaded) -> Iterable[Hits]:
    rows = load.fees
    left = of_child(rows["CHILD"], load.left_on)
    late = rows["stop"].fillna(load.today) > left + _GRACE
    found = days(rows["END"], blank="no end")
    return of(rows, late, "END", found, days(left, "an end by "))


def _plan_before_start(load: Loaded) -> Iterable[Hits]:
    rows = load.fees
    return of(
        rows,
        rows["PLANNED_END"] < rows["START"],
        "PLANNED_END",
        days(rows["PLANNED_END"]),
        "a day after START",
    )


def _plan_passed(load: Loaded) -> Iterable[Hits]:
    rows = load.fees
    passed = load.running & (rows["PLANNED_END"] < load.today) & ~(rows["PLANNED_END"] < rows["START"])
    return of(rows, passed, "PLANNED_END", days(rows["PLANNED_END"]), f"a day after {load.today:%d/%m/%Y}")


def _sourced_otherwise(load: Loaded) -> Iterable[Hits]:
    rows = load.paid_for
    own = rows["provider_code"] == "PR1"
    bought = rows["provider_code"].isin(["PR4", "PR5"])
    odd = ((rows["SOURCED"] == "in_house") & bought) | (
        rows["SOURCED"].isin(["framework", "spot", "block"]) & own
    )
    return of(rows, odd, "SOURCED", code(rows["SOURCED"]), code(rows["provider_code"], "what goes with "))


def _others_pay_all(load: Loaded) -> Iterable[Hits]:
    rows = load.fees
    return of(
        rows,
        (rows["SOCIAL_CARE"] == 0) & (rows["WEEKLY_COST"] > 0),
        "SOCIAL_CARE",
        "£0",
        "a share of its own",
    )


RULES = (
    Rule(
        "COST_VERY_HIGH",
        "warning",
        f"A cost above £{_HIGHEST_GBP:,} a week is rare.",
        "Check that it is £ a week, not a month or a year.",
        ("WEEKLY_COST",),
        sent("Costs", _fee("20001")),
        sent("Costs", _fee("20000")),
        check=_very_high,
    ),
    Rule(
        "COST_VERY_LOW",
        "warning",
        f"A cost under £{_LOWEST_GBP} a week is below any allowance.",
        "Check that it is the whole fee in £ a week; leave the row out when it is not known.",
        ("WEEKLY_COST",),
        sent("Costs", _fee("49")),
        sent("Costs", _fee("50")),
        check=_very_low,
    ),
    Rule(
        "COST_ODD_FOR_SETTING",
        "warning",
        "The cost is far from what such a placement costs anywhere.",
        "Check the cost, its dates and PLACE.",
        ("WEEKLY_COST", "PLACE"),
        sent("Costs", _fee("5001")),
        sent("Costs", _fee("5000")),
        check=_odd_for_setting,
    ),
    Rule(
        "COST_JUMPS",
        "warning",
        f"In the same placement the fee is {_JUMP} times the one before or more, or a third of it or less.",
        "Check both fees: £ a week against a month or a year, or a figure left out.",
        ("WEEKLY_COST",),
        sent("Costs", _fee("1000", END="31/03/2024"), _fee("3000", START="01/04/2024")),
        sent("Costs", _fee("1000", END="31/03/2024"), _fee("2999", START="01/04/2024")),
        check=_jumps,
    ),
    Rule(
        "PLACEMENT_WITHOUT_COST",
        "warning",
        "The placement has no cost on the day of the load; it is shown as not costed, never as £0.",
        "Add its fee to the Costs file.",
        ("PLACE", "START", "END"),
        sent("Costs", {"END": "30/03/2026"}),
        sent("Costs", {"END": "31/03/2026"}),
        check=_uncosted,
    ),
    Rule(
        "COST_AFTER_LEAVING",
        "warning",
        "The fee goes on for more than a month after the child's last placement ended.",
        "Give the fee its END, or correct DEC.",
        ("END", "DEC"),
        (*sent("Episodes", {"DEC": "01/09/2024", "REC": "E4A"}), *sent("Costs", {})),
        (*sent("Episodes", {"DEC": "01/09/2024", "REC": "E4A"}), *sent("Costs", {"END": "30/09/2024"})),
        check=_after_leaving,
    ),
    Rule(
        "PLAN_BEFORE_START",
        "warning",
        "The planned end lies before the start of the fee.",
        "Correct PLANNED_END or START.",
        ("PLANNED_END", "START"),
        sent("Costs", {"PLANNED_END": "31/08/2023"}),
        sent("Costs", {"PLANNED_END": ""}),
        check=_plan_before_start,
    ),
    Rule(
        "PLAN_PASSED",
        "warning",
        "The planned end has passed and the fee still runs.",
        "Give a new planned end, or leave it blank.",
        ("PLANNED_END",),
        sent("Costs", {"PLANNED_END": "30/03/2026"}),
        sent("Costs", {"PLANNED_END": "31/03/2026"}),
        check=_plan_passed,
    ),
    Rule(
        "SOURCED_OTHERWISE",
        "warning",
        "SOURCED and PLACE_PROVIDER disagree on whether the placement is the council's own.",
        "Correct one of them: it decides whether an empty place saves cash.",
        ("SOURCED", "PLACE_PROVIDER"),
        sent("Costs", {"SOURCED": "in_house"}),
        sent("Costs", {"SOURCED": "spot"}),
        check=_sourced_otherwise,
    ),
    Rule(
        "OTHERS_PAY_ALL",
        "warning",
        "Education and health pay all of it and social care nothing.",
        "Check the parts; no saving is counted for the council on such a placement.",
        ("SOCIAL_CARE", "EDUCATION", "HEALTH"),
        sent("Costs", {"SOCIAL_CARE": "0", "EDUCATION": "1050"}),
        UNCHANGED,
        check=_others_pay_all,
    ),
)
