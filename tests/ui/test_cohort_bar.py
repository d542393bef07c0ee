"""The cohort bar without a browser: whose children are counted, what a link may ask, and the way back."""

from __future__ import annotations

import pandas as pd
import pytest

from ledger import open_ledger
from ledger.demonstration import enable_demonstration_people
from ledger.people import Person, set_authorities
from ledger.rights import NotAllowed, Role
from tests.ui import populated
from tests.ui.doorstep import join, visit_as
from ui import cohort_bar, menu, reads, session
from ui.cohort_link import Choice
from vcore import CohortFilter

COHORTS = next(entry.path for entry in menu.ENTRIES if entry.stem == "cohorts")


@pytest.fixture
def ledger(data_folder):
    """The ledger of an app that holds the generated children."""
    populated.publish_children(data_folder)
    ledger = open_ledger(data_folder)
    enable_demonstration_people(ledger)
    return ledger


@pytest.fixture(scope="module")
def facts():
    return pd.DataFrame(populated.children())


def size(app) -> str:
    """The three figures of the bar."""
    (found,) = [each.value for each in app.markdown if "cve-cohort-size" in each.value]
    return found.partition("<span>")[2].partition("</span>")[0]


def press(app, key: str):
    """Presses the button with this key."""
    return next(each for each in app.button if each.key == key).click().run()


def test_chips_clear_and_undo(ledger, visitor, facts):
    join(ledger, "ann", "commissioner")
    app = visit_as(visitor, ledger, "ann", COHORTS)
    assert size(app).startswith(f"All {len(facts)} children")
    homes = facts[facts["setting_detail"].str.endswith("_residential")]
    press(app, "keep-residential")
    assert size(app).startswith(f"{len(homes)} children")
    assert dict(app.query_params) == {"settings": "residential"}
    press(app, "chip-settings")
    assert size(app).startswith(f"All {len(facts)} children")
    assert dict(app.query_params) == {}
    press(app, "cohort-undo")
    press(app, "cohort-clear")
    press(app, "cohort-undo")
    assert size(app).startswith(f"{len(homes)} children")


def test_a_person_of_one_authority_counts_only_its_children(ledger, visitor, facts):
    join(ledger, "ann", "commissioner")
    set_authorities(ledger, "ann", ["South"])
    app = visit_as(visitor, ledger, "ann", COHORTS)
    south = facts[facts["authority"] == "South"]
    assert size(app) == (f"All {len(south)} children · £{south['weekly_cost_gbp'].sum() / 1000:.0f}k a week")


def test_another_authoritys_name_in_a_link_is_refused(ledger, visitor):
    join(ledger, "ann", "commissioner")
    set_authorities(ledger, "ann", ["South"])
    app = visit_as(visitor, ledger, "ann")
    app.query_params["authorities"] = "North"
    del app.session_state["cohort_choice"]  # as in a tab that opens with this link
    app.run()
    assert "no authority called “North”" in app.warning[0].value
    press(app, "cohort-accept")
    assert not app.warning or "North" not in app.warning[0].value


@pytest.mark.parametrize(("role", "may"), [("commissioner", True), ("finance", True), ("director", False)])
def test_providers_are_offered_to_those_who_may_see_them(ledger, visitor, role, may):
    join(ledger, "ann", role)
    app = visit_as(visitor, ledger, "ann", COHORTS)
    (by,) = (each for each in app.selectbox if each.key == "option-by")
    assert ("Provider" in by.options) is may
    assert ("Deprivation of liberty order" in by.options) is (role == "commissioner")


def test_a_new_publish_is_picked_up_by_the_next_run(ledger, visitor, data_folder, facts, monkeypatch):
    join(ledger, "ann", "commissioner")
    app = visit_as(visitor, ledger, "ann", COHORTS)
    fewer = populated.children()[:-100]
    monkeypatch.setattr(populated, "children", lambda: fewer)
    populated.publish_children(data_folder)
    app.run()
    assert size(app).startswith(f"All {len(facts) - 100} children")


def test_reads_hand_nothing_to_somebody_without_the_right(ledger, monkeypatch):
    someone = Person("eve", "Eve", Role.ADMINISTRATOR, None, False, True, False)
    monkeypatch.setattr(session, "signed_in", lambda: someone)
    locked = (
        reads.open_store,
        reads.cohort,
        reads.whole,
        reads.cost_model,
        lambda: reads.cohort_of(CohortFilter()),
    )
    for read in locked:
        with pytest.raises(NotAllowed):
            read()
    monkeypatch.setattr(session, "signed_in", lambda: None)
    with pytest.raises(session.NotSignedIn):
        reads.cohort()


def test_lifting_a_span_lifts_both_its_ends():
    choice = Choice(CohortFilter(settings=("residential",), age_min=12, age_max=16))
    assert cohort_bar.without(choice, "age") == Choice(CohortFilter(settings=("residential",)))
    assert cohort_bar.without(choice, "settings").filter == CohortFilter(age_min=12, age_max=16)


def test_a_long_chip_says_how_many_are_chosen():
    names = tuple(f"Authority number {place}" for place in range(4))
    said = cohort_bar.chips(Choice(CohortFilter(authorities=names, ehcp=True)))
    assert said == {"authorities": "Authority: 4 chosen", "ehcp": "With an EHCP"}


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ({"legal_statuses": "E1"}, "Placement order · 0"),
        ({"emergency": "yes"}, None),
        ({"kinship": "yes"}, "Yes · 0"),
    ],
)
def test_the_filters_open_on_a_choice_that_nobody_fits(ledger, visitor, link, words):
    join(ledger, "ann", "commissioner")
    app = visit_as(visitor, ledger, "ann")
    app.query_params.update(link)
    del app.session_state["cohort_choice"]  # as in a tab that opens with this link
    app.run()
    assert [title.value for title in app.title] == ["Nobody fits all of these filters"]
    press(app, "cohort-filter")
    assert not app.exception
    offered = [option for each in (*app.multiselect, *app.selectbox) for option in each.options]
    assert words is None or words in offered
    press(app, "filter-apply")
    assert dict(app.query_params) == link  # opening and closing the dialog lifts nothing
