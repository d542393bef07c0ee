"""Needs assessments over time, and the gaps that honest data has."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.demo.conftest import DOMAINS
from tests.demo.test_history import none, one

MILD_IN_HOMES = "setting = 'residential' AND peak < 7"
EARLIER = """
    SELECT kid.child_id, kid.total - list_sum(a.scores::INTEGER[])::INTEGER AS change
    FROM kid JOIN assessment AS a ON a.child_id = kid.child_id
        AND date_diff('day', a.assessed_on::DATE, kid.assessed_on::DATE) >= 150
    QUALIFY row_number() OVER (PARTITION BY kid.child_id ORDER BY a.assessed_on DESC) = 1
"""
STALE = "date_diff('day', assessed_on::DATE, DATE '2026-03-31') > 183"


def test_every_assessment_lies_within_care_and_has_its_own_day(rows):
    outside = """
        SELECT a.child_id, a.assessed_on FROM assessment AS a
        ANTI JOIN care ON care.child_id = a.child_id AND a.assessed_on >= care.care_started_on
            AND (care.care_ended_on IS NULL OR a.assessed_on <= care.care_ended_on)
    """
    assert none(rows, outside)
    assert none(rows, "SELECT child_id FROM assessment GROUP BY child_id, assessed_on HAVING count(*) > 1")
    assert one(rows, "SELECT max(assessed_on)::DATE <= DATE '2026-03-31' FROM assessment")


def test_scores_are_whole_numbers_from_0_to_10_in_every_domain(rows):
    lengths = rows.execute("SELECT DISTINCT len(scores) FROM assessment").fetchall()
    assert lengths == [(len(DOMAINS),)]
    assert rows.execute(
        "SELECT min(score), max(score) FROM (SELECT unnest(scores) AS score FROM assessment)"
    ).fetchone() == (0, 10)


def test_most_children_have_four_or_more_about_six_months_apart(rows):
    counts = "SELECT count(*) AS n FROM assessment SEMI JOIN kid USING (child_id) GROUP BY child_id"
    assert one(rows, f"SELECT avg((n >= 4)::INTEGER) FROM ({counts})") > 0.55
    gaps = """
        SELECT date_diff('day', lag(assessed_on) OVER (PARTITION BY child_id ORDER BY assessed_on), assessed_on) AS gap
        FROM assessment SEMI JOIN kid USING (child_id)
    """
    assert 170 <= one(rows, f"SELECT median(gap) FROM ({gaps})") <= 195


def test_first_assessment_comes_soon_after_care_starts(rows):
    waits = """
        SELECT date_diff('day', care_started_on, min(assessed_on)) AS days
        FROM (SELECT DISTINCT child_id, care_started_on FROM care WHERE care_ended_on IS NULL) JOIN assessment USING (child_id)
        WHERE care_started_on >= DATE '2021-01-01' AND assessed_on >= care_started_on
        GROUP BY child_id, care_started_on
    """
    assert one(rows, f"SELECT quantile_cont(days, 0.5) FROM ({waits})") <= 60


def test_need_changes_little_for_most_and_much_for_some(rows):
    share = "SELECT avg((change {} )::INTEGER) FROM (" + EARLIER + ")"
    assert one(rows, share.format("BETWEEN -4 AND 4")) > 0.8
    assert 0.03 <= one(rows, share.format(">= 5")) <= 0.12
    assert 0.03 <= one(rows, share.format("<= -5")) <= 0.12


def test_about_one_in_twelve_latest_assessments_is_stale(rows):
    assert 0.06 <= one(rows, f"SELECT avg(({STALE})::INTEGER) FROM kid") <= 0.10


@pytest.mark.parametrize("column", ["ehcp", "disability", "excluded"])
def test_a_few_facts_are_not_recorded(rows, column):
    assert 0.02 <= one(rows, f"SELECT avg(({column} IS NULL)::INTEGER) FROM kid") <= 0.05


def test_excluded_means_suspended_or_permanently_excluded(rows):
    assert none(rows, "FROM child WHERE excluded IS DISTINCT FROM (suspended_ever OR permanently_excluded)")
    assert none(rows, "FROM child WHERE suspended_12m AND NOT suspended_ever")


def test_views_of_fostering_are_mixed_in_homes_and_absent_elsewhere(rows):
    latest = """
        SELECT kid.setting, a.foster_suitability AS view FROM kid
        JOIN assessment AS a ON a.child_id = kid.child_id AND a.assessed_on = kid.assessed_on
    """
    found = dict(
        rows.execute(
            f"SELECT view, count(*) FROM ({latest}) WHERE setting = 'residential' GROUP BY 1"
        ).fetchall()
    )
    assert set(found) == {"preferred", "suitable", "unsuitable", "not known", None}
    assert min(found.values()) >= 20
    assert none(rows, f"FROM ({latest}) WHERE setting <> 'residential' AND view IS NOT NULL")


def test_screens_bring_the_273_down_to_a_number_for_discussion(rows):
    remaining, funnel = "true", []
    change = f"child_id IN (SELECT child_id FROM ({EARLIER}) WHERE change >= 5)"
    moved = "child_id IN (SELECT child_id FROM placement WHERE ended_on IS NULL AND date_diff('day', started_on, DATE '2026-03-31') / 30.4375 < 6)"
    unsuitable = "(child_id, assessed_on) IN (SELECT (child_id, assessed_on) FROM assessment WHERE foster_suitability = 'unsuitable')"
    hard = "setting_detail IN ('secure_home', 'specialist_residential') OR coalesce(dol, false)"
    for screen in ("false", hard, STALE, moved, change, unsuitable):
        remaining += f" AND NOT ({screen})"
        funnel.append(one(rows, f"SELECT count(*) FROM kid WHERE {MILD_IN_HOMES} AND {remaining}"))
    assert funnel[0] == 273
    assert 245 <= funnel[1] <= 268
    assert all(earlier - later >= 5 for earlier, later in pairwise(funnel[1:]))
    assert 130 <= funnel[-1] <= 150


def test_orders_are_few_and_mostly_in_homes(rows):
    assert 10 <= one(rows, "SELECT count(*) FROM kid WHERE dol") <= 35
    assert one(rows, f"SELECT count(*) FROM kid WHERE dol AND {MILD_IN_HOMES}") >= 2
    assert none(rows, "FROM kid WHERE dol AND setting NOT IN ('residential', 'other')")


def test_brothers_and_sisters_share_a_council(rows):
    groups = "SELECT sibling_group, count(*) AS n, count(DISTINCT authority) AS councils FROM child WHERE sibling_group IS NOT NULL GROUP BY 1"
    assert rows.execute(f"SELECT min(n), max(n), max(councils) FROM ({groups})").fetchone() == (2, 4, 1)


def test_voices_are_many_and_only_of_children_who_speak(rows):
    said = "SELECT a.*, kid.age FROM assessment AS a JOIN kid ON a.child_id = kid.child_id AND a.assessed_on = kid.assessed_on"
    for column, fewest in (("strengths", 150), ("goals", 150), ("child_view", 100)):
        share, distinct = rows.execute(
            f"SELECT count({column}) / count(*), count(DISTINCT {column}) FROM ({said})"
        ).fetchone()
        assert 0.4 <= share <= 0.8, column
        assert distinct >= fewest, column
    assert none(rows, f"FROM ({said}) WHERE age < 3 AND child_view IS NOT NULL")
