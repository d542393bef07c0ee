"""Our own contract for local extracts: needs, costs, characteristics, capacity, budget.

No statutory return holds needs or cost, so councils send these; the templates and the data dictionary follow.
"""

from __future__ import annotations

from vcore.facts.domains import NeedModel
from vcore.ingest.fields import Field, Need, stored
from vcore.ingest.layouts.layout import CHILD, Layout

FILLED, READABLE, CHECKED, OPTIONAL = Need.FILLED, Need.READABLE, Need.CHECKED, Need.OPTIONAL
NEEDS, NEEDS_LONG = "Needs", "Needs (long)"

COSTS = Layout(
    "Costs",
    (
        CHILD,
        stored("START", "cost.started_on", FILLED, "01/09/2023"),
        Field("END", "date", READABLE, meaning="last day this fee is paid; blank while it lasts"),
        stored("WEEKLY_COST", "cost.weekly_cost_gbp", FILLED, "1050"),
        stored("SOCIAL_CARE", "cost.social_care_cost_gbp", CHECKED, "900"),
        stored("EDUCATION", "cost.education_cost_gbp", CHECKED, "150"),
        stored("HEALTH", "cost.health_cost_gbp", CHECKED, "0"),
        stored("PROVIDER", "cost.provider", OPTIONAL, "Example Fostering"),
        stored("PROVIDER_REGION", "cost.provider_region", OPTIONAL, "North East"),
        stored("SOURCED", "cost.sourced", OPTIONAL, "framework"),
        stored("NOTICE_DAYS", "cost.notice_days", OPTIONAL, "28"),
        stored("STAFFING_RATIO", "cost.staffing_ratio", OPTIONAL, "1.0"),
        stored("REGISTERED", "cost.registered", OPTIONAL, "Y"),
        stored("EMERGENCY", "cost.emergency", OPTIONAL, "N"),
        stored("PLANNED_END", "cost.planned_end_on", OPTIONAL, "31/08/2027"),
    ),
    meaning="one row a fee period: a fee that changes inside a placement starts a new row; £ a week, gross",
)
CHARACTERISTICS = Layout(
    "Characteristics",
    (
        CHILD,
        stored("DISABILITY", "child.disability", OPTIONAL, "N"),
        stored("EHCP", "child.ehcp", OPTIONAL, "Y"),
        stored("SUSPENDED_EVER", "child.suspended_ever", OPTIONAL, "Y"),
        stored("SUSPENDED_12M", "child.suspended_12m", OPTIONAL, "N"),
        stored("PERMANENTLY_EXCLUDED", "child.permanently_excluded", OPTIONAL, "N"),
        stored("DOL", "child.dol", OPTIONAL, "N"),
        stored(
            "SIBLING_GROUP",
            "child.sibling_group",
            OPTIONAL,
            "EXAMPLE-A",
            meaning="the same text for children to be kept together; kept only as a keyed hash",
            private=True,
        ),
        stored("IN_AREA", "child.in_area", OPTIONAL, "Y"),
        stored("DISTANCE_MILES", "child.distance_miles", OPTIONAL, "6.5"),
    ),
    meaning="one row a child; Y, N or blank, where blank means not recorded",
)
CAPACITY = Layout(
    "Capacity",
    (
        stored("SETTING_DETAIL", "capacity.setting_detail", FILLED, "in_house_fostering"),
        stored("MONTH", "capacity.month", FILLED, "01/04/2026"),
        stored("PLACES_APPROVED", "capacity.places_approved", FILLED, "120"),
        stored("PLACES_FILLED", "capacity.places_filled", FILLED, "104"),
    ),
    meaning="one row a setting and month",
)
BUDGET = Layout(
    "Budget",
    (
        Field("YEAR", "financial_year", FILLED, "2025/26", "financial year, April to March"),
        stored("LINE", "budget.line", FILLED, "Agency fostering"),
        stored("BUDGET", "budget.budget_gbp", FILLED, "4200000"),
        stored("ACTUAL_TO_DATE", "budget.actual_to_date_gbp", CHECKED, "3900000"),
        stored("TO_DATE", "budget.actual_to_date_on", CHECKED, "28/02/2026"),
    ),
    meaning="one row a financial year and cost line",
)


def _needs_wide(needs: NeedModel) -> Layout:
    scores = (
        Field(
            domain.id,
            "whole",
            READABLE,
            str(min(2, needs.maximum)),
            f"{domain.label}; 0 means no need, and a blank sets the assessment aside",
            (),
            0,
            needs.maximum,
            "points",
        )
        for domain in needs.domains
    )
    return Layout(
        NEEDS, (*_assessed(), *scores, *_told()), meaning="one row an assessment, a column a domain"
    )


def needs_long(needs: NeedModel) -> Layout:
    """Needs, one row a score: the other way to send them."""
    domain = Field("DOMAIN", "code", FILLED, needs.ids[0], "the domain's id", needs.ids)
    score = Field("SCORE", "whole", FILLED, "2", "its score", (), 0, needs.maximum, "points")
    return Layout(
        NEEDS_LONG,
        (*_assessed(), domain, score, *_told()),
        meaning="the other way to send needs: one row a score, every domain of an assessment scored",
    )


def _assessed() -> tuple[Field, ...]:
    return CHILD, stored("ASSESSED_ON", "assessment.assessed_on", FILLED, "15/01/2026")


def _told() -> tuple[Field, ...]:
    return (
        stored(
            "ASSESSOR",
            "assessment.assessor",
            OPTIONAL,
            "EXAMPLE-W",
            meaning="who led the assessment; kept only as a keyed hash",
            private=True,
        ),
        stored("FOSTER_SUITABILITY", "assessment.foster_suitability", OPTIONAL, "suitable"),
        stored("STRENGTHS", "assessment.strengths", OPTIONAL, "Kind to younger children", private=True),
        stored("GOALS", "assessment.goals", OPTIONAL, "Join a football team", private=True),
        stored("CHILD_VIEW", "assessment.child_view", OPTIONAL, "I like my school", private=True),
    )


def contract(needs: NeedModel) -> tuple[Layout, ...]:
    """The files of our own contract, in the order the templates list them."""
    return _needs_wide(needs), COSTS, CHARACTERISTICS, CAPACITY, BUDGET
