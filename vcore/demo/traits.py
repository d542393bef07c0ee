"""The rest of what a child's row says: codes, exclusions, orders, brothers and sisters, distance from home.

Adds detail to facts that are already settled; never changes who is disabled, excluded or in which setting.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from vcore.demo.authorities import AUTHORITIES
from vcore.demo.dates import first_days
from vcore.demo.homes import SEVERE
from vcore.demo.names import named, pseudonyms
from vcore.demo.people import FOSTERED, RESIDENTIAL, WHERE
from vcore.demo.picture import DOMAINS
from vcore.demo.shares import deal_within, highest
from vcore.facts.codes import ETHNICITIES, ETHNICITY_OF

SUSPENDED_LATELY_SHARE, PERMANENT_SHARE = 0.38, 0.04  # of children ever excluded
ORDERED_SHARE, ORDERED_MILD_SHARE = (
    0.027,
    0.016,
)  # deprivation of liberty: of homes; of homes without severe need
ORDER_NOT_RECORDED = 0.03
SIBLINGS_SHARE, GROUP_SIZES = 0.36, (2, 2, 2, 3, 3, 4)
QUESTIONNAIRE_SHARE, QUESTIONNAIRE_AGES = 0.78, (4, 16)
_DISABILITIES = (["NONE"], ["LD"], ["AUT"], ["BEH"], ["LD", "AUT"], ["AUT", "BEH"], ["COMM", "LD"], ["MOB"])
_DISABILITIES += (["MOB", "PC"], ["HEAR"], ["VIS"], ["CON"], ["INC", "MOB"], ["HAND"], ["DDA"])
_IN_AREA = {"independent_fostering": 0.55, "other_authority_fostering": 0.1, "private_residential": 0.42}
_IN_AREA |= {"in_house_residential": 0.94, "specialist_residential": 0.2, "unregistered": 0.3}
USUALLY_IN_AREA = 0.84


def child_rows(
    rng: np.random.Generator, seed: int, children: pd.DataFrame, scores: np.ndarray
) -> pd.DataFrame:
    """The `child` table, in the order of `children`; `scores` are each child's latest (children × 13)."""
    n, where = len(children), children["where"].to_numpy()
    ethnicity = children["ethnicity"].to_numpy()
    code_weights = np.array([[group == of for of in ETHNICITY_OF.values()] for group in ETHNICITIES], float)
    in_area = rng.random(n) < np.array([_IN_AREA.get(name, USUALLY_IN_AREA) for name in WHERE])[where]
    excluded = children["excluded"].to_numpy()
    permanent = (excluded == 1) & (rng.random(n) < PERMANENT_SHARE)
    suspended = (excluded == 1) & (~permanent | (rng.random(n) < 0.7))
    lately = suspended & (rng.random(n) < SUSPENDED_LATELY_SHARE)
    return pd.DataFrame(
        {
            "child_id": pseudonyms(seed, "child", np.arange(n)),
            "authority": named(AUTHORITIES, children["authority"].to_numpy()),
            "population": "in_care",
            "birth_month": first_days(children["birth_month"].to_numpy()),
            "sex": np.where(children["male"], "M", "F"),
            "ethnic_code": named(list(ETHNICITY_OF), deal_within(rng, ethnicity, code_weights)),
            "ethnicity": named(ETHNICITIES, ethnicity),
            "disability": _recorded(children["disability"]),
            "disability_codes": _disability_codes(rng, children["disability"].to_numpy()),
            "ehcp": _recorded(children["ehcp"]),
            "permanently_excluded": _recorded(np.where(excluded < 0, -1, permanent)),
            "suspended_ever": _recorded(np.where(excluded < 0, -1, suspended)),
            "suspended_12m": _recorded(np.where(excluded < 0, -1, lately)),
            "excluded": _recorded(excluded),
            "uasc": children["uasc"].to_numpy(),
            "dol": _recorded(_ordered(rng, where, scores)),
            "sibling_group": pseudonyms(seed, "sibling group", _sibling_groups(rng, children)),
            "sdq_score": _questionnaires(rng, children["age"].to_numpy(), scores),
            "in_area": in_area,
            "distance_miles": np.round(rng.lognormal(np.where(in_area, 2.0, 3.7), 0.6), 1),
        }
    )


def _recorded(codes: np.ndarray | pd.Series) -> pd.Series:
    """1, 0 and -1 as yes, no and not recorded."""
    codes = np.asarray(codes)
    return pd.Series(codes == 1, dtype="boolean").mask(codes < 0)


def _disability_codes(rng: np.random.Generator, disability: np.ndarray) -> pd.Series:
    picked = np.where(disability == 1, rng.integers(1, len(_DISABILITIES), len(disability)), 0)
    lists = pa.array(_DISABILITIES, pa.list_(pa.string())).take(pa.array(picked, mask=disability < 0))
    return pd.Series(pd.arrays.ArrowExtensionArray(pa.chunked_array([lists])))


def _ordered(rng: np.random.Generator, where: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Deprivation of liberty orders: a few, in homes and unregistered places; most of them with severe need."""
    chance, homes = rng.random(len(where)), RESIDENTIAL[where]
    mild = homes & (scores.max(axis=1) < SEVERE)
    ordered = highest(chance, mild, round(ORDERED_MILD_SHARE * mild.sum()))
    ordered |= highest(chance + scores.sum(axis=1) / 60, homes & ~mild, round(ORDERED_SHARE * homes.sum()))
    ordered |= (where == WHERE.index("unregistered")) & (chance < 0.6)
    return np.where(~ordered & (rng.random(len(where)) < ORDER_NOT_RECORDED), -1, ordered)


def _sibling_groups(rng: np.random.Generator, children: pd.DataFrame) -> np.ndarray:
    """A number shared by brothers and sisters, -1 for children without any in care."""
    chance = np.where(FOSTERED[children["where"]], 1.0, 0.4) * SIBLINGS_SHARE * ~children["uasc"]
    members = np.flatnonzero(rng.random(len(children)) < chance)
    family = children[["authority", "ethnicity"]].to_numpy()[members]
    order = np.lexsort((rng.random(len(members)), family[:, 1], family[:, 0]))
    members, family = members[order], family[order]
    edges = np.cumsum(rng.choice(GROUP_SIZES, len(members)))
    chunk = np.searchsorted(edges, np.arange(len(members)), "right")
    _, group, size = np.unique(
        np.column_stack([family, chunk]), axis=0, return_inverse=True, return_counts=True
    )
    groups = np.full(len(children), -1)
    groups[members] = np.where(size[group] > 1, group, -1)
    return groups


def _questionnaires(rng: np.random.Generator, age: np.ndarray, scores: np.ndarray) -> pd.Series:
    """Strengths and difficulties scores, which follow emotional health and managing emotions."""
    feelings = (
        1.7 * scores[:, DOMAINS.index("emotional_health")]
        + 1.3 * scores[:, DOMAINS.index("managing_emotions")]
    )
    points = np.clip(np.rint(4 + feelings + 3 * rng.standard_normal(len(age))), 0, 40)
    youngest, oldest = QUESTIONNAIRE_AGES
    asked = (age >= youngest) & (age <= oldest) & (rng.random(len(age)) < QUESTIONNAIRE_SHARE)
    return pd.Series(points).astype("Int64").where(asked)
