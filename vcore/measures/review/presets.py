"""The review rules people start from. Their thresholds are assumptions, in the register."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from vcore.facts.assumptions import value
from vcore.facts.school_years import next_march
from vcore.measures.breakdown_signal import SignalRule
from vcore.measures.review.conditions import Condition, LivesIn, Within
from vcore.measures.review.numbers import ABOVE_EXPECTED
from vcore.measures.review.purposes import PURPOSES
from vcore.measures.review.rule import ReviewRule
from vcore.measures.review.signal import Flagged


class Preset(NamedTuple):
    """A ready-made rule and what it is called."""

    label: str
    rule: ReviewRule


def presets(as_of: date) -> tuple[Preset, ...]:
    """All of them at a date; the first is what the page opens with."""
    low, high = value("low_need_total"), value("high_need_total")
    cheap, dear = value("middle_cost_low_gbp"), value("middle_cost_high_gbp")
    fostered, march = LivesIn(places=("fostering",)), next_march(as_of)
    return (
        Preset(
            "Residential with no severe need",
            _rule("family", LivesIn(places=("residential",)), Within(fact="severe_count", high=0)),
        ),
        Preset(
            "Low need in fostering, for permanence",
            _rule("permanence", fostered, Within(fact="need_total", high=low)),
        ),
        Preset(
            "High need in fostering, at risk of breakdown",
            _rule("stability", fostered, Flagged(signal=SignalRule.registered())),
        ),
        Preset(
            f"The middle: moderate need at £{cheap:,.0f} to £{dear:,.0f}",
            _rule(
                "price",
                Within(fact="need_total", low=low + 1, high=high - 1),
                Within(fact="weekly_cost", low=cheap, high=dear),
            ),
        ),
        Preset(
            "Price far above what need suggests",
            _rule("price", Within(fact=ABOVE_EXPECTED, low=value("far_above_expected_weekly_gbp"))),
        ),
        Preset(
            f"Turning 17 before March {march.year}",
            _rule("leaving", Within(fact="days_to_17", low=1, high=(march - as_of).days - 1)),
        ),
    )


def _rule(purpose: str, *conditions: Condition) -> ReviewRule:
    """With the screens that belong to its purpose."""
    return ReviewRule(purpose=purpose, conditions=conditions, screens=PURPOSES[purpose].screens)
