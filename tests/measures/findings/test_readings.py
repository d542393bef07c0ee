"""Readings worked by hand, and cohorts that cannot say: a child, nobody, nothing recorded, other areas of need."""

from __future__ import annotations

from datetime import date
from math import isnan, sqrt

import numpy as np
import pytest

from tests.small import child, store
from vcore import CohortFilter
from vcore.facts.domains import PUBLISHED_DOMAINS, NeedModel
from vcore.facts.published import about_a_cohort
from vcore.measures.findings import Verdict, findings, readings, verdict

OLD = {"birth_month": date(2008, 6, 1)}


def verdicts(cohort, found):
    return {
        name: verdict(statement, found.get(name), len(cohort)) for name, statement in about_a_cohort().items()
    }


def test_a_mean_and_its_interval():
    found = readings.mean(np.array([1.0, 2.0, 3.0, np.nan]))
    assert (found.value, found.n, found.groups) == (2.0, 3, (("", 3),))
    assert found.interval == pytest.approx((2 - 1.96 / sqrt(3), 2 + 1.96 / sqrt(3)))
    assert isnan(readings.mean(np.array([5.0])).interval[0])
    assert readings.mean(np.array([np.nan])).n == 0


def test_per_cent_more():
    found = readings.percent_more(np.array([30.0, 30.0]), np.array([20.0, 20.0]))
    assert found.value == pytest.approx(50)
    assert found.interval == pytest.approx((50, 50))
    assert readings.percent_more(np.array([1.0]), np.array([0.0])).n == 0  # nothing is a multiple of no need


def test_a_small_cohort_by_hand():
    cohort = store(
        [
            child("a", weekly_cost_gbp=6000.0, scores=[7] + [1] * 12, ehcp=True),
            child("b", weekly_cost_gbp=4000.0, scores=[6] + [1] * 12, ehcp=False),
            child("c", weekly_cost_gbp=None, scores=None),
            child("d", weekly_cost_gbp=500.0, setting_detail="in_house_fostering", place_code="U4", **OLD),
        ]
    ).cohort()
    found = findings(cohort)
    expected = {
        "M-01": 3,
        "M-03": 3500,
        "M-05": 10_500,
        "M-06": 52 * 10_500,
        "K11-02": 100 * 6000 / 10_500,
        "K11-05": 50,
        "K11-07": 25,
        "K11-08": 1000,
        "K12-01": 3,
        "K12-03": 2,
        "K12-06": 1,
        "K12-07": 50,
        "K26-01": 6000,
        "K26-03": 2000,
        "K23-03": 5000,
    }
    assert {name: found[name].reading.value for name in expected} == pytest.approx(expected)
    assert found["K12-02"].reading.single and found["M-04"].reading.single
    assert found["M-04"].reading.value == 6000
    assert findings(cohort, weeks_per_year=365 / 7)["M-06"].reading.value == pytest.approx(10_500 * 365 / 7)


def test_nobody_gives_no_figure_and_no_error():
    cohort = store([child("a")]).cohort(CohortFilter(age_min=20))
    found = findings(cohort)
    assert {one.reading.n for one in found.values()} == {0}
    assert set(verdicts(cohort, found).values()) == {Verdict.NOBODY, Verdict.TRACKER}


def test_one_child_is_held_against_nothing():
    cohort = store([child("a", ehcp=True, disability=False, excluded=True)]).cohort()
    said = verdicts(cohort, findings(cohort))
    assert set(said.values()) == {Verdict.NOBODY, Verdict.MISSING, Verdict.TRACKER}


def test_without_costs_and_assessments_each_statement_names_its_column():
    cohort = store([child(f"{n}", weekly_cost_gbp=None, scores=None) for n in range(30)]).cohort()
    found = findings(cohort)
    assert found["M-03"].missing == ("weekly_cost_gbp",)
    assert found["K11-01"].missing == ("weekly_cost_gbp", "need_total")
    assert found["K26-01"].missing == ("ehcp", "weekly_cost_gbp")
    assert found["K24-04"].missing == ("disability",)
    assert found["K22-03"].missing == ("need_change",)
    assert found["K12-01"].reading.value == 30
    computed = {name for name, one in found.items() if not one.missing and one.reading.n}
    assert computed == {"M-02", "M-08", "M-09", "E-03", "K12-01", "K12-05", "K12-14"} | (
        computed & {"K23-04", "K24-06"}
    )


def test_a_council_that_scores_twelve_areas():
    needs = NeedModel(domains=tuple(d for d in PUBLISHED_DOMAINS if d.id != "life_story"))
    children = [child(f"{n:02d}", scores=[n % 10] * 12) for n in range(40)]
    found = findings(store(children, needs).cohort())
    assert found["K21-02"].missing == ("need_life_story",)
    assert found["K21-01"].reading.value == 90  # every tenth child scores 0
    assert found["M-08"].reading.value == 120
    assert found["K12-05"].reading.value == 2


def test_every_subset_of_the_demonstration_is_read_without_an_error(everyone):
    whole = everyone
    for place in range(0, 3528, 700):
        few = type(whole)(
            whole.filter, whole.snapshot, whole.base, whole.chosen[place : place + 1 + place // 30]
        )
        assert len(verdicts(few, findings(few))) == 111
