"""How much each assumption matters: as if the scenario were run again with one of them changed."""

from __future__ import annotations

from math import isnan

import pytest

from tests.scenarios.many import many
from vcore.facts.assumptions import assumption
from vcore.scenarios import PriceCap, Scenario, StepDown, run
from vcore.scenarios.impact import Impact, impacts, rating

MOVE = StepDown(max_severe=3, destination_cost_gbp=900, screens=())
CAP = PriceCap(cap_gbp=4000, accepts=0.9)


@pytest.fixture(scope="module")
def result():
    return run(Scenario(levers=(CAP, MOVE), cost_basis="gross"), many(200).cohort())


def test_each_end_is_the_scenario_run_again(result):
    found = impacts(result)
    assert {(one.place, one.field) for one in found} >= {
        (0, "matched"),
        (0, "holds"),
        (1, "cap_gbp"),
        (1, "accepts"),
    }
    assert "top_share" not in {one.field for one in found}  # every placement: nothing is assumed
    for one in found:
        known, levers = assumption(one.key), [MOVE, CAP]
        for end, told in ((known.low, one.low_gbp), (known.high, one.high_gbp)):
            changed = levers.copy()
            changed[one.place] = levers[one.place].model_copy(update={one.field: end})
            again = run(Scenario(levers=tuple(changed), cost_basis="gross"), result.cohort)
            assert told == pytest.approx(again.net_first_year_gbp), one


def test_what_a_lever_cannot_be_is_not_a_number_and_matters_to_nobody(result):
    assert rating(Impact(0, "matched", "matched_share", float("nan"), 1e9), result) == "none"
    assert not any(isnan(one.low_gbp) for one in impacts(result))


@pytest.mark.parametrize(
    ("share", "said"), [(0.2, "high"), (0.19, "medium"), (0.05, "medium"), (0.04, "low"), (0, "none")]
)
def test_how_far_it_swings_beside_a_full_years_saving(result, share, said):
    swing = share * result.annual_saving_gbp * 1.0000001
    assert rating(Impact(0, "matched", "matched_share", 0.0, swing), result) == said
