"""Need domains, levels and bands: the shape of a needs assessment.

Councils score different numbers of domains under different names, so nothing else in the code may
name a domain or a cut-point as a literal: it asks a `NeedModel`. The default is the thirteen domains of
the published report (CCN/IMPOWER 2023). Its cut-points between levels are unpublished: ours are an
assumption, shown wherever severe needs are counted, beside the count under the alternative.
"""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

LEVELS = ("none", "minor", "moderate", "severe")
LEVEL_LABELS = {
    "none": "No need",
    "minor": "Minor need",
    "moderate": "Moderate need",
    "severe": "Severe and complex need",
}
RESERVED_IDS = ("total", "change")  # need_total and need_change are columns of their own


class Domain(BaseModel):
    """One area of need that a social worker scores."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)
    label: str = Field(min_length=1, max_length=80)


class CutPoints(BaseModel):
    """The lowest score of each level. Scores below `minor` are no need."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    minor: int = Field(default=1, ge=1, le=100)
    moderate: int = Field(default=4, ge=1, le=100)
    severe: int = Field(default=7, ge=1, le=100)

    @model_validator(mode="after")
    def rising(self) -> Self:
        if not self.minor < self.moderate < self.severe:
            raise ValueError(
                f"Cut-points must rise: minor {self.minor}, moderate {self.moderate}, severe {self.severe}."
            )
        return self

    def describe(self) -> str:
        """The levels in words, such as 'minor 1–3, moderate 4–6, severe and complex 7 or more'."""
        return (
            f"minor {_span(self.minor, self.moderate)}, moderate {_span(self.moderate, self.severe)}, "
            f"severe and complex {self.severe} or more"
        )


def _span(low: int, next_low: int) -> str:
    return f"{low}" if next_low - low == 1 else f"{low}–{next_low - 1}"


PUBLISHED_DOMAINS = tuple(
    Domain(id=domain_id, label=label)
    for domain_id, label in (
        ("physical_health", "Physical health"),
        ("emotional_health", "Emotional health"),
        ("managing_emotions", "Managing emotions"),
        ("attachments", "Positive and healthy attachments"),
        ("family_relationships", "Positive family relationships"),
        ("life_story", "Understanding life story"),
        ("expressing_feelings", "Expressing opinions and feelings"),
        ("educational_progress", "Educational progress"),
        ("learning_disabilities", "Learning difficulties and disabilities"),
        ("safe_decisions", "Making safe decisions"),
        ("community", "Engaging in the community"),
        ("self_care", "Self-care and independent living"),
        ("identity_self_esteem", "Identity and self-esteem"),
    )
)
HEALTH_DOMAINS = ("physical_health", "emotional_health")
LEARNING_DOMAINS = ("learning_disabilities", "educational_progress")
"""Needs that health and education have duties towards; a council that scores others names them in the lever."""
DEFAULT_CUT_POINTS = CutPoints()
ALTERNATIVE_CUT_POINTS = CutPoints(minor=1, moderate=3, severe=6)


class NeedModel(BaseModel):
    """The domains a council scores, their maximum, and where the levels start."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    domains: tuple[Domain, ...] = Field(default=PUBLISHED_DOMAINS, min_length=1, max_length=40)
    maximum: int = Field(default=10, ge=1, le=100)
    cut_points: CutPoints = DEFAULT_CUT_POINTS

    @model_validator(mode="after")
    def consistent(self) -> Self:
        ids = [domain.id for domain in self.domains]
        if len(set(ids)) < len(ids):
            raise ValueError("Two domains have the same id.")
        if reserved := set(ids) & set(RESERVED_IDS):
            raise ValueError(f"Domain id {sorted(reserved)[0]!r} is reserved for a column of its own.")
        if self.cut_points.severe > self.maximum:
            raise ValueError(f"Severe starts at {self.cut_points.severe}, above the maximum {self.maximum}.")
        return self

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(domain.id for domain in self.domains)

    @property
    def columns(self) -> tuple[str, ...]:
        """The snapshot's column of each domain, in order."""
        return tuple(f"need_{domain.id}" for domain in self.domains)

    @property
    def labels(self) -> dict[str, str]:
        return {domain.id: domain.label for domain in self.domains}

    @property
    def highest_total(self) -> int:
        return self.maximum * len(self.domains)
