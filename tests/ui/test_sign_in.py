"""The door without a browser: who gets in, who is kept out, and for how long."""

import statistics
import time

import pytest

from ledger import activity, attempts, passwords, people, sign_ins
from ledger.attempts import Locked
from ledger.credentials import reset_password
from ledger.demonstration import PASSWORD, enable_demonstration_people
from ledger.rights import RIGHTS, Role
from tests.ui.doorstep import (
    OWN_PASSWORD,
    button,
    field,
    is_in,
    join,
    sign_in,
    visit,
    visit_as,
    words,
)
from ui import cohort_bar, cohort_state, menu
from ui.doorway import COOKIE
from ui.sign_in import GuardedCheck

WRONG = "not the password at all"
NO_MATCH = "do not belong together"
PEOPLE_PAGE = next(entry.path for entry in menu.ENTRIES if entry.stem == "people")

entries = pytest.mark.parametrize("entry", menu.ENTRIES, ids=lambda entry: entry.stem)


@entries
def test_a_stranger_sees_the_door_at_every_page(ledger, entry):
    app = visit(entry.path)
    assert [title.value for title in app.title] == ["Care Value Explorer"]
    assert [each.label for each in app.text_input] == ["User name", "Password"]
    assert [each.label for each in app.button] == ["Sign in"]


@pytest.mark.parametrize("role", list(Role))
def test_a_page_runs_only_for_roles_that_have_its_right(ledger, visitor, role, monkeypatch, tmp_path):
    monkeypatch.setattr(menu, "PAGES_FOLDER", tmp_path / "pages")
    monkeypatch.setattr(cohort_state, "follow_link", lambda *_: None)
    monkeypatch.setattr(cohort_bar, "draw", lambda *_, **__: None)
    for entry in menu.ENTRIES:
        entry.path.parent.mkdir(parents=True, exist_ok=True)
        entry.path.write_text("import streamlit as st\nst.title('The page itself')")
    join(ledger, "ann", role)
    app = visit_as(visitor, ledger, "ann")
    for entry in menu.ENTRIES:
        app.switch_page(str(entry.path)).run()
        allowed = entry.right is None or entry.right in RIGHTS[role]
        assert ([title.value for title in app.title] == ["The page itself"]) is allowed, entry
        refusals = [info.value for info in app.info]
        assert refusals == [] if allowed else f"Your account ({role}) may not {entry.right}" in refusals[0]


def test_the_demonstration_accounts_are_shown_and_open(ledger):
    app = visit()
    assert PASSWORD in words(app)
    shown = app.table[0].value
    assert dict(zip(shown.index, shown["Role"], strict=True)) == {
        "demo-commissioner": "Commissioner",
        "demo-analyst": "Analyst",
        "demo-finance": "Finance",
        "demo-director": "Director",
        "demo-administrator": "Administrator",
    }
    assert is_in(sign_in(app, "demo-administrator", PASSWORD))
    assert [(line.who, line.what) for line in activity.recent(ledger, 1)] == [
        ("demo-administrator", "signed in")
    ]


def test_beside_real_data_there_are_none(ledger, publish_authority):
    assert is_in(sign_in(visit(), "demo-director", PASSWORD))
    publish_authority(demonstration=False)
    app = visit()
    assert len(app.table) == 0 and PASSWORD not in words(app)
    app = sign_in(app, "demo-director", PASSWORD)
    assert not is_in(app) and NO_MATCH in words(app)


def test_a_demonstration_account_is_out_the_moment_real_data_is_published(ledger, visitor, publish_authority):
    """Though the ledger still has it open: somebody came in while the load was being published."""
    enable_demonstration_people(ledger)
    app = visit_as(visitor, ledger, "demo-commissioner")
    assert is_in(app)
    publish_authority(demonstration=False)
    enable_demonstration_people(ledger)
    assert sign_ins.standing(ledger, app.session_state["sign_in"]) is not None
    assert not is_in(app.run())
    enable_demonstration_people(ledger)
    assert not is_in(visit_as(visitor, ledger, "demo-commissioner"))


def test_names_are_forgiving_and_passwords_are_not(ledger):
    join(ledger, "ann", "administrator")
    assert is_in(sign_in(visit(), " ANN ", OWN_PASSWORD))
    assert not is_in(sign_in(visit(), "ann", OWN_PASSWORD.upper()))


@pytest.mark.parametrize("password", [WRONG, "x" * 73, "é" * 40, "nul\0inside it all"])
def test_a_wrong_password_and_an_unknown_name_read_the_same(ledger, password):
    join(ledger, "ann", "analyst")
    known, unknown = (words(sign_in(visit(), name, password)) for name in ("ann", "nobody"))
    assert known == unknown
    assert NO_MATCH in known


def test_nothing_typed_is_no_attempt(ledger):
    app = visit()
    for _ in range(6):
        app = sign_in(app, "demo-director", "")
    assert is_in(sign_in(app, "demo-administrator", PASSWORD))


@pytest.mark.parametrize("name", ["ann", "nobody"])
def test_five_wrong_passwords_lock_the_pair(ledger, visitor, name):
    join(ledger, "ann", "administrator")
    join(ledger, "bob", "administrator")
    app = visit()
    for _ in range(4):
        assert NO_MATCH in words(app := sign_in(app, name, WRONG))
    assert "Try again in 15 minutes" in words(sign_in(app, name, WRONG))
    assert "Try again in 15 minutes" in words(sign_in(visit(), name, OWN_PASSWORD))
    assert is_in(sign_in(visit(), "bob", OWN_PASSWORD))
    visitor.remote_ip = "10.0.0.2"
    assert is_in(sign_in(visit(), name, OWN_PASSWORD)) is (name == "ann")


@pytest.mark.parametrize(("trusted", "escapes"), [("", False), ("1", True)])
def test_a_claimed_address_escapes_no_lock_unless_the_proxy_is_trusted(
    ledger, visitor, monkeypatch, trusted, escapes
):
    monkeypatch.setenv("VCORE_TRUST_PROXY", trusted)
    join(ledger, "ann", "administrator")
    for attempt in range(5):  # the server takes the address from the header, so each looks like another
        visitor.remote_ip = f"10.0.0.{attempt}"
        visitor.headers = [("X-Forwarded-For", visitor.remote_ip)]
        sign_in(visit(), "ann", WRONG)
    assert is_in(sign_in(visit(), "ann", OWN_PASSWORD)) is escapes


def test_a_good_cookie_signs_in_and_a_bad_one_does_not(ledger, visitor):
    join(ledger, "ann", "administrator")
    assert is_in(visit_as(visitor, ledger, "ann"))
    visitor.cookies[COOKIE] = visitor.cookies[COOKIE][:-1] + "~"
    assert not is_in(visit())


def test_signing_out_ends_the_copied_cookie_and_empties_the_tab(ledger, visitor):
    join(ledger, "ann", "administrator")
    app, copy = visit_as(visitor, ledger, "ann"), visit()
    app.session_state["cohort"] = "something of ann's"
    assert is_in(app) and is_in(copy)
    app.button(key="sign-out").click().run()
    assert not is_in(app) and "cohort" not in app.session_state
    assert not is_in(copy.run())
    assert not is_in(visit())
    assert ("ann", "signed out") in [(line.who, line.what) for line in activity.recent(ledger, 2)]


def test_a_closed_account_is_out_at_its_next_click(ledger, visitor):
    join(ledger, "ann", "administrator")
    join(ledger, "second", "administrator")
    app = visit_as(visitor, ledger, "ann")
    people.set_active(ledger, "ann", False)
    assert not is_in(app.run())
    assert NO_MATCH in words(sign_in(app, "ann", OWN_PASSWORD))


def test_a_new_role_counts_at_the_next_click(ledger, visitor):
    join(ledger, "ann", "administrator")
    join(ledger, "second", "administrator")
    app = visit_as(visitor, ledger, "ann", PEOPLE_PAGE)
    assert "People" in [title.value for title in app.title]
    people.set_role(ledger, "ann", "director")
    app.run()
    assert is_in(app) and "People" not in [title.value for title in app.title]
    assert "may not manage people" in words(app)


def test_the_first_sign_in_changes_the_password(ledger):
    once = people.add_person(ledger, "ann", name="Ann", role="administrator")
    app = sign_in(visit(), "ann", once)
    assert [title.value for title in app.title] == ["Choose your password"]
    app.switch_page(str(PEOPLE_PAGE)).run()
    assert [title.value for title in app.title] == ["Choose your password"]

    def choose(old, new, again):
        field(app, "Present password").input(old)
        field(app, "New password (12 to 72 characters)").input(new)
        field(app, "New password again").input(again)
        button(app, "Change password").click().run()

    choose(once, OWN_PASSWORD, OWN_PASSWORD + "s")
    assert "differ" in words(app)
    choose(once, "short", "short")
    assert "at least 12" in words(app)
    choose(WRONG, OWN_PASSWORD, OWN_PASSWORD)
    assert "present password is not right" in words(app)
    choose(once, OWN_PASSWORD, OWN_PASSWORD)
    assert is_in(app) and [title.value for title in app.title] == ["People"]
    assert is_in(sign_in(visit(), "ann", OWN_PASSWORD))
    assert not is_in(sign_in(visit(), "ann", once))


def test_a_reset_signs_out_and_asks_again(ledger, visitor):
    join(ledger, "ann", "administrator")
    app = visit_as(visitor, ledger, "ann")
    once = reset_password(ledger, "ann")
    assert not is_in(app.run())
    assert [title.value for title in sign_in(app, "ann", once).title] == ["Choose your password"]


def test_unknown_names_answer_as_slowly_as_known(ledger, monkeypatch):
    monkeypatch.setattr(passwords, "_ROUNDS", 8)  # about 15 ms: enough to tell, quick enough to repeat
    join(ledger, "ann", "analyst")
    check = GuardedCheck(ledger, "10.0.0.1", "key")
    seconds: dict[str, list[float]] = {"ann": [], "nobody": []}
    for _ in range(15):
        for name, taken in seconds.items():
            begun = time.perf_counter()
            try:
                assert not check.login(name, WRONG)
            except Locked:
                pytest.fail("the lock would answer at once")
            taken.append(time.perf_counter() - begun)
            attempts.forget(ledger, name)
    known, unknown = (statistics.median(taken) for taken in seconds.values())
    assert known > 0.005
    assert 0.7 < unknown / known < 1.4


def test_asking_who_it_is_takes_no_time(ledger):
    join(ledger, "ann", "analyst")
    sign_in_id = sign_ins.start(ledger, "ann", "10.0.0.1").sign_in
    taken = []
    for _ in range(50):
        begun = time.perf_counter()
        assert sign_ins.standing(ledger, sign_in_id) is not None
        taken.append(time.perf_counter() - begun)
    assert statistics.median(taken) < 0.002  # seconds; it takes about 0.05 ms
