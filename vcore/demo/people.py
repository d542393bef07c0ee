"""Who is in care on the demonstration's date: where they live, age, sex, ethnicity, time in care, school.

One row a child, codes and yes/no columns only. Needs, money and history are added elsewhere, from these
rows; nothing here looks at a score or a price.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from vcore.demo.authorities import SIZES
from vcore.demo.dates import DAYS_PER_YEAR
from vcore.demo.shares import deal, deal_within, highest
from vcore.facts.placements import SETTING_OF

# Children by setting in a cohort of 3,528: the published 539 in residential care and the shares that its
# mean costs imply; the rest follow England's mix.
MIX = {
    "in_house_fostering": 1718,
    "independent_fostering": 600,
    "other_authority_fostering": 66,
    "in_house_residential": 132,
    "private_residential": 382,
    "specialist_residential": 25,
    "semi_independent": 418,
    "with_parents": 100,
    "for_adoption": 56,
    "unregistered": 3,
    "other": 28,
}
PUBLISHED_CHILDREN = sum(MIX.values())
WHERE = tuple(MIX)
RESIDENTIAL = np.array([SETTING_OF[detail] == "residential" for detail in WHERE])
FOSTERED = np.array([SETTING_OF[detail] == "fostering" for detail in WHERE])

_AGENCY = [2.2] * 5 + [5] * 7 + [8.5] * 4 + [9, 8]
_HOME = [0] * 7 + [1, 2, 3, 5, 6, 9, 13, 17, 20, 22, 20]
_AGES = {  # weight of each completed year of age, 0 to 17
    "in_house_fostering": [5, 5, 4.5, 4, 4] + [5] * 7 + [6.5] * 4 + [6.5, 6],
    "independent_fostering": _AGENCY,
    "other_authority_fostering": _AGENCY,
    "in_house_residential": _HOME,
    "private_residential": _HOME,
    "specialist_residential": _HOME,
    "semi_independent": [0] * 16 + [34, 66],
    "with_parents": [5] * 16 + [7, 7],
    "for_adoption": [20, 35, 22, 13, 6, 4] + [0] * 12,
    "unregistered": [0] * 12 + [1, 1, 2, 3, 3, 3],
    "other": [0] * 13 + [1, 1, 2, 3, 3],
}
AGE_WEIGHTS = np.array([_AGES[detail] for detail in WHERE], float)
_ETHNICITY = np.array([[76, 10, 3.5, 5, 3, 2.5], [5, 1, 27, 30, 36, 1]])  # others; unaccompanied children
_MALE = np.array([[0.47, 0.53], [0.41, 0.59], [0.07, 0.93]])  # others; in residential care; unaccompanied

UNACCOMPANIED_SHARE = 0.062
DISABLED_SHARE = 0.125
RESIDENTIAL_RATIO = 3.0  # disabled children are this many times as likely to be in residential care
EHCP_SHARE, EHCP_IN_RESIDENTIAL = 0.44, 0.74
EXCLUDED_SHARE, EXCLUDED_IN_RESIDENTIAL = 0.25, 0.57
NOT_RECORDED = {"disability": 0.03, "ehcp": 0.045, "excluded": 0.035}


def people(rng: np.random.Generator, children: int) -> pd.DataFrame:
    """The children in care, one row each.

    `where` and `ethnicity` are positions in `WHERE` and `ETHNICITIES`; `factor` is the child's own level
    of need (standard normal); `disability`, `ehcp`, `excluded` are 1, 0 or -1 for not recorded.
    """
    where = deal(rng, children, list(MIX.values()))
    age = deal_within(rng, where, AGE_WEIGHTS)
    semi = where == WHERE.index("semi_independent")
    could_be_alone = (age >= 15) & (semi | FOSTERED[where])
    leaning = 1.6 * semi + rng.standard_normal(children)
    uasc = highest(leaning, could_be_alone, round(UNACCOMPANIED_SHARE * children))
    residential = RESIDENTIAL[where]
    frame = pd.DataFrame(
        {
            "where": where,
            "authority": deal_within(rng, residential.astype(int), SIZES),
            "age": age,
            "age_months": np.maximum(age * 12 + rng.integers(0, 12, children), 1),
            "uasc": uasc,
            "male": deal_within(rng, np.where(uasc, 2, residential), _MALE) == 1,
            "ethnicity": deal_within(rng, uasc.astype(int), _ETHNICITY),
            "factor": rng.standard_normal(children),
        }
    )
    frame["days_in_care"] = _days_in_care(rng, frame)
    _add_education(rng, frame)
    return frame


def _days_in_care(rng: np.random.Generator, frame: pd.DataFrame) -> np.ndarray:
    """Short stays and long ones mixed, within the child's life; unaccompanied children came lately."""
    n = len(frame)
    years = rng.exponential(np.where(rng.random(n) < 0.22, 1.2, 5.4))
    years = np.where(frame["uasc"], rng.uniform(0.05, 2.6, n), years)
    adoption = frame["where"] == WHERE.index("for_adoption")
    years = np.where(adoption, rng.uniform(0.6, 2.2, n), years)
    lived = frame["age_months"].to_numpy() / 12
    longest = lived * rng.uniform(0.55, 1.0, n)
    longest = np.where(lived < 3, lived * rng.uniform(0.85, 1.0, n), longest)
    return np.maximum((np.minimum(years, longest) * DAYS_PER_YEAR).astype("int64"), 20)


def _add_education(rng: np.random.Generator, frame: pd.DataFrame) -> None:
    """Disability, plans and exclusions: set numbers inside and outside residential care."""
    n = len(frame)
    residential, age = RESIDENTIAL[frame["where"]], frame["age"].to_numpy()
    male, factor, uasc = (frame[name].to_numpy(float) for name in ("male", "factor", "uasc"))

    def mark(name: str, leaning: np.ndarray, inside: float, share: float) -> np.ndarray:
        known = ~highest(rng.random(n), np.ones(n, bool), round(NOT_RECORDED[name] * n))
        total, homes = share * known.sum(), (known & residential).sum()
        chosen = highest(leaning, known & residential, round(inside * homes))
        chosen |= highest(leaning, known & ~residential, round(total - inside * homes))
        return np.where(known, chosen.astype(int), -1)

    # P(home | disabled) = ratio × P(home | not), solved for the share of those in homes who are disabled
    disabled_in_homes = RESIDENTIAL_RATIO * DISABLED_SHARE / (1 + (RESIDENTIAL_RATIO - 1) * DISABLED_SHARE)
    noise = rng.standard_normal((3, n))
    disability = mark("disability", noise[0] + 0.3 * factor - 2 * uasc, disabled_in_homes, DISABLED_SHARE)
    leaning = noise[1] + 1.3 * (disability == 1) + 0.3 * factor + 0.3 * male - 9.0 * (age < 3) - 1.5 * uasc
    ehcp = mark("ehcp", leaning, EHCP_IN_RESIDENTIAL, EHCP_SHARE)
    leaning = noise[2] + 0.5 * (ehcp == 1) + 0.3 * factor + 0.4 * male + 0.05 * age - 9.0 * (age < 6) - uasc
    excluded = mark("excluded", leaning, EXCLUDED_IN_RESIDENTIAL, EXCLUDED_SHARE)
    frame["disability"], frame["ehcp"], frame["excluded"] = disability, ehcp, excluded
