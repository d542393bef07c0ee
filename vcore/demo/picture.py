"""The published picture of need, as aims for the fit: which groups score how much more, in which domains.

Aims are ratios between groups of one kind, by domain or for the whole total. Their levels come from
the published statements; ratios no statement speaks of are set for plausibility. Nothing here computes a score.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from vcore.demo.dates import DAYS_PER_YEAR
from vcore.demo.people import WHERE
from vcore.facts.codes import ETHNICITIES
from vcore.facts.domains import PUBLISHED_DOMAINS

DOMAINS = tuple(domain.id for domain in PUBLISHED_DOMAINS)


class Block(NamedTuple):
    """One way of grouping children: a group for every child, and the groups' ratios (groups × 1 or × 13)."""

    codes: np.ndarray
    ratios: np.ndarray


def by_domain(default: float, **special: float) -> np.ndarray:
    """One value a domain."""
    return np.array([special.get(domain, default) for domain in DOMAINS], float)


TOTALS = {  # mean total by where the child lives
    "in_house_fostering": 22.0,
    "independent_fostering": 27.0,
    "other_authority_fostering": 23.5,
    "in_house_residential": 41.0,
    "private_residential": 48.0,
    "specialist_residential": 40.0,
    "semi_independent": 30.0,
    "with_parents": 30.0,
    "for_adoption": 30.0,
    "unregistered": 31.0,
    "other": 31.0,
}
# Mean total by age (0–1, 2–4, 5–11, 12–16, 17) for girls and boys. Under 12 the three bands keep their shape
# and are scaled so that boys score 18% above girls; 12–16 and 17 follow from the printed steps.
UNDER_12 = np.array([0.40, 0.70, 1.29])
GIRLS_12, GIRLS_17 = 1.515, 1.515 * 1.018
BOYS_UNDER_12 = 1.18
BOYS_12 = BOYS_UNDER_12 * 1.315
BOYS_17 = BOYS_12 * 0.873

SHARE_MODERATE = {"emotional_health": 0.344, "attachments": 0.31, "managing_emotions": 0.312}
LEVELS = by_domain(  # relative means of the other ten domains
    2.0,
    physical_health=0.95,
    family_relationships=2.65,
    life_story=2.5,
    educational_progress=3.0,
    community=1.75,
    self_care=1.85,
    identity_self_esteem=2.2,
)
NOISE = by_domain(  # wide where the picture is split: much severe need and much none
    0.6,
    emotional_health=0.62,
    managing_emotions=0.48,
    attachments=0.48,
    life_story=0.5,
    educational_progress=1.12,
    family_relationships=1.2,
)
HOME_LEANING = by_domain(
    0.0, emotional_health=0.18, managing_emotions=0.16, attachments=-0.34, educational_progress=0.5
)

_YEARS = np.array(
    [  # under 1, 1 to 3, over 3 years in care
        by_domain(0.93, emotional_health=0.93, attachments=0.85, self_care=0.8, educational_progress=0.85),
        by_domain(0.99, emotional_health=1.10, attachments=0.97, self_care=0.95, educational_progress=0.96),
        by_domain(1.04, emotional_health=1.02, attachments=1.10, self_care=1.12, educational_progress=1.10),
    ]
)
_DISABLED = by_domain(
    1.3,
    expressing_feelings=2.44,
    managing_emotions=2.07,
    emotional_health=1.62,
    learning_disabilities=2.2,
    self_care=1.9,
    physical_health=1.6,
)
_EHCP = by_domain(1.3, managing_emotions=1.82, emotional_health=1.72, learning_disabilities=2.3)
_EXCLUDED = by_domain(1.4, emotional_health=1.85)
_ETHNICITY = {
    "White": by_domain(1.0),
    "Mixed": by_domain(1.0, emotional_health=1.05, managing_emotions=1.05, family_relationships=1.05),
    "Asian": by_domain(
        0.9, emotional_health=0.75, managing_emotions=0.72, family_relationships=0.8, expressing_feelings=1.3
    ),
    "Black": by_domain(
        0.93,
        emotional_health=0.8,
        managing_emotions=0.8,
        family_relationships=0.82,
        expressing_feelings=1.28,
        educational_progress=1.22,
    ),
    "Other": by_domain(
        0.9, emotional_health=0.75, managing_emotions=0.72, family_relationships=0.8, expressing_feelings=1.32
    ),
    "Not known": by_domain(0.93),
}


def blocks(people: pd.DataFrame) -> list[Block]:
    """Every grouping that the fit holds to, for these children."""
    years = people["days_in_care"].to_numpy() / DAYS_PER_YEAR
    plain = by_domain(1.0)
    yes_no_unknown = {"disability": _DISABLED, "ehcp": _EHCP, "excluded": _EXCLUDED}
    return [
        Block(people["where"].to_numpy(), np.array([[TOTALS[where]] for where in WHERE])),
        _age_and_sex(people),
        Block(np.digitize(years, [1, 3]), _YEARS),
        *(
            Block(people[name].to_numpy() + 1, np.array([np.sqrt(ratio), plain, ratio]))
            for name, ratio in yes_no_unknown.items()
        ),
        Block(people["ethnicity"].to_numpy(), np.array([_ETHNICITY[group] for group in ETHNICITIES])),
    ]


def _age_and_sex(people: pd.DataFrame) -> Block:
    band = np.digitize(people["age"], [2, 5, 12, 17])
    codes = band + 5 * people["male"].to_numpy()
    counts = np.bincount(codes, minlength=10).reshape(2, 5)
    ratios = np.empty((2, 5))
    for sex, (under_12, at_12, at_17) in enumerate(
        ((1.0, GIRLS_12, GIRLS_17), (BOYS_UNDER_12, BOYS_12, BOYS_17))
    ):
        young = counts[sex, :3]
        mean = young @ UNDER_12 / max(young.sum(), 1)
        ratios[sex] = [*(UNDER_12 * under_12 / (mean or 1.0)), at_12, at_17]
    return Block(codes, ratios.reshape(10, 1))
