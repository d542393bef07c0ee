"""A cohort filter in plain English: the sentence on screens, in links' warnings and in exports."""

from __future__ import annotations

from collections.abc import Mapping

from vcore.facts.codes import LEGAL_STATUS_LABELS, SEX_LABELS
from vcore.facts.placements import DETAIL_LABELS, SETTING_LABELS

_NAMES = {
    "settings": lambda name: SETTING_LABELS[name].lower(),
    "setting_details": lambda name: DETAIL_LABELS[name][0].lower() + DETAIL_LABELS[name][1:],
    "sexes": lambda name: SEX_LABELS[name].lower(),
    "legal_statuses": lambda name: LEGAL_STATUS_LABELS[name][0].lower() + LEGAL_STATUS_LABELS[name][1:],
}
_LIST_PHRASES = {
    "authorities": "looked after by {}",
    "settings": "in {}",
    "setting_details": "in {}",
    "sexes": "recorded as {}",
    "ethnicities": "of {} ethnicity",
    "providers": "placed with {}",
    "legal_statuses": "with legal status {}",
}
_FLAG_PHRASES = {  # yes, no, what is not recorded
    "disability": ("with a disability", "without a disability", "disability"),
    "ehcp": ("with an EHCP", "without an EHCP", "EHCP"),
    "excluded": ("ever excluded or suspended", "never excluded or suspended", "exclusion"),
    "uasc": ("unaccompanied", "not unaccompanied", "unaccompanied status"),
    "dol": ("under a deprivation of liberty order", "not deprived of liberty", "deprivation of liberty"),
    "kinship": ("fostered by family or friends", "not fostered by family or friends", "kinship"),
    "in_area": ("placed in the area", "placed outside the area", "area"),
    "emergency": ("placed in an emergency", "not placed in an emergency", "emergency"),
    "registered": ("in a registered placement", "in an unregistered placement", "registration"),
}
_RANGE_PHRASES = {
    "age": ("aged {}", "{:g}"),
    "years_in_care": ("in care for {} years", "{:g}"),
    "weekly_cost": ("costing {} a week", "£{:,.0f}"),
    "need_total": ("with a total need of {}", "{:g}"),
    "severe_count": ("with {} severe and complex needs", "{:g}"),
    "distance": ("placed {} miles from home", "{:g}"),
    "days_to_17": ("turning 17 in {} days", "{:g}"),
}


def describe(chosen: Mapping[str, object]) -> str:
    """Such as 'Children in residential, with an EHCP, aged 12 to 16'; 'All children in care' for none."""
    phrases = clauses(chosen)
    return f"Children {', '.join(phrases.values())}" if phrases else "All children in care"


def clauses(chosen: Mapping[str, object]) -> dict[str, str]:
    """One phrase a choice, by the choice's name (a range's name without _min and _max)."""
    found: dict[str, str] = {}
    for field, phrase in _LIST_PHRASES.items():
        if names := chosen.get(field):
            say = _NAMES.get(field, str)
            found[field] = phrase.format(_either([say(name) for name in names]))  # type: ignore[attr-defined]
    for flag, (yes, no, noun) in _FLAG_PHRASES.items():
        if flag in chosen:
            value = chosen[flag]
            found[flag] = f"with {noun} not recorded" if value == "not_recorded" else yes if value else no
    for name, (phrase, number) in _RANGE_PHRASES.items():
        if span := _span(chosen.get(f"{name}_min"), chosen.get(f"{name}_max"), number):
            found[name] = phrase.format(span)
    return found


def _either(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _span(low: object, high: object, number: str) -> str:
    if low is not None and high is not None:
        return number.format(low) if low == high else f"{number.format(low)} to {number.format(high)}"
    if low is not None:
        return f"{number.format(low)} or more"
    return f"{number.format(high)} or less" if high is not None else ""
