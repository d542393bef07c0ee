"""The examples' expected results, reckoned child by child without the model.

python -m tests.scenarios.plain_examples     writes each NAME.expected.csv beside its NAME.json
"""

from __future__ import annotations

import json
from math import ceil
from pathlib import Path
from typing import Any

import pandas as pd

from vcore import Store

EXAMPLES = Path(__file__).with_name("examples")
ORDER = ("step_down", "price_cap", "fee_change")


def reckoned(scenario: dict[str, Any], children: pd.DataFrame) -> pd.DataFrame:
    """One row a lever in the order they act: `lever`, `eligible`, `moved`, `alone_gbp`, `in_sequence_gbp` a week."""
    levers = sorted(scenario["levers"], key=lambda lever: ORDER.index(lever["kind"]))
    gross = scenario["cost_basis"] == "gross"
    ranked = children.sort_values(["weekly_cost_gbp", "child_id"], ascending=[False, True])
    place = {child: index for index, child in enumerate(ranked["child_id"])}
    rows = [{"lever": lever["kind"], **dict.fromkeys(_SUMS, 0.0)} for lever in levers]
    for child in children.dropna(subset="weekly_cost_gbp").to_dict("records"):
        share = 1.0 if gross else child["social_care_cost_gbp"] / child["weekly_cost_gbp"]
        price, here = child["weekly_cost_gbp"], 1.0
        for lever, row in zip(levers, rows, strict=True):
            alone = _one(
                lever, child, child["weekly_cost_gbp"], share, place[child["child_id"]], len(children)
            )
            now = _one(lever, child, price, share, place[child["child_id"]], len(children))
            row["eligible"] += now["eligible"]
            row["moved"] += here * now["moved"]
            row["alone_gbp"] += alone["saving"]
            row["in_sequence_gbp"] += here * now["saving"]
            price, here = now["price"], here * (1 - now["moved"])
    return pd.DataFrame(rows)


_SUMS = ("eligible", "moved", "alone_gbp", "in_sequence_gbp")


def _one(lever: dict, child: dict, price: float, share: float, place: int, n: int) -> dict[str, float]:
    """What a lever does to a whole child whose week costs `price`."""
    if lever["kind"] == "step_down":
        goes = _may_move(child, lever.get("max_severe", 0))
        weight = lever["matched"] * lever["holds"] if goes else 0.0
        saving = weight * (price * share - lever["destination_cost_gbp"])
        return {"eligible": goes, "moved": weight, "saving": saving, "price": price}
    if lever["kind"] == "price_cap":
        reached = place < ceil(lever.get("top_share", 1.0) * n - 1e-9)
        cut = max(0.0, price - lever["cap_gbp"]) if reached else 0.0
    else:
        cut = -lever["change"] * price if child["setting"] in lever["settings"] else 0.0
    return {"eligible": cut > 0, "moved": 0.0, "saving": cut * share, "price": price - cut}


def _may_move(child: dict, most_severe: int) -> bool:
    """The guide's section 5: in residential, assessed, within the limit, past the hard limits and four screens."""
    return bool(
        child["setting"] == "residential"
        and child["setting_detail"] not in ("secure_home", "specialist_residential")
        and pd.notna(child["severe_count"])
        and child["severe_count"] <= most_severe
        and not (pd.notna(child["dol"]) and child["dol"])
        and not (pd.notna(child["assessment_age_days"]) and child["assessment_age_days"] > 183)
        and not (pd.notna(child["months_in_placement"]) and child["months_in_placement"] < 6)
        and not (pd.notna(child["need_change"]) and child["need_change"] >= 5)
        and child["foster_suitability"] != "unsuitable"
    )


if __name__ == "__main__":
    cohort = Store.demo().cohort().children
    for path in sorted(EXAMPLES.glob("*.json")):
        table = reckoned(json.loads(path.read_text(encoding="utf-8")), cohort)
        table.round(4).to_csv(path.with_suffix(".expected.csv"), index=False, lineterminator="\n")
