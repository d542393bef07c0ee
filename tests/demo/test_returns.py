"""What the returns say beside episodes in the demonstration: missing periods, questionnaires, previous permanence."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.demo.test_history import none, one
from vcore.demo import absences, build, permanence, questionnaires

WENT = """
SELECT child_id, count(*) AS times FROM missing_period SEMI JOIN kid USING (child_id)
WHERE kind = 'M' AND (ended_on IS NULL OR ended_on > DATE '2025-03-31') GROUP BY child_id
"""


def test_missing_periods_lie_inside_care_and_never_overlap(rows):
    inside = """
        SELECT missing.* FROM missing_period AS missing JOIN care ON care.child_id = missing.child_id
            AND missing.started_on >= care.care_started_on
            AND (care.care_ended_on IS NULL OR coalesce(missing.ended_on, DATE '2200-01-01') <= care.care_ended_on)
    """
    assert one(rows, f"SELECT count(DISTINCT (child_id, started_on)) FROM ({inside})") == one(
        rows, "SELECT count(*) FROM missing_period"
    )
    assert none(
        rows,
        "FROM (SELECT *, lead(started_on) OVER (PARTITION BY child_id ORDER BY started_on) AS following"
        " FROM missing_period) WHERE following < ended_on OR (ended_on IS NULL AND following IS NOT NULL)",
    )
    assert none(rows, "FROM missing_period WHERE ended_on < started_on OR ended_on > DATE '2026-03-31'")
    assert none(
        rows,
        "FROM missing_period JOIN child USING (child_id) WHERE started_on < birth_month + INTERVAL 7 YEAR",
    )


def test_about_as_many_go_missing_as_in_england_and_as_often(rows):
    assert 0.10 <= one(rows, f"SELECT count(*) FROM ({WENT})") / 3528 <= 0.12
    assert 6 <= one(rows, f"SELECT avg(times) FROM ({WENT})") <= 8
    assert (
        0.85
        <= one(rows, "SELECT avg((date_diff('day', started_on, ended_on) <= 2)::INTEGER) FROM missing_period")
        <= 0.93
    )
    assert 8 <= one(rows, "SELECT count(*) FROM missing_period WHERE ended_on IS NULL") <= 12
    assert 0.15 <= one(rows, "SELECT avg((kind = 'A')::INTEGER) FROM missing_period") <= 0.25


def test_the_latest_questionnaire_is_the_child_s_score_and_most_have_one_a_year(rows):
    dated = """
        SELECT child_id, max_by(score, year_ended_on) AS score, count(*) AS years, max(year_ended_on) AS last
        FROM sdq GROUP BY child_id
    """
    assert none(
        rows, f"FROM ({dated}) AS dated JOIN child USING (child_id) WHERE score IS DISTINCT FROM sdq_score"
    )
    assert none(rows, f"FROM kid LEFT JOIN ({dated}) AS dated USING (child_id)"
                      " WHERE sdq_score IS NOT NULL AND last IS DISTINCT FROM DATE '2026-03-31'")  # fmt: skip
    school = "FROM kid LEFT JOIN sdq USING (child_id) WHERE age BETWEEN 8 AND 16 AND years > 3"
    assert one(rows, f"SELECT count(sdq.child_id) / count(DISTINCT kid.child_id) {school}") > 2.5
    assert none(rows, "FROM sdq WHERE month(year_ended_on) <> 3 OR day(year_ended_on) <> 31")
    assert none(rows, "SELECT child_id FROM sdq GROUP BY child_id, year_ended_on HAVING count(*) > 1")
    assert none(
        rows,
        "FROM sdq JOIN child USING (child_id)"
        " WHERE date_diff('month', birth_month, year_ended_on) // 12 NOT BETWEEN 4 AND 16",
    )


def test_a_few_had_a_permanent_home_before_and_it_was_ordered_before_they_came(rows):
    shares = dict(
        rows.execute(
            "SELECT coalesce(previous_permanence, ''), count(*) / sum(count(*)) OVER () FROM child GROUP BY 1"
        ).fetchall()
    )
    assert (
        shares.keys() == {"", "P1", "P2", "P3", "P4", "Z1"}
        and shares["Z1"] > 0.9
        and shares["P2"] > shares["P1"]
    )
    assert none(
        rows, "FROM child WHERE permanence_ordered IS NOT NULL AND NOT starts_with(previous_permanence, 'P')"
    )
    assert none(
        rows,
        "FROM child JOIN (SELECT child_id, max(care_started_on) AS began FROM care GROUP BY child_id) USING (child_id)"
        " WHERE permanence_ordered > strftime(began, '%Y-%m-%d') OR permanence_ordered < strftime(birth_month, '%Y')",
    )
    assert set(
        rows.execute("SELECT DISTINCT length(permanence_ordered) FROM child").df().iloc[:, 0].dropna()
    ) == {
        4,
        7,
        10,
    }


@pytest.mark.parametrize("children", [100, 400])
def test_they_draw_from_streams_of_their_own(children, monkeypatch):
    usual = build(children)
    monkeypatch.setattr(absences, "WENT_SHARE", 0.6)
    monkeypatch.setattr(questionnaires, "ASKED_SHARE", 0.1)
    monkeypatch.setattr(permanence, "SHARES", {"P1": 0.3})
    other = build(children)
    assert len(other["missing_period"]) > len(usual["missing_period"]) and len(other["sdq"]) < len(
        usual["sdq"]
    )
    new = ["previous_permanence", "permanence_ordered"]
    for name, frame in usual.items():
        if name not in ("missing_period", "sdq"):
            pd.testing.assert_frame_equal(
                frame.drop(columns=new, errors="ignore"), other[name].drop(columns=new, errors="ignore")
            )
