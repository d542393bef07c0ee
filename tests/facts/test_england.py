"""What is built in about England is what was published, and its places cover every kind of home once."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from vcore.errors import InvalidChoice
from vcore.facts import england
from vcore.facts.placements import SETTING_DETAILS, SETTING_OF

PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "domain" / "reference_values.csv"


def published() -> dict[str, dict[str, str]]:
    if not PUBLISHED.exists():
        pytest.skip("the domain's reference values are not on this machine")
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return {row["key"]: row for row in csv.DictReader(file)}


def test_every_number_is_the_published_one():
    rows = published()
    for key, found in england.register().items():
        if key.endswith(("_median", "_p90")):
            continue  # in the note of the row of the tenth percentile
        row = rows[key]
        assert (found.value, found.unit, found.period, found.source, found.confidence) == (
            float(row["value"]),
            row["unit"],
            row["period"],
            row["source"],
            row["confidence"],
        )


@pytest.mark.parametrize("setting", ["residential", "fostering"])
def test_the_spread_between_authorities_is_the_published_one(setting):
    note = published()[f"{setting}_unit_cost_la_p10"]["note"]
    for name, word in (("median", "median"), ("p90", "p90")):
        printed = re.search(rf"{word} (\d+)", note)
        assert printed
        assert england.reference(f"{setting}_unit_cost_la_{name}").value == float(printed.group(1))


def test_every_kind_of_home_is_in_one_place_and_each_place_in_one_setting():
    details = [detail for place in england.PLACES.values() for detail in place.details]
    assert sorted(details) == sorted(SETTING_DETAILS)
    for place in england.PLACES.values():
        assert {SETTING_OF[detail] for detail in place.details} == {place.setting}


def test_what_places_and_costs_name_is_in_the_register():
    for found in (*england.PLACES.values(), *england.UNIT_COSTS.values()):
        assert not found.england or england.reference(found.england)
    for cost in england.UNIT_COSTS.values():
        amounts = [england.reference(key).value for key in cost.spread]
        assert amounts == sorted(amounts)
    with pytest.raises(InvalidChoice, match="cla_england"):
        england.reference("cla_englnd")
