"""The review list: which children to discuss first, by an open rule, with the reasons on every row.

A rule supports a discussion; it decides nothing about a child. Sex, ethnicity, disability and other protected
characteristics are never conditions.
"""

from vcore.measures.review.conditions import AtLevel, Condition, LivesIn, Within
from vcore.measures.review.purposes import PURPOSES
from vcore.measures.review.rule import ReviewRule
from vcore.measures.review.sifting import Sifted, Step, sift
from vcore.measures.review.signal import Flagged

__all__ = [
    "PURPOSES",
    "AtLevel",
    "Condition",
    "Flagged",
    "LivesIn",
    "ReviewRule",
    "Sifted",
    "Step",
    "Within",
    "sift",
]
