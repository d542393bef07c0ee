"""What the Needs page says, against plain pandas over the same rows; and what is hidden from whom."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from tests.small import child, store
from tests.ui import populated
from tests.ui.drawn import drawn_rows, picture
from ui import need_gaps, need_groups, need_levels
from ui.comparison import Comparison, everyone_else
from ui.composition import Attribute
from ui.disclosure import Gate
from vcore import CohortFilter

CLOSED, OPEN = Gate(sees_small=False), Gate(sees_small=True)
STORE = populated.store()
ALL = STORE.cohort()
HOMES = STORE.cohort(CohortFilter(settings=("residential",)))
FEW = STORE.cohort(CohortFilter(setting_details=("unregistered",)))
DOMAINS = {f"need_{domain.id}": domain.label for domain in ALL.snapshot.needs.domains}
SETTING = Attribute("setting", "Setting", "settings", {"residential": "Residential"})


def scores(cohort) -> pd.DataFrame:
    return cohort.children[list(DOMAINS)].rename(columns=DOMAINS).dropna().astype("float64")


def test_domains_stand_by_their_gap_to_everyone_else():
    table = need_gaps.figure(HOMES, everyone_else(HOMES), CLOSED).table.set_index("Domain")
    gap = (scores(HOMES).mean() - scores(HOMES.everyone_else).mean()).sort_values(ascending=False)
    assert table["Difference"].to_dict() == pytest.approx(gap.to_dict())
    assert table["Difference"].is_monotonic_decreasing
    assert table["These children"].to_dict() == pytest.approx(scores(HOMES).mean().to_dict())


def test_the_title_names_the_domain_that_clearly_differs_most():
    gap = scores(HOMES).mean() - scores(HOMES.everyone_else).mean()
    title = need_gaps.figure(HOMES, everyone_else(HOMES), CLOSED).title
    assert title == f"{gap.idxmax()} differs most: {gap.max():.1f} points above everyone else"
    assert len(title.split()) <= 15


def test_all_children_stand_alone_by_their_own_need():
    figure = need_gaps.figure(ALL, everyone_else(ALL), CLOSED)
    means = scores(ALL).mean()
    assert figure.title == f"{means.idxmax()} is the greatest need: {means.max():.1f} of 10 on average"
    assert list(figure.table.columns) == ["Domain", "These children"]


@pytest.mark.parametrize("gate", [CLOSED, OPEN], ids=["director", "commissioner"])
@pytest.mark.parametrize("filters", [{}, {"settings": ("fostering",)}], ids=["nobody", "nobody here"])
def test_where_nobody_is_assessed_no_domain_has_a_mean_to_draw(filters, gate):
    """Twenty foster children without an assessment; alone, or beside sixty in homes with one."""
    unknown = [child(f"F{at}", scores=None, setting_detail="in_house_fostering") for at in range(20)]
    others = [child(f"R{at}") for at in range(60 if filters else 0)]
    cohort = store([*unknown, *others]).cohort(CohortFilter(**filters))
    figure = need_gaps.figure(cohort, everyone_else(cohort), gate)
    assert figure.table.iloc[0, 0] == "Too few children to say."
    assert "NaN" not in json.dumps(figure.spec)


def test_beside_others_who_are_not_assessed_the_means_of_these_are_drawn():
    """Sixty in homes score 1 everywhere; the twenty others have no mean, so there is no gap to draw."""
    unknown = [child(f"F{at}", scores=None, setting_detail="in_house_fostering") for at in range(20)]
    homes = store([*unknown, *[child(f"R{at}") for at in range(60)]]).cohort(
        CohortFilter(settings=("residential",))
    )
    figure = need_gaps.figure(homes, everyone_else(homes), OPEN)
    assert figure.table["These children"].tolist() == [1.0] * 13
    assert "NaN" not in json.dumps(figure.spec | figure.rows, default=bytes.hex)


def test_where_chance_alone_could_be_the_cause_no_domain_is_named():
    cohort = STORE.cohort(CohortFilter(sexes=("F",)))
    figure = need_gaps.figure(cohort, everyone_else(cohort), CLOSED)
    clear = (figure.table["At least (95%)"] > 0) | (figure.table["At most (95%)"] < 0)
    assert ("differs most" in figure.title) == clear.any()


def test_levels_are_the_shares_of_the_rows():
    table = need_levels.levels(HOMES, OPEN).table.set_index("Domain")
    rows = scores(HOMES)
    assert table["Severe and complex need"].to_dict() == pytest.approx((rows >= 7).mean().to_dict())
    assert table["No need"].to_dict() == pytest.approx((rows < 1).mean().to_dict())
    assert table[["No need", "Minor need", "Moderate need", "Severe and complex need"]].sum(
        axis=1
    ).tolist() == (pytest.approx([1.0] * 13))


def test_a_share_never_tells_of_one_to_five_children_here_or_in_the_rest():
    for cohort in (HOMES, STORE.cohort(CohortFilter(settings=("semi_independent",)))):
        shown = need_levels.levels(cohort, CLOSED).table.set_index("Domain")
        for group in (scores(cohort), scores(cohort.everyone_else)):
            counts = {
                "No need": (group < 1).sum(),
                "Minor need": ((group >= 1) & (group < 4)).sum(),
                "Moderate need": ((group >= 4) & (group < 7)).sum(),
                "Severe and complex need": (group >= 7).sum(),
            }
            for level, found in counts.items():
                small = found[found.between(1, 5)].index
                assert (shown.loc[small, level] == "c").all()
        hidden = (shown == "c").sum(axis=1)
        assert (hidden != 1).all()  # one alone would follow from the others


def test_what_is_drawn_of_hidden_levels_covers_more_than_five():
    figure = need_levels.levels(HOMES, CLOSED)
    n = len(scores(HOMES))
    parts = drawn_rows(figure)[0]
    told = [round((part["to"] - part["from"]) * n) for part in parts]
    assert all(count == 0 or count > 5 for count in told)


@pytest.mark.parametrize(
    "draw",
    [lambda cohort: need_gaps.figure(cohort, everyone_else(cohort), CLOSED)]
    + [lambda cohort, of=of: of(cohort, CLOSED) for of in (need_levels.levels, need_levels.common_and_deep)],
    ids=["gaps", "levels", "common and deep"],
)
def test_other_children_only_change_the_rows_of_a_picture_each_in_its_place(draw):
    everyone, homes = draw(ALL), draw(HOMES)
    assert picture(everyone) == picture(homes)
    assert drawn_rows(everyone) != drawn_rows(homes)
    for figure in (everyone, homes):
        domains = list(figure.table["Domain"])
        told = [row for rows in drawn_rows(figure) for row in rows]
        assert told and all(domains[row["row_place"]] == row["row"].replace("|", " ") for row in told)


def test_dots_stand_at_their_means_with_room_for_words_beyond_the_highest():
    lines, dots, _ = drawn_rows(need_gaps.figure(HOMES, everyone_else(HOMES), CLOSED))
    means = {
        "These children": scores(HOMES).mean(),
        "everyone else": scores(HOMES.everyone_else).mean(),
    }
    width = 1.3 * max(mean.max() for mean in means.values())
    for dot in dots:
        assert dot["mean"] == pytest.approx(means[dot["who"]][dot["row"].replace("|", " ")] / width)
    assert max(line["to"] for line in lines) == pytest.approx(1 / 1.3)


def test_depth_is_the_mean_of_those_who_have_the_need():
    table = need_levels.common_and_deep(HOMES, OPEN).table.set_index("Domain")
    rows = scores(HOMES)
    assert table["Have any need"].to_dict() == pytest.approx((rows >= 1).mean().to_dict())
    assert table["Mean score of those"].to_dict() == pytest.approx(rows.where(rows > 0).mean().to_dict())


def test_groups_have_the_means_of_their_rows():
    table = need_groups.by_group(ALL, SETTING, OPEN).table.set_index("Setting")
    rows = ALL.children[ALL.children["setting"] == "residential"]
    assert table.loc["Residential", "Self-care and independent living"] == pytest.approx(
        rows["need_self_care"].dropna().astype("float64").mean()
    )
    assert table.loc["Residential", "Assessed"] == rows["need_total"].notna().sum()


@pytest.mark.parametrize("gate", [CLOSED, OPEN], ids=["director", "commissioner"])
@pytest.mark.parametrize("cohort", [ALL, HOMES, FEW], ids=["all", "homes", "three"])
def test_every_view_has_a_title_words_and_a_table(cohort, gate):
    for figure in (
        need_gaps.figure(cohort, everyone_else(cohort), gate),
        need_gaps.figure(cohort, Comparison("all children", cohort.whole_base), gate),
        need_levels.levels(cohort, gate),
        need_levels.common_and_deep(cohort, gate),
        need_groups.by_group(cohort, SETTING, gate),
        need_groups.change_by_setting(cohort, gate),
    ):
        assert figure.title and len(figure.alt) > 20 and len(figure.table)
        assert figure.words is not None and figure.file(rounded=True)


def test_of_three_children_nothing_is_said_to_a_director():
    for figure in (
        need_gaps.figure(FEW, everyone_else(FEW), CLOSED),
        need_levels.levels(FEW, CLOSED),
        need_levels.common_and_deep(FEW, CLOSED),
        need_groups.by_group(FEW, SETTING, CLOSED),
    ):
        assert figure.table.iloc[0, 0] == "Too few children to say."
    assert need_levels.headline(FEW, CLOSED) == "Too few children to say."


def test_the_headline_counts_domains():
    rows = scores(HOMES)
    some, severe = (rows >= 1).sum(axis=1).mean(), (rows >= 7).sum(axis=1).mean()
    assert need_levels.headline(HOMES, CLOSED) == (
        f"On average these children have some need in {some:.1f} of 13 domains, severe need in {severe:.1f}"
    )
    assert not np.isnan(some)
