"""Every published statement the demonstration must reproduce, as SQL over its rows.

Written from the statements' own definitions, not from the report's code: the two must agree by themselves.
"""

from __future__ import annotations

import csv
from pathlib import Path

from tests.demo.conftest import DOMAINS

FILE = Path(__file__).parents[2] / "vcore" / "facts" / "published_figures.csv"

# Shares of spend: k = ceil(share × n - 1e-9) dearest of all children, the uncosted at the bottom.
TOP = """
    SELECT 100 * sum(cost_or_0) FILTER (place <= ceil({share} * n - 1e-9)) / sum(cost_or_0)
    FROM (SELECT cost_or_0, row_number() OVER (ORDER BY cost_or_0 DESC) AS place, count(*) OVER () AS n FROM kid)
"""
MORE = "SELECT 100 * (avg({column}) FILTER ({one}) / avg({column}) FILTER ({other}) - 1) FROM kid"


def mean_cost(facts: str) -> str:
    return f"SELECT avg(cost) FROM kid WHERE {facts}"


def mean_total(facts: str) -> str:
    return f"SELECT avg(total) FROM kid WHERE {facts}"


def share(fact: str, among: str = "true") -> str:
    return f"SELECT 100.0 * count(*) FILTER ({fact}) / count(*) FROM kid WHERE {among}"


def by_sex(one: str, other: str) -> str:
    return MORE.format(column="total", one=one, other=other)


def if_disabled(domain: str) -> str:
    return MORE.format(column=domain, one="disability", other="NOT disability")


HOMES = "setting = 'residential'"
M_12, F_12 = "sex = 'M' AND age <= 11", "sex = 'F' AND age <= 11"
M_16, F_16 = "sex = 'M' AND age BETWEEN 12 AND 16", "sex = 'F' AND age BETWEEN 12 AND 16"
M_17, F_17 = "sex = 'M' AND age >= 17", "sex = 'F' AND age >= 17"

INTERVALS = {
    "M-01": "SELECT count(DISTINCT child_id) FROM kid WHERE total IS NOT NULL",
    "M-03": mean_cost("true"),
    "M-04": "SELECT max(cost) FROM kid",
    "M-05": "SELECT sum(cost) FROM kid",
    "M-09": "SELECT count(DISTINCT authority) FROM kid",
    "K11-01": "SELECT corr(total, cost) FROM kid WHERE cost IS NOT NULL",
    "K11-02": TOP.format(share=0.10),
    "K11-03": TOP.format(share=0.05),
    "K11-04": TOP.format(share=0.01),
    "K11-05": share("cost_or_0 < 2000"),
    "K11-06": share("cost_or_0 < 5000"),
    "K11-07": share("cost_or_0 >= 5000"),
    "K11-08": "SELECT sum(greatest(0, cost - 5000)) FROM kid",
    "K11-09": "SELECT 52 * sum(greatest(0, cost - 5000)) FROM kid",
    "K11-10": "SELECT 52 * sum(greatest(0, cost - 5000)) * 83840 / count(*) FROM kid",
    "K11-11": mean_total("place_code IN ('K2', 'R1', 'S1') AND setting_detail = 'in_house_residential'"),
    "K11-12": mean_total("setting_detail = 'private_residential'"),
    "K11-13": mean_cost("setting_detail = 'in_house_residential'"),
    "K11-14": mean_cost("setting_detail = 'private_residential'"),
    "K12-01": f"SELECT count(*) FROM kid WHERE {HOMES}",
    "K12-03": f"SELECT count(*) FROM kid WHERE {HOMES} AND total <= 24",
    "K12-04": share("total <= 24", among=HOMES),
    "K12-06": f"SELECT count(*) FROM kid WHERE {HOMES} AND peak < 7",
    "K12-07": share("peak < 7", among=HOMES),
    "K13-01": mean_total("setting_detail = 'in_house_fostering'"),
    "K13-02": mean_total("setting_detail = 'independent_fostering'"),
    "K13-03": mean_cost("setting_detail = 'in_house_fostering'"),
    "K13-04": mean_cost("setting_detail = 'independent_fostering'"),
    "K21-01": share("emotional_health >= 1"),
    "K21-02": share("life_story >= 1"),
    "K21-05": share("emotional_health >= 4"),
    "K23-01": mean_cost("place_code LIKE 'U%'"),
    "K23-02": mean_cost("setting = 'semi_independent'"),
    "K23-03": mean_cost(HOMES),
    "K23-05": mean_cost("place_code IN ('R2', 'R3', 'R5')"),
    "K24-01": if_disabled("expressing_feelings"),
    "K24-02": if_disabled("managing_emotions"),
    "K24-03": if_disabled("emotional_health"),
    "K24-04": f"""
        SELECT avg(({HOMES})::INTEGER) FILTER (disability) / avg(({HOMES})::INTEGER) FILTER (NOT disability) FROM kid
    """,
    "K25-01": by_sex(M_12, F_12),
    "K25-02": by_sex(M_16, F_16),
    "K25-03": by_sex(M_17, F_17),
    "K25-04": by_sex(M_16, M_12),
    "K25-05": by_sex(F_16, F_12),
    "K25-06": by_sex(M_17, M_16),
    "K25-07": by_sex(F_17, F_16),
    "K26-01": mean_cost("ehcp"),
    "K26-02": mean_cost("NOT ehcp"),
    "K26-03": "SELECT avg(cost) FILTER (ehcp) - avg(cost) FILTER (NOT ehcp) FROM kid",
    "K26-04": mean_cost("excluded"),
    "K26-05": mean_cost("NOT excluded"),
}


def best_domains(measure: str, among: str = "true", count: int = 3) -> str:
    """The domains with the highest value of a measure (`{}` stands for the domain), highest first."""
    values = " UNION ALL ".join(
        f"SELECT '{domain}' AS domain, {measure.format(domain, domain)} AS value FROM kid WHERE {among}"
        for domain in DOMAINS
    )
    return f"SELECT list(domain ORDER BY value DESC)[:{count}] FROM ({values})"


def lowest_gap(flag: str) -> str:
    """The smallest gap of mean scores between children with and without a flag, over all domains."""
    gaps = ", ".join(f"avg({d}) FILTER ({flag}) - avg({d}) FILTER (NOT {flag})" for d in DOMAINS)
    return f"SELECT least({gaps}) FROM kid"


GAP = "avg({}) FILTER (%s) - avg({}) FILTER (NOT %s)"
MILD = f"{HOMES} AND peak < 7"
AGE_BAND = (
    "CASE WHEN age <= 1 THEN 0 WHEN age <= 4 THEN 2 WHEN age <= 11 THEN 5 WHEN age <= 16 THEN 12 ELSE 17 END"
)
CARE_BAND = "CASE WHEN years < 1 THEN 0 WHEN years < 3 THEN 1 ELSE 3 END"


def statements() -> dict[str, dict[str, str]]:
    """The rows of `published_figures.csv` that the demonstration must reproduce, by id."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file) if row["demo_low"] or row["demo_rule"]}
