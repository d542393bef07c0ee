"""Which children: a filter's settings, its SQL and its sentence, in one class.

The SQL is a constant: every condition is there always, and NULL means "any". Nothing is assembled from
what a person chose. `None` is any; an empty list is refused, since it would hold nobody; bounds are
inclusive; a missing score or cost fails a bound on it; "not_recorded" is a value of its own.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from vcore.errors import InvalidChoice
from vcore.facts.codes import ETHNICITIES, LEGAL_STATUSES, SEXES
from vcore.facts.placements import SETTING_DETAILS, SETTINGS
from vcore.store import sentences

Recorded = bool | Literal["not_recorded"] | None
Names = Annotated[tuple[str, ...], Field(min_length=1)] | None

_LISTS = {  # field → (column, valid values or None for whatever the data holds)
    "authorities": ("authority", None),
    "settings": ("setting", SETTINGS),
    "setting_details": ("setting_detail", SETTING_DETAILS),
    "sexes": ("sex", SEXES),
    "ethnicities": ("ethnicity", ETHNICITIES),
    "providers": ("provider", None),
    "legal_statuses": ("legal_status", LEGAL_STATUSES),
}
ONE_OF = {  # field → what one of its values is called
    "settings": "setting",
    "setting_details": "kind of home",
    "sexes": "sex",
    "ethnicities": "ethnicity",
    "legal_statuses": "legal status",
}
_FLAGS = ("disability", "ehcp", "excluded", "uasc", "dol", "kinship", "in_area", "emergency", "registered")
_RANGES = {
    "age": "age",
    "years_in_care": "years_in_care",
    "weekly_cost": "weekly_cost_gbp",
    "need_total": "need_total",
    "severe_count": "severe_count",
    "distance": "distance_miles",
    "days_to_17": "days_to_17",
}

COLUMNS = (*(column for column, _ in _LISTS.values()), *_FLAGS, *_RANGES.values())
WHERE = " AND ".join(
    [
        f"(${field}::VARCHAR[] IS NULL OR list_contains(${field}::VARCHAR[], {column}))"
        for field, (column, _) in _LISTS.items()
    ]
    + [
        f"(${flag}::VARCHAR IS NULL OR ${flag}::VARCHAR = coalesce({flag}::VARCHAR, 'not_recorded'))"
        for flag in _FLAGS
    ]
    + [
        f"(${name}_min::DOUBLE IS NULL OR {column} >= ${name}_min::DOUBLE)"
        f" AND (${name}_max::DOUBLE IS NULL OR {column} <= ${name}_max::DOUBLE)"
        for name, column in _RANGES.items()
    ]
)


class CohortFilter(BaseModel):
    """A choice of children. Field names are the columns of `Cohort.children`, plural for lists."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    authorities: Names = None
    settings: Names = None
    setting_details: Names = None
    sexes: Names = None
    ethnicities: Names = None
    providers: Names = None
    legal_statuses: Names = None
    disability: Recorded = None
    ehcp: Recorded = None
    excluded: Recorded = None
    uasc: Recorded = None
    dol: Recorded = None
    kinship: Recorded = None
    in_area: Recorded = None
    emergency: Recorded = None
    registered: Recorded = None
    age_min: int | None = Field(default=None, ge=0, le=25)
    age_max: int | None = Field(default=None, ge=0, le=25)
    years_in_care_min: float | None = Field(default=None, ge=0, le=25)
    years_in_care_max: float | None = Field(default=None, ge=0, le=25)
    weekly_cost_min: float | None = Field(default=None, ge=0, le=100_000)
    weekly_cost_max: float | None = Field(default=None, ge=0, le=100_000)
    need_total_min: int | None = Field(default=None, ge=0, le=4_000)
    need_total_max: int | None = Field(default=None, ge=0, le=4_000)
    severe_count_min: int | None = Field(default=None, ge=0, le=40)
    severe_count_max: int | None = Field(default=None, ge=0, le=40)
    distance_min: float | None = Field(default=None, ge=0, le=1_000)
    distance_max: float | None = Field(default=None, ge=0, le=1_000)
    days_to_17_min: int | None = Field(default=None, ge=0, le=7_000)
    days_to_17_max: int | None = Field(default=None, ge=0, le=7_000)

    @field_validator(*_FLAGS, mode="before")
    @classmethod
    def only_yes_no_or_not_recorded(cls, flag: object) -> object:
        if flag is None or isinstance(flag, bool) or flag == "not_recorded":
            return flag
        raise InvalidChoice("choice", flag, ("True", "False", "not_recorded"))

    @model_validator(mode="after")
    def known_and_possible(self) -> Self:
        for field, (_, valid) in _LISTS.items():
            for name in getattr(self, field) or ():
                if valid is not None and name not in valid:
                    raise InvalidChoice(ONE_OF[field], name, valid)
        for name in _RANGES:
            low, high = getattr(self, f"{name}_min"), getattr(self, f"{name}_max")
            if low is not None and high is not None and low > high:
                raise ValueError(f"{name.replace('_', ' ')} from {low} to {high} holds nobody: swap the two.")
        return self

    def parameters(self) -> dict[str, object]:
        """The values of `WHERE`, one a field; None where anything goes."""
        values: dict[str, object] = {}
        for field in type(self).model_fields:
            value = getattr(self, field)
            if isinstance(value, bool):
                value = "true" if value else "false"
            values[field] = list(value) if isinstance(value, tuple) else value
        return values

    def chosen(self) -> dict[str, object]:
        """Only the fields that restrict anything."""
        return {
            field: value for field in type(self).model_fields if (value := getattr(self, field)) is not None
        }

    def describe(self) -> str:
        """The choice as one English sentence."""
        return sentences.describe(self.chosen())
