"""Every interval and every rule of the published figures, checked in SQL on the demonstration's rows."""

from __future__ import annotations

import pytest

from tests.demo.published import (
    AGE_BAND,
    CARE_BAND,
    GAP,
    HOMES,
    INTERVALS,
    MILD,
    best_domains,
    lowest_gap,
    statements,
)

RULES_TESTED_BELOW = {
    *("M-06", "K12-02", "K12-08", "K12-09", "K12-12", "K21-04", "K21-07", "K21-08", "K21-09", "K22-01"),
    *("K22-02", "K23-06", "K24-05", "K24-06", "K26-06", "K26-07"),
}


def one(rows, sql):
    return rows.execute(sql).fetchone()[0]


def keyed(rows, sql):
    return dict(rows.execute(sql).fetchall())


def test_every_statement_has_its_query():
    required = statements()
    with_interval = {name for name, row in required.items() if row["demo_low"]}
    assert with_interval == set(INTERVALS)
    assert set(required) - with_interval == RULES_TESTED_BELOW


@pytest.mark.parametrize("statement", INTERVALS)
def test_interval_holds(rows, statement):
    row = statements()[statement]
    found = one(rows, INTERVALS[statement])
    assert float(row["demo_low"]) <= found <= float(row["demo_high"]), row["statement"]


def test_costs_are_jointly_what_the_guide_says(rows):
    assert one(rows, "SELECT count(*) FROM kid WHERE cost IS NULL") == 171
    assert one(rows, f"SELECT count(*) FROM kid WHERE {HOMES} AND cost IS NULL") == 0
    assert 4_715_000 <= one(rows, "SELECT sum(cost) FROM kid") <= 4_729_000
    dearest_247 = one(
        rows, "SELECT sum(greatest(0, cost - 5000)) FROM (FROM kid ORDER BY cost DESC NULLS LAST LIMIT 247)"
    )
    assert dearest_247 == one(rows, "SELECT sum(greatest(0, cost - 5000)) FROM kid")


def test_annual_total_cannot_reach_the_printed_256_million(rows):
    assert 241_800_000 <= 52 * one(rows, "SELECT sum(cost) FROM kid") <= 247_000_000


def test_totals_in_homes_run_from_0_to_118(rows):
    assert rows.execute(f"SELECT min(total), max(total) FROM kid WHERE {HOMES}").fetchone() == (0, 118)


def test_children_in_homes_without_severe_need_cost_2900_to_4100_more_than_agency_fostering(rows):
    premium = one(rows, f"SELECT avg(cost) FROM kid WHERE {MILD}") - one(rows, INTERVALS["K13-04"])
    assert 2_900 <= premium <= 4_100


def test_their_most_notable_needs(rows):
    assert set(one(rows, best_domains("avg({})", among=MILD))) == {
        "emotional_health",
        "managing_emotions",
        "educational_progress",
    }


@pytest.mark.parametrize("domain", ["emotional_health", "attachments", "managing_emotions"])
def test_a_third_have_moderate_need_or_above(rows, domain):
    assert 30 <= one(rows, f"SELECT 100 * avg(({domain} >= 4)::INTEGER) FROM kid") <= 37


def test_domains_most_likely_severe(rows):
    first, *others = one(rows, best_domains("avg(({} >= 7)::INTEGER)"))
    assert first == "educational_progress"
    assert set(others) == {"emotional_health", "family_relationships"}


def test_physical_health_is_most_likely_low_and_emotional_health_highest(rows):
    assert one(rows, best_domains("avg(({} <= 3)::INTEGER)", count=1)) == ["physical_health"]
    assert one(rows, best_domains("avg({})", count=1)) == ["emotional_health"]


def test_need_by_age(rows):
    mean = keyed(rows, f"SELECT {AGE_BAND}, avg(total) FROM kid GROUP BY 1")
    assert mean[0] == min(mean.values())
    assert mean[0] < mean[2] < mean[5]
    assert max(mean[5], mean[12]) / min(mean[5], mean[12]) <= 1.15


def test_need_by_time_in_care(rows):
    def by_band(column):
        return keyed(rows, f"SELECT {CARE_BAND}, avg({column}) FROM kid GROUP BY 1")

    total, emotional = by_band("total"), by_band("emotional_health")
    assert total[0] < total[1] < total[3]
    assert max(emotional, key=emotional.get) == 1
    for domain in ("attachments", "self_care", "educational_progress"):
        late = by_band(domain)
        assert max(late, key=late.get) == 3, domain


def test_need_by_setting(rows):
    mean = keyed(rows, "SELECT setting, avg(total) FROM kid GROUP BY 1")
    residential, fostering = mean.pop("residential"), mean.pop("fostering")
    assert len(mean) == 3
    assert fostering < min(mean.values()) <= max(mean.values()) < residential
    assert max(mean.values()) <= 1.25 * min(mean.values())


def test_need_by_ethnicity(rows):
    def by_group(column):
        return keyed(
            rows, f"SELECT ethnicity, avg({column}) FROM kid WHERE ethnicity <> 'Not known' GROUP BY 1"
        )

    for domain in ("emotional_health", "managing_emotions", "family_relationships"):
        mean = by_group(domain)
        assert min(mean["White"], mean["Mixed"]) > max(mean["Asian"], mean["Black"], mean["Other"]), domain
    education, feelings = by_group("educational_progress"), by_group("expressing_feelings")
    assert max(education, key=education.get) == "Black"
    assert min(feelings["Asian"], feelings["Black"], feelings["Other"]) > max(
        feelings["White"], feelings["Mixed"]
    )


@pytest.mark.parametrize("fact", ["age >= 16", "sex = 'M'"])
def test_asian_black_and_other_children_are_older_and_more_often_male(rows, fact):
    shares = keyed(rows, f"SELECT ethnicity, avg(({fact})::INTEGER) FROM kid GROUP BY 1")
    assert min(shares["Asian"], shares["Black"], shares["Other"]) > shares["White"]


def test_need_is_higher_everywhere_with_a_plan(rows):
    assert one(rows, lowest_gap("ehcp")) > 0
    assert set(one(rows, best_domains(GAP % ("ehcp", "ehcp")))) == {
        "managing_emotions",
        "emotional_health",
        "learning_disabilities",
    }


def test_need_is_higher_everywhere_when_excluded(rows):
    assert one(rows, lowest_gap("excluded")) > 0
    assert one(rows, best_domains(GAP % ("excluded", "excluded"), count=1)) == ["emotional_health"]
