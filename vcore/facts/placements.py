"""Where children live: SSDA903 placement codes of every return year, and the settings they mean.

`PLACE` says what kind of home, `PLACE_PROVIDER` who runs it; together they give a `setting` (five, for
most screens) and a `setting_detail` (eleven, for prices). Source: DfE children looked-after return
guides 2016-17 to 2026-27; H5 and P2 end in 2023-24, K3 starts in 2024-25, Z1 becomes Z11–Z14 in 2025-26.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Setting(NamedTuple):
    """A `setting_detail`, the setting it belongs to, and how people say it."""

    detail: str
    setting: str
    label: str
    costed: bool = True


SETTING_LABELS = {
    "fostering": "Fostering",
    "residential": "Residential",
    "semi_independent": "Supported accommodation",
    "parents_or_adoption": "With parents or for adoption",
    "other": "Other",
}
SETTINGS = tuple(SETTING_LABELS)
DETAILS = (
    Setting("in_house_fostering", "fostering", "In-house fostering"),
    Setting("independent_fostering", "fostering", "Agency fostering"),
    Setting("other_authority_fostering", "fostering", "Another authority's fostering"),
    Setting("in_house_residential", "residential", "Children's home (in-house)"),
    Setting("private_residential", "residential", "Children's home (private)"),
    Setting("other_authority_residential", "residential", "Children's home (another authority)"),
    Setting("secure_home", "residential", "Secure children's home"),
    Setting("specialist_residential", "residential", "Hospital, custody or family centre"),
    Setting("semi_independent", "semi_independent", "Supported accommodation"),
    Setting("with_parents", "parents_or_adoption", "With parents", costed=False),
    Setting("for_adoption", "parents_or_adoption", "Placed for adoption", costed=False),
    Setting("unregistered", "other", "Unregistered placements"),
    Setting("other", "other", "Other placements"),
)
SETTING_DETAILS = tuple(setting.detail for setting in DETAILS)
DETAIL_LABELS = {setting.detail: setting.label for setting in DETAILS}
PLACES = (*SETTINGS, *(detail for detail in SETTING_DETAILS if detail not in SETTINGS))  # either may be named
PLACE_LABELS = {**DETAIL_LABELS, **SETTING_LABELS}
_LIVING = {  # places that "in" and their label do not say in English
    "parents_or_adoption": ("with parents", "placed for adoption"),
    "other": ("in other places",),
    "in_house_residential": ("in children's homes (in-house)",),
    "private_residential": ("in children's homes (private)",),
    "other_authority_residential": ("in children's homes (another authority)",),
    "secure_home": ("in secure children's homes",),
    "specialist_residential": ("in hospital", "in custody", "in a family centre"),
    "with_parents": ("with parents",),
    "for_adoption": ("placed for adoption",),
}
SETTING_OF = {setting.detail: setting.setting for setting in DETAILS}
COSTED = {setting.detail: setting.costed for setting in DETAILS}

FOSTERING = frozenset(f"U{n}" for n in range(1, 7))
KINSHIP = frozenset({"U1", "U2", "U3"})
CHILDRENS_HOMES = frozenset({"K2", "R1", "S1"})
TEMPORARY = frozenset({"T0", "T1", "T2", "T3", "T4"})
PROVIDERS = ("PR0", "PR1", "PR2", "PR3", "PR4", "PR5")

_ONE_DETAIL = {
    "K1": "secure_home",
    "R2": "specialist_residential",
    "R3": "specialist_residential",
    "R5": "specialist_residential",
    "K3": "semi_independent",
    "H5": "semi_independent",
    "P2": "semi_independent",
    "P1": "with_parents",
    **dict.fromkeys(("A3", "A4", "A5", "A6"), "for_adoption"),
    **dict.fromkeys(("Z1", "Z11", "Z12", "Z13", "Z14", "P3"), "other"),
}
_RUN_BY = {"PR1": "in_house", "PR2": "other_authority", "PR3": "other_authority"}
PLACE_CODES = FOSTERING | CHILDRENS_HOMES | TEMPORARY | frozenset(_ONE_DETAIL)


def setting_detail(place_code: str, provider_code: str | None, *, registered: bool | None = None) -> str:
    """The `setting_detail` of a placement that is not temporary.

    A fostering or children's home code without a usable provider code counts as independent or private:
    the council's own provision is always recorded as PR1. Raises `KeyError` for a temporary code
    (it inherits the placement it interrupts) or one that no return year has.
    """
    if registered is False:
        return "unregistered"
    if place_code in FOSTERING:
        return f"{_RUN_BY.get(provider_code or '', 'independent')}_fostering"
    if place_code in CHILDRENS_HOMES:
        return f"{_RUN_BY.get(provider_code or '', 'private')}_residential"
    return _ONE_DETAIL[place_code]


def is_kinship(place_code: str) -> bool:
    """Whether the foster carer is a relative or friend (U1–U3): a separate yes/no on fostering."""
    return place_code in KINSHIP


def living(places: Iterable[str]) -> list[str]:
    """Settings and kinds of home as a sentence says them after "children": "in fostering", "with parents".

    Those that begin with "in" come first and share it.
    """
    said = [
        words
        for name in places
        for words in _LIVING.get(name, (f"in {PLACE_LABELS[name][0].lower()}{PLACE_LABELS[name][1:]}",))
    ]
    inside = [words for words in said if words.startswith("in ")]
    rest = [words for words in said if not words.startswith("in ")]
    return [*inside[:1], *(words.removeprefix("in ") for words in inside[1:]), *rest]
