"""The door in a real browser: cold links, the lock, the cookie, the headers, and nothing leaving the machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from ledger import open_ledger, people
from ledger.credentials import change_password
from ledger.demonstration import PASSWORD
from ledger.rights import RIGHTS, Role
from tests.browser.served import (
    SLOWEST_MS,
    Served,
    account_menu,
    expect_door,
    fill_in,
    new_visitor,
    running_app,
    settle,
    sign_in,
    sign_out,
)
from ui import menu
from ui.doorway import COOKIE

WRONG = "not the password at all"
TOKEN = "a token for whoever watches the server"
SCREENSHOTS = Path(__file__).parent / "screenshots"


@pytest.fixture(scope="module")
def door(demonstration_folder, tmp_path_factory) -> Iterator[Served]:
    """A server whose accounts these tests may lock, close and change."""
    with running_app(
        demonstration_folder, tmp_path_factory.mktemp("door"), VCORE_METRICS_TOKEN=TOKEN
    ) as served:
        yield served


@pytest.fixture
def stranger(browser: Browser, door: Served) -> Iterator[Page]:
    """A fresh visitor to that server."""
    context = new_visitor(browser, door)
    yield context.new_page()
    context.close()


def role_for(entry: menu.Entry) -> Role:
    return next(role for role in Role if entry.right is None or entry.right in RIGHTS[role])


@pytest.mark.slow
@pytest.mark.parametrize("entry", menu.ENTRIES, ids=lambda entry: entry.stem)
def test_a_cold_link_to_a_page_meets_the_door_and_survives_it(browser, demonstration_folder, tmp_path, entry):
    link = f"/{entry.stem}?settings=residential&ehcp=yes"
    with running_app(demonstration_folder, tmp_path) as fresh:
        context = new_visitor(browser, fresh)
        page = context.new_page()
        page.goto(link)
        expect_door(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Care Value Explorer")
        assert page.url == fresh.url + link
        fill_in(page, f"demo-{role_for(entry)}", PASSWORD)
        expect(account_menu(page)).to_be_visible(timeout=SLOWEST_MS)
        settle(page)
        arrived = urlsplit(page.url)
        assert arrived.path == f"/{entry.stem}"
        carried = parse_qs(arrived.query)
        assert (carried["settings"], carried["ehcp"]) == (["residential"], ["yes"])
        expect(page.get_by_text("Page not found")).to_have_count(0)
        expect(page.get_by_test_id("stException")).to_have_count(0)
        context.close()


def test_the_bare_address_leads_to_the_first_page_with_its_query(stranger):
    sign_in(stranger, "administrator", "/?settings=residential")
    stranger.wait_for_url("**/people?settings=residential")


def test_the_entrance_fits_the_screen_and_shows_the_accounts(stranger):
    stranger.goto("/")
    expect_door(stranger)
    for role in Role:
        expect(stranger.get_by_text(f"demo-{role}", exact=True)).to_be_in_viewport()
    expect(stranger.get_by_text(PASSWORD)).to_be_in_viewport()
    settle(stranger)
    SCREENSHOTS.mkdir(exist_ok=True)
    stranger.screenshot(path=SCREENSHOTS / "sign_in.png")


def test_five_wrong_passwords_lock_and_the_right_one_waits(stranger, door):
    ledger = open_ledger(door.data_folder, url=door.ledger_url)
    once = people.add_person(ledger, "locked.out", name="Locked Out", role="director")
    stranger.goto("/")
    for _ in range(4):
        fill_in(stranger, "locked.out", WRONG)
        expect(stranger.get_by_text("do not belong together")).to_be_visible(timeout=SLOWEST_MS)
        settle(stranger)
    fill_in(stranger, "locked.out", WRONG)
    expect(stranger.get_by_text("Try again in 15 minutes")).to_be_visible(timeout=SLOWEST_MS)
    stranger.reload()
    fill_in(stranger, "locked.out", once)
    expect(stranger.get_by_text("Try again in 15 minutes")).to_be_visible(timeout=SLOWEST_MS)


def test_the_cookie_is_out_of_reach_of_scripts_and_opens_the_next_tab(stranger, door):
    sign_in(stranger, "administrator")
    cookie = wait_for_cookie(stranger)
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["secure"]) == (True, "Strict", False)
    assert COOKIE not in stranger.evaluate("document.cookie")
    tab = stranger.context.new_page()
    tab.goto("/people")
    expect(account_menu(tab)).to_be_visible(timeout=SLOWEST_MS)
    expect(tab.get_by_role("button", name="Sign in", exact=True)).to_have_count(0)


def test_a_cookie_copied_before_sign_out_opens_nothing_after(stranger, browser, door):
    sign_in(stranger, "administrator")
    copied = wait_for_cookie(stranger)
    thief = new_visitor(browser, door)
    thief.add_cookies([copied])
    page = thief.new_page()
    page.goto("/people")
    expect(account_menu(page)).to_be_visible(timeout=SLOWEST_MS)  # while she is signed in it would
    sign_out(stranger)
    page.reload()
    expect_door(page)
    thief.close()


def test_what_is_open_stays_open_over_the_first_click_after_signing_in(page):
    sign_in(page, "administrator", "/people")
    page.get_by_text("Add a person", exact=True).click()
    # A click can miss: the section is still opening.
    page.get_by_role("button", name="Add person").press("Enter")
    refusal = page.get_by_text("Say whose children the account is for")
    expect(refusal).to_be_visible(timeout=SLOWEST_MS)  # it stands inside the section


def test_the_first_sign_in_changes_the_password(stranger, door):
    ledger = open_ledger(door.data_folder, url=door.ledger_url)
    once = people.add_person(ledger, "new.here", name="New Here", role="administrator")
    stranger.goto("/people")
    fill_in(stranger, "new.here", once)
    expect(stranger.get_by_role("heading", name="Choose your password")).to_be_visible(timeout=SLOWEST_MS)
    stranger.get_by_role("textbox", name="Present password").fill(once)
    stranger.get_by_role("textbox", name="New password (12 to 72 characters)").fill("harbour lantern fig")
    stranger.get_by_role("textbox", name="New password again").fill("harbour lantern fig")
    stranger.get_by_role("button", name="Change password").click()
    expect(stranger.get_by_role("heading", name="People")).to_be_visible(timeout=SLOWEST_MS)
    sign_out(stranger)
    fill_in(stranger, "new.here", once)
    expect(stranger.get_by_text("do not belong together")).to_be_visible(timeout=SLOWEST_MS)


def test_a_person_changes_their_password_from_their_menu(stranger, door):
    ledger = open_ledger(door.data_folder, url=door.ledger_url)
    once = people.add_person(ledger, "old.hand", name="Old Hand", role="administrator")
    change_password(ledger, "old.hand", once, "harbour lantern fig")
    stranger.goto("/people")
    fill_in(stranger, "old.hand", "harbour lantern fig")
    account_menu(stranger, "Old Hand · Administrator").click()
    stranger.get_by_role("button", name="Change password").click()
    form = stranger.get_by_role("dialog").last
    form.get_by_role("textbox", name="Present password").fill("harbour lantern fig")
    form.get_by_role("textbox", name="New password (12 to 72 characters)").fill("walnut river seven")
    form.get_by_role("textbox", name="New password again").fill("walnut river seven")
    form.get_by_role("button", name="Change password").click()
    expect(stranger.get_by_text("Password changed.")).to_be_visible(timeout=SLOWEST_MS)
    sign_out(stranger)
    fill_in(stranger, "old.hand", "walnut river seven")
    expect(account_menu(stranger, "Old Hand · Administrator")).to_be_visible(timeout=SLOWEST_MS)


@pytest.mark.slow
def test_the_first_start_makes_the_demonstration_where_the_visitor_can_watch(browser, tmp_path):
    data_folder = tmp_path / "empty"
    data_folder.mkdir()
    with running_app(data_folder, tmp_path) as fresh:
        context = new_visitor(browser, fresh)
        page = context.new_page()
        page.goto("/")
        expect(page.get_by_role("progressbar")).to_be_visible(timeout=SLOWEST_MS)
        sign_in_form = page.get_by_role("button", name="Sign in", exact=True)
        expect(sign_in_form).to_be_visible(timeout=3 * SLOWEST_MS)
        expect(page.get_by_role("progressbar")).to_have_count(0)
        expect(page.get_by_text("demo-director", exact=True)).to_be_visible()
        context.close()


@pytest.mark.parametrize("role", list(Role))
def test_the_menu_and_the_pages_follow_the_role(stranger, role):
    sign_in(stranger, role, "/people")
    allowed = role is Role.ADMINISTRATOR
    heading = stranger.get_by_role("heading", name="People", exact=True)
    refusal = stranger.get_by_text(f"Your account ({role}) may not manage people")
    expect(heading).to_have_count(int(allowed))
    expect(refusal).to_have_count(int(not allowed))


def test_nothing_leaves_the_machine(stranger, door):
    asked: list[str] = []
    stranger.on("request", lambda request: asked.append(request.url))
    stranger.on("websocket", lambda socket: asked.append(socket.url))
    sign_in(stranger, "administrator", "/people")
    sign_out(stranger)
    elsewhere = {url for url in asked if urlsplit(url).scheme not in ("data", "blob")}
    hosts = {urlsplit(url).netloc for url in elsewhere}
    assert len(asked) > 20
    assert hosts == {urlsplit(door.url).netloc}


def test_the_page_breaks_none_of_its_own_security_rules(stranger):
    said: list[str] = []
    stranger.on("console", lambda message: said.append(message.text))
    stranger.on("pageerror", lambda error: said.append(str(error)))
    sign_in(stranger, "administrator", "/people")
    wait_for_cookie(stranger)
    assert not [words for words in said if "Content Security Policy" in words or "Refused" in words]


@pytest.mark.parametrize(
    "path", ["/", "/people", "/_stcore/health", "/cookie", "/static/none.js", "/_stcore/metrics"]
)
def test_every_answer_carries_the_security_headers(door, path):
    headers = answer(door, path)[1]
    policy = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["connect-src"] == policy["frame-ancestors"] == "'self'"
    assert policy["object-src"] == "'none'"
    assert "unsafe" not in policy["script-src"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/_stcore/health", {}, 200),
        ("/_stcore/metrics", {}, 404),
        ("/_stcore/metrics", {"Authorization": "Bearer guess"}, 404),
        ("/_stcore/metrics", {"Authorization": f"Bearer {TOKEN}"}, 200),
        ("//_stcore/metrics", {}, 404),
        ("/_stcore/metrics/", {}, 404),
        ("/_stcore/%6detrics", {}, 404),
        ("/cookie?ticket=guess", {}, 204),
        ("/cookie?ticket=guess", {"Sec-Fetch-Site": "cross-site"}, 403),
        ("/cookie?ticket=guess", {"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_what_is_open_and_what_is_closed(door, path, headers, status):
    found, answered = answer(door, path, headers)
    assert found == status
    assert COOKIE not in answered.get("set-cookie", "")


def test_metrics_are_closed_to_everybody_without_a_token_in_the_environment(server):
    for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": "Bearer None"}):
        assert answer(server, "/_stcore/metrics", headers)[0] == 404


def test_the_agent_interface_is_off(door):
    request = Request(f"{door.url}/_stcore/agent/interact", b"{}", {"Content-Type": "application/json"})
    with pytest.raises(HTTPError) as refused:
        urlopen(request)
    assert refused.value.code == 403
    assert "does not serve" in json.dumps(json.loads(refused.value.read()))


def test_axe_finds_nothing_serious_at_the_door_or_among_people(stranger):
    stranger.goto("/people")
    expect_door(stranger)
    settle(stranger)
    assert serious_faults(stranger) == []
    sign_in(stranger, "administrator", "/people")
    for label in ("Add a person", "Change an account", "Data-protection assessment"):
        stranger.get_by_text(label, exact=True).click()
    settle(stranger)
    assert serious_faults(stranger) == []


def serious_faults(page: Page) -> list[str]:
    """What axe calls serious or critical, each with the element it is about."""
    faults = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {fault['nodes'][0]['html']}"
        for fault in faults
        if fault["impact"] in ("serious", "critical")
    ]


def wait_for_cookie(page: Page) -> dict:
    """The sign-in cookie, once the browser has collected it."""
    for _ in range(100):
        found = [cookie for cookie in page.context.cookies() if cookie["name"] == COOKIE]
        if found:
            return found[0]
        page.wait_for_timeout(100)
    raise AssertionError("the browser never collected its cookie")


def answer(served: Served, path: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str]]:
    """Status and headers (lower case) of a plain request."""
    try:
        response = urlopen(Request(served.url + path, headers=headers or {}), timeout=20)
    except HTTPError as error:
        response = error
    with response:
        return response.status, {name.lower(): value for name, value in response.headers.items()}
