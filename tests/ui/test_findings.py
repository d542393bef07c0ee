"""Findings as a reader meets them: what is told, what is hidden, and figures whose title and table are true."""

from __future__ import annotations

import re

import pytest

from tests.demo.conftest import rows, tables
from tests.small import child, store
from ui import findings, findings_choice, findings_figures, findings_names, findings_table, findings_words
from ui.disclosure import Gate
from vcore import CohortFilter, Store
from vcore.demo import AS_OF
from vcore.facts.domains import NeedModel
from vcore.facts.published import about_a_cohort
from vcore.measures.findings import Reading, Verdict
from vcore.tables import checked

__all__ = ["rows", "tables"]
OPEN, CLOSED = Gate(sees_small=True, sees_prices=True), Gate(sees_small=False)


@pytest.fixture(scope="module")
def demonstration(tables):
    needs = NeedModel()
    return Store.of_tables(checked(tables, needs), as_of=AS_OF, needs=needs, demonstration=True)


def told(cohort, base=None, gate=CLOSED, demonstration=False):
    return {row.statement.id: row for row in findings._rows(cohort, base or cohort, demonstration, gate)}


def test_on_the_demonstration_every_statement_it_is_made_for_agrees(demonstration):
    found = told(demonstration.cohort(), gate=OPEN, demonstration=True)
    made_for = [name for name, one in about_a_cohort().items() if one.is_made_for_demonstration]
    assert len(made_for) == 67
    assert {found[name].verdict for name in made_for} == {"agrees"}
    assert len(found) == 111


def test_printed_here_n_and_verdict_of_some(demonstration):
    found = told(demonstration.cohort(), gate=OPEN, demonstration=True)
    assert found["K12-07"][1:6] == ("51%", "46% to 55%", "539", "agrees", "within rounding")
    assert found["K11-01"].here == "0.23"
    assert found["K25-02"].here == "2.4% higher" and found["K25-02"].why == "as the demonstration is made"
    assert found["K12-02"].here == "0 to 118"
    assert found["M-06"].why == "with the printed week, not the printed year"
    assert found["V-01"].verdict == "from the tracker, once used"
    assert "lowest authority: £" in found["K12-08"].detail


def test_one_childs_figure_is_for_child_level_roles_only(demonstration):
    found = told(demonstration.cohort())
    for name in ("M-04", "K12-02"):
        assert (found[name].here, found[name].verdict, found[name].detail) == ("c", "hidden", "")
    assert "32,4" not in "".join(map(str, found.values()))


def test_a_cohort_too_small_to_count_tells_nothing():
    everyone = store([child(f"{n:03d}", sex="M" if n < 3 else "F") for n in range(60)])
    found = told(everyone.cohort(CohortFilter(sexes=("M",))), everyone.cohort())
    assert {row.verdict for row in found.values()} == {"hidden", "from the tracker, once used"}
    assert {row.here for row in found.values()} == {"c", "x"}


@pytest.mark.parametrize("boys", [6, 9, 51, 54])
def test_means_of_few_or_of_all_but_few_are_hidden(boys):
    everyone = store(
        [child(f"{n:03d}", sex="M" if n < boys else "F", weekly_cost_gbp=1000.0 + n) for n in range(60)]
    )
    found = told(everyone.cohort(CohortFilter(sexes=("M",))), everyone.cohort())
    assert found["M-03"].here == found["M-05"].here == found["K23-03"].here == "c"
    assert told(everyone.cohort(CohortFilter(sexes=("M",))), everyone.cohort(), OPEN)["M-03"].here != "c"


def test_what_one_provider_charges_is_hidden_from_those_who_may_not_know_it():
    homes = store([child(f"{n:03d}", provider="Only Homes") for n in range(30)]).cohort()
    assert told(homes)["K11-14"].here == "c"
    assert told(homes, gate=Gate(sees_small=True))["K11-14"].here == "c"
    assert told(homes, gate=OPEN)["K11-14"].here == "£4,000"


def test_children_without_a_record_that_could_be_singled_out_hide_both_groups():
    made = [child(f"{n:03d}", ehcp=[True, False][n % 2] if n >= 4 else None) for n in range(60)]
    found = told(store(made).cohort())
    assert found["K26-01"].here == found["K26-02"].here == found["K26-03"].here == "c"


def test_a_missing_column_is_named():
    found = told(store([child(f"{n:03d}") for n in range(30)]).cohort())
    assert found["K26-01"].verdict == "cannot be computed"
    assert found["K26-01"].why.startswith("column ehcp (has an education health and care plan)")


def test_totals_of_another_size_are_brought_to_the_reports():
    words = findings_words.brought(about_a_cohort()["K12-01"], Reading(100.0, 500), 500)
    assert words == "706 at the report's 3,528 children"  # 100 × 3,528 ÷ 500 = 705.6


@pytest.mark.parametrize(
    ("verdicts", "words"),
    [
        ({"agrees": 2, "differs": 1}, "2 of 3 printed statements hold for all 30 children; 1 differs."),
        (
            {"agrees": 1, "close": 1, "same direction": 1, "differs": 2},
            "1 of 5 printed statements holds for all 30 children; 2 come close or point the same way; 2 differ.",
        ),
        (
            {"close": 1},
            "0 of 1 printed statements hold for all 30 children; 1 comes close or points the same way.",
        ),
        ({"hidden": 4}, "Too few children to hold the published report against."),
    ],
)
def test_the_sentence_on_top(verdicts, words):
    cohort = store([child(f"{n:03d}") for n in range(30)]).cohort()
    blank = told(cohort)["M-03"]
    made = [
        blank._replace(verdict=Verdict(kind) if kind != "hidden" else kind)
        for kind, n in verdicts.items()
        for _ in range(n)
    ]
    assert findings.headline(made, cohort, CLOSED) == words


def test_the_list_by_part_verdict_and_word(demonstration):
    found = list(told(demonstration.cohort(), gate=OPEN, demonstration=True).values())
    everything = findings_choice.shown(found, "all", "all", "")
    assert len(everything) == 111
    parts = [code for code in findings_choice.sections() if code != "all"]
    assert sum(len(findings_choice.shown(found, code, "all", "")) for code in parts) == 111
    kinds = [kind for kind in findings_choice.SHOWN if kind != "all"]
    assert sum(len(findings_choice.shown(found, "all", kind, "")) for kind in kinds) == 111
    assert [row.statement.id for row in findings_choice.shown(found, parts[0], "all", "K12-07")] == ["K12-07"]
    markup = findings_table.markup(everything)
    assert markup.count('<tr id="') == 111 and markup.count("cve-topic") == len(parts)
    assert "The report does not add up" in markup


def test_the_file_holds_all_and_rounds_for_who_takes_it_away(demonstration):
    found = list(told(demonstration.cohort()).values())
    table = findings.file(found, rounded=True).table.set_index("Id")
    assert len(table) == 111
    assert (table.loc["K12-01", "Here"], table.loc["K12-01", "Children"]) == ("540", "3,530")
    assert table.loc["K13-03", "Here"] == "£500"
    assert findings.file(found, rounded=False).table.set_index("Id").loc["K12-01", "Here"] == "539"


@pytest.mark.parametrize("number", findings_names.NAMES)
@pytest.mark.parametrize("gate", [OPEN, CLOSED], ids=["commissioner", "director"])
def test_every_figure_is_drawn_with_a_short_title_and_a_table(demonstration, number, gate):
    cohort = demonstration.cohort()
    figure = findings_figures.figure(cohort, number, cohort, gate)
    assert 0 < len(figure.title.split()) <= 15
    assert figure.title in figure.alt
    assert len(figure.words) and figure.spec["height"]
    named = figure.spec.get("datasets") or {
        n: layer["data"]["values"] for n, layer in enumerate(figure.spec["layer"])
    }
    marks = sum(map(len, named.values()))
    assert marks < 2_000


@pytest.mark.parametrize("number", findings_names.NAMES)
def test_no_figure_fails_or_tells_of_few_children(number):
    few = store([child(f"{n}") for n in range(4)])
    figure = findings_figures.figure(few.cohort(), number, few.cohort(), CLOSED)
    assert not re.search(r"[1-9]\.\d|£", " ".join(map(str, figure.words.to_numpy().ravel())))
    bare = store([child(f"{n:02d}", scores=None, weekly_cost_gbp=None) for n in range(30)])
    findings_figures.figure(bare.cohort(), number, bare.cohort(), CLOSED)
    findings_figures.figure(few.cohort(), number, few.cohort(), OPEN)
    nobody = few.cohort(CohortFilter(age_min=20))
    findings_figures.figure(nobody, number, few.cohort(), OPEN)


def test_figures_show_what_the_rows_hold(demonstration, rows):
    cohort = demonstration.cohort()

    def table(number):
        drawn = findings_figures.figure(cohort, number, cohort, OPEN).table
        return drawn.set_index(drawn.columns[0])

    by_age = dict(
        rows.execute("SELECT age >= 17, avg(emotional_health) FROM kid WHERE age >= 12 GROUP BY 1").fetchall()
    )
    column = next(name for name in table("13").columns if name.startswith("17 and over"))
    assert table("13").loc["Emotional health", column] == pytest.approx(by_age[True])
    assert (
        column == f"17 and over (n {rows.execute('SELECT count(*) FROM kid WHERE age >= 17').fetchone()[0]})"
    )
    homes = rows.execute("SELECT count(*) FROM kid WHERE setting = 'residential' AND peak < 7").fetchone()[0]
    assert table("6").loc["0", "Children"] == homes == 273
    dear = rows.execute("SELECT count(*) FROM kid WHERE cost >= 5000 AND cost < 7500").fetchone()[0]
    assert table("3").loc["£5,000 to £7,500", "Children"] == dear
    share = rows.execute("SELECT avg((setting = 'residential')::INT) FROM kid WHERE disability").fetchone()[0]
    assert table("18").loc["Disabled", "Residential"] == pytest.approx(share)
    costs = rows.execute("SELECT avg(cost) FROM kid WHERE setting_detail = 'private_residential'").fetchone()[
        0
    ]
    assert table("4").loc["Children's home (private)", "Mean weekly cost"] == pytest.approx(costs)
    severe = rows.execute("SELECT avg((educational_progress >= 7)::INT) FROM kid").fetchone()[0]
    assert table("12").loc["Educational progress", "Severe and complex need"] == pytest.approx(severe)
    assert (
        findings_figures.figure(cohort, "12", cohort, OPEN).title
        == "Most often severe: Educational progress, 13%"
    )
    both = rows.execute(
        "SELECT count(*) FROM kid WHERE cost >= 5000 AND cost < 15000 AND total BETWEEN 20 AND 39"
    ).fetchone()[0]
    assert table("2").loc["£5,000 to £15k", "20–39"] == both
