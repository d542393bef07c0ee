"""The money plan's rows, months and ledger lines, and what a reader without placement costs is not told."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pandas as pd
import pytest

from tests.small import child, store
from tests.ui import populated
from ui import ledger_file, money_plan_figures, money_plan_register, outturn_figures, plan_drift
from ui import money_plan_words as words
from ui.disclosure import Gate
from ui.money_plan_rows import children, rows
from vcore.facts.assumptions import register
from vcore.measures.disclosure import HIDDEN
from vcore.measures.outturn import AMOUNTS
from vcore.scenarios import OwnHomes, PriceCap, Scenario, StepDown, run
from vcore.scenarios.calendar import Calendar, Drift
from vcore.scenarios.impact import impacts, rating
from vcore.scenarios.levers import LEVERS
from vcore.scenarios.plan import Plan, plan

OPEN, FINANCE, DIRECTOR = Gate(True, True, True), Gate(False, True, True), Gate(False)
NEVER = date(2020, 1, 1)


def home(name: str, birth: date = NEVER, cost: float = 5200, sourced: str = "spot") -> dict:
    return child(name, weekly_cost_gbp=cost, birth_month=birth, sourced=sourced)


def planned(homes: list[dict], *levers, **calendar) -> Plan:
    scenario = Scenario(levers=levers, cost_basis="gross", calendar=Calendar(**calendar))
    return plan(run(scenario, store(homes).cohort()))


@pytest.fixture(scope="module")
def twelve() -> Plan:
    """Twelve children £200 a week above a cap; one is 18 in October 2026, eleven stay."""
    homes = [home(f"{n:02d}", date(2008, 10, 1) if n == 0 else NEVER) for n in range(12)]
    return planned(homes, PriceCap(cap_gbp=5000))


def by_code(found: Plan, gate: Gate, block: str) -> dict[str, list]:
    return {row.code: [*row.years, row.full_year] for row in rows(found, gate) if row.block == block}


def test_years_are_negative_savings_and_changes_add_up_to_them(twelve):
    year = [-200 * 52 * (11 + 0.5), *[-200 * 52 * 11] * 4]
    told = by_code(twelve, FINANCE, "In the year")
    assert told["L1-CASH"] == pytest.approx([*year, -200 * 52 * 12])
    assert told["ALL-CASH"] == pytest.approx([*year, -200 * 52 * 12])
    changes = by_code(twelve, FINANCE, "Change on the year before")["L1-CASH"]
    assert changes[:5] == pytest.approx([year[0], 200 * 52 * 0.5, 0, 0, 0])
    assert sum(changes[:5]) == pytest.approx(year[-1])
    assert by_code(twelve, FINANCE, "Stops during the year (its full-year value)")["L1-STOPS"][:5] == (
        pytest.approx([200 * 52, 0, 0, 0, 0])
    )


def test_a_director_is_not_told_what_one_child_s_end_takes_away(twelve):
    for block in {row.block for row in rows(twelve, DIRECTOR)}:
        for code, cells in by_code(twelve, DIRECTOR, block).items():
            years = cells[:5]
            assert years == [HIDDEN] * 5 or not any(
                isinstance(cell, float) and abs(cell) > 1 for cell in years
            ), (block, code)
    assert by_code(twelve, DIRECTOR, "In the year")["ALL-CASH"][:5] == [HIDDEN] * 5


def test_a_director_is_told_where_nobody_or_enough_leave():
    homes = [home(f"{n:02d}", date(2008, 10, 1) if n < 10 else NEVER) for n in range(30)]
    found = planned(homes, PriceCap(cap_gbp=5000))
    assert by_code(found, DIRECTOR, "In the year")["ALL-CASH"][:5] == pytest.approx(
        [-200 * 52 * 25, *[-200 * 52 * 20] * 4]
    )


def test_the_directors_months_share_out_the_year(twelve):
    homes = [home(f"{n:02d}", date(2008, 10, 1) if n < 10 else NEVER) for n in range(30)]
    found = planned(homes, PriceCap(cap_gbp=5000, ramp_months=2))
    own = money_plan_figures.by_months(found, "2026/27", FINANCE).table["Cash"]
    shared = money_plan_figures.by_months(found, "2026/27", DIRECTOR).table["Cash"]
    weekly = 200 * 52 / 12
    assert own.tolist() == pytest.approx([weekly * 15, *[weekly * 30] * 5, *[weekly * 20] * 6])
    assert shared.sum() == pytest.approx(own.sum())
    assert shared.tolist() == pytest.approx([own.sum() / 11.5 / 2, *[own.sum() / 11.5] * 11])
    hidden = money_plan_figures.by_months(twelve, "2026/27", DIRECTOR)
    assert set(hidden.table["Cash"]) == {HIDDEN}
    assert "One-off cost" in money_plan_figures.by_months(twelve, "2026/27", FINANCE).table


def test_the_directors_months_show_an_empty_home_where_it_stands_empty():
    homes = [home(f"{n:02d}", cost=4000) | {"started_on": date(2025, 3, 31)} for n in range(12)]
    lever = OwnHomes(
        matched=1, homes=6, places_a_home=2, occupancy=1, running_weekly_gbp=3000, capital_gbp=0,
        double_running_weeks=0, registration_months=2, ramp_months=2, notice_weeks=52 / 12,
    )  # fmt: skip
    found = planned(homes, lever)
    empty, month = -12 * 3000 * 52 / 12, 12 * 1000 * 52 / 12
    own = [0, 0, empty, (empty + month) / 2, *[month] * 8]
    assert money_plan_figures.by_months(found, "2026/27", FINANCE).table["Cash"].tolist() == pytest.approx(
        own
    )
    assert money_plan_figures.by_months(found, "2026/27", DIRECTOR).table["Cash"].tolist() == pytest.approx(
        own
    )


def test_children_come_first_and_capacity_is_its_own_line():
    homes = [home(f"{n:02d}", sourced="spot" if n % 2 else "block") for n in range(24)]
    move = StepDown(
        matched=0.5, holds=1, destination_cost_gbp=1200, support_weekly_gbp=100, support_weeks=10,
        double_running_weeks=0, return_cost_gbp=0, moves_a_month=4,
    )  # fmt: skip
    found = planned(homes, move, start=date(2027, 3, 1))
    assert [row.years[:3] for row in children(found, DIRECTOR)] == [[4, 8, 0], [0, 0, 0]]
    told = by_code(found, DIRECTOR, "In the year")
    assert told["L1-CASH"][2] == told["L1-CAPACITY"][2] == pytest.approx(-6 * 4000 * 52)
    costs = by_code(found, DIRECTOR, "One-off cost and net cash")
    assert costs["L1-ONEOFF"][:3] == pytest.approx([4000, 8000, 0])
    assert costs["NET"][0] == pytest.approx(4000 - 2 * 4000 * 52 / 12)
    markup = money_plan_figures.years_markup(found, DIRECTOR)
    assert markup.index("Move, for good or not") < markup.index("L1-CASH")
    assert "(1,248,000)" in markup
    first = words.headlines(found, told["ALL-CASH"][0], told["ALL-CASH"][5])[0][:2]
    assert first == ("£35k", "cash saved in 2026/27 (part of the year: 1 month)")


def test_growth_is_a_row_of_its_own_and_hidden_for_few():
    homes = [home(f"{n:02d}") for n in range(12)]
    drift = Drift(setting="residential", price_inflation=0.1)
    found = planned(homes, PriceCap(cap_gbp=5000), drifts=(drift,))
    block = "Growth that happens anyway"
    assert by_code(found, DIRECTOR, block)["GROWTH-RESIDENTIAL"][0] == pytest.approx(12 * 5200 * 52 * 0.1)
    # 12 × £5,200 × 52 × 10% in the first year; in the fifth 1.1⁵ − 1
    assert plan_drift.words(found, DIRECTOR) == (
        "If nothing is done: in residential prices up 10% a year (£324k more in 2026/27, £2.0m more in 2030/31). "
        "That is growth, not netted inside any saving."
    )
    few = planned(homes[:9], drifts=(drift,))
    assert "£" not in plan_drift.words(few, DIRECTOR)
    assert plan_drift.words(planned(homes), DIRECTOR) == ""
    assert by_code(few, DIRECTOR, block)["GROWTH-RESIDENTIAL"][:5] == [HIDDEN] * 5


def test_ledger_lines_add_up_to_the_years(twelve):
    lines = pd.read_csv(BytesIO(ledger_file.lines_file(twelve)))
    assert list(lines.columns) == ledger_file.COLUMNS
    sums = lines.groupby("Financial year")["Amount GBP"].sum()
    assert sums["2026/27"] == pytest.approx(-200 * 52 * 11.5, abs=0.1)
    assert set(lines["Reference"]) == {"L1-CASH"}
    assert lines["Month"].iloc[[0, -1]].tolist() == ["2026-04", "2031-03"]


@pytest.mark.parametrize(
    ("cell", "said"), [(-1234.4, "(1,234)"), (1234.6, "1,235"), (0.4, "–"), (-0.4, "–"), (HIDDEN, "c")]
)
def test_brackets(cell, said):
    assert words.in_brackets(cell) == said


def test_the_register_says_here_range_source_and_how_much_each_matters(twelve):
    table = money_plan_register.assumptions_table(twelve.result, DIRECTOR, register()).set_index("Assumption")
    cap = table.loc["Weekly price cap to start from (Price cap at £5,000)"]
    assert (cap["Here"], cap["Range"], cap["Impact"]) == ("£5,000", "£4,000 to £8,000", "high")
    assert table.index[-1] == "Weeks a year"
    found = next(one for one in impacts(twelve.result) if one.key == "price_cap_gbp")
    assert (found.low_gbp, found.high_gbp) == pytest.approx((12 * 1200 * 52, 0))
    assert rating(found._replace(high_gbp=found.low_gbp), twelve.result) == "none"
    assert rating(found._replace(high_gbp=found.low_gbp - 0.1 * 12 * 200 * 52), twelve.result) == "medium"
    timing = money_plan_register.timing_table(twelve.result)
    assert timing.iloc[0].tolist() == ["Price cap at £5,000", "with the plan", "none", "at once"]


def test_without_a_lever_the_plan_is_empty_and_says_so():
    found = planned([home("a")])
    assert [row.code for row in rows(found, OPEN)] == ["NET", "NET-SO-FAR"]
    assert words.headlines(found, 0.0, 0.0)[3][:2] == ("Nothing", "to pay back: no one-off cost")
    assert money_plan_figures.by_months(found, "2026/27", OPEN).title == "2026/27: nothing is saved"


def outturn_lines(*children: int) -> pd.DataFrame:
    """Lines of £1,000 budgeted, £800 spent and £250 to come, with so many children each."""
    made = [(f"Home {at}", n, True, 1000.0, 800.0, 250.0, 0.0, 1050.0, 50.0) for at, n in enumerate(children)]
    return pd.DataFrame(made, columns=["line", "children", "matched", *AMOUNTS])


def test_the_outturn_bridge_begins_at_the_budget_and_ends_at_the_plans_first_year():
    homes = [home(f"{n:02d}") for n in range(20)]
    found = planned(homes, PriceCap(cap_gbp=5000))
    drawn = outturn_figures.bridge(outturn_lines(20, 30), "2025/26", found, 5_000.0, DIRECTOR)
    bars = {
        " ".join(bar["part"].split()): (round(bar["start"]), round(bar["end"]))
        for bar in drawn.spec["datasets"]["bars"]
    }
    assert bars == {
        "Home 0": (0, 50),
        "Home 1": (50, 100),
        "Forecast 2025/26": (0, 100),
        "Today's placements for a full year": (100, 3_000),
        "Cash saved in 2026/27": (3_000, 3_000 - 200 * 52 * 20),
        "One-off cost": (3_000 - 200 * 52 * 20, 3_000 - 200 * 52 * 20),
        "Outlook 2026/27": (0, 3_000 - 200 * 52 * 20),
    }
    assert drawn.title == "2025/26: forecast £100 over the budget of £2,000"
    lines = {row[0]: row[1:] for row in drawn.table.itertuples(index=False)}
    assert lines["All lines"] == (2000, 1600, 500, 0, 2100, 100)
    assert round(lines["Outlook 2026/27"][-1]) == 3_000 - 200 * 52 * 20


def test_lines_and_plans_of_few_children_are_not_told_to_a_director(twelve):
    drawn = outturn_figures.bridge(outturn_lines(3, 30, 40), "2025/26", twelve, 5_000.0, DIRECTOR)
    assert set(drawn.table["Line"]) == {"Home 2", "Other placements", "All lines"}
    assert "Cash saved" not in str(drawn.spec["datasets"])
    own = outturn_figures.bridge(outturn_lines(3, 30, 40), "2025/26", twelve, 5_000.0, FINANCE)
    assert "Home 0" in set(own.table["Line"])
    assert "Cash saved" in str(own.spec["datasets"])


@pytest.mark.parametrize(
    ("control", "said"),
    [
        (1600.4, "Equal to the ledger: £1,600 spent so far."),
        (1500.0, "£100 (6.7%) more here than in the ledger: find out why before using this."),
        (2000.0, "£400 (20%) less here than in the ledger: find out why before using this."),
    ],
)
def test_a_control_total_is_met_or_the_gap_is_said(control, said):
    told = outturn_figures.table(outturn_lines(20, 30), DIRECTOR)
    assert outturn_figures.control_words(told, control) == said


def test_every_lever_has_its_lines_and_they_add_up():
    scenario = Scenario(levers=tuple(lever.starting() for lever in LEVERS))  # type: ignore[arg-type]
    found = plan(run(scenario, populated.store().cohort()))
    told = by_code(found, OPEN, "In the year")
    for kind in (code.removeprefix("ALL-") for code in told if code.startswith("ALL")):
        lines = [cells for code, cells in told.items() if code.startswith("L") and code.endswith(kind)]
        for at in range(6):
            assert sum(cells[at] for cells in lines) == pytest.approx(told[f"ALL-{kind}"][at], abs=0.01)
    assert "L1-AVOIDED" not in told and f"L{len(LEVERS)}-AVOIDED" in told
    assert f"L{len(LEVERS)}-CASH" not in told  # prevention saves no cash: no line of noughts
    assert len(money_plan_register.timing_table(found.result)) == len(LEVERS)
