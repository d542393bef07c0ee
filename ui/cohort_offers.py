"""What the cohort bar can filter by: each filter's label, the column it reads, and who may use it.

A filter is offered only while the data holds something to filter. Never draws and never keeps a choice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from ledger.people import Person
from ledger.rights import Right
from ui.cohort_link import AS_OF, LISTS, RANGES, WHOLE_NUMBERS, Choice, Problem
from ui.disclosure import Gate
from ui.measured import measured
from ui.theme import date_words
from vcore.facts.codes import ETHNICITIES, LEGAL_STATUS_LABELS, SEX_LABELS
from vcore.facts.placements import DETAIL_LABELS, SETTING_LABELS, SETTING_OF
from vcore.measures.composition import is_recorded, option_counts
from vcore.store import Cohort, Store
from vcore.store.parts import PartCard

CHILD, HOME, CARE, WITH_CARE = "The child", "The home", "Care, need and cost", "To use with care"
YES_NO = {"yes": "Yes", "no": "No", "not_recorded": "Not recorded"}


@dataclass(frozen=True)
class Offer:
    """One filter. `right` is what using it takes; `unit` and `step` are for spans of numbers."""

    name: str
    label: str
    column: str
    group: str
    labels: Mapping[str, str] | None = None
    right: Right | None = None
    unit: str = ""
    step: float = 1

    @property
    def is_list(self) -> bool:
        return self.name in LISTS

    @property
    def is_span(self) -> bool:
        return self.name in RANGES

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of a `CohortFilter` that it sets."""
        return (f"{self.name}_min", f"{self.name}_max") if self.is_span else (self.name,)

    def number(self, value: float) -> float:
        """The value in the type of this span's ends."""
        return int(value) if self.name in WHOLE_NUMBERS else float(value)

    @property
    def codes(self) -> Mapping[str, str] | None:
        """Label by code, in the order to offer them; None: whatever the data holds, by name."""
        return self.labels if self.is_list else YES_NO


OFFERS = (
    Offer("authorities", "Authority", "authority", CHILD),
    Offer("age", "Age", "age", CHILD, unit="years"),
    Offer("sexes", "Sex", "sex", CHILD, SEX_LABELS),
    Offer("disability", "Disability", "disability", CHILD),
    Offer("ehcp", "Education, health and care plan (EHCP)", "ehcp", CHILD),
    Offer("excluded", "Ever excluded or suspended", "excluded", CHILD),
    Offer("dol", "Deprivation of liberty order", "dol", CHILD, right=Right.SEE_CHILDREN),
    Offer("settings", "Setting", "setting", HOME, SETTING_LABELS),
    Offer("setting_details", "Kind of home", "setting_detail", HOME, DETAIL_LABELS),
    Offer("kinship", "Fostered by family or friends", "kinship", HOME),
    Offer("providers", "Provider", "provider", HOME, right=Right.SEE_PRICES),
    Offer("in_area", "Placed in the area", "in_area", HOME),
    Offer("distance", "Distance", "distance_miles", HOME, unit="miles"),
    Offer("emergency", "Placed in an emergency", "emergency", HOME),
    Offer("registered", "Registered", "registered", HOME),
    Offer("legal_statuses", "Legal status", "legal_status", CARE, LEGAL_STATUS_LABELS),
    Offer("years_in_care", "Time in care", "years_in_care", CARE, unit="years", step=0.5),
    Offer("days_to_17", "17th birthday in", "days_to_17", CARE, unit="days"),
    Offer("need_total", "Total need", "need_total", CARE, unit="points"),
    Offer("severe_count", "Severe needs", "severe_count", CARE, unit="areas"),
    Offer("weekly_cost", "Weekly cost", "weekly_cost_gbp", CARE, unit="£ a week", step=100),
    Offer("ethnicities", "Ethnicity", "ethnicity", WITH_CARE, {name: name for name in ETHNICITIES}),
    Offer("uasc", "Unaccompanied", "uasc", WITH_CARE),
)
BY_NAME = {offer.name: offer for offer in OFFERS}


def offered(person: Person, base: Cohort) -> list[Offer]:
    """The filters this reader may use and the data can answer."""
    return [
        offer
        for offer in OFFERS
        if (offer.right is None or offer.right in person.rights) and measured(is_recorded, base, offer.column)
    ]


def options(offer: Offer, base: Cohort, gate: Gate, chosen: Collection[str] = ()) -> dict[str, str]:
    """The codes of a list or a yes/no filter that the data holds, each with its label and its count.

    Those already `chosen` are among them, whether anybody has them or not. A span of numbers has none.
    """
    if offer.is_span:
        return {}
    counts = measured(option_counts, base, offer.column)
    labels = offer.codes or {name: name for name in sorted(counts)}
    held = [code for code in labels if code in counts or code in chosen]
    settings = [SETTING_OF[code] for code in held] if offer.column == "setting_detail" else None
    shown = gate.cells([counts.get(code, 0) for code in held], settings)
    return {code: f"{labels[code]} · {words}" for code, words in zip(held, shown, strict=True)}


def date_problems(choice: Choice, person: Person, store: Store) -> list[Problem]:
    """The date of a choice, when not every authority of this reader is loaded as far."""
    own = _own_cards(person, store)  # none: whatever asks for their children refuses, with the reason
    if choice.as_of is None or not own or choice.as_of <= store.latest_of(person.authorities):
        return []
    return [Problem(AS_OF, _not_reached(choice.as_of, own))]


def filter_problems(choice: Choice, person: Person, base: Cohort, store: Store) -> list[Problem]:
    """What in a choice this reader may not use, or this data does not hold, named. Where nobody at all was in care
    on the date, nothing is missing because of a name."""
    found = []
    loaded = [card.authority for card in _own_cards(person, store)]
    for name, value in choice.filter.chosen().items():
        offer = BY_NAME.get(name)
        if offer is None:
            continue
        if offer.right is not None and offer.right not in person.rights:
            found.append(Problem(name, f"Your role may not filter by {offer.label.lower()}."))
        elif offer.is_list and offer.codes is None and isinstance(value, tuple):
            held = list(measured(option_counts, base, offer.column))
            missing = [each for each in value if each not in held] if len(base) else []
            empty = [each for each in missing if offer.column == "authority" and each in loaded]
            found += [Problem(name, _nobody_of(each, base)) for each in empty]
            found += [
                Problem(name, _not_held(offer.label.lower(), each, held))
                for each in missing
                if each not in empty
            ]
    return found


def _own_cards(person: Person, store: Store) -> list[PartCard]:
    """The loads of the authorities that this reader may see."""
    return [card for card in store.cards if person.is_for(card.authority)]


def _nobody_of(authority: str, base: Cohort) -> str:
    return f"{authority} is loaded, but nobody of it was in care on {date_words(base.as_of)}, as far as its data goes."


def _not_reached(day: date, cards: Sequence[PartCard]) -> str:
    """Why pages do not show a date: later than anything loaded, or than some authorities' loads."""
    newest = max(card.as_of for card in cards)
    if day > newest:
        return f"{date_words(day)} is later than what is loaded, which runs to {date_words(newest)}."
    short = "; ".join(
        sorted(f"{card.authority} to {date_words(card.as_of)}" for card in cards if card.as_of < day)
    )
    return (
        f"{date_words(day)} is loaded, but not for every authority you see ({short}), and pages show no date before "
        "all reach it. Choose an earlier date, or ask whoever loads the data for newer files."
    )


def _not_held(what: str, name: str, held: list[str]) -> str:
    near = get_close_matches(name, held, n=1, cutoff=0.4)
    hint = f" The nearest is “{near[0]}”." if near else ""
    return f"There is no {what} called “{name}” in the data you may see.{hint}"
