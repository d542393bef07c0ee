"""Need and cost: what its figures and sentences say, against pandas over the same rows."""

from __future__ import annotations

import re
from math import nan

import numpy as np
import pandas as pd
import pytest

from tests.scenarios.many import part_of
from tests.small import child, store
from tests.ui import populated
from tests.ui.drawn import drawn_rows
from ui import need_cost, need_cost_figures, need_cost_heatmap, need_cost_words, presenting, theme
from ui.comparison import Comparison
from ui.disclosure import Gate
from ui.need_cost_limits import Limits
from vcore import CohortFilter
from vcore.facts.bands import WEEKLY_COST_BANDS_GBP
from vcore.measures.association import Association
from vcore.measures.cost_model import CostModel

CLOSED, OPEN = Gate(sees_small=False), Gate(sees_small=True, sees_prices=True)
STORE = populated.store()
ALL = STORE.cohort()
LIMITS = Limits(45, 3_000)
FILTERS = (
    CohortFilter(),
    CohortFilter(settings=("residential",)),
    CohortFilter(settings=("fostering",), age_max=11),
    CohortFilter(setting_details=("unregistered",)),
    CohortFilter(setting_details=("with_parents",)),  # nobody has a cost
)
EXPLAINED = pd.DataFrame(
    {
        "known": ["need", "market", "both"],
        "share": [0.085, 0.475, -0.01],
        "low": [0.056, 0.43, -0.02],
        "high": [0.115, 0.52, 0.0],
    }
)


def known_rows(cohort):
    rows = cohort.children.dropna(subset=["need_total", "weekly_cost_gbp"])
    return rows.assign(need_total=rows["need_total"].astype(float))


def drawn(figure, rows):
    """The rows of the layer that draws the named data."""
    places = {"cells": 0, "tops": 1, "sides": 3, "box": 5, "medians": 6, "legend": 8}
    return drawn_rows(figure)[places[rows]]


def test_the_headlines_are_those_of_the_rows():
    rows = known_rows(ALL)
    r = rows["need_total"].corr(rows["weekly_cost_gbp"])
    rank = rows["need_total"].rank().corr(rows["weekly_cost_gbp"].rank())
    found = need_cost.headlines(ALL, Comparison("everyone else", ALL.everyone_else), OPEN)
    assert [headline.number for headline in found] == [
        f"{r:.2f}",
        f"{rank:.2f}",
        f"{r * r:.0%}",
        f"{len(rows)}",
    ]
    low, high = (np.tanh(np.arctanh(r) + side * 1.959964 / np.sqrt(len(rows) - 3)) for side in (-1, 1))
    assert f"(95% interval {low:.2f} to {high:.2f})" in found[0].words
    assert f"of {len(ALL)}" in found[3].words


def test_the_comparison_stands_beside_r():
    homes = STORE.cohort(CohortFilter(settings=("residential",)))
    others = known_rows(homes.everyone_else)
    r = others["need_total"].corr(others["weekly_cost_gbp"])
    found = need_cost.headlines(homes, Comparison("everyone else", homes.everyone_else), OPEN)
    assert f"; {r:.2f}".replace("-", "−") + " for everyone else" in found[0].words


def counted(cell: dict[str, str]) -> str:
    """The number that is read over a cell of the heatmap, or "c"."""
    *_, words = cell["hover"].split(" · ")
    return words.removeprefix("Children: ").removesuffix(" children").removesuffix(" child")


def test_what_is_read_over_a_cell_says_where_it_is_and_counts_its_children():
    said = {
        (cell["x"], cell["y"]): cell["hover"]
        for cell in drawn(need_cost_heatmap.heatmap(ALL, LIMITS, OPEN), "cells")
    }
    (x, y), words = next((place, words) for place, words in said.items() if words.endswith("· 1 child"))
    low, high = WEEKLY_COST_BANDS_GBP[y], WEEKLY_COST_BANDS_GBP[y + 1] - 1 if y < 12 else None
    cost = f"£{low:,} or more" if high is None else f"£{low:,}–{high:,}"
    assert words == f"Total need {x:.0f}–{130 if x == 120 else x + 9:.0f} · {cost} a week · 1 child"
    closed = drawn(need_cost_heatmap.heatmap(ALL, LIMITS, CLOSED), "cells")
    assert "c" in {counted(cell) for cell in closed}


def test_every_cell_of_the_heatmap_counts_its_children():
    figure = need_cost_heatmap.heatmap(ALL, LIMITS, OPEN)
    rows = known_rows(ALL)
    edges = [*WEEKLY_COST_BANDS_GBP, np.inf]
    need = (rows["need_total"] // 10).clip(upper=12).astype(int)
    cost = pd.cut(rows["weekly_cost_gbp"], edges, right=False, labels=False)
    expected = pd.crosstab(need, cost).reindex(index=range(13), columns=range(13), fill_value=0)
    table = figure.table
    assert table["Children"].tolist() == expected.sum(axis=1).tolist()
    assert np.array_equal(table.iloc[:, 3:].to_numpy(int), expected.to_numpy())
    assert sum(int(counted(cell)) for cell in drawn(figure, "cells")) == len(rows)
    assert {(cell["x"] // 10, cell["y"]): counted(cell) for cell in drawn(figure, "cells")} == {
        (row, column): f"{n}" for (row, column), n in np.ndenumerate(expected.to_numpy()) if n
    }
    medians = rows.groupby(need)["weekly_cost_gbp"].agg(["median", "size"]).query("size >= 10")["median"]
    assert table["Median weekly cost"].dropna().tolist() == pytest.approx(medians.tolist())
    assert [point["x"] for point in drawn(figure, "medians")] == [10 * place + 5 for place in medians.index]


def test_the_box_is_drawn_where_the_limits_are():
    (box,) = drawn(need_cost_heatmap.heatmap(ALL, Limits(24, 5_000), OPEN), "box")
    assert (box["x"], box["x2"], box["y"], box["y2"]) == (0, 24.5, 9, 13)
    (box,) = drawn(need_cost_heatmap.heatmap(ALL, Limits(130, 6_250), OPEN), "box")
    assert (box["x2"], box["y"]) == (130, 9.5)


@pytest.mark.parametrize("gate", [CLOSED, OPEN], ids=["closed", "open"])
def test_the_legend_names_each_shade_that_is_drawn_and_no_other(gate):
    figure = need_cost_heatmap.heatmap(ALL, LIMITS, gate)
    cells, legend = drawn(figure, "cells"), drawn(figure, "legend")
    assert {row["color"] for row in legend} == {cell["color"] for cell in cells}
    assert [row["place"] for row in legend] == list(range(len(legend)))
    said = {row["color"]: row["words"] for row in legend}
    assert said.pop(theme.CONTEXT, "Hidden (c)") == "Hidden (c)"
    limit = {color: int(re.search(r"\d+", words)[0]) for color, words in said.items()}
    least = {color: 0 if said[color].startswith("Under") else limit[color] for color in said}
    told = [(int(counted(cell)), cell["color"]) for cell in cells if counted(cell) != "c"]
    assert len(limit) > 1 and told
    for n, color in told:
        assert color == max((each for each in least if least[each] <= n), key=least.__getitem__)


def test_a_browser_keeps_the_picture_for_other_children():
    """Only its rows differ, so that it need not be made anew; what it finds is heard beside it."""
    all_of_them, few = (
        need_cost_heatmap.heatmap(STORE.cohort(chosen), LIMITS, OPEN)
        for chosen in (CohortFilter(), CohortFilter(settings=("residential",)))
    )
    assert all_of_them.picture_alt == few.picture_alt and all_of_them.alt != few.alt
    shapes = [{**figure.spec, "datasets": None} for figure in (all_of_them, few)]
    assert shapes[0] == shapes[1] and all_of_them.spec["datasets"] != few.spec["datasets"]


def test_for_a_room_the_map_has_the_margins_room(monkeypatch):
    beyond = drawn(need_cost_heatmap.heatmap(ALL, LIMITS, OPEN), "tops")
    assert beyond and min(bar["y"] for bar in beyond) > 13
    monkeypatch.setattr(presenting, "on", lambda: True)
    figure = need_cost_heatmap.heatmap(ALL, LIMITS, OPEN)
    assert drawn(figure, "tops") == drawn(figure, "sides") == []
    shown = figure.spec["layer"][0]["encoding"]
    assert shown["x"]["scale"]["domain"] == [0, 130]
    assert 13 < shown["y"]["scale"]["domain"][1] < min(bar["y2"] for bar in beyond) + 2.5  # the legend's
    assert not figure.note


@pytest.mark.parametrize("gate", [CLOSED, OPEN], ids=["closed", "open"])
@pytest.mark.parametrize("cohort_filter", FILTERS, ids=CohortFilter.describe)
def test_every_figure_carries_what_it_must(cohort_filter, gate):
    cohort = STORE.cohort(cohort_filter)
    for figure in (
        need_cost_heatmap.heatmap(cohort, LIMITS, gate),
        need_cost_figures.provision(cohort, gate),
    ):
        assert len(figure.alt) > 20
        assert len(figure.title.split()) <= 15
        assert sum(map(len, drawn_rows(figure))) < 2_000
        assert set(figure.units) <= set(figure.table.columns)
        assert "nan" not in figure.words.to_csv() and "nan" not in figure.title.lower()
        if gate is CLOSED:
            counts = [name for name, unit in figure.units.items() if unit == "children"]
            assert not figure.words[counts].isin(["1", "2", "3", "4", "5"]).any(axis=None)
    said = [headline.number for headline in need_cost.headlines(cohort, Comparison("others", cohort), gate)]
    assert "nan" not in " ".join(said)


def test_a_closed_heatmap_gives_no_hidden_cell_away():
    """Edges add up what is shown, so all that is left to subtract from is the number of children."""
    figure = need_cost_heatmap.heatmap(ALL, LIMITS, CLOSED)
    table = figure.table.drop(columns="Median weekly cost")
    cells = table.iloc[:, 2:]
    hidden = (cells == "c").to_numpy()
    numbers = cells.mask(hidden, 0).to_numpy(int)
    assert hidden.any() and numbers.any()
    assert not ((numbers > 0) & (numbers <= 5)).any()
    assert table["Children in cells shown"].tolist() == numbers.sum(axis=1).tolist()
    assert sorted(int(bar["words"]) for bar in drawn(figure, "tops")) == sorted(
        n for n in numbers.sum(axis=1) if n
    )
    left = len(known_rows(ALL)) - numbers.sum()
    assert hidden.sum() >= 2 and left > 5 and left > hidden.sum()
    assert {counted(cell) for cell in drawn(figure, "cells") if cell["color"] == theme.CONTEXT} == {"c"}


def test_what_filters_leave_out_of_a_cell_is_hidden_too():
    """All but a few of one cell: the cell itself is large, yet beside everybody's it would tell of the few."""
    rows = ALL.children
    inside = (rows["need_total"].between(30, 39) & rows["weekly_cost_gbp"].between(250, 499.99)).fillna(False)
    away = [*np.flatnonzero(inside)[:2], *np.flatnonzero(~inside)[:40]]
    cohort = part_of(ALL, sorted(set(range(len(rows))) - set(away)))
    assert inside.sum() - 2 > 5
    table = need_cost_heatmap.heatmap(cohort, LIMITS, CLOSED).table.set_index("Total need")
    assert table.loc["30–39", "£250–499"] == "c"


def test_few_children_are_told_of_nowhere():
    few = STORE.cohort(CohortFilter(setting_details=("unregistered",)))
    for figure in (need_cost_heatmap.heatmap(few, LIMITS, CLOSED), need_cost_figures.provision(few, CLOSED)):
        assert figure.words.iloc[:, 0].tolist() == ["Too few children to say."]
    assert need_cost_words.headline(need_cost.told(few, CLOSED)) == need_cost_words.TOO_FEW
    told = need_cost.headlines(few, Comparison("others", few), CLOSED)
    assert told[3].number == "c"
    assert told[0][:2] == ("x", "r of need and cost")


@pytest.mark.parametrize("n", [1, 3])
def test_the_singular_does_not_tell_a_director_that_the_hidden_child_is_one(n):
    girls = [child(f"f{at}", sex="F") for at in range(n)]
    few = store([*girls, *(child(str(at), sex="M") for at in range(40))]).cohort(CohortFilter(sexes=("F",)))
    beside = Comparison("others", few.everyone_else)
    hidden = need_cost.headlines(few, beside, CLOSED)[3]
    assert hidden[:2] == ("c", "children have a cost and an assessment, of c")
    noun = "child has" if n == 1 else "children have"
    assert need_cost.headlines(few, beside, OPEN)[3][:2] == (
        f"{n}",
        f"{noun} a cost and an assessment, of {n}",
    )


def test_in_house_against_private_is_that_of_the_rows():
    figure = need_cost_figures.provision(ALL, OPEN)
    rows = known_rows(ALL).groupby("setting_detail")[["need_total", "weekly_cost_gbp"]].mean()
    own, private = rows.loc["in_house_residential"], rows.loc["private_residential"]
    need, cost = private / own - 1
    assert figure.title == (
        f"Private homes: {abs(need) * 100:.{0 if abs(need) >= 0.0995 else 1}f}% {'more' if need > 0 else 'less'} need, "
        f"{cost:.0%} more cost than in-house"
    )
    table = figure.table.set_index("Where children live")
    assert table.loc["Agency fostering", "Mean weekly cost"] == pytest.approx(
        rows.loc["independent_fostering", "weekly_cost_gbp"]
    )
    longest = {
        max(cell["length"] for cell in drawn_rows(figure)[0] if cell["what"] == what)
        for what in ("Need", "Weekly cost")
    }
    assert len(longest) == 1  # each on its own scale


def test_what_one_provider_charges_is_for_those_who_may_know_it():
    one = STORE.cohort(CohortFilter(providers=("Home 1",), settings=("residential", "fostering")))
    without_prices = Gate(sees_small=True, sees_prices=False)
    homes = need_cost_figures.provision(one, without_prices).table.set_index("Where children live")
    assert homes.loc["Agency fostering", "Mean weekly cost"] == "c"
    assert homes.loc["In-house fostering", "Mean weekly cost"] != "c"  # the council's own is no secret
    assert not (need_cost_figures.provision(one, OPEN).table == "c").any(axis=None)
    medians = need_cost_heatmap.heatmap(one, LIMITS, without_prices).table["Median weekly cost"]
    assert (medians == "c").any()
    assert not (need_cost_heatmap.heatmap(one, LIMITS, OPEN).table == "c").any(axis=None)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Association(3_357, 0.2, 0.17, 0.23, 0.1), "Cost hardly follows need: r = 0.20 over 3,357 children"),
        (Association(9_000, 0.05, 0.03, 0.07, 0.1), "Cost barely follows need at all: r = 0.05 over 9,000 children"),
        (Association(40, 0.2, -0.12, 0.48, 0.2), "No sign that cost follows need: r = 0.20 over 40 children"),
        (Association(400, 0.3, 0.21, 0.38, 0.2), "Cost partly follows need: r = 0.30 over 400 children"),
        (Association(400, 0.5, 0.42, 0.57, 0.2), "Cost closely follows need: r = 0.50 over 400 children"),
        (Association(400, -0.3, -0.38, -0.2, 0.0), "Cost runs against need: r = −0.30 over 400 children"),
        (Association(400, -0.6, -0.66, -0.53, 0.0), "Cost runs strongly against need: r = −0.60 over 400 children"),
        (Association(539, -0.1, -0.18, -0.01, 0.0), "Cost runs slightly against need: r = −0.10 over 539 children"),
        (Association(29, nan, nan, nan, nan), need_cost_words.TOO_FEW),
        (Association(0, nan, nan, nan, nan), need_cost_words.TOO_FEW),
        (Association(60, nan, nan, nan, nan), need_cost_words.ALL_ALIKE),
    ],
)  # fmt: skip
def test_the_sentence_on_top(found, said):
    assert need_cost_words.headline(found) == said
    assert len(said.split()) <= 15


@pytest.mark.parametrize(
    ("medians", "said"),
    [
        ([601.4, "c", nan, 12_060.0], "Median cost: £601 a week at need 0–9, £12k at 30–39"),
        (["c", 700.0, nan, "c"], "Median cost at need 10–19: £700 a week"),
        (["c", nan, nan, nan], "Children by total need and weekly cost"),
    ],
)
def test_the_heatmaps_title_is_its_finding(medians, said):
    assert need_cost_words.heatmap_title(["0–9", "10–19", "20–29", "30–39"], medians) == said


def test_what_explains_cost_as_it_is_drawn_and_said():
    nothing = np.full(3, nan)
    model = CostModel(3_357, nothing, nothing, nothing, EXPLAINED, (-0.001, -0.02, 0.02))
    figure = need_cost_figures.explained(model)
    assert figure.title == "Need explains 8.5% of differences in cost, market facts 48%"
    bars = drawn_rows(figure)[0]
    assert [bar["words"] for bar in bars] == ["8.5% (5.6% to 12%)", "48% (43% to 52%)", "0% (0% to 0%)"]
    assert [bar["share"] for bar in bars] == [0.085, 0.475, 0]
    assert figure.words["Share explained"].tolist() == ["8.5%", "48%", "0%"]
    few = EXPLAINED.assign(share=nan, low=nan, high=nan)
    assert need_cost_figures.explained(
        CostModel(12, nothing, nothing, nothing, few, (nan, nan, nan))
    ).title == ("Too few children to learn what explains cost")


@pytest.mark.parametrize(
    ("adds", "said"),
    [
        ((0.014, 0.012, 0.016), "Knowing need as well as market facts explains 1.4 percentage points more."),
        (
            (-0.014, -0.016, -0.012),
            "Knowing need as well as market facts explains 1.4 percentage points less.",
        ),
        ((0.001, -0.02, 0.02), "Once market facts are known, knowing need as well tells cost no better."),
        ((nan, nan, nan), ""),
    ],
)
def test_what_need_adds_to_market_facts(adds, said):
    assert need_cost_words.need_adds(*adds) == said


def test_looking_at_the_box_keeps_what_is_chosen_already():
    narrowed = Limits(24, 5_000).narrowed(CohortFilter(need_total_max=20, weekly_cost_min=4_000, age_max=11))
    assert narrowed == {"need_total_max": 20, "weekly_cost_min": 5_000}
    assert Limits(24, 5_000).narrowed(CohortFilter()) == {"need_total_max": 24, "weekly_cost_min": 5_000}


@pytest.mark.parametrize(
    ("cost", "title"),
    [
        (500, "Nobody here has lower need at higher cost"),
        (None, "Nobody here has both a cost and an assessment"),
    ],
)
def test_nobody_in_the_box_is_said_apart_from_nobody_known(monkeypatch, cost, title):
    said = []
    monkeypatch.setattr("ui.need_cost.st.html", said.append)
    monkeypatch.setattr("ui.need_cost_limits.draw_control", lambda *_: None)
    cohort = store([child(f"c{n}", weekly_cost_gbp=cost) for n in range(12)]).cohort()
    need_cost.draw_box(cohort, LIMITS, OPEN)
    assert title in said[0]
