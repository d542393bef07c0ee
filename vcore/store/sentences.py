"""A cohort filter in plain English: the sentence on screens, in links' warnings and in exports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vcore.facts.codes import LEGAL_STATUS_LABELS, SEX_LABELS
from vcore.facts.placements import DETAIL_LABELS, SETTING_LABELS

_IN_OTHER_WORDS = {  # a setting or kind of home that "in" and its label do not say in English
    "settings": {
        "parents_or_adoption": ("with parents", "placed for adoption"),
        "other": ("in other places",),
    },
    "setting_details": {
        "in_house_residential": ("in children's homes (in-house)",),
        "private_residential": ("in children's homes (private)",),
        "other_authority_residential": ("in children's homes (another authority)",),
        "secure_home": ("in secure children's homes",),
        "specialist_residential": ("in hospital", "in custody", "in a family centre"),
        "with_parents": ("with parents",),
        "for_adoption": ("placed for adoption",),
    },
}
_PLACE_LABELS = {"settings": SETTING_LABELS, "setting_details": DETAIL_LABELS}
_NAMES = {
    "sexes": lambda name: SEX_LABELS[name].lower(),
    "legal_statuses": lambda name: LEGAL_STATUS_LABELS[name][0].lower() + LEGAL_STATUS_LABELS[name][1:],
}
_LIST_PHRASES = {
    "authorities": "looked after by {}",
    "settings": "{}",
    "setting_details": "{}",
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
_RANGE_PHRASES_OF_ONE = {
    "years_in_care": "in care for {} year",
    "severe_count": "with {} severe and complex need",
    "distance": "placed {} mile from home",
    "days_to_17": "turning 17 in {} day",
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
            found[field] = phrase.format(_either(_named(field, names)))  # type: ignore[arg-type]
    for flag, (yes, no, noun) in _FLAG_PHRASES.items():
        if flag in chosen:
            value = chosen[flag]
            found[flag] = f"with {noun} not recorded" if value == "not_recorded" else yes if value else no
    for name, (phrase, number) in _RANGE_PHRASES.items():
        low, high = chosen.get(f"{name}_min"), chosen.get(f"{name}_max")
        if span := _span(low, high, number):
            found[name] = (_RANGE_PHRASES_OF_ONE.get(name, phrase) if low == high == 1 else phrase).format(
                span
            )
    return found


def _named(field: str, names: Iterable[str]) -> list[str]:
    """The names as a sentence says them; of places those that begin with "in" come first and share it."""
    if field not in _PLACE_LABELS:
        return [_NAMES.get(field, str)(name) for name in names]
    labels, others = _PLACE_LABELS[field], _IN_OTHER_WORDS[field]
    said = [
        words
        for name in names
        for words in others.get(name, (f"in {labels[name][0].lower()}{labels[name][1:]}",))
    ]
    inside = [words for words in said if words.startswith("in ")]
    rest = [words for words in said if not words.startswith("in ")]
    return [*inside[:1], *(words.removeprefix("in ") for words in inside[1:]), *rest]


def _either(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _span(low: object, high: object, number: str) -> str:
    if low is not None and high is not None:
        return number.format(low) if low == high else f"{number.format(low)} to {number.format(high)}"
    if low is not None:
        return f"{number.format(low)} or more"
    return f"{number.format(high)} or less" if high is not None else ""
