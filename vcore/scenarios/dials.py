"""The one dial of each lever that goal seek turns: from where the lever does nothing to the end of its range.

The end is that of the assumption behind the dial: beyond it nothing has been worked through.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil
from typing import NamedTuple

from vcore.facts.assumptions import Known
from vcore.scenarios.baseline import Baseline
from vcore.scenarios.levers import AnyLever


class Dial(NamedTuple):
    """The setting of a lever that goal seek turns, from `nothing` (None: the dearest price here) to `end`.

    `freed` are fields that would make the dial idle: they are left to it. `place` is where those who move live
    next, if the lever itself does not say.
    """

    field: str
    nothing: float | None
    end: Callable[[Baseline, Known], float]
    step: float
    freed: Mapping[str, None] = {}
    place: str | None = None


def _low(key: str) -> Callable[[Baseline, Known], float]:
    return lambda _, known: known(key).low


def _high(key: str) -> Callable[[Baseline, Known], float]:
    return lambda _, known: known(key).high


def _up_to(key: str, place: str, children_each: str) -> Callable[[Baseline, Known], float]:
    """As many as look after the highest share of the children who live in such a place now, whole."""

    def end(base: Baseline, known: Known) -> float:
        children = float((base.lives_in(place) * base.count).sum()) * known(key).high
        return ceil(children / known(children_each).value)

    return end


DIALS: Mapping[str, Dial] = {  # none for prevention: growth avoided is no saving against today
    "reunification": Dial("matched", 0.0, _high("reunified_share"), 0.001),
    "permanence": Dial("matched", 0.0, _high("permanence_share"), 0.001),
    "step_down": Dial("matched", 0.0, _high("matched_share"), 0.01),
    "staffing_taper": Dial("tapers", 0.0, _high("taper_share"), 0.01),
    "in_house_fostering": Dial(
        "carers_a_year",
        0.0,
        _up_to("carer_growth_share", "in_house_fostering", "children_a_carer"),
        1.0,
        place="in_house_fostering",
    ),
    "own_homes": Dial(
        "homes",
        0.0,
        _up_to("own_home_share", "private_residential", "home_places"),
        1.0,
        place="in_house_residential",
    ),
    "need_bands": Dial(
        "quantile",
        1.0,
        lambda _base, _known: 0.5,
        0.01,
        freed={"standard_gbp": None, "enhanced_gbp": None, "complex_gbp": None},
    ),
    "price_cap": Dial("cap_gbp", None, _low("price_cap_gbp"), 50.0),
    "fee_change": Dial("change", 0.0, _low("fee_change_share"), 0.001),
    "joint_funding": Dial("agreed", 0.0, _high("joint_agreed_share"), 0.01),
}


def first_reaching(saving: Callable[[int], float], target: float, low: int, high: int) -> int | None:
    """The first place on a dial, `low` to `high`, where a saving that only rises reaches the target; None: nowhere.

    Guesses along the straight line between the ends, and halves what is left whenever that gains little.
    """
    if saving(low) >= target:
        return low
    if saving(high) < target:
        return None
    straight = True
    while high - low > 1:
        part = (target - saving(low)) / max(saving(high) - saving(low), 1e-9) if straight else 0.5
        guess = min(max(low + ceil(part * (high - low) - 1e-9), low + 1), high - 1)
        width = high - low
        low, high = (low, guess) if saving(guess) >= target else (guess, high)
        straight = high - low <= width / 2 or not straight
    return high


def turned(lever: AnyLever, field: str, setting: float) -> AnyLever:
    """The lever with its dial at a setting; whole where the dial counts in ones."""
    whole = isinstance(getattr(lever, field), int)
    return lever.model_copy(update={field: round(setting) if whole else float(setting)})
