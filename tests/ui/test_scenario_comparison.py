"""Scenarios side by side: what may stand so, what differs, the bridge, and the page; against pandas over the rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from ledger import open_ledger, scenario_keeping
from ledger.demonstration import enable_demonstration_people
from ledger.people import Person, find_person
from ledger.rights import Role
from ledger.saved_scenarios import SavedScenario
from tests.small import AS_OF
from tests.ui import populated
from tests.ui.doorstep import MAIN, cookie_of, join, words
from tests.ui.test_cohort_bar import press
from ui import scenario_comparison as comparison
from ui import scenario_comparison_figures as figures
from ui.cohort_link import Choice
from ui.disclosure import Gate
from ui.doorway import COOKIE
from ui.menu import PAGES_FOLDER
from ui.saved_scenarios import came_to, kept, opened
from ui.scenario_assumptions import differing
from vcore import CohortFilter, PriceCap, Scenario, StepDown, run
from vcore.errors import RefusedRun
from vcore.scenarios.levers import LEVERS, JointFunding
from vcore.store import Store

PAGE = PAGES_FOLDER / "decide" / "compare.py"
STORE = populated.store()
ROWS = STORE.cohort().children
OPEN, CLOSED = Gate(sees_small=True), Gate(sees_small=False)
ANN = Person("ann", "Ann", Role.COMMISSIONER, None, False, True, False)
MOVE = StepDown(max_severe=3, matched=0.5, holds=0.64, destination_cost_gbp=1000)
CAP = PriceCap(cap_gbp=4000)
HOMES = CohortFilter(settings=("residential",))


def option(name, *levers, chosen=None, **changed) -> comparison.Option:
    """A scenario of these levers, saved and opened, without a ledger."""
    terms = {key: changed.pop(key) for key in ("weeks_per_year", "cost_basis") if key in changed}
    scenario = Scenario(levers=levers, name=name, **({"cost_basis": "gross"} | terms))
    cohort = STORE.cohort(chosen)
    text = replace(kept(run(scenario, cohort), Choice(cohort.filter), STORE), **changed)
    when = datetime(2026, 11, 22, tzinfo=UTC)
    saved = SavedScenario("c", name, "", "ann", "Ann", False, False, when, text)
    (made,) = comparison.options([opened(saved, ANN, STORE, STORE.cohort)])
    return made


def movable() -> pd.Series:
    return (
        (ROWS["setting"] == "residential")
        & ROWS["weekly_cost_gbp"].notna()
        & (ROWS["severe_count"] <= 3).fillna(False)
        & ~ROWS["dol"].fillna(False)
        & ~(ROWS["assessment_age_days"] > 183).fillna(False)
    )


A, B = option("A", MOVE, CAP), option("B", CAP)


def test_overlap_is_counted_once_in_the_table_and_on_the_bridge():
    cost, moves = ROWS["weekly_cost_gbp"], movable()
    cap = (cost - 4000).clip(lower=0).sum() * 52
    move = 0.32 * (cost[moves] - 1000).sum() * 52
    twice = 0.32 * (cost[moves] - 4000).clip(lower=0).sum() * 52
    table = figures.headlines((A, B), OPEN).table.set_index("Scenario")
    assert table.loc["A", figures.YEAR] == pytest.approx(move + cap - twice, abs=1)
    assert table.loc["B", figures.YEAR] == pytest.approx(cap, abs=1)
    assert list(table[figures.TWICE]) == pytest.approx([twice, 0], abs=2)
    assert list(table[figures.MOVE]) == [round(0.32 * moves.sum()), 0]
    touched = ROWS[moves | (cost > 4000)]
    assert table.loc["A", figures.AFFECTED] == len(touched)
    assert table.loc["A", figures.NEED] == pytest.approx(touched["need_total"].dropna().astype(float).mean())
    bridge = figures.bridge(B, A, OPEN)
    assert list(bridge.table["Part"]) == ["B", "Step-down", "Price cap", "A"]
    assert list(bridge.table["£ a year"]) == pytest.approx([cap, move, -twice, move + cap - twice], abs=2)
    assert sum(bridge.table["£ a year"][:3]) == pytest.approx(bridge.table["£ a year"][3], abs=2)


def test_a_claim_has_a_column_of_its_own_and_is_in_no_other():
    claim = JointFunding(health_share=1, health_from="minor", agreed=0.5)
    plain, asked = (
        option("plain", CAP, cost_basis="social_care"),
        option("asked", CAP, claim, cost_basis="social_care"),
    )
    table = figures.headlines((plain, asked), OPEN).table.set_index("Scenario")
    told = [figures.YEAR, figures.TWICE, figures.ONE_OFF, figures.NET]
    assert table.loc["asked", told].tolist() == pytest.approx(table.loc["plain", told].tolist(), abs=3)
    assert table.loc["plain", figures.CLAIMED] == 0
    # social care's part of the capped price is asked for, and half is agreed
    cost = ROWS["weekly_cost_gbp"]
    paid = (cost.clip(upper=4000) * ROWS["social_care_cost_gbp"] / cost)[
        (ROWS["setting"] == "residential") & needs_health()
    ]
    assert table.loc["asked", figures.CLAIMED] == pytest.approx(paid.sum() * 0.5 * 52, rel=1e-6)
    bridge = figures.bridge(plain, asked, OPEN).table
    assert list(bridge["Part"]) == ["plain", "Price cap", "asked"]
    assert bridge["£ a year"].iloc[0] == pytest.approx(bridge["£ a year"].iloc[2])
    assert figures.headline((plain, asked), OPEN) == (
        "“plain” would move as many children as “asked” and save the same"
    )
    assert figures.CLAIMED not in figures.headlines((A, B), OPEN).table
    assert ", beside it £" in came_to(asked.figures, OPEN)
    assert "beside" not in came_to(plain.figures, OPEN)


def needs_health() -> pd.Series:
    return ((ROWS["need_physical_health"] >= 1) | (ROWS["need_emotional_health"] >= 1)).fillna(False)


def test_differences_are_those_of_the_rows_above():
    found = figures.headlines((A, B), OPEN)
    last = figures.with_differences(found).iloc[-1]
    apart = B.figures.annual_saving_gbp - A.figures.annual_saving_gbp
    assert last["Scenario"] == "B less A"
    assert last[figures.YEAR] == f"−£{abs(apart):,.0f}"
    assert last[figures.MOVE] == f"−{round(0.32 * movable().sum())}"


def test_the_sentence_says_children_first_and_the_larger_saving_first():
    apart = A.figures.annual_saving_gbp - B.figures.annual_saving_gbp
    said = f"“A” would move about {round(0.32 * movable().sum())} children more than “B” and save £{apart / 1e6:.1f}m a year more"
    assert figures.headline((A, B), OPEN) == figures.headline((B, A), OPEN) == said
    assert (
        figures.headline((B, replace(B, name="C")), OPEN)
        == "“B” would move as many children as “C” and save the same"
    )
    assert figures.headline((A, B, replace(B, name="C")), OPEN).startswith("About 0 to ")


@settings(max_examples=30, deadline=None)
@given(
    caps=st.lists(st.integers(0, 9_000), min_size=2, max_size=2),
    shares=st.lists(st.floats(0, 1), min_size=2, max_size=2),
    on=st.lists(st.booleans(), min_size=4, max_size=4),
)
def test_every_bridge_adds_up(caps, shares, on):
    pair = []
    for name, cap, share, move, price in zip("AB", caps, shares, on[:2], on[2:], strict=True):
        levers = [MOVE.model_copy(update={"matched": share})] * move + [PriceCap(cap_gbp=cap)] * price
        pair.append(option(name, *levers))
    first, *parts, last = figures.bridge(*pair, OPEN).table["£ a year"]
    assert first + sum(parts) == pytest.approx(last, abs=2)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (option("B", CAP, snapshot="20250930-0a1b2c3d"), "on different data: “A” 2026"),
        (option("B", CAP, as_of=AS_OF.replace(month=2, day=1)), "about different prices: “A” 31 March 2026; “B” 1 February"),
        (option("B", CAP, weeks_per_year=365 / 7), "“A” 52 weeks; “B” 52.14 weeks"),
        (option("B", CAP, cost_basis="social_care"), "“A” for all funders; “B” for the council"),
        (option("B", CAP, engine_version="0.0.9"), "versions of this app worked them out: “A” 0.1.0; “B” 0.0.9"),
    ],
)  # fmt: skip
def test_a_mismatch_is_refused_with_its_reason_and_gone_once_all_are_run_again(other, why):
    told = comparison.refusals((A, other))
    assert any(why in reason for reason in told)
    again = comparison.run_again((A, other), STORE.snapshot_id, STORE.cohort)
    assert comparison.refusals(again) == []
    assert [one.figures.annual_saving_gbp for one in again] == pytest.approx(
        [A.figures.annual_saving_gbp, B.figures.annual_saving_gbp]
    )


def test_alike_ones_are_not_refused():
    assert comparison.refusals((A, B)) == []


def test_one_that_may_not_run_is_named():
    picked = replace(A.opened, filter=CohortFilter(ethnicities=("Black",)))
    with pytest.raises(RefusedRun, match="“A”: A scenario cannot run on children picked by ethnicity"):
        comparison.run_again((replace(A, opened=picked), B), STORE.snapshot_id, STORE.cohort)


def test_only_what_differs_is_listed():
    scenarios = {one.name: one.opened.scenario for one in (A, option("B", MOVE, PriceCap(cap_gbp=4500)))}
    table = differing(scenarios, {"Children": {"A": "all", "B": "all"}})
    assert table.to_numpy().tolist() == [["Price cap: Highest weekly price, £ gross", "£4,000", "£4,500"]]
    table = differing({one.name: one.opened.scenario for one in (A, B)}, {"Children": {"A": "x", "B": "y"}})
    assert list(table["Assumption"]) == ["Children", "Step-down"]
    assert list(table["B"]) == ["y", "not used"]
    assert table["A"][1] == MOVE.explain()


@pytest.mark.parametrize("kind", LEVERS, ids=lambda kind: kind.label)
def test_any_lever_is_told_by_its_own_fields(kind):
    lever = kind.starting()
    for name in type(lever).model_fields:
        if name in ("kind", "starts_after_months") or not isinstance(getattr(lever, name), float):
            continue
        now = getattr(lever, name)
        step = 300 if name.endswith("gbp") else 0.3 if now < 0.5 else -0.3
        other = lever.model_copy(update={name: now + step})
        pair = {"A": Scenario(levers=(lever,)), "B": Scenario.model_construct(levers=(other,))}  # any value
        table = differing(pair, {})
        assert len(table) == 1 and table["Assumption"][0].startswith(f"{lever.label}: ")
        assert table["A"][0] != table["B"][0]


def test_few_children_hide_every_amount_from_whom_they_are_hidden():
    dearest = float(ROWS["weekly_cost_gbp"].nlargest(4).iloc[-1])
    few = option("Few", PriceCap(cap_gbp=dearest - 1))
    table = figures.headlines((few, B), CLOSED)
    assert set(table.table.iloc[0, 1:]) == {"c"}
    assert table.title == figures.QUIET
    assert set(figures.with_differences(table).iloc[-1, 1:]) == {"c"}
    assert "£" not in figures.bridge(few, B, CLOSED).alt
    assert "c" not in figures.headlines((few, B), OPEN).table.iloc[0].tolist()


def test_two_cohorts_that_differ_by_a_few_do_not_stand_side_by_side():
    without = CohortFilter(
        setting_details=tuple(
            home for home in populated.HOMES if home not in ("unregistered", "with_parents")
        )
    )
    also = CohortFilter(setting_details=tuple(home for home in populated.HOMES if home != "with_parents"))
    pair = (option("A", CAP, chosen=without), option("B", CAP, chosen=also))
    ask = {"snapshot": STORE.snapshot_id, "cohort_of": STORE.cohort}
    assert "differ by only a few" in comparison.too_close(pair, CLOSED, **ask)
    assert comparison.too_close(pair, OPEN, **ask) == ""
    assert comparison.too_close((A, B), CLOSED, **ask) == ""
    assert comparison.too_close((A, option("B", CAP, chosen=HOMES)), CLOSED, **ask) == ""
    assert "no longer loaded" in comparison.too_close(pair, CLOSED, "20250930-0a1b2c3d", STORE.cohort)


def test_two_of_the_same_name_keep_names_of_their_own():
    names = [one.name for one in comparison.options([A.opened, replace(A.opened, code="d")])]
    assert len(set(names)) == 2 and names[0] == "A"


@pytest.fixture
def ledger(data_folder):
    """The ledger of an app that holds the generated children."""
    populated.publish_children(data_folder)
    ledger = open_ledger(data_folder)
    enable_demonstration_people(ledger)
    return ledger


def save(ledger, username, one: comparison.Option, snapshot: str, **changed) -> str:
    cohort = STORE.cohort(one.opened.filter)
    text = kept(run(one.opened.scenario, cohort), Choice(cohort.filter), STORE)
    then = f"{snapshot[:4]}-{snapshot[4:6]}-{snapshot[6:8]}"
    whole = replace(
        text,
        figures=text.figures.replace(f"{cohort.as_of}", then),
        **({"snapshot": snapshot} | changed),
    )
    return scenario_keeping.save_scenario(ledger, find_person(ledger, username), whole, name=one.name)


def open_page(ledger, visitor, username, **parameters):
    visitor.cookies[COOKIE] = cookie_of(ledger, username)
    app = AppTest.from_file(MAIN, default_timeout=30)
    app.query_params.update(parameters)
    return app.run().switch_page(str(PAGE)).run()


def html(app) -> str:
    return "".join(str(each.proto.body) for each in app.get("html"))


def live_mark(data_folder) -> str:
    return Store.open(data_folder).snapshot_id


def test_the_page_waits_for_two_scenarios(ledger, visitor, data_folder):
    join(ledger, "ann", "director")
    assert "Save two scenarios first" in words(open_page(ledger, visitor, "ann"))
    save(ledger, "ann", A, live_mark(data_folder))
    app = open_page(ledger, visitor, "ann")
    assert "One scenario is saved; it takes two." in words(app) and not app.exception


def test_the_page_compares_kept_figures_and_keeps_its_choice_in_the_address(ledger, visitor, data_folder):
    join(ledger, "ann", "director")
    codes = [save(ledger, "ann", one, live_mark(data_folder)) for one in (A, B)]
    app = open_page(ledger, visitor, "ann", scenarios=",".join(codes))
    assert "“A” would move" in html(app) and not app.warning
    app.multiselect(key="compare-picked").set_value(codes[:1]).run()
    assert "Choose two or three" in app.info[0].value
    assert app.query_params["scenarios"] in (codes[0], [codes[0]])


def test_the_page_refuses_a_mismatch_and_runs_all_again(ledger, visitor, data_folder):
    join(ledger, "ann", "director")
    save(ledger, "ann", A, live_mark(data_folder))
    save(ledger, "ann", B, "20250930-0a1b2c3d", engine_version="0.0.9")
    app = open_page(ledger, visitor, "ann")
    told = app.warning[0].value.replace("\\", "")
    assert "saved on different data" in told and "Different versions" in told
    assert "would move" not in html(app)
    press(app, "compare-rerun")
    assert not app.warning and "“A” would move" in html(app)
    assert "Run again on today's data" in words(app)
    press(app, "compare-as-saved")
    assert "saved on different data" in app.warning[0].value


def test_both_kept_on_older_data_are_shown_as_saved(ledger, visitor, data_folder):
    join(ledger, "ann", "director")
    for one in (A, B):
        save(ledger, "ann", one, "20250930-0a1b2c3d")
    app = open_page(ledger, visitor, "ann")
    assert "“A” would move" in html(app)
    assert "Figures as they were saved, on other data (30 September 2025)" in words(app).replace("\\", "")


def test_a_code_that_is_not_there_is_named(ledger, visitor, data_folder):
    join(ledger, "ann", "director")
    codes = [save(ledger, "ann", one, live_mark(data_folder)) for one in (A, B)]
    app = open_page(ledger, visitor, "ann", scenarios=f"{codes[0]},nobody,{codes[1]}")
    assert "no saved scenario “nobody” for you" in app.warning[0].value
    assert "“A” would move" in html(app)
