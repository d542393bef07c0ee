"""Rules about how old a child is where they live."""

from __future__ import annotations

from collections.abc import Iterable

from vcore.ingest.rules.loaded import Loaded, age_on, of, years
from vcore.ingest.rules.rule import UNCHANGED, Hits, Rule, sent

SUPPORTED_FROM = 16  # since September 2021 nobody younger may be placed in supported accommodation
_ADULT = 18
_CRIMINALLY_RESPONSIBLE = 10
_SECURE = ("K1", "R5")
_STAYED_PUT = "E17"


def _under_16_supported(load: Loaded) -> Iterable[Hits]:
    first = load.ages[~load.ages["placement"].duplicated()]
    young = (first["setting_detail"] == "semi_independent") & (first["age"] < SUPPORTED_FROM)
    return of(first, young, "PLACE", years(first["age"]), f"{SUPPORTED_FROM} or older")


def _young_in_secure(load: Loaded) -> Iterable[Hits]:
    young = load.ages["PLACE"].isin(_SECURE) & (load.ages["age"] < _CRIMINALLY_RESPONSIBLE)
    return of(load.ages, young, "PLACE", years(load.ages["age"]), f"{_CRIMINALLY_RESPONSIBLE} or older")


def _born_later(load: Loaded) -> Iterable[Hits]:
    return of(load.ages, load.ages["born"] > load.ages["start"], "DECOM", expected="a day after the birth")


def _adult_at_start(load: Loaded) -> Iterable[Hits]:
    return of(load.ages, load.ages["age"] >= _ADULT, "DECOM", years(load.ages["age"]), f"under {_ADULT}")


def _adult_still_here(load: Loaded) -> Iterable[Hits]:
    last = load.lived.loc[load.here["last"]]
    age = age_on(load.born(last["CHILD"]), load.today)
    return of(last, age >= _ADULT, "DEC", years(age), "an end by the 18th birthday")


def _stayed_put_early(load: Loaded) -> Iterable[Hits]:
    age = age_on(load.ages["born"], load.ages["end"])
    return of(
        load.ages, (load.ages["REC"] == _STAYED_PUT) & (age < _ADULT), "REC", years(age), f"{_ADULT} or older"
    )


def _uasc_born_otherwise(load: Loaded) -> Iterable[Hits]:
    born = load.born(load.uasc["CHILD"])
    other = load.uasc["DOB"].notna() & born.notna() & (load.uasc["DOB"] != born)
    return of(load.uasc, other, "DOB", expected="the date of birth in the Header")


RULES = (
    Rule(
        "UNDER_16_SUPPORTED",
        "warning",
        "A child under 16 is in supported accommodation, which the law does not allow.",
        "Check the date of birth and PLACE; if both are right, act on the placement first.",
        ("PLACE", "DOB"),
        sent("Episodes", {"PLACE": "K3", "DECOM": "01/09/2025"}),
        (*sent("Header", {"DOB": "01/09/2009"}), *sent("Episodes", {"PLACE": "K3", "DECOM": "01/09/2025"})),
        check=_under_16_supported,
    ),
    Rule(
        "YOUNG_IN_SECURE",
        "warning",
        "A child under 10 is in a secure home or in custody.",
        "Check the date of birth and PLACE.",
        ("PLACE", "DOB"),
        (*sent("Header", {"DOB": "14/05/2014"}), *sent("Episodes", {"PLACE": "K1"})),
        sent("Episodes", {"PLACE": "K1"}),
        check=_young_in_secure,
    ),
    Rule(
        "BORN_AFTER_EPISODE",
        "warning",
        "The episode starts before the child was born.",
        "Correct DOB or DECOM.",
        ("DECOM", "DOB"),
        sent("Header", {"DOB": "02/09/2023"}),
        sent("Header", {"DOB": "01/09/2023"}),
        check=_born_later,
    ),
    Rule(
        "OVER_18_AT_START",
        "warning",
        "The child was 18 or older when the episode began.",
        "Correct DOB or DECOM; adults are not looked after.",
        ("DECOM", "DOB"),
        sent("Header", {"DOB": "01/09/2005"}),
        sent("Header", {"DOB": "02/09/2005"}),
        check=_adult_at_start,
    ),
    Rule(
        "OVER_18_STILL_HERE",
        "warning",
        "The placement is still open though the child has turned 18.",
        "Add DEC and REC; being looked after ends on the 18th birthday.",
        ("DEC", "DOB"),
        sent("Header", {"DOB": "31/03/2008"}),
        sent("Header", {"DOB": "01/04/2008"}),
        check=_adult_still_here,
    ),
    Rule(
        "STAYED_PUT_EARLY",
        "warning",
        "REC E17 says that the child aged out and stayed with the carers, before turning 18.",
        "Correct REC, DEC or DOB.",
        ("REC", "DOB"),
        sent("Episodes", {"DEC": "01/03/2026", "REC": "E17"}),
        (*sent("Header", {"DOB": "01/03/2008"}), *sent("Episodes", {"DEC": "01/03/2026", "REC": "E17"})),
        check=_stayed_put_early,
    ),
    Rule(
        "UASC_BORN_OTHERWISE",
        "warning",
        "The UASC file gives another date of birth than the Header, which counts.",
        "Correct the one that is wrong.",
        ("DOB",),
        sent("UASC", {"DOB": "15/05/2012"}),
        (*sent("UASC", {}), *UNCHANGED),
        check=_uasc_born_otherwise,
    ),
)
