"""The demonstration cohort, put together: people, needs and costs of today, then history behind them.

One seeded generator feeds every step in a fixed order, so a seed always gives the same tables. What came later (missing
periods, yearly questionnaires, previous permanence) has streams of its own.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from vcore.demo import absences, fees, legal, moves, permanence, questionnaires, resources, reviews
from vcore.demo.authorities import AUTHORITIES
from vcore.demo.names import named, pseudonyms
from vcore.demo.needs import projected, scores_today
from vcore.demo.people import PUBLISHED_CHILDREN, WHERE, people
from vcore.demo.periods import periods
from vcore.demo.picture import DOMAINS
from vcore.demo.prices import costs_today
from vcore.demo.providers import ALL, SOURCES
from vcore.demo.traits import child_rows
from vcore.demo.voices import voices
from vcore.errors import VcoreError
from vcore.facts.codes import BREAKDOWN_REASONS, FOSTER_SUITABILITIES
from vcore.facts.domains import NeedModel
from vcore.facts.placements import KINSHIP, SETTING_OF
from vcore.tables import score_column, typed

PUBLISHED_NEEDS = NeedModel()
SEED = 20260331
FEWEST = 100


def build(
    children: int = PUBLISHED_CHILDREN, needs: NeedModel = PUBLISHED_NEEDS, seed: int = SEED
) -> dict[str, pd.DataFrame]:
    """Every stored table of a fictional cohort with `children` in care on `AS_OF`, typed as the model asks.

    Reproduces every demonstration figure of `published_figures.csv` for the published domains; for a
    council's own domains the tables are valid and no figure is claimed. Raises `VcoreError` for fewer than 100.
    """
    if children < FEWEST:
        raise VcoreError(f"{children} children are too few for a demonstration. Ask for {FEWEST} or more.")
    rng = np.random.default_rng(seed)
    here = people(rng, children)
    scores = scores_today(rng, here)
    costs = costs_today(rng, here, scores)
    everyone, spells = periods(rng, here)
    placed = moves.placements(rng, everyone, spells)
    last_scores = scores[everyone["like"].to_numpy()[spells["child"]]]
    last_scores[children:] = reviews.shaken(rng, last_scores[children:])
    seen = reviews.assessments(rng, spells, last_scores)
    paid = fees.fees(rng, everyone, placed, costs)
    rows = child_rows(rng, seed, everyone, scores[everyone["like"]])
    rows = rows.join(permanence.permanence(seed, everyone, spells))
    council = everyone["authority"].to_numpy()
    tables = {
        "care": legal.care(rng, everyone, spells),
        "assessment": _assessment_rows(rng, seed, seen, here, needs),
        "placement": _placement_rows(placed),
        "missing_period": absences.absences(seed, everyone, spells),
        "sdq": questionnaires.questionnaires(seed, everyone, spells, rows["sdq_score"]),
        "cost": _cost_rows(paid),
        "capacity": resources.capacity(rng, council[placed["child"]], placed),
        "budget": resources.budget(rng, council[paid["child"]], paid["where"].to_numpy(), paid),
    }
    return {"child": typed("child", rows)} | {
        name: typed(name, _with_names(frame, rows)) for name, frame in tables.items()
    }


def _with_names(frame: pd.DataFrame, children: pd.DataFrame) -> pd.DataFrame:
    """Positions of children and councils as pseudonyms and names."""
    if "child" not in frame:
        return frame.assign(authority=named(AUTHORITIES, frame["authority"].to_numpy()))
    known = children[["child_id", "authority"]].take(frame["child"].to_numpy())
    return frame.assign(child_id=known["child_id"].array, authority=known["authority"].array)


def _placement_rows(placed: pd.DataFrame) -> pd.DataFrame:
    where, place = placed["where"].to_numpy(), placed["place"].to_numpy()
    reason = placed["end_reason"].to_numpy()
    return pd.DataFrame(
        {
            "child": placed["child"],
            "started_on": placed["start"],
            "ended_on": placed["end"],
            "place_code": place,
            "provider_code": placed["provider"],
            "setting": named([SETTING_OF[name] for name in WHERE], where),
            "setting_detail": named(WHERE, where),
            "kinship": np.isin(place, list(KINSHIP)),
            "end_reason": pd.Series(reason, dtype="str").mask(reason == ""),
            "breakdown": np.isin(reason, list(BREAKDOWN_REASONS)),
        }
    )


def _cost_rows(paid: pd.DataFrame) -> pd.DataFrame:
    provider = paid["provider"].to_numpy()
    return paid.assign(
        provider=named([seller.name for seller in ALL], provider),
        provider_region=named([seller.region for seller in ALL], provider),
        sourced=named(SOURCES, paid["sourced"].to_numpy()),
    )


def _assessment_rows(
    rng: np.random.Generator, seed: int, seen: pd.DataFrame, here: pd.DataFrame, needs: NeedModel
) -> pd.DataFrame:
    """Assessments with scores in the council's domains; what was said is kept with the latest of present children."""
    latest = np.flatnonzero(seen["newest"] & (seen["period"] < len(here)))
    said = voices(rng, here["age"].to_numpy()).set_index(latest)
    return pd.DataFrame(
        {
            "child": seen["child"],
            "assessed_on": seen["on"],
            "scores": score_column(projected(seen[list(range(len(DOMAINS)))].to_numpy(), needs)),
            "assessor": pseudonyms(seed, "assessor", seen["leader"].to_numpy()),
            "foster_suitability": named(FOSTER_SUITABILITIES, seen["suitability"].to_numpy()),
            **{column: said[column].reindex(seen.index) for column in said},
        }
    )
