"""The administrator's page: what its forms do to the ledger, and what it refuses."""

import pytest

from ledger import safeguards
from ledger.people import find_person, list_people, set_authorities
from ledger.rights import Right, Role
from tests.ui.doorstep import OWN_PASSWORD, button, field, is_in, join, sign_in, visit, visit_as, words
from ui import menu
from ui.authority_limit import ALL, ONLY
from ui.doorway import COOKIE

PAGE = next(entry.path for entry in menu.ENTRIES if entry.stem == "people")


@pytest.fixture
def app(ledger, visitor):
    join(ledger, "root", "administrator")
    return visit_as(visitor, ledger, "root", PAGE)


def accounts(app):
    return app.table[0].value


def test_adding_somebody_shows_their_password_once(app, ledger, visitor):
    field(app, "Name").input("Aisha Khan")
    field(app, "User name").input("A.Khan")
    app.selectbox[0].select("finance")
    app.radio(key="whose-new").set_value(ALL)
    button(app, "Add person").click().run()
    once = app.code[0].value
    assert find_person(ledger, "a.khan").role is Role.FINANCE
    assert "One-time password" in set(accounts(app).loc["Aisha Khan"])
    app.run()
    assert len(app.code) == 0
    visitor.cookies.clear()
    assert "Choose your password" in words(sign_in(visit(), "a.khan", once))


def test_a_refused_account_says_why_and_is_not_made(app, ledger):
    before = list_people(ledger)
    field(app, "Name").input("Aisha Khan")
    field(app, "User name").input("a khan")
    app.radio(key="whose-new").set_value(ALL)
    button(app, "Add person").click().run()
    assert "'a khan' is not a user name" in words(app)
    assert list_people(ledger) == before


def test_changing_an_account(app, ledger, visitor):
    join(ledger, "ann", "analyst")
    app.run()
    app.selectbox(key="account-to-change").select("ann").run()
    app.selectbox[2].select("director")
    app.radio(key="whose-ann").set_value(ONLY)
    app.multiselect(key="authorities-ann").select("Ashford")
    app.checkbox[0].uncheck()
    button(app, "Save changes").click().run()
    ann = find_person(ledger, "ann")
    assert (ann.role, ann.authorities, ann.active) == (Role.DIRECTOR, ("Ashford",), False)
    assert list(accounts(app).loc["Ann"]) == ["ann", "Director", "Ashford", "Closed"]


def add(app, whose, *names):
    """Adds Aisha with a limit, as it stands in the form."""
    field(app, "Name").input("Aisha Khan")
    field(app, "User name").input("a.khan")
    app.radio(key="whose-new").set_value(whose)
    app.multiselect(key="authorities-new").set_value(list(names))
    return button(app, "Add person").click().run()


@pytest.mark.parametrize(
    ("whose", "names", "said"),
    [
        (None, [], "Say whose children the account is for"),
        (None, ["Kent"], "Say whose children the account is for"),
        (ONLY, [], "No authority is named"),
        (ONLY, ["  "], "at least one authority"),
        (ALL, ["Kent"], "are both chosen"),
    ],
)
def test_a_limit_that_is_not_clear_makes_no_account(app, ledger, whose, names, said):
    before = list_people(ledger)
    add(app, whose, *names)
    assert said in words(app)
    assert list_people(ledger) == before


def test_a_limit_is_changed_whole_or_nothing_is(app, ledger):
    join(ledger, "ann", "analyst")
    set_authorities(ledger, "ann", ["Ashford"])
    app.run()
    app.selectbox(key="account-to-change").select("ann").run()
    assert app.radio(key="whose-ann").value == ONLY
    app.selectbox(key="role-ann").select("director")
    app.multiselect(key="authorities-ann").set_value([])
    button(app, "Save changes").click().run()
    assert "No authority is named" in words(app)
    ann = find_person(ledger, "ann")
    assert (ann.role, ann.authorities) == (Role.ANALYST, ("Ashford",))
    app.radio(key="whose-ann").set_value(ALL)
    button(app, "Save changes").click().run()
    assert find_person(ledger, "ann").authorities is None


def test_an_authority_that_is_not_loaded_yet_can_be_named(app, ledger):
    add(app, ONLY, "  north   kent ", "North Kent")
    assert find_person(ledger, "a.khan").authorities == ("North Kent",)
    assert "North Kent. a.khan sees children there once data is loaded" in words(app)
    limit = accounts(app).loc["Aisha Khan", "Authorities"]
    assert limit == "North Kent \\(not loaded yet\\)"  # as Markdown: the name is somebody's text


def test_the_right_to_name_children(app, ledger):
    join(ledger, "ann", "analyst")
    app.run()
    app.selectbox(key="account-to-change").select("ann").run()
    app.checkbox[1].check()
    button(app, "Save changes").click().run()
    assert Right.NAME_CHILDREN in find_person(ledger, "ann").rights
    assert list(accounts(app).loc["Ann"])[-1] == "Open, may name children"


def test_a_director_is_given_child_level_with_a_reason(app, ledger):
    join(ledger, "dee", "director")
    app.run()
    app.selectbox(key="account-to-change").select("dee").run()
    app.checkbox[2].check()
    button(app, "Save changes").click().run()
    assert "Give the reason for seeing children" in words(app)
    assert Right.SEE_CHILDREN not in find_person(ledger, "dee").rights
    field(app, "Reason for seeing children").input("chairs the resource panel")
    button(app, "Save changes").click().run()
    assert Right.SEE_CHILDREN in find_person(ledger, "dee").rights
    assert list(accounts(app).loc["Dee"])[-1] == "Open, may see children"
    assert "dee: chairs the resource panel" in set(app.table[1].value["Detail"])
    app.checkbox[2].uncheck()
    button(app, "Save changes").click().run()
    assert Right.SEE_CHILDREN not in find_person(ledger, "dee").rights


def test_a_forgotten_password(app, ledger, visitor):
    join(ledger, "ann", "analyst")
    app.run()
    app.selectbox(key="account-to-change").select("ann").run()
    button(app, "Give a new one-time password").click().run()
    once = app.code[0].value
    visitor.cookies.clear()
    assert not is_in(sign_in(visit(), "ann", OWN_PASSWORD))
    assert "Choose your password" in words(sign_in(visit(), "ann", once))


def test_the_last_administrator_is_told(app, ledger):
    app.selectbox(key="account-to-change").select("root").run()
    app.checkbox[0].uncheck()
    button(app, "Save changes").click().run()
    assert "last administrator" in words(app)
    assert find_person(ledger, "root").active


def test_the_assessment(app, ledger):
    field(app, "Reference").input("DPIA-2026-014")
    button(app, "Record reference").click().run()
    assert safeguards.assessment_reference(ledger) == "DPIA-2026-014"


def test_activity_is_listed_newest_first(app):
    whats = list(app.table[1].value["What"])
    assert whats[0] == "signed in"
    assert "added an account" in whats


def test_the_demonstration_s_administrator_cannot_reach_further(ledger, visitor):
    visit()  # a first visitor opens the demonstration's accounts
    app = visit_as(visitor, ledger, "demo-administrator", PAGE)
    field(app, "Reference").input("DPIA-2026-014")
    button(app, "Record reference").click().run()
    assert "may not record" in words(app)
    assert safeguards.assessment_reference(ledger) is None


def test_no_page_about_people_without_the_cookie(app, visitor):
    del visitor.cookies[COOKIE]
    assert not is_in(visit(PAGE))
