"""The tracker: what it says, shows and gives away, against figures worked by hand; who may open it; what is logged."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pytest

from ledger import activity, decisions, open_ledger, openings, passwords
from ledger.decision_states import REASONS, State
from ledger.decisions import Decision
from ledger.people import find_person
from tests import stays
from tests.ui import populated
from tests.ui.doorstep import join, visit_as, words
from ui import tracker_figures as figures
from ui import tracker_files, tracker_found
from ui import tracker_words as said
from ui.disclosure import Gate
from ui.menu import PAGES_FOLDER
from ui.tracker_found import Found
from ui.tracker_list import in_order, table
from ui.tracker_plans import OPEN, Status, lines
from ui.tracker_words import Adopted
from vcore.exports.workbook.tracked import tracked_workbook
from vcore.facts.assumptions import register
from vcore.measures.disclosure import HIDDEN
from vcore.settings import settings

PAGE = PAGES_FOLDER / "act" / "tracker.py"
STORE = stays.store()
OPENED, CLOSED = Gate(sees_small=True), Gate(sees_small=False, sees_placements=True)
BEGAN, MOVED = date(2024, 1, 1), date(2025, 5, 1)
ADOPTED = Adopted("Plan A", 250_000.0, 3.2, gross=False, told=True)


def decision(child, state, *, on=date(2025, 4, 10), placement=BEGAN, number=1, **more):
    reason = next(iter(REASONS.get(State(state), {"": ""})))
    facts = {"next_date": None, "planned_start": None, "destination": "", "weekly_saving_gbp": None} | more
    at = datetime(2025, 4, 10, tzinfo=UTC)
    return Decision(
        id=number, child_id=child, authority="North", placement_started=placement, state=State(state), reason=reason,
        note="", who="ann", at=at, decided_on=on, who_name="Ann", **facts,
    )  # fmt: skip


def agreed(child, **more):
    return decision(child, "agreed", **{"planned_start": MOVED, "weekly_saving_gbp": 2_000.0} | more)


HISTORIES = {
    "a": [agreed("a"), decision("a", "moved", on=MOVED, placement=MOVED)],  # the data shows it
    "b": [decision("b", "not_suitable")],
    "c": [decision("c", "suitable", weekly_saving_gbp=100.0)],
    "gone": [agreed("gone", next_date=date(2026, 12, 1))],
}


def known(histories):
    return Found(lines(histories), STORE, ("North", "South"), register(), STORE.latest)


FOUND = known(HISTORIES)


def test_each_child_stands_at_its_status():
    assert {row.line.child_id: row.status for row in FOUND.children} == {
        "a": Status.DELIVERED, "b": Status.CLOSED, "c": Status.EVIDENCED, "gone": Status.AGREED,
    }  # fmt: skip


def test_pounds_by_status_by_hand():
    # a: £3,100 of social care a week before (April 2025), £1,000 now; c and gone as planned
    assert FOUND.annual_gbp(Status.DELIVERED) == 2_100 * 52
    assert FOUND.annual_gbp(Status.EVIDENCED) == 100 * 52
    assert FOUND.annual_gbp(Status.AGREED) == 2_000 * 52
    assert FOUND.weighted_gbp == 2_100 * 52 + 0.5 * 100 * 52 + 0.75 * 2_000 * 52
    shown = figures.by_status(FOUND, OPENED).table
    assert shown["Children"].tolist() == [0, 1, 1, 1, 3]
    assert shown[figures.FULL].tolist() == [0, 5_200, 104_000, 109_200, 218_400]
    assert shown[figures.COUNTED].tolist() == [0, 2_600, 78_000, 109_200, 189_800]


def test_months_by_hand():
    # in May 2025 there was no fee yet: a month not known; from June £2,100 a week less; r of agency fostering unknown
    months = FOUND.months(2025)
    assert months["planned_gbp"].tolist() == [0.0] + [pytest.approx(2 * 2_000 * 52 / 12)] * 11
    assert months["actual_gbp"].tolist() == [0.0, 0.0] + [pytest.approx(2_100 * 52 / 12)] * 10
    assert months["mix_gbp"].sum() == pytest.approx(2_100 * 52 * 10 / 12)
    assert FOUND.years == [2025]
    shown = figures.by_month(FOUND, 2025, OPENED)
    assert shown.title == "£91k was saved in 2025/26, of £191k planned"
    assert figures.effects_line(FOUND, 2025) == (
        "Actual £91k: other kind of home £91k, price £0, no home paid for £0."
    )


def test_sentences():
    assert (
        said.headline(FOUND, OPENED)
        == "1 of 4 children looked at has moved; the council pays £109k a year less."
    )
    assert said.headline(FOUND, CLOSED) == "Too few children to say what was agreed and delivered."
    none = known({"gone": HISTORIES["gone"]})
    assert said.headline(none, OPENED) == "No move is in the data yet; of 1 child looked at, 1 agreed."
    assert said.remarks(FOUND, OPENED) == [
        "1 agreed start has passed without a recorded move.",
        "1 child is not in the latest load: their decisions stay, no actual £ can.",
    ]
    waiting = known({"b": [agreed("b"), decision("b", "moved", on=date(2025, 5, 2))]})
    assert "1 agreed" not in said.headline(waiting, OPENED)


def test_it_is_worked_out_again_only_when_something_it_rests_on_has_changed():
    """Another page or view takes no work; a decision, a number of the council's or a day does."""

    def ask(histories=HISTORIES, weeks=52.0, today=date(2026, 1, 5), data_to=STORE.latest):
        council = {"weeks_per_year": register()["weeks_per_year"].model_copy(update={"value": weeks})}
        values = (("weeks_per_year", weeks),)
        made = tuple(lines(histories))
        return tracker_found._worked_out(
            "s", STORE, made, ("North",), values, {**register(), **council}, data_to, today
        )

    tracker_found._worked_out.clear()
    first = ask()
    assert ask() is first and ask({**HISTORIES}) is first
    noted = {**HISTORIES, "b": [decision("b", "not_suitable", weekly_saving_gbp=5.0)]}
    others = [ask(noted), ask(weeks=53.0), ask(today=date(2026, 1, 6)), ask(data_to=date(2026, 1, 31))]
    assert first not in others and len(set(map(id, others))) == 4
    assert others[1].annual_gbp(Status.EVIDENCED) == 100 * 53


def test_a_recorded_move_that_no_load_shows_is_not_delivered():
    found = known({"c": [agreed("c"), decision("c", "moved", on=date(2026, 5, 2))]})
    assert [row.status for row in found.children] == [Status.AGREED]
    assert found.months(2025)["actual_gbp"].sum() == 0
    assert "1 move is recorded that no load shows yet." in said.remarks(found, OPENED)


def test_who_left_care_after_an_unrecorded_end_is_marked_and_not_delivered():
    found = known({"b": [agreed("b")]})
    (row,) = found.children
    assert (row.status, row.left_on, row.moved_on) == (Status.AGREED, date(2025, 6, 1), None)
    assert table([row], ["B1"])["Beside"].tolist() == ["The placement decided about has since ended"]


def test_the_list_puts_those_nearest_to_a_move_first_and_says_who_is_gone():
    rows = in_order(FOUND)
    shown = table(rows, ["G", "C", "A", "B"])
    assert [row.line.child_id for row in rows] == ["gone", "c", "a", "b"]
    assert shown["Beside"].tolist() == ["Not in the latest load", "", "", ""]
    assert shown["Lived in"].tolist()[0] == "Not in the data"
    assert shown["£ a week actual"].tolist() == ["", "", "£2,100", ""]
    assert shown["Last decision"].tolist()[3] == "Not suitable: this home works for the child (10 Apr 2025)"


def test_beside_the_adopted_scenario():
    assert figures.reconciled(FOUND, ADOPTED, OPENED) == [
        ("Adopted: “Plan A”", "3", "£250k"),
        ("On the tracker, in full", "3", "£218k"),
        ("On the tracker, weighted", "", "£190k"),
        ("Gap", "", "£60k"),
    ]


def test_programme_figures_and_reasons():
    own = FOUND.programme
    assert (own.profiled, own.searches, own.changes, own.per_change_gbp) == (4, 3, 1, 109_200)
    assert said.reasons(FOUND) == [("This home works for the child", 1)]
    assert figures.programme(FOUND, OPENED).table["£ a child"].tolist()[:2] == ["£109k", "£159k"]


def test_closed_to_whoever_may_not_see_small_numbers():
    shown = figures.by_status(FOUND, CLOSED).table
    assert shown["Children"].tolist() == [0, HIDDEN, HIDDEN, HIDDEN, HIDDEN]
    assert set(shown[figures.COUNTED].tolist()[1:]) == {HIDDEN}
    assert figures.by_month(FOUND, 2025, CLOSED).table.shape == (1, 1)
    assert [row[2] for row in figures.reconciled(FOUND, ADOPTED, CLOSED)] == ["£250k", HIDDEN, HIDDEN, HIDDEN]
    assert figures.programme(FOUND, CLOSED).table.iloc[0].tolist()[2:5] == [HIDDEN, HIDDEN, HIDDEN]
    assert [n.number for n in said.headlines(FOUND, ADOPTED, CLOSED)] == [HIDDEN, HIDDEN, HIDDEN, "£250k"]


def many(n):
    """So many children agreed, none in the data."""
    return known({f"g{at:02d}": [agreed(f"g{at:02d}")] for at in range(n)})


@pytest.mark.parametrize(("n", "told"), [(9, False), (10, True)])
def test_a_file_tells_pounds_of_ten_children_and_their_months(n, told):
    made = tracker_files.tracked(many(n), None, CLOSED, "Council data")
    agreed_line = made.statuses[list(OPEN).index(Status.AGREED)]
    assert (agreed_line.full_gbp == n * 104_000) is told
    assert bool(made.months) is told


def test_a_whole_is_hidden_where_one_status_would_follow_from_it():
    few = {"c": HISTORIES["c"]} | {f"g{at:02d}": [agreed(f"g{at:02d}")] for at in range(12)}
    assert said.headlines(known(few), None, CLOSED)[2].number == HIDDEN
    assert said.headlines(known(few), None, OPENED)[2].number == "£939k"
    assert said.headlines(many(12), None, CLOSED)[2].number == "£936k"
    assert [row[2] for row in figures.reconciled(known(few), ADOPTED, CLOSED)][1:] == [HIDDEN] * 3


def workbook(found, adopted):
    return openpyxl.load_workbook(
        BytesIO(tracked_workbook(tracker_files.tracked(found, adopted, CLOSED, "Test")))
    )


def test_the_workbook_holds_live_formulas_no_child_and_nothing_hidden():
    found = many(12)
    book = workbook(found, ADOPTED)
    assert book.sheetnames == ["Read me", "Status", "Months", "Why not moved", "Programme"]
    cells = [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert not any("g0" in cell for cell in cells)
    sheet = book["Status"]
    rows = {row[0].value: row for row in sheet.iter_rows()}
    line = rows["Agreed, or moved but in no load yet"]
    assert (line[1].value, line[3].value, line[4].value) == (12, 12 * 104_000, 0.75)
    assert line[5].value == f"=IF(ISTEXT(D{line[0].row}),D{line[0].row},D{line[0].row}*E{line[0].row})"
    values = openpyxl.load_workbook(
        BytesIO(tracked_workbook(tracker_files.tracked(found, ADOPTED, CLOSED, "Test"))), data_only=True
    )["Status"]
    kept = {row[0].value: row[5].value for row in values.iter_rows()}
    assert kept["Total"] == 12 * 104_000 * 0.75
    assert kept["Still to be found"] == 250_000 - 12 * 104_000 * 0.75


def test_what_nobody_has_priced_is_not_known_in_the_workbook_and_not_nothing():
    unpriced = {f"n{at:02d}": [decision(f"n{at:02d}", State.NEEDS_MORE)] for at in range(11)}
    found = known(unpriced | {f"g{at:02d}": [agreed(f"g{at:02d}")] for at in range(12)})
    book = tracked_workbook(tracker_files.tracked(found, ADOPTED, CLOSED, "Test"))
    rows = openpyxl.load_workbook(BytesIO(book), data_only=True)["Status"].iter_rows(values_only=True)
    told = {row[0]: row[1:] for row in rows}
    unknown = told[figures.MEANS[Status.IDENTIFIED]]
    assert (unknown[0], unknown[1], unknown[2], unknown[4]) == (11, 0, "x", "x")
    assert told["Total"][4] == 12 * 104_000 * 0.75


def test_the_workbook_of_few_children_hides_them():
    values = workbook(FOUND, ADOPTED)
    shown = [str(cell.value) for row in values["Status"].iter_rows(max_col=4) for cell in row if cell.value]
    assert "109200" not in shown and "218400" not in shown
    assert "Hidden: too few" in str(values["Months"]["A4"].value)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A data folder with some hundred children, published once."""
    folder = tmp_path_factory.mktemp("tracker")
    populated.publish_children(folder)
    return folder


@pytest.fixture
def ledger(published, tmp_path, monkeypatch):
    """A ledger of one's own beside them, with a commissioner."""
    monkeypatch.setattr(passwords, "_ROUNDS", 4)
    monkeypatch.setenv("VCORE_DATA_FOLDER", str(published))
    monkeypatch.setenv("VCORE_LEDGER_URL", f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    settings.cache_clear()
    found = open_ledger(published)
    monkeypatch.setattr("ui.session.ledger", lambda: found)
    join(found, "ann", "commissioner")
    yield found
    settings.cache_clear()


def test_an_empty_tracker_says_how_it_fills(ledger, visitor):
    app = visit_as(visitor, ledger, "ann", PAGE)
    assert not app.exception
    assert app.title[0].value == said.EMPTY
    assert "Review list" in words(app)


def test_the_page_shows_what_was_decided_and_keeps_that_the_list_was_opened(ledger, visitor):
    ann, home = find_person(ledger, "ann"), populated.store().cohort().children.iloc[0]
    decisions.record(
        ledger, ann, home["child_id"], "agreed", authority=home["authority"], placement_started=date(2024, 3, 31),
        seen=None, planned_start=date(2026, 6, 1), weekly_saving_gbp=500.0,
    )  # fmt: skip
    app = visit_as(visitor, ledger, "ann", PAGE)
    assert not app.exception
    page = "".join(str(each.proto) for each in app.get("html"))
    assert "No move is in the data yet; of 1 child looked at, 1 agreed." in page
    assert home["child_id"] not in page
    for view in ("months", "programme", "children"):
        app.session_state["option-tracker"] = view
        app.run()
        assert not app.exception, view
        assert home["child_id"] not in str(app.main), view
    lists = [line for line in openings.recent(ledger) if line.child_id is None]
    assert [(line.who, line.children, line.cohort) for line in lists] == [
        ("ann", 1, "Tracker: children decided about")
    ]


@pytest.mark.parametrize("role", ["director", "finance", "administrator"])
def test_nobody_else_opens_it_by_its_address(ledger, visitor, role):
    join(ledger, "dee", role)
    app = visit_as(visitor, ledger, "dee", PAGE)
    assert "may not see children one by one" in words(app)
    assert said.EMPTY not in words(app)


def test_the_workbook_is_made_outside_the_page_and_logged(ledger, visitor, monkeypatch):
    given = {}
    monkeypatch.setattr(
        "ui.take_away.st.download_button", lambda label, **how: given.update({how["key"]: how["data"]})
    )
    ann, home = find_person(ledger, "ann"), populated.store().cohort().children.iloc[0]
    decisions.record(
        ledger, ann, home["child_id"], "needs_more", authority=home["authority"],
        placement_started=date(2024, 3, 31), seen=None,
    )  # fmt: skip
    visit_as(visitor, ledger, "ann", PAGE)
    assert openpyxl.load_workbook(BytesIO(given["tracker-workbook"]())).sheetnames
    line = activity.recent(ledger, 1)[0]
    assert (line.who, line.what, line.detail) == ("ann", "downloaded a file", "tracker-workbook")
