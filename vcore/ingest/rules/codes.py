"""Rules about codes that do not go together, or not with their date."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from vcore.facts.placements import CHILDRENS_HOMES, FOSTERING
from vcore.ingest.rules.loaded import Loaded, code, days, of
from vcore.ingest.rules.rule import UNCHANGED, Hits, Rule, sent

_BY_ORDER, _PLACEMENT_ORDER = ("A4", "A6"), "E1"
_BY_AGREEMENT = "V2"
_LONG_AGO = pd.Timestamp("1990-01-01")
_LAST_DAY = {"H5": "2024-03-31", "P2": "2024-03-31", "Z1": "2025-03-31"}
_FIRST_DAY = {"K3": "2024-04-01", **dict.fromkeys(("Z11", "Z12", "Z13", "Z14"), "2025-04-01")}
_NEVER = "blank"


def _place_of_another_year(load: Loaded) -> Iterable[Hits]:
    rows = load.lived
    ended = rows["PLACE"].map(_LAST_DAY).astype("datetime64[us]")
    begun = rows["PLACE"].map(_FIRST_DAY).astype("datetime64[us]")
    late, early = rows["start"] > ended, rows["end"] < begun
    yield from of(rows, late, "PLACE", code(rows["PLACE"]), days(ended, "a code used after "))
    yield from of(rows, early, "PLACE", code(rows["PLACE"]), days(begun, "not before "))


def _adoption_without_order(load: Loaded) -> Iterable[Hits]:
    rows = load.lived
    odd = rows["PLACE"].isin(_BY_ORDER) & (rows["LS"] != _PLACEMENT_ORDER)
    return of(rows, odd, "LS", code(rows["LS"]), "E1, a placement order")


def _parents_by_agreement(load: Loaded) -> Iterable[Hits]:
    rows = load.lived
    return of(
        rows, (rows["PLACE"] == "P1") & (rows["LS"] == _BY_AGREEMENT), "PLACE", "P1 with V2", "a care order"
    )


def _provider_does_not_fit(load: Loaded) -> Iterable[Hits]:
    rows = load.lived
    run = rows["PLACE"].isin(FOSTERING | CHILDRENS_HOMES)
    unsaid = run & (rows["PLACE_PROVIDER"].isna() | (rows["PLACE_PROVIDER"] == "PR0"))
    parents = (rows["PLACE"] == "P1") & rows["PLACE_PROVIDER"].isin(["PR1", "PR2", "PR3", "PR4", "PR5"])
    found = code(rows["PLACE_PROVIDER"], blank=_NEVER)
    yield from of(rows, unsaid, "PLACE_PROVIDER", found, "PR1 to PR5")
    yield from of(rows, parents, "PLACE_PROVIDER", found, "PR0 or blank")


def _long_ago(load: Loaded) -> Iterable[Hits]:
    yield from of(
        load.lived, load.lived["start"] < _LONG_AGO, "DECOM", days(load.lived["start"]), "1990 or later"
    )
    yield from of(
        load.fees, load.fees["START"] < _LONG_AGO, "START", days(load.fees["START"]), "1990 or later"
    )
    assessed = load.assessment["assessed_on"]
    yield from of(load.assessment, assessed < _LONG_AGO, "ASSESSED_ON", days(assessed), "1990 or later")


RULES = (
    Rule(
        "PLACE_OF_ANOTHER_YEAR",
        "warning",
        "PLACE is a code of other return years: H5 and P2 were used to 2023-24, K3 since 2024-25, Z1 to 2024-25 and "
        "Z11 to Z14 since.",
        "Nothing, if the meaning is right; else use the code of the year.",
        ("PLACE", "DECOM", "DEC"),
        sent("Episodes", {"PLACE": "H5", "DECOM": "01/04/2024", "PLACE_PROVIDER": "PR4"}),
        sent("Episodes", {"PLACE": "H5", "DECOM": "31/03/2024", "PLACE_PROVIDER": "PR4"}),
        check=_place_of_another_year,
    ),
    Rule(
        "ADOPTION_WITHOUT_ORDER",
        "warning",
        "The child is placed for adoption under a placement order (A4, A6) and LS is not E1.",
        "Correct LS, or PLACE (A3, A5: placed with consent).",
        ("PLACE", "LS"),
        sent("Episodes", {"PLACE": "A4"}),
        sent("Episodes", {"PLACE": "A4", "LS": "E1"}),
        check=_adoption_without_order,
    ),
    Rule(
        "PARENTS_BY_AGREEMENT",
        "warning",
        "The child is placed with parents and accommodated by agreement at the same time.",
        "Correct PLACE or LS: only a child under an order can be placed with parents.",
        ("PLACE", "LS"),
        sent("Episodes", {"PLACE": "P1", "LS": "V2", "PLACE_PROVIDER": "PR0"}),
        sent("Episodes", {"PLACE": "P1", "PLACE_PROVIDER": "PR0"}),
        check=_parents_by_agreement,
    ),
    Rule(
        "PROVIDER_DOES_NOT_FIT",
        "warning",
        "PLACE_PROVIDER does not go with PLACE; a home or carer without one is taken as independent.",
        "Say who runs the placement, PR1 (own) to PR5; parents have PR0 or none.",
        ("PLACE", "PLACE_PROVIDER"),
        sent("Episodes", {"PLACE_PROVIDER": "PR0"}),
        sent("Episodes", {"PLACE": "P1", "PLACE_PROVIDER": ""}),
        check=_provider_does_not_fit,
    ),
    Rule(
        "DATE_LONG_AGO",
        "warning",
        "A date lies before 1990, which is most likely a mistyped year.",
        "Correct the year.",
        ("DECOM", "START", "ASSESSED_ON"),
        sent("Costs", {"START": "01/09/1923"}),
        UNCHANGED,
        check=_long_ago,
    ),
)
