"""What Overview and Cohorts say, against pandas over the same rows; and what every figure must carry."""

from __future__ import annotations

import re
from math import ceil

import pandas as pd
import pytest
import vl_convert

from tests.ui import populated
from tests.ui.drawn import drawn_rows
from ui import composition, overview_headlines, panels, spend_figures, theme
from ui.comparison import everyone_else
from ui.composition import Attribute
from ui.disclosure import Gate
from ui.figure import Figure
from ui.panels import Panel
from vcore import CohortFilter

CLOSED, OPEN = Gate(sees_small=False), Gate(sees_small=True)
STORE = populated.store()
ALL = STORE.cohort()
FILTERS = (
    CohortFilter(),
    CohortFilter(settings=("residential",), ehcp=True),
    CohortFilter(settings=("fostering",), age_max=11),
    CohortFilter(setting_details=("unregistered",)),
)
ATTRIBUTES = (
    Attribute("setting", "Setting", "settings"),
    Attribute("age_band", "Age", "age"),
    Attribute("ehcp", "EHCP", "ehcp"),
    Attribute("time_in_care_band", "Time in care"),
)


def test_the_four_headlines_are_those_of_the_rows():
    rows = ALL.children
    cost = rows["weekly_cost_gbp"]
    dearest = cost.sort_values(ascending=False).head(ceil(len(rows) / 10)).sum() / cost.sum()
    homes = rows[(rows["setting"] == "residential") & rows["need_total"].notna()]
    needs = homes[
        [name for name in homes if name.startswith("need_") and name not in ("need_total", "need_change")]
    ]
    calm = int((needs.max(axis=1) < 7).sum())
    told = overview_headlines.headlines(ALL, everyone_else(ALL), OPEN)
    assert [headline.number for headline in told] == [
        f"{len(rows)}",
        f"£{cost.sum() / 1000:.0f}k",
        f"{dearest:.0%}",
        f"{calm / len(homes):.0%}",
    ]
    assert f"({calm} of {len(homes)})" in told[3].words
    assert f"£{cost.sum() * 52 / 1e6:.1f}m a year at 52 weeks" in told[1].words
    assert [headline.beside for headline in told] == [""] * 4  # there is nobody else


def test_spend_by_setting_is_that_of_the_rows():
    table = spend_figures.by_setting(ALL, OPEN).table.set_index("Where children live")
    rows = ALL.children.groupby("setting")
    for label, setting in (("Residential", "residential"), ("Fostering", "fostering")):
        here = rows.get_group(setting)
        assert table.loc[label, "Children"] == len(here)
        assert table.loc[label, "Share of spend"] == pytest.approx(
            here["weekly_cost_gbp"].sum() / ALL.children["weekly_cost_gbp"].sum()
        )
        assert table.loc[label, "Mean total need"] == pytest.approx(
            here["need_total"].dropna().astype(float).mean()
        )
    parents = table.loc["With parents or for adoption"]
    assert parents[["Weekly cost", "Share of spend", "Mean weekly cost"]].isna().all()  # missing, never £0


def test_a_cohort_in_one_setting_is_told_by_kind_of_home():
    cohort = STORE.cohort(CohortFilter(settings=("residential",)))
    table = spend_figures.by_setting(cohort, OPEN).table
    assert list(table["Where children live"]) == ["Children's home (private)", "Children's home (in-house)"]


def test_everyone_else_is_the_rest_of_the_base():
    cohort = STORE.cohort(CohortFilter(settings=("residential",)))
    table = composition.against(cohort, everyone_else(cohort), ATTRIBUTES[2], OPEN).table.set_index("EHCP")
    rows = ALL.children
    rest = rows[rows["setting"] != "residential"]
    mine = rows[rows["setting"] == "residential"]
    assert table["Children"].sum() == len(mine)
    assert table.loc["Yes", "% of these children"] == pytest.approx(mine["ehcp"].fillna(False).mean())
    assert table.loc["Not recorded", "% of everyone else"] == pytest.approx(rest["ehcp"].isna().mean())


def test_ages_fall_in_the_bands_of_the_report():
    table = composition.against(ALL, everyone_else(ALL), ATTRIBUTES[1], OPEN).table.set_index("Age")[
        "Children"
    ]
    bands = pd.cut(
        ALL.children["age"].astype(int), [-1, 1, 4, 11, 16, 99],
        labels=["Under 2", "2 to 4", "5 to 11", "12 to 16", "17 and over"],
    )  # fmt: skip
    expected = bands.value_counts(sort=False)
    assert table.to_dict() == expected[expected > 0].to_dict()


def test_keeping_only_a_band_keeps_as_many_children_as_it_counts():
    table = composition.against(ALL, everyone_else(ALL), ATTRIBUTES[1], OPEN).table
    for label, n in zip(table["Age"], table["Children"], strict=True):
        kept = CohortFilter.model_validate(ATTRIBUTES[1].keeping(label))
        assert len(STORE.cohort(kept)) == n


@pytest.mark.parametrize("gate", [CLOSED, OPEN], ids=["closed", "open"])
@pytest.mark.parametrize("cohort_filter", FILTERS, ids=CohortFilter.describe)
def test_every_figure_carries_what_it_must(cohort_filter, gate):
    cohort = STORE.cohort(cohort_filter)
    drawn = [spend_figures.concentration(cohort, gate), spend_figures.by_setting(cohort, gate)]
    drawn += [composition.against(cohort, everyone_else(cohort), attribute, gate) for attribute in ATTRIBUTES]
    for figure in drawn:
        assert len(figure.alt) > 20
        assert len(figure.title.split()) <= 15
        assert sum(map(len, drawn_rows(figure))) < 2_000
        assert set(figure.units) <= set(figure.table.columns)
        assert "nan" not in figure.words.to_csv() and "nan" not in figure.title.lower()
        assert (
            not any(cell in ("1", "2", "3", "4", "5") for cell in figure.words.get("Children", []))
            or gate is OPEN
        )


def test_a_curve_of_few_children_shows_nothing_to_a_closed_gate():
    few = STORE.cohort(CohortFilter(setting_details=("unregistered",)))
    figure = spend_figures.concentration(few, CLOSED)
    assert "Too few children to say" in figure.alt
    assert figure.words.to_csv(index=False).count("\n") == 2 and "0" not in figure.words.to_csv(index=False)


@pytest.mark.parametrize("attribute", ATTRIBUTES, ids=lambda attribute: attribute.name)
def test_where_the_number_is_hidden_no_row_tells_where_they_are(attribute):
    few = STORE.cohort(CohortFilter(setting_details=("unregistered",)))
    assert composition.options(few, attribute, CLOSED) == {}
    for figure in (
        composition.against(few, everyone_else(few), attribute, CLOSED),
        spend_figures.by_setting(few, CLOSED),
    ):
        assert figure.words.iloc[:, 0].tolist() == ["Too few children to say."]
    assert list(composition.options(few, ATTRIBUTES[0], OPEN)) == ["other"]


@pytest.mark.parametrize(
    ("cell", "unit", "words", "rounded"),
    [
        (143, "children", "143", 145),
        (667_349.0, "gbp", "£667,349", 667_300.0),
        (0.516, "share", "52%", 0.52),
        ("c", "gbp", "c", "c"),
        (float("nan"), "gbp", "x", "x"),
        (0, "children", "0", 0),
    ],
)
def test_cells_are_told_to_a_reader_and_rounded_to_take_away(cell, unit, words, rounded):
    table = pd.DataFrame({"what": ["a"], "cell": pd.Series([cell], dtype="object")})
    figure = Figure(
        "f", "", "", spend_figures.concentration(ALL, OPEN).chart, table, "", units={"cell": unit}
    )
    assert figure.words["cell"].tolist() == [words]
    assert figure.file(rounded=True).decode("utf-8-sig") == f"what,cell\na,{rounded}\n"


@pytest.mark.parametrize(
    ("shares", "heights", "said"),
    [
        ((0.11, 0.32, 0.51), (0.11, 0.32, 0.51), ("a", "b", "c")),
        ((0.05, 0.17, 0.27), (0.03, 0.15, 0.27), ("a", "b", "c")),
        ((0.01, 0.05, 0.10), (-0.14, -0.02, 0.10), ("", "", "c")),
        ((0.10,), (0.10,), ("a",)),
        ((), (), ()),
    ],
)
def test_the_words_of_the_dearest_do_not_cover_each_other(shares, heights, said):
    named = pd.DataFrame({"share_of_spend": list(shares), "words": list("abc")[: len(shares)]})
    found = spend_figures.apart(named)
    assert found["beside"].tolist() == pytest.approx(list(heights))
    assert tuple(found["words"]) == said


def test_two_rows_of_two_panels_do_not_run_into_each_other():
    """What a browser draws, not what the specification asks for: the legend takes its height from the rows."""
    panel = Panel("% of spend", [0.4, 0.1], theme.percent, "x")
    spec = panels.side_by_side(["Ours", "Theirs"], panel, panel)
    around = {
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": {"bottom": 20},
    }  # as Streamlit has it
    svg = vl_convert.vegalite_to_svg({**spec, "width": 500, **around})
    heights = {
        word: float(re.search(rf"translate\([-\d.]+,([-\d.]+)\)[^>]*>{word}<", svg)[1])
        for word in ("Ours", "Theirs")
    }
    assert abs(heights["Ours"] - heights["Theirs"]) >= theme.CHART_TEXT_PX + 2


def test_no_mark_of_a_chart_reads_its_row_aloud():
    """It would say the inner names and numbers of the row; the chart's own words and its table are there for that."""
    figure = composition.against(ALL, everyone_else(ALL), ATTRIBUTES[0], OPEN)
    svg = vl_convert.vegalite_to_svg(figure.spec)
    assert set(re.findall(r'aria-roledescription="([^"]*)"', svg)) == {
        "axis",
        "legend",
        "group mark container",
    }
