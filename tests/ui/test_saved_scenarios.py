"""Saved scenarios on the screen: what is kept, who opens it, links and files, and what is made on other data."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from ledger import open_ledger, saved_scenarios, scenario_keeping, working_scenarios
from ledger.demonstration import enable_demonstration_people
from ledger.people import Person, find_person
from ledger.rights import Role
from ledger.saved_scenarios import SavedScenario
from tests.ui import populated
from tests.ui.doorstep import MAIN, cookie_of, join, words
from tests.ui.test_cohort_bar import press
from ui import scenario_link, scenario_share
from ui.cohort_link import Choice
from ui.disclosure import Gate
from ui.doorway import COOKIE
from ui.menu import PAGES_FOLDER
from ui.saved_scenarios import CannotOpen, came_to, kept, may_tell, opened
from ui.scenario_draft import Draft
from vcore import CohortFilter, PriceCap, Scenario, __version__, run
from vcore.exports.kept_figures import figures_of
from vcore.scenarios import Result
from vcore.store import Store

PAGE = PAGES_FOLDER / "decide" / "scenario.py"
PLAN = PAGES_FOLDER / "decide" / "money_plan.py"
STORE = populated.store()
ROWS = STORE.cohort().children
OPEN, CLOSED = Gate(sees_small=True), Gate(sees_small=False)
CAP = Scenario(levers=(PriceCap(cap_gbp=4000),), cost_basis="gross", name="Cap")
DIRECTOR, COMMISSIONER = (
    Person("ann", "Ann", role, None, False, True, False) for role in (Role.DIRECTOR, Role.COMMISSIONER)
)


def answer(scenario=CAP, chosen=None) -> Result:
    return run(scenario, STORE.cohort(chosen))


def saved(result: Result, **changed) -> SavedScenario:
    whole = kept(result, Choice(result.cohort.filter), STORE)
    when = datetime(2026, 11, 22, tzinfo=UTC)
    return SavedScenario("abc", "Plan", "", "ann", "Ann", False, False, when, replace(whole, **changed))


OLDER = figures_of(answer()).model_copy(update={"day": date(2025, 9, 30)})


def test_what_is_kept_is_opened_whole():
    result = answer(chosen=CohortFilter(settings=("residential",)))
    found = opened(saved(result), DIRECTOR, STORE, STORE.cohort)
    assert (found.scenario, found.filter) == (CAP, result.cohort.filter)
    assert found.figures == figures_of(result)
    assert found.elsewhere(STORE.snapshot_id) == []
    assert found.told == "saved by you, 22 November 2026"


def test_other_data_and_an_older_version_are_named_and_the_figures_stay():
    found = opened(
        saved(
            answer(), snapshot="20250930-0a1b2c3d", figures=OLDER.model_dump_json(), engine_version="0.0.9"
        ),
        DIRECTOR,
        STORE,
        STORE.cohort,
    )
    assert found.elsewhere(STORE.snapshot_id) == [
        "on other data (30 September 2025)",
        f"by version 0.0.9 of this app, not {__version__}",
    ]
    assert found.figures == OLDER


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"scenario": '{"levers":[{"kind":"magic"}]}'}, "settings that version .* does not know"),
        ({"cohort": '{"mood":"calm"}'}, "settings that version"),
        ({"cohort": '{"providers":["Home 1"]}'}, "Your role may not filter by provider"),
        ({"cohort": '{"authorities":["Atlantis"]}'}, "no authority called “Atlantis”"),
        ({"as_of": date(2031, 3, 31)}, "31 March 2031 is later than what is loaded"),
    ],
)
def test_what_cannot_be_opened_says_why(changed, why):
    with pytest.raises(CannotOpen, match=why):
        opened(saved(answer(), **changed), DIRECTOR, STORE, STORE.cohort)


def test_what_it_came_to_says_children_first():
    above = ROWS[ROWS["weekly_cost_gbp"] > 4000]["weekly_cost_gbp"]
    year = (above - 4000).sum() * 52 / 1e6
    assert came_to(figures_of(answer()), CLOSED) == (
        f"{len(above)} children or placements affected, nobody would move, £{year:.1f}m less a year"
    )
    assert came_to(None, OPEN).startswith("no figures were kept")


def test_kept_figures_of_a_few_are_hidden_from_whom_they_are_hidden_on_scenario():
    few = figures_of(answer(PRICED_FOR_FEW))
    assert 0 < few.children_affected < 10
    all_but_few = figures_of(answer(chosen=CohortFilter(setting_details=ALL_BUT_UNREGISTERED)))
    assert 0 < all_but_few.base.children - all_but_few.cohort.children < 10
    for figures in (few, all_but_few):
        assert may_tell(figures, OPEN) and not may_tell(figures, CLOSED)
        told = came_to(figures, CLOSED)
        assert "hidden" in told and not any(digit in told for digit in "0123456789£")


DEAREST = float(ROWS["weekly_cost_gbp"].nlargest(4).iloc[-1])
PRICED_FOR_FEW = Scenario(levers=(PriceCap(cap_gbp=DEAREST - 1),), cost_basis="gross")
ALL_BUT_UNREGISTERED = tuple(home for home in populated.HOMES if home != "unregistered")


def test_a_link_carries_levers_children_and_the_mark_of_the_data_and_no_name():
    draft = Draft(CAP)
    made = scenario_share.link(
        "http://a/scenario", draft, Choice(CohortFilter(sexes=("F",))), "20260331-0a1b2c3d"
    )
    carried = parse_qs(urlsplit(made).query)
    assert carried == {
        "sexes": ["F"],
        "price_cap": ["cap_gbp:4000"],
        "basis": ["gross"],
        "weeks": ["52"],
        "data": ["20260331-0a1b2c3d"],
    }
    assert scenario_link.read(carried)[0].scenario.levers == CAP.levers


def test_what_a_link_cannot_carry_is_not_offered_as_one():
    draft = Draft(Scenario(levers=(PriceCap(cap_gbp=5000), PriceCap(cap_gbp=4000))))  # one name, two levers
    assert scenario_share.link("http://a", draft, Choice(), "20260331-0a1b2c3d") == ""


def test_a_file_to_take_away_is_rounded_or_says_no_figures():
    whole = figures_of(answer())
    assert scenario_share.expected(answer(), CLOSED, sees_small=True) == whole
    taken = scenario_share.expected(answer(), CLOSED, sees_small=False)
    assert taken.rounded and taken.annual_saving_gbp == round(whole.annual_saving_gbp / 100) * 100
    for result, gate in ((answer(PRICED_FOR_FEW), CLOSED), (answer(), None)):
        assert scenario_share.expected(result, gate, sees_small=True) is None


@pytest.fixture
def ledger(data_folder):
    """The ledger of an app that holds the generated children."""
    populated.publish_children(data_folder)
    ledger = open_ledger(data_folder)
    enable_demonstration_people(ledger)
    return ledger


def open_page(ledger, visitor, username, page=PAGE, **parameters):
    """Scenario, or another page, as somebody finds it in a fresh tab, at a link."""
    visitor.cookies[COOKIE] = cookie_of(ledger, username)
    app = AppTest.from_file(MAIN, default_timeout=30)
    app.query_params.update(parameters)
    return app.run().switch_page(str(page)).run()


def carried(app) -> dict[str, str]:
    """What the address says, the last value of each name."""
    return {name: codes if isinstance(codes, str) else codes[-1] for name, codes in app.query_params.items()}


def page_html(app) -> str:
    return "".join(str(each.proto) for each in app.get("html"))


def press_in_dialog(app, key):
    """Presses a button of the open dialog: a run of all the page closes it, so that it is opened once more."""
    for each in app.button:
        if each.key in ("desk-open", key):
            each.click()
    return app.run()


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ("20250930-0a1b2c3d", "made on other data (30 September 2025; data=20250930-0a1b2c3d)"),
        ("20260331-00000000", "an earlier or later load of the same date"),
        ("20260231-00000000", "data=20260231-00000000 in the link is not the mark of any data"),
        ("yesterday", "data=yesterday in the link is not the mark of any data"),
    ],
)
def test_a_link_made_on_other_data_is_named_and_shows_no_answer_before_the_reader_goes_on(
    ledger, visitor, mark, told
):
    join(ledger, "ann", "director")
    app = open_page(ledger, visitor, "ann", price_cap="cap_gbp:4000", data=mark)
    assert told in app.warning[0].value.replace("\\", "")
    assert "less a year" not in page_html(app)
    press(app, "scenario-go-on")
    assert not app.warning
    assert "less a year" in page_html(app)
    assert "data" not in dict(app.query_params)


def test_a_link_made_on_this_data_opens_at_once(ledger, visitor, data_folder):
    join(ledger, "ann", "director")
    mark = Store.open(data_folder).snapshot_id
    app = open_page(ledger, visitor, "ann", price_cap="cap_gbp:4000", data=mark)
    assert not app.warning and "less a year" in page_html(app)


def test_saving_and_opening_bring_back_levers_and_children(ledger, visitor, data_folder):
    join(ledger, "ann", "director")
    app = open_page(ledger, visitor, "ann", price_cap="cap_gbp:4000", basis="gross", settings="residential")
    press(app, "desk-open")
    app.text_input(key="save-scenario-name").input("Plan A")
    press_in_dialog(app, "save-scenario")
    (found,) = saved_scenarios.list_scenarios(ledger, find_person(ledger, "ann"))
    homes = ROWS[ROWS["setting"] == "residential"]["weekly_cost_gbp"]
    assert json.loads(found.kept.figures)["weekly_saving_gbp"] == pytest.approx(
        (homes - 4000).clip(lower=0).sum()
    )
    assert json.loads(found.kept.scenario)["name"] == "Plan A"
    assert found.kept.snapshot == Store.open(data_folder).snapshot_id

    fresh = open_page(ledger, visitor, "ann")
    fresh.session_state["desk-view"] = "Open"
    press(fresh, "desk-open")
    press_in_dialog(fresh, f"scenario-open-{found.code}")
    assert carried(fresh) == {
        "settings": "residential",
        "price_cap": "cap_gbp:4000",
        "basis": "gross",
        "weeks": "52",
    }
    assert "Opened: **Plan A** · saved by you" in "".join(each.value for each in fresh.caption)


def test_one_made_elsewhere_opens_with_a_warning_and_its_old_figures(ledger, visitor):
    join(ledger, "ann", "director")
    ann = find_person(ledger, "ann")
    whole = kept(answer(), Choice(), STORE)
    old = replace(
        whole, engine_version="0.0.9", snapshot="20250930-0a1b2c3d", figures=OLDER.model_dump_json()
    )
    code = scenario_keeping.save_scenario(ledger, ann, old, name="Plan *A*")
    app = open_page(ledger, visitor, "ann")
    app.session_state["desk-view"] = "Open"
    press(app, "desk-open")
    press_in_dialog(app, f"scenario-open-{code}")
    told = app.warning[0].value.replace("\\", "")
    assert "“Plan *A*”" in told and "version 0.0.9" in told and "30 September 2025" in told
    assert came_to(figures_of(answer()), CLOSED) in told
    press(app, "scenario-settle")
    assert not app.warning
    assert came_to(figures_of(answer()), CLOSED) in "".join(each.value for each in app.caption).replace(
        "\\", ""
    )


def test_what_somebody_worked_on_is_back_at_their_next_sign_in_and_for_nobody_else(ledger, visitor):
    for username in ("ann", "bob"):
        join(ledger, username, "director")
    app = open_page(ledger, visitor, "ann", price_cap="cap_gbp:4000", basis="gross", settings="residential")
    app.number_input(key="lever-price_cap-cap_gbp-number").set_value(4300).run()
    fresh = open_page(ledger, visitor, "ann")
    assert "is back, as you left it for Children in residential" in words(fresh)
    assert carried(fresh)["price_cap"] == "cap_gbp:4300"
    press(fresh, "working-children")
    assert carried(fresh)["settings"] == "residential"
    assert "is back" not in words(fresh)
    assert "is back" not in words(open_page(ledger, visitor, "bob"))
    linked = open_page(ledger, visitor, "ann", price_cap="cap_gbp:5000")
    assert "is back" not in words(linked)
    again = open_page(ledger, visitor, "ann")
    press(again, "working-afresh")
    assert "step_down" in carried(again) and "is back" not in words(again)


def test_the_money_plan_keeps_what_is_worked_on_there_and_brings_it_back(ledger, visitor):
    join(ledger, "ann", "director")
    app = open_page(ledger, visitor, "ann", PLAN, price_cap="cap_gbp:4000", basis="gross")
    app.session_state["plan-timing"] = True
    app.run().number_input(key="plan-uplift").set_value(3.0).run()
    held = working_scenarios.find_working(ledger, find_person(ledger, "ann"))
    assert held is not None
    assert Scenario.model_validate_json(held.scenario).calendar.yearly_uplift == pytest.approx(0.03)
    fresh = open_page(ledger, visitor, "ann", PLAN)
    assert "is back" in words(fresh)
    assert (carried(fresh)["price_cap"], carried(fresh)["basis"]) == ("cap_gbp:4000", "gross")
    assert "prices up 3% each April" in page_html(fresh)
    press(fresh, "working-afresh")
    assert "step_down" in carried(fresh) and "is back" not in words(fresh)


def test_the_money_plan_names_the_data_of_a_link_before_it_tells_anything(ledger, visitor):
    join(ledger, "ann", "director")
    app = open_page(ledger, visitor, "ann", PLAN, price_cap="cap_gbp:4000", data="20250930-0a1b2c3d")
    assert "made on other data (30 September 2025" in app.warning[0].value.replace("\\", "")
    assert "cash saved" not in page_html(app)
    press(app, "scenario-go-on")
    assert not app.warning
    assert "cash saved" in page_html(app)


@pytest.mark.parametrize("page", [PAGE, PLAN])
def test_an_untouched_page_keeps_nothing(ledger, visitor, page):
    join(ledger, "ann", "director")
    open_page(ledger, visitor, "ann", page)
    assert working_scenarios.find_working(ledger, find_person(ledger, "ann")) is None
