"""A chart to take away: a picture with its title and whose data it is, and never a small number."""

from __future__ import annotations

import struct
from io import BytesIO

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from ledger import open_ledger
from tests.ui import populated
from tests.ui.doorstep import MAIN, cookie_of, join
from ui import charts, menu, pictures, spend_figures
from ui.disclosure import Gate
from ui.doorway import COOKIE
from ui.figure import Figure
from ui.need_cost_heatmap import heatmap
from ui.need_cost_limits import Limits
from ui.scenario_reach import funnel
from vcore.scenarios import Scenario, StepDown, run

CLOSED, OPEN = Gate(sees_small=False), Gate(sees_small=True)
STORE = populated.store()
ALL = STORE.cohort()
SOURCE = "Care Value Explorer · Demonstration data: these children are fictional"
SIGNATURE = b"\x89PNG\r\n\x1a\n"


STEPPED = run(Scenario(levers=(StepDown(),)), ALL)


def taken(figure: Figure) -> bytes:
    """The figure's picture as its button hands it over."""
    return charts._picture(figure, SOURCE)


@pytest.mark.parametrize(
    "figure",
    [
        spend_figures.by_setting(ALL, CLOSED),
        heatmap(ALL, Limits(20, 2_000), CLOSED),
        funnel(STEPPED, STEPPED.steps[0], OPEN),
        charts.quiet("few", "Children by setting", "Too few · 31 March 2026"),
    ],
    ids=lambda figure: figure.name,
)
def test_a_chart_becomes_a_picture_wide_enough_to_print(figure):
    made = taken(figure)
    assert made.startswith(SIGNATURE)
    width, height = struct.unpack(">II", made[16:24])
    assert width >= 1_300 and height >= 150


def test_the_picture_carries_its_title_what_it_shows_and_whose_data_it_is():
    figure = spend_figures.by_setting(ALL, CLOSED)
    spec = pictures.with_words(figure.spec, figure.title, (figure.subtitle, figure.note, SOURCE))
    assert " ".join(spec["title"]["text"]) == figure.title
    said = " ".join(spec["title"]["subtitle"])
    assert figure.subtitle in said and SOURCE in said
    assert "title" not in figure.spec and figure.spec["config"]["background"] == "transparent"  # untouched


def test_long_words_go_on_in_another_line_whole():
    title, line = "Need and cost " * 9, "fictional children " * 20
    told = pictures.with_words({"config": {}}, title, (line, ""))["title"]
    assert " ".join(told["text"]) == title.strip() and " ".join(told["subtitle"]) == line.strip()
    assert max(map(len, told["text"])) <= pictures.LONGEST_TITLE


def test_nothing_is_fetched_for_a_picture():
    chart = {"mark": "point", "data": {"url": "https://example.org/children.csv"}, "config": {}}
    with pytest.raises(ValueError, match=r"(?i)access|allowed|denied"):
        pictures.png(chart, "Never", ())


@pytest.fixture
def offered(data_folder, visitor, monkeypatch):
    """What a reader of Overview is offered under the table of its second chart, and the words beside it."""
    populated.publish_children(data_folder)
    ledger = open_ledger(data_folder)
    handed: dict[str, object] = {}
    monkeypatch.setattr(
        charts.st, "download_button", lambda _, **told: handed.update({told["key"]: told["data"]})
    )

    def offered(role: str, **link) -> tuple[dict[str, object], list[str]]:
        handed.clear()
        join(ledger, role, role)
        visitor.cookies[COOKIE] = cookie_of(ledger, role)
        app = AppTest.from_file(MAIN, default_timeout=30)
        app.query_params.update(link)
        app.session_state[charts.table_key("spend-by-setting")] = True
        (overview,) = (entry for entry in menu.ENTRIES if entry.stem == "overview")
        app.run().switch_page(str(overview.path)).run()
        assert not app.exception
        return dict(handed), [caption.value for caption in app.caption]

    return offered


@pytest.mark.parametrize("role", ["director", "commissioner"])
def test_no_small_number_is_taken_away(offered, role):
    files, said = offered(role)
    assert set(files) == {"csv-spend-by-setting", "png-spend-by-setting"}
    rows = pd.read_csv(BytesIO(files["csv-spend-by-setting"]()), index_col=0)
    unregistered = int((ALL.children["setting"] == "other").sum())
    assert 0 < unregistered <= 5 and rows.loc["Other", "Children"] == "c"
    assert files["png-spend-by-setting"]().startswith(SIGNATURE)
    assert (charts.SMALL_STAYS in said) is (role == "commissioner")


def test_nothing_is_taken_away_that_tells_of_the_few_left_out(offered):
    homes = [home for home in populated.HOMES if home != "unregistered"]
    files, said = offered("commissioner", setting_details=homes)
    assert files == {} and charts.NOT_TO_TAKE in said
