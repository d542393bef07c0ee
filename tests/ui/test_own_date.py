"""The date that pages show is the reader's own: the last that every authority of theirs reaches."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest

from ledger import open_ledger
from ledger.people import find_person, set_authorities
from ledger.saved_scenarios import SavedScenario
from tests.small import NEEDS, child, tables
from tests.ui.doorstep import join, visit_as, words
from tests.ui.test_data_page import FEBRUARY, MARCH, load
from ui import cohort_offers, frame, menu, reads, saved_scenario_notice, saved_scenarios, session
from ui.cohort_link import Choice
from vcore import PriceCap, Scenario, Store, run
from vcore.errors import VcoreError
from vcore.measures import cost_model
from vcore.store.folder import DataFolder
from vcore.store.parts import new_card, write_part
from vcore.store.states import publish

COHORTS = next(entry.path for entry in menu.ENTRIES if entry.stem == "cohorts")
CHILDREN = 40


@pytest.fixture
def own(data_folder):
    """North loaded to March, South to February only; one reader of each, one of both, one of another."""
    folder = DataFolder(data_folder)
    load(folder, "South", FEBRUARY, {f"south{n:03}": 700.0 for n in range(CHILDREN)})
    load(folder, "North", MARCH, {f"north{n:03}": 1000.0 for n in range(CHILDREN)})
    ledger = open_ledger(data_folder)
    join(ledger, "bea", "commissioner")
    for username, names in (("nia", ["North", "East"]), ("sam", ["South"]), ("eve", ["East"])):
        join(ledger, username, "commissioner")
        set_authorities(ledger, username, names)
    return ledger


@pytest.mark.parametrize(
    ("who", "day", "n"), [("nia", MARCH, 40), ("sam", FEBRUARY, 40), ("bea", FEBRUARY, 80)]
)
def test_each_reader_s_pages_are_of_the_date_their_own_authorities_reach(
    own, visitor, monkeypatch, who, day, n
):
    app = visit_as(visitor, own, who, COHORTS)
    assert not app.exception and not app.warning
    assert any(f"All {n} children" in str(each.value) for each in app.markdown)
    person = find_person(own, who)
    monkeypatch.setattr(session, "signed_in", lambda: person)
    assert reads.latest() == reads.as_of() == reads.whole().as_of == day
    assert frame.data_line(person).endswith(f"· {day.day} {day:%B %Y}")
    assert reads.file_name("children", "csv").endswith(f"{day}.csv")


def follow(app, **link: str):
    """The app as in a tab that opens with this link."""
    app.query_params.update(link)
    del app.session_state["cohort_choice"]
    return app.run()


@pytest.mark.parametrize(
    ("who", "day", "told"),
    [
        ("nia", MARCH, ""),
        ("sam", MARCH, "31 March 2026 is later than what is loaded, which runs to 28 February 2026."),
        ("bea", MARCH, "is loaded, but not for every authority you see (South to 28 February 2026)"),
        ("bea", date(2026, 4, 1), "is later than what is loaded, which runs to 31 March 2026."),
        ("bea", FEBRUARY, ""),
    ],
)
def test_a_link_to_a_date_that_pages_do_not_reach_says_why(own, visitor, who, day, told):
    app = follow(visit_as(visitor, own, who, COHORTS), as_of=f"{day}")
    assert [told in each.value.replace("\\", "") for each in app.warning] == ([True] if told else [])


def test_a_date_with_nobody_in_care_is_said_to_be_that_and_has_a_way_back(own, visitor):
    app = follow(visit_as(visitor, own, "nia", COHORTS), as_of="2001-01-01", authorities="North")
    assert [title.value for title in app.title] == [
        "Nobody was in care on 1 January 2001, as far as the data goes"
    ]
    assert not app.warning and "The data runs to 31 March 2026" in words(app)
    next(each for each in app.button if each.key == "nobody-date").click().run()
    assert any("40 children" in str(each.value) for each in app.markdown)
    assert dict(app.query_params) == {"authorities": "North"}


def test_a_loaded_authority_with_nobody_on_the_date_is_not_said_to_be_unknown(own, visitor, data_folder):
    card = new_card(authority="South", as_of=FEBRUARY, needs=NEEDS, demonstration=False)
    later = tables([child("south000", authority="South", started_on=MARCH)])
    folder = DataFolder(data_folder)
    publish(folder, [write_part(folder, later, card, NEEDS)])
    app = follow(visit_as(visitor, own, "bea", COHORTS), authorities="South")
    assert "South is loaded, but nobody of it was in care on 28 February 2026" in app.warning[0].value
    app = follow(visit_as(visitor, own, "bea", COHORTS), authorities="Atlantis")
    assert "There is no authority called “Atlantis”" in app.warning[0].value


@pytest.mark.parametrize(("who", "day"), [("nia", MARCH), ("bea", FEBRUARY)])
def test_a_scenario_saved_without_a_date_is_of_the_reader_s_own(own, data_folder, who, day):
    store, person = Store.open(data_folder), find_person(own, who)
    cohort = store.cohort(authorities=person.authorities and store.authorities[:1])
    kept = saved_scenarios.kept(run(Scenario(levers=(PriceCap(cap_gbp=500),)), cohort), Choice(), store)
    saved = SavedScenario("c", "Cap", "", who, who, False, False, datetime(2026, 4, 2, tzinfo=UTC), kept)
    assert saved_scenarios.opened(saved, person, store, lambda *_: cohort).day == day

    load(DataFolder(data_folder), "South", MARCH, {"south000": 700.0})
    later = Store.open(data_folder)
    found = saved_scenarios.opened(saved, person, later, lambda *_: cohort)
    assert found.day == day  # of the children it was run on, whatever anybody loads
    assert found.elsewhere(later.snapshot_id) == [f"on other data ({day.day} {day:%B %Y})"]


@pytest.mark.parametrize(("who", "told"), [("nia", False), ("bea", True)])
def test_a_link_made_on_other_data_tells_a_limited_reader_no_date_of_other_councils(
    own, monkeypatch, who, told
):
    person = find_person(own, who)
    monkeypatch.setattr(session, "signed_in", lambda: person)
    monkeypatch.setattr("ui.saved_scenario_state.linked_data", lambda: "20250930-0a1b2c3d")
    said = saved_scenario_notice.stale_link()
    assert ("30 September 2025" in said) is told and ("0a1b2c3d" in said) is told
    assert f"Here is now the data of {'28 February' if told else '31 March'} 2026" in said


def test_a_load_without_anybody_in_care_now_offers_no_way_to_where_one_is(own, visitor, data_folder):
    card = new_card(authority="North", as_of=MARCH, needs=NEEDS, demonstration=False)
    gone = tables([child("north000", authority="North", started_on=MARCH + timedelta(days=1))])
    folder = DataFolder(data_folder)
    publish(folder, [write_part(folder, gone, card, NEEDS)])
    app = visit_as(visitor, own, "nia", COHORTS)
    assert [title.value for title in app.title] == [
        "Nobody was in care on 31 March 2026, as far as the data goes"
    ]
    assert not [each for each in app.button if each.key == "nobody-date"]
    assert "whether the files held the episodes of now" in words(app)


def test_what_explains_cost_is_learnt_from_those_whose_load_reaches_the_date(own, monkeypatch):
    person, learnt = find_person(own, "nia"), []
    monkeypatch.setattr(session, "signed_in", lambda: person)
    monkeypatch.setattr(
        cost_model,
        "fit",
        lambda frame, _: learnt.append(frame.groupby("authority")["weekly_cost_gbp"].count()),
    )
    reads.cost_model()
    until = time.monotonic() + 10
    while not learnt and time.monotonic() < until:
        time.sleep(0.01)
    assert learnt[0].to_dict() == {"North": CHILDREN, "South": 0}


def test_a_reader_none_of_whose_authorities_is_loaded_is_told_what_to_do(own, monkeypatch):
    person = find_person(own, "eve")
    monkeypatch.setattr(session, "signed_in", lambda: person)
    for ask in (reads.whole, reads.loaded_authorities):
        with pytest.raises(
            VcoreError, match="Your account is for East, and no data is loaded under that name"
        ) as refused:
            ask()
        assert "North" not in str(refused.value)
    assert frame.data_line(person) == "Council data"  # no date of others
    assert cohort_offers.date_problems(Choice(as_of=date(2031, 3, 31)), person, reads.open_store()) == []
