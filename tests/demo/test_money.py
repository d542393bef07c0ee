"""Fees inside placements, who pays, places and budgets: worked out again in SQL."""

from __future__ import annotations

import pytest

from tests.demo.test_history import none, one


def test_parts_add_up_exactly(rows):
    assert none(
        rows,
        "FROM cost WHERE social_care_cost_gbp + education_cost_gbp + health_cost_gbp <> weekly_cost_gbp"
        " OR least(social_care_cost_gbp, education_cost_gbp, health_cost_gbp) < 0 OR weekly_cost_gbp <= 0",
    )


def test_fees_lie_inside_one_placement_and_never_overlap(rows):
    homeless = """
        SELECT * FROM cost ANTI JOIN placement ON placement.child_id = cost.child_id
            AND cost.started_on >= placement.started_on
            AND coalesce(cost.ended_on, DATE '9999-01-01') <= coalesce(placement.ended_on, DATE '9999-01-01')
    """
    assert none(rows, homeless)
    following = (
        "SELECT *, lead(started_on) OVER (PARTITION BY child_id ORDER BY started_on) AS next FROM cost"
    )
    assert none(rows, f"FROM ({following}) WHERE ended_on > next OR (ended_on IS NULL AND next IS NOT NULL)")
    assert none(rows, "FROM cost WHERE ended_on <= started_on")


def test_a_fee_lasts_without_a_gap_while_its_placement_does(rows):
    days = """
        SELECT sum(date_diff('day', greatest(p.started_on, TIMESTAMP '2020-04-01'), p.ended_on)) FROM placement AS p
        WHERE p.ended_on > TIMESTAMP '2020-04-01' AND setting <> 'parents_or_adoption'
    """
    paid = "SELECT sum(date_diff('day', started_on, ended_on)) FROM cost WHERE ended_on IS NOT NULL"
    within_open = """
        SELECT sum(date_diff('day', c.started_on, c.ended_on)) FROM cost AS c JOIN placement AS p
        ON p.child_id = c.child_id AND p.ended_on IS NULL AND c.started_on >= p.started_on
    """
    assert one(rows, days) == one(rows, paid) - one(rows, within_open)


def test_children_with_parents_or_for_adoption_have_no_fee(rows):
    assert none(
        rows,
        "SELECT * FROM cost JOIN placement AS p ON p.child_id = cost.child_id AND cost.started_on >= p.started_on"
        " AND (p.ended_on IS NULL OR cost.started_on < p.ended_on) WHERE p.setting = 'parents_or_adoption'",
    )


def test_external_prices_rise_by_5_to_9_percent_each_april(rows):
    rises = """
        SELECT weekly_cost_gbp / lag(weekly_cost_gbp) OVER w - 1 AS rise, sourced, started_on,
            lag(ended_on) OVER w = started_on AND lag(provider) OVER w = provider
                AND lag(started_on) OVER w + INTERVAL 1 YEAR = started_on AS plain_year
        FROM cost WINDOW w AS (PARTITION BY child_id ORDER BY started_on)
    """
    april = f"SELECT * FROM ({rises}) WHERE plain_year AND month(started_on) = 4 AND day(started_on) = 1"
    low, middle, high = rows.execute(
        f"SELECT quantile_cont(rise, [0.05, 0.5, 0.95]) FROM ({april}) WHERE sourced <> 'in_house'"
    ).fetchone()[0]
    assert 0.045 <= low <= middle <= high <= 0.095
    assert one(rows, f"SELECT median(rise) FROM ({april}) WHERE sourced = 'in_house'") < 0.05


def test_some_fees_change_between_aprils(rows):
    assert (
        one(
            rows,
            "SELECT count(*) FROM cost SEMI JOIN kid USING (child_id) WHERE ended_on IS NOT NULL AND month(ended_on) <> 4",
        )
        > 500
    )


def test_most_children_are_paid_for_by_social_care_alone_and_dear_homes_are_shared(rows):
    now = "SELECT c.*, kid.setting FROM cost AS c JOIN kid USING (child_id) WHERE c.ended_on IS NULL"
    shared = "avg((social_care_cost_gbp < weekly_cost_gbp)::INTEGER)"
    assert one(rows, f"SELECT {shared} FROM ({now})") < 0.15
    dear = one(rows, f"SELECT {shared} FROM ({now}) WHERE setting = 'residential' AND weekly_cost_gbp > 4000")
    cheap = one(
        rows, f"SELECT {shared} FROM ({now}) WHERE setting = 'residential' AND weekly_cost_gbp <= 4000"
    )
    assert dear > 2 * cheap > 0
    assert dear > 0.25


@pytest.mark.parametrize(
    ("detail", "sources"),
    [
        ("in_house_fostering", {"in_house"}),
        ("in_house_residential", {"in_house"}),
        ("independent_fostering", {"framework", "spot", "block"}),
        ("private_residential", {"framework", "spot", "block"}),
    ],
)
def test_how_places_are_bought(rows, detail, sources):
    found = rows.execute(
        "SELECT DISTINCT cost.sourced FROM cost JOIN kid USING (child_id) WHERE cost.ended_on IS NULL AND setting_detail = ?",
        [detail],
    ).fetchall()
    assert {source for (source,) in found} == sources


def test_own_services_carry_the_councils_name(rows):
    assert none(
        rows,
        "FROM cost WHERE sourced = 'in_house' AND NOT starts_with(provider, authority)",
    )
    assert one(rows, "SELECT count(DISTINCT provider) FROM cost WHERE sourced <> 'in_house'") > 30


def test_only_unregistered_places_are_unregistered(rows):
    placed = """
        SELECT cost.registered, p.setting_detail FROM cost JOIN placement AS p ON p.child_id = cost.child_id
            AND cost.started_on >= p.started_on AND (p.ended_on IS NULL OR cost.started_on < p.ended_on)
    """
    assert none(rows, f"FROM ({placed}) WHERE registered = (setting_detail = 'unregistered')")
    assert 1 <= one(rows, "SELECT count(*) FROM kid WHERE setting_detail = 'unregistered'") <= 10


def test_planned_ends_of_open_placements_lie_ahead_and_before_eighteen(rows):
    ends = "SELECT planned_end_on, birth_month FROM cost JOIN child USING (child_id) WHERE ended_on IS NULL"
    assert none(rows, f"FROM ({ends}) WHERE planned_end_on <= DATE '2026-03-31'")
    assert none(rows, f"FROM ({ends}) WHERE planned_end_on > birth_month + INTERVAL 18 YEAR")
    assert 0.15 <= one(rows, f"SELECT avg((planned_end_on IS NOT NULL)::INTEGER) FROM ({ends})") <= 0.5


def test_filled_places_are_placements_in_force(rows):
    assert rows.execute(
        "SELECT count(DISTINCT month), min(month)::DATE::VARCHAR, max(month)::DATE::VARCHAR FROM capacity"
    ).fetchone() == (24, "2024-04-01", "2026-03-01")
    assert none(rows, "FROM capacity WHERE places_filled > places_approved")
    counted = """
        SELECT c.*, (SELECT count(*) FROM placement AS p WHERE p.authority = c.authority
            AND p.setting_detail = c.setting_detail AND p.started_on <= c.month
            AND (p.ended_on IS NULL OR p.ended_on > c.month)) AS placed
        FROM capacity AS c
    """
    assert none(rows, f"FROM ({counted}) WHERE placed <> places_filled")


def test_actual_spend_is_the_fees_of_the_year_so_far(rows):
    lines = {"Agency fostering": "independent_fostering", "Children's home (private)": "private_residential"}
    for line, detail in lines.items():
        paid = one(
            rows,
            f"""
            SELECT sum(weekly_cost_gbp * greatest(0, date_diff('day',
                greatest(c.started_on, TIMESTAMP '2025-04-01'),
                least(coalesce(c.ended_on, TIMESTAMP '2026-02-28'), TIMESTAMP '2026-02-28'))) / 7)
            FROM cost AS c JOIN placement AS p ON p.child_id = c.child_id AND c.started_on >= p.started_on
                AND (p.ended_on IS NULL OR c.started_on < p.ended_on)
            WHERE p.setting_detail = '{detail}'
            """,
        )
        actual = rows.execute("SELECT sum(actual_to_date_gbp) FROM budget WHERE line = ?", [line]).fetchone()[
            0
        ]
        assert actual == pytest.approx(paid, abs=6), line  # each of six councils rounded to £1


def test_each_council_has_one_budget_a_line(rows):
    assert none(rows, "SELECT authority, line FROM budget GROUP BY ALL HAVING count(*) > 1")
    assert rows.execute("SELECT DISTINCT financial_year FROM budget").fetchall() == [("2025/26",)]
    assert one(rows, "SELECT sum(actual_to_date_gbp) / sum(budget_gbp) FROM budget") == pytest.approx(
        0.96, abs=0.06
    )
