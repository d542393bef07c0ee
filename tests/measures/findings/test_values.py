"""Every statement's value on the demonstration's children, against SQL and pandas written from its definition."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.demo.conftest import DAY, DOMAINS
from tests.demo.published import (
    AGE_BAND,
    CARE_BAND,
    F_12,
    F_16,
    F_17,
    HOMES,
    INTERVALS,
    M_12,
    M_16,
    M_17,
    MILD,
    share,
)
from vcore.facts.domains import PUBLISHED_DOMAINS
from vcore.facts.published import about_a_cohort
from vcore.measures.findings.book import STATEMENTS

LABELS = {domain.id: domain.label for domain in PUBLISHED_DOMAINS}
PREMIUM = f"""
    (SELECT avg(cost) FROM kid WHERE {MILD}) - (SELECT avg(cost) FROM kid WHERE setting_detail = 'independent_fostering')
"""
VALUES = INTERVALS | {
    "M-02": "SELECT 100.0 * count(*) / 81770 FROM kid",
    "M-06": "SELECT 52 * sum(cost) FROM kid",
    "M-07": "SELECT 100 * 52 * sum(cost) / 11.1e9 FROM kid",
    "M-08": f"SELECT 10 * {len(DOMAINS)}",
    "M-11": "SELECT 1",
    "E-03": INTERVALS["M-09"],
    "K11-10": INTERVALS["K11-10"].replace("83840", "81770"),  # England as it is now
    "E-01": INTERVALS["K11-07"],
    "E-02": share("peak < 7"),
    "K11-16": "SELECT count(*) FROM kid WHERE cost IS NOT NULL",
    "K12-05": f"SELECT 24 / {len(DOMAINS)}",
    "K12-08": f"SELECT {PREMIUM}",
    "K12-09": f"SELECT {PREMIUM}",
    "K12-10": INTERVALS["K12-07"],
    "K12-14": "SELECT count(*) FROM kid WHERE years >= 10",
    "K12-15": f"SELECT 52 * (SELECT count(*) FROM kid WHERE {MILD}) * ({PREMIUM})",
    "K13-05": "SELECT count(*) FROM kid WHERE setting = 'fostering' AND total >= 48",
    "K21-06": "SELECT 4",
    "F-12": "SELECT 4",
    "K22-03": """
        SELECT avg(now.points - before.points)
        FROM (SELECT child_id, max(assessed_on) AS day, arg_max(list_sum(scores::INTEGER[]), assessed_on) AS points
              FROM assessment WHERE assessed_on <= $day GROUP BY 1) AS now
        JOIN LATERAL (
            SELECT arg_max(list_sum(scores::INTEGER[]), assessed_on) AS points, count(*) AS n FROM assessment AS old
            WHERE old.child_id = now.child_id AND old.assessed_on <= now.day - INTERVAL 150 DAY
        ) AS before ON before.n > 0
        JOIN kid ON kid.child_id = now.child_id
    """,
    "K23-04": "SELECT count(*) FROM kid WHERE setting = 'parents_or_adoption' AND cost IS NOT NULL",
    "V-13": INTERVALS["K12-06"],
}
ORDERS = {name for name in STATEMENTS if name not in VALUES}  # their parts are checked below


@pytest.fixture(scope="module")
def kids(rows):
    return rows.execute("FROM kid").df()


def parts(found, name):
    return {part.label: part.value for part in found[name].reading.parts}


@pytest.mark.parametrize("name", VALUES)
def test_value(rows, found, name):
    query = VALUES[name]
    answer = rows.execute(query, {"day": DAY} if "$day" in query else None).fetchone()[0]
    assert found[name].reading.value == pytest.approx(float(answer), rel=1e-6)


def test_every_statement_is_either_computed_or_of_the_tracker(found):
    waiting = {name for name, statement in about_a_cohort().items() if statement.rule == "tracker"}
    assert set(STATEMENTS) | waiting == set(about_a_cohort())
    assert not set(STATEMENTS) & waiting
    assert set(found) == set(STATEMENTS)
    assert {
        *("K11-15", "K12-02", "K12-11", "K12-12", "K21-03", "K21-04", "K21-07", "K21-08", "K21-09"),
        *("K22-01", "K22-02", "K23-06", "K24-05", "K24-06", "K25-08", "K25-09", "K26-06", "K26-07"),
        *("F-13", "F-14", "F-15", "F-16", "F-17", "F-18", "F-19", "F-25", "F-26"),
    } == ORDERS


def test_the_mean_week_stands_over_the_costed_and_over_all(kids, found):
    (over_all,) = parts(found, "M-03").values()
    assert over_all == pytest.approx(kids["cost"].fillna(0).mean())
    assert over_all < found["M-03"].reading.value


def test_range_and_severe_counts_in_residential(kids, found):
    homes = kids[kids["setting"] == "residential"]
    assert parts(found, "K12-02") == {"lowest": homes["total"].min(), "highest": homes["total"].max()}
    severe = (homes[DOMAINS] >= 7).sum(axis=1)
    expected = {"0": severe == 0, "1": severe == 1, "2": severe == 2, "3 or more": severe >= 3}
    assert parts(found, "K12-11") == pytest.approx(
        {name: 100 * rows.mean() for name, rows in expected.items()}
    )


def test_lowest_and_highest_authority(kids, found):
    gaps = []
    for _, own in kids.groupby("authority"):
        mild = own[(own["setting"] == "residential") & (own["peak"] < 7)]["cost"].dropna()
        agency = own[own["setting_detail"] == "independent_fostering"]["cost"].dropna()
        if len(mild) >= 10 and len(agency) >= 10:
            gaps.append(mild.mean() - agency.mean())
    assert parts(found, "K12-08") == pytest.approx({"lowest authority": min(gaps), "highest": max(gaps)})


def top(values: pd.Series, n: int = 3) -> dict[str, float]:
    return {LABELS[str(domain)]: value for domain, value in values.nlargest(n).items()}


def test_areas_that_lead(kids, found):
    mild = kids[(kids["setting"] == "residential") & (kids["peak"] < 7)]
    assert parts(found, "K12-12") == pytest.approx(top(mild[DOMAINS].mean()))
    assert parts(found, "K21-07") == pytest.approx(top(100 * (kids[DOMAINS] >= 7).mean()))
    assert parts(found, "K21-08") == pytest.approx(top(100 * (kids[DOMAINS] <= 3).mean(), 2))
    averages = top(kids.groupby("authority")[DOMAINS].mean().mean(), 1)
    of_authorities = {f"as an average of authorities: {label}": value for label, value in averages.items()}
    assert parts(found, "K21-09") == pytest.approx(top(kids[DOMAINS].mean(), 2) | of_authorities)
    third = ["emotional_health", "attachments", "managing_emotions"]
    assert parts(found, "K21-04") == pytest.approx({LABELS[d]: 100 * (kids[d] >= 4).mean() for d in third})
    depth = ["emotional_health", "life_story"]
    assert parts(found, "K21-03") == pytest.approx({LABELS[d]: kids[d][kids[d] > 0].mean() for d in depth})


@pytest.mark.parametrize(("name", "flag"), [("K26-06", "ehcp"), ("K26-07", "excluded")])
def test_gaps_by_flag(kids, found, name, flag):
    yes, no = (kids[kids[flag].eq(answer).fillna(False)] for answer in (True, False))
    assert parts(found, name) == pytest.approx(top(yes[DOMAINS].mean() - no[DOMAINS].mean()))


def test_totals_by_group(rows, kids, found):
    def by(key):
        return dict(rows.execute(f"SELECT {key}, avg(total) FROM kid GROUP BY 1").fetchall())

    age, care, setting = by(AGE_BAND), by(CARE_BAND), by("setting")
    named = {0: "Under 2", 2: "2 to 4", 5: "5 to 11", 12: "12 to 16", 17: "17 and over"}
    assert parts(found, "K22-01") == pytest.approx({named[key]: mean for key, mean in age.items()})
    assert parts(found, "F-13") == parts(found, "K22-01")
    spans = {0: "Under 1 year", 1: "1 to 3 years", 3: "Over 3 years"}
    assert parts(found, "K22-02") == pytest.approx({spans[key]: mean for key, mean in care.items()})
    assert parts(found, "F-14") == parts(found, "K22-02")
    assert sorted(parts(found, "K23-06").values()) == pytest.approx(sorted(setting.values()))
    assert parts(found, "F-19") == pytest.approx(by("ethnicity"))
    kinds = by("setting_detail")
    assert sorted(parts(found, "F-16").values()) == pytest.approx(
        sorted(kinds[f"{kind}_residential"] for kind in ("in_house", "private", "specialist"))
    )
    dear, cheap = (kids[sides]["total"].mean() for sides in (kids["cost"] >= 5000, kids["cost"] < 5000))
    assert list(parts(found, "K11-15").values()) == pytest.approx([dear, cheap])
    sexes = by("sex")
    assert list(parts(found, "K25-09").values()) == pytest.approx([sexes["M"], sexes["F"]])


@pytest.mark.parametrize(("name", "flag"), [("F-17", "disability"), ("F-25", "ehcp"), ("F-26", "excluded")])
def test_totals_by_flag(rows, found, name, flag):
    means = dict(rows.execute(f"SELECT {flag}, avg(total) FROM kid GROUP BY 1").fetchall())
    assert list(parts(found, name).values()) == pytest.approx([means[True], means[False]])


def test_ethnicity(rows, found):
    told = parts(found, "K24-05")
    for domain, words in (
        ("educational_progress", "education"),
        ("expressing_feelings", "expressing feelings"),
    ):
        for name, mean in rows.execute(f"SELECT ethnicity, avg({domain}) FROM kid GROUP BY 1").fetchall():
            assert name == "Not known" or told.pop(f"{name}, {words}") == pytest.approx(mean)
    assert told == {}
    told = parts(found, "K24-06")
    for fact, words in (("age >= 16", "16 and over"), ("sex = 'M'", "male")):
        for name, mean in rows.execute(
            f"SELECT ethnicity, 100 * avg(({fact})::INT) FROM kid GROUP BY 1"
        ).fetchall():
            assert name == "Not known" or told.pop(f"{name}, {words}") == pytest.approx(mean)
    assert told == {}


def test_largest_differences_between_boys_and_girls(kids, found):
    expected = {}
    for words, boys, girls in (("to 11", M_12, F_12), ("12 to 16", M_16, F_16), ("17 and over", M_17, F_17)):
        as_pandas = [
            side.replace("=", "==").replace("<==", "<=").replace(">==", ">=") for side in (boys, girls)
        ]
        as_pandas = [
            side.replace(" AND ", " and ").replace("BETWEEN 12 and 16", ">= 12 and age <= 16")
            for side in as_pandas
        ]
        means = [kids.query(side)[DOMAINS].mean() for side in as_pandas]
        gap = means[0] - means[1]
        widest = gap.abs().idxmax()
        whose = "boys" if gap[widest] > 0 else "girls"
        expected[f"{words}: {LABELS[widest]}, {whose} higher"] = abs(gap[widest])
    assert parts(found, "K25-08") == pytest.approx(expected)


def test_children_in_residential_by_disability(rows, found):
    shares = dict(
        rows.execute(f"SELECT disability, 100 * avg(({HOMES})::INT) FROM kid GROUP BY 1").fetchall()
    )
    assert list(parts(found, "F-18").values()) == pytest.approx([shares[True], shares[False]])


def test_the_ratio_with_equal_severity_is_mantel_and_haenszels(kids, found):
    above = below = 0.0
    known = kids[kids["disability"].notna()]
    for _, stratum in known.groupby(known["peak"] >= 7):
        table = pd.crosstab(stratum["disability"].astype(bool), stratum["setting"] == "residential")
        n = table.to_numpy().sum()
        above += table.loc[True, True] * table.loc[False].sum() / n
        below += table.loc[False, True] * table.loc[True].sum() / n
    assert parts(found, "K24-04") == pytest.approx({"with equal severity": above / below})
