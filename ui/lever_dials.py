"""What a reader can turn on each lever: the few dials that move the answer, and every other setting.

A table, and nothing drawn: limits come from the levers themselves, starting values from the register.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, get_args, get_origin

from vcore.facts.domains import NeedModel
from vcore.facts.placements import PLACE_LABELS, PLACES, SETTING_LABELS
from vcore.measures.screening import SCREEN_WORDS
from vcore.scenarios.lever import Lever
from vcore.scenarios.levers.step_down import DESTINATION_LABELS

SLIP = "what lies outside is taken for a slip of the keyboard"


class Dial(NamedTuple):
    """A setting as a slider with its number, or (`slides` no) as a number alone, empty where it may be none.

    `most` is where the slider ends, not the limit; `per_unit` of what is shown make one of the field's. `why` the
    number box stops where it does, where that is not plain.
    """

    field: str
    label: str
    unit: str
    least: int
    most: int
    step: int = 1
    per_unit: int = 1
    slides: bool = True
    why: str = SLIP


CHILDHOOD = "nobody is in care for longer than 18 years"
CAP_WHY = "below it a cap would reach foster care, and above it no placement costs as much"


def _share(field: str, label: str, unit: str = "%") -> Dial:
    return Dial(field, label, unit, 0, 100, per_unit=100)


def _price(field: str, label: str) -> Dial:
    return Dial(field, label, "£ a week", 0, 20_000, step=50, slides=False)


DIALS: Mapping[str, tuple[Dial, ...]] = {
    "reunification": (
        _share("matched", "Going home is right for", "% of them"),
        _share("returned_in_six_years", "Back in care within six years", "% of those"),
    ),
    "permanence": (
        _share("matched", "An order is made for", "% of them"),
        Dial("allowance_weekly_gbp", "Allowance", "£ a week", 0, 800, step=10),
    ),
    "step_down": (
        _share("matched", "A place is found for", "% of them"),
        _share("holds", "The move lasts for", "% of those"),
    ),
    "staffing_taper": (
        _share("tapers", "Staffing comes down for", "% of them"),
        Dial("point_weekly_gbp", "One member of staff less saves", "£ a week", 0, 5_000, step=50),
    ),
    "in_house_fostering": (
        Dial("carers_a_year", "Carers approved a year, less those who leave", "", 0, 100),
        Dial("vacancies", "Places free now", "", 0, 200),
    ),
    "own_homes": (
        Dial("homes", "Homes opened", "", 0, 30),
        _share("occupancy", "Places filled"),
    ),
    "need_bands": (
        _price("standard_gbp", "Standard: at most"),
        _price("enhanced_gbp", "Enhanced: at most"),
        _price("complex_gbp", "Complex: at most"),
    ),
    "price_cap": (
        Dial("cap_gbp", "At most, £ a week", "", 1_000, 15_000, step=100, why=CAP_WHY),
        Dial("top_share", "Only among the dearest", "% of placements", 0, 25, per_unit=100, slides=False),
    ),
    "fee_change": (Dial("change", "Fees change by", "%", -20, 20, per_unit=100),),
    "joint_funding": (
        _share("health_share", "Health is asked to pay", "% of the price"),
        _share("education_share", "Education is asked to pay", "% of the price"),
        _share("agreed", "They agree to", "% of what is claimed"),
    ),
    "prevention": (
        Dial("entries_avoided_a_year", "Children a year who do not come into care", "", 0, 200),
        Dial(
            "months_avoided",
            "Each would have stayed",
            "months",
            0,
            120,
            why=CHILDHOOD,
        ),
    ),
}
_CODES = {  # words of codes that are no setting, home or need
    "severe_count": "by severe needs",
    "need_total": "by total need",
    "special_guardianship": "special guardianship",
    "adoption": "adoption",
}


def limit_words(dial: Dial, highest: int) -> str:
    """From where to where a number may be typed, and why no further. Empty for a share, which ends at 100%."""
    if dial.per_unit == 100 and (dial.least, highest) == (0, 100):
        return ""
    return f"Type {dial.least:,} to {highest:,}: {dial.why}."


def others(lever: Lever) -> Sequence[str]:
    """The settings that have no dial and can be chosen here, in the order the lever names them."""
    turned = {dial.field for dial in DIALS[lever.code()]} | {"kind", "providers"}
    return [name for name in type(lever).model_fields if name not in turned]


def choices(lever: type[Lever], field: str, needs: NeedModel) -> Mapping[str, str] | None:
    """The words of each value a setting can take, where these are a known list; else None."""
    known = lever.model_fields[field]
    if get_origin(known.annotation) is Literal:
        return {code: _words(code) for code in get_args(known.annotation)}
    if field == "settings":
        return {code: PLACE_LABELS[code] for code in PLACES}
    if field == "from_settings":
        several = known.default if len(known.default) > 1 else SETTING_LABELS
        return {code: SETTING_LABELS[code] for code in several}
    if field == "screens":
        return {code: SCREEN_WORDS[code] for code in known.default}
    if field.endswith("_domains"):
        return {domain.id: domain.label for domain in needs.domains}
    return DESTINATION_LABELS if field == "to" else None


def is_list(lever: type[Lever], field: str) -> bool:
    """Whether a setting is several values, and not one."""
    return "tuple" in str(lever.model_fields[field].annotation)


def may_be_none(lever: type[Lever], field: str) -> bool:
    """Whether a setting may be left open."""
    return _holds(lever.model_fields[field].annotation, type(None))


def is_whole(lever: type[Lever], field: str) -> bool:
    """Whether a setting counts in ones."""
    return not _holds(lever.model_fields[field].annotation, float)


def _holds(annotation: Any, kind: type) -> bool:
    return annotation is kind or kind in get_args(annotation)


def _words(code: str) -> str:
    return _CODES.get(code, code.replace("_", " "))
