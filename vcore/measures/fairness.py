"""How the children on a list differ from those it was made from: by sex, age, ethnicity and disability.

What a list was made by must never be one of these; how it falls out must always be seen. Differences may reflect
recording, access or age mix.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from vcore.facts.bands import BANDS
from vcore.measures.intervals import share, share_gap
from vcore.store import Cohort, CohortFilter

ATTRIBUTES = ("sex", "age_band", "ethnicity", "disability")
NEVER_AN_INPUT = {"ethnicities": "ethnicity", "uasc": "unaccompanied status"}  # filter → its words
_EQUALITY_NOTE = {"sexes": "sex", "disability": "disability"}
CAUTION = "Differences may reflect recording, access or age mix."


def unfair_words(chosen: CohortFilter) -> str | None:
    """What a cohort is picked by that may never choose who moves, is discussed or what is paid; None if nothing."""
    return next(
        (words for field, words in NEVER_AN_INPUT.items() if getattr(chosen, field) is not None), None
    )


def equality_notes(chosen: CohortFilter) -> list[str]:
    """What to check before deciding about a cohort picked by sex or by disability."""
    return [
        f"This cohort is picked by {words}. Check the effect on equality before deciding."
        for field, words in _EQUALITY_NOTE.items()
        if getattr(chosen, field) is not None
    ]


def list_against_base(base: Cohort, listed: np.ndarray) -> pd.DataFrame:
    """One row a value of each of `ATTRIBUTES` that anybody of the base has; `listed` says yes or no of each child.

    Columns: `attribute`, `value` (text; what is not recorded is a value), `listed`, `base` (children; those listed
    are among the base), `listed_share`, `base_share` (0–1 of each), `gap` = listed − base share, and `low`, `high`,
    its 95% interval: Newcombe's of listed less not listed, × the share of the base that is not listed. NaN where
    nobody, or everybody, is listed. Bands in their order, other values by children of the base.
    """
    listed = np.asarray(listed, dtype=bool)
    return pd.concat([_by(base, listed, attribute) for attribute in ATTRIBUTES], ignore_index=True)


def _by(base: Cohort, listed: np.ndarray, attribute: str) -> pd.DataFrame:
    groups = base.groups(attribute)
    in_base, on_list = groups.counts(), groups.counts(listed).astype("int64")
    n, k = len(listed), int(listed.sum())
    rest = (n - k) / n if n else np.nan
    gap, low, high = (rest * part for part in share_gap(on_list, k, in_base - on_list, n - k))
    table = pd.DataFrame(
        {
            "attribute": attribute,
            "value": np.asarray(groups.values, dtype="str"),
            "listed": on_list,
            "base": in_base,
            "listed_share": share(on_list, k),
            "base_share": share(in_base, n),
            "gap": gap,
            "low": low,
            "high": high,
        }
    )
    table = table[table["base"] > 0]
    if attribute in BANDS:
        places = {name: place for place, name in enumerate(BANDS[attribute][1])}
        return table.sort_values("value", key=lambda values: values.map(places), ignore_index=True)
    return table.sort_values(["base", "value"], ascending=[False, True], ignore_index=True)
