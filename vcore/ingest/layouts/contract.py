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
        stored(
            "START",
            "cost.started_on",
            FILLED,
            "01/09/2023",
            also="START_DATE DATE_FROM FROM_DATE FEE_START COST_START EFFECTIVE_FROM",
        ),
        Field(
            "END",
            "date",
            READABLE,
            meaning="last day this fee is paid; blank while it lasts",
            also=("END_DATE", "DATE_TO", "FEE_END", "COST_END", "EFFECTIVE_TO"),
        ),
        stored(
            "WEEKLY_COST",
            "cost.weekly_cost_gbp",
            FILLED,
            "1050",
            also="WEEKLY_FEE COST_PER_WEEK FEE_PER_WEEK GROSS_WEEKLY_COST TOTAL_WEEKLY_COST WEEKLY_PRICE COST_PW",
        ),
        stored(
            "SOCIAL_CARE",
            "cost.social_care_cost_gbp",
            CHECKED,
            "900",
            also="SOCIAL_CARE_COST SOCIAL_CARE_SHARE CSC_COST LA_CONTRIBUTION",
        ),
        stored(
            "EDUCATION",
            "cost.education_cost_gbp",
            CHECKED,
            "150",
            also="EDUCATION_COST EDUCATION_SHARE EDUCATION_CONTRIBUTION",
        ),
        stored(
            "HEALTH",
            "cost.health_cost_gbp",
            CHECKED,
            "0",
            also="HEALTH_COST HEALTH_SHARE HEALTH_CONTRIBUTION ICB_CONTRIBUTION",
        ),
        stored(
            "PROVIDER",
            "cost.provider",
            OPTIONAL,
            "Example Fostering",
            also="PROVIDER_NAME SUPPLIER SUPPLIER_NAME",
        ),
        stored("PROVIDER_REGION", "cost.provider_region", OPTIONAL, "North East", also="REGION"),
        stored("SOURCED", "cost.sourced", OPTIONAL, "framework", also="SOURCING CONTRACT_TYPE PURCHASE_TYPE"),
        stored(
            "NOTICE_DAYS", "cost.notice_days", OPTIONAL, "28", also="NOTICE NOTICE_PERIOD NOTICE_PERIOD_DAYS"
        ),
        stored("STAFFING_RATIO", "cost.staffing_ratio", OPTIONAL, "1.0", also="STAFF_RATIO"),
        stored("REGISTERED", "cost.registered", OPTIONAL, "Y", also="OFSTED_REGISTERED IS_REGISTERED"),
        stored("EMERGENCY", "cost.emergency", OPTIONAL, "N", also="EMERGENCY_PLACEMENT"),
        stored(
            "PLANNED_END", "cost.planned_end_on", OPTIONAL, "31/08/2027", also="PLANNED_END_DATE EXPECTED_END"
        ),
    ),
    meaning="one row a fee period: a fee that changes inside a placement starts a new row; £ a week, gross",
)
CHARACTERISTICS = Layout(
    "Characteristics",
    (
        CHILD,
        stored("DISABILITY", "child.disability", OPTIONAL, "N", also="DISABLED HAS_DISABILITY"),
        stored("EHCP", "child.ehcp", OPTIONAL, "Y", also="EHC_PLAN HAS_EHCP"),
        stored("SUSPENDED_EVER", "child.suspended_ever", OPTIONAL, "Y", also="EVER_SUSPENDED"),
        stored("SUSPENDED_12M", "child.suspended_12m", OPTIONAL, "N", also="SUSPENDED_LAST_12_MONTHS"),
        stored(
            "PERMANENTLY_EXCLUDED",
            "child.permanently_excluded",
            OPTIONAL,
            "N",
            also="PERMANENT_EXCLUSION PERM_EXCLUDED",
        ),
        stored("DOL", "child.dol", OPTIONAL, "N", also="DEPRIVATION_OF_LIBERTY DOLS"),
        stored(
            "SIBLING_GROUP",
            "child.sibling_group",
            OPTIONAL,
            "EXAMPLE-A",
            meaning="the same text for children to be kept together; kept only as a keyed hash",
            private=True,
            also="SIBLINGS SIBLING_GROUP_ID",
        ),
        stored("IN_AREA", "child.in_area", OPTIONAL, "Y", also="PLACED_IN_AREA WITHIN_AREA"),
        stored("DISTANCE_MILES", "child.distance_miles", OPTIONAL, "6.5", also="DISTANCE MILES_FROM_HOME"),
    ),
    meaning="one row a child; Y, N or blank, where blank means not recorded",
)
CAPACITY = Layout(
    "Capacity",
    (
        stored(
            "SETTING_DETAIL",
            "capacity.setting_detail",
            FILLED,
            "in_house_fostering",
            also="PLACEMENT_SETTING SETTING_TYPE",
        ),
        stored("MONTH", "capacity.month", FILLED, "01/04/2026", also="MONTH_START"),
        stored("PLACES_APPROVED", "capacity.places_approved", FILLED, "120", also="APPROVED_PLACES CAPACITY"),
        stored(
            "PLACES_FILLED", "capacity.places_filled", FILLED, "104", also="FILLED_PLACES OCCUPIED_PLACES"
        ),
    ),
    meaning="one row a setting and month",
)
BUDGET = Layout(
    "Budget",
    (
        Field(
            "YEAR",
            "financial_year",
            FILLED,
            "2025/26",
            "financial year, April to March",
            also=("FINANCIAL_YEAR",),
        ),
        stored("LINE", "budget.line", FILLED, "Agency fostering", also="BUDGET_LINE COST_LINE COST_CENTRE"),
        stored("BUDGET", "budget.budget_gbp", FILLED, "4200000", also="ANNUAL_BUDGET BUDGET_GBP"),
        stored(
            "ACTUAL_TO_DATE", "budget.actual_to_date_gbp", CHECKED, "3900000", also="ACTUAL SPEND_TO_DATE"
        ),
        stored("TO_DATE", "budget.actual_to_date_on", CHECKED, "28/02/2026", also="ACTUAL_TO ACTUAL_AS_AT"),
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
            also=(domain.label,),
        )
        for domain in needs.domains
    )
    return Layout(
        NEEDS, (*_assessed(), *scores, *_told()), meaning="one row an assessment, a column a domain"
    )


def needs_long(needs: NeedModel) -> Layout:
    """Needs, one row a score: the other way to send them."""
    domain = Field(
        "DOMAIN", "code", FILLED, needs.ids[0], "the domain's id", needs.ids, also=("NEED_DOMAIN", "NEED")
    )
    score = Field(
        "SCORE", "whole", FILLED, "2", "its score", (), 0, needs.maximum, "points", also=("DOMAIN_SCORE",)
    )
    return Layout(
        NEEDS_LONG,
        (*_assessed(), domain, score, *_told()),
        meaning="the other way to send needs: one row a score, every domain of an assessment scored",
    )


def _assessed() -> tuple[Field, ...]:
    return CHILD, stored(
        "ASSESSED_ON",
        "assessment.assessed_on",
        FILLED,
        "15/01/2026",
        also="ASSESSMENT_DATE DATE_OF_ASSESSMENT DATE_ASSESSED",
    )


def _told() -> tuple[Field, ...]:
    return (
        stored(
            "ASSESSOR",
            "assessment.assessor",
            OPTIONAL,
            "EXAMPLE-W",
            meaning="who led the assessment; kept only as a keyed hash",
            private=True,
            also="SOCIAL_WORKER WORKER ASSESSED_BY",
        ),
        stored("FOSTER_SUITABILITY", "assessment.foster_suitability", OPTIONAL, "suitable"),
        stored("STRENGTHS", "assessment.strengths", OPTIONAL, "Kind to younger children", private=True),
        stored("GOALS", "assessment.goals", OPTIONAL, "Join a football team", private=True),
        stored("CHILD_VIEW", "assessment.child_view", OPTIONAL, "I like my school", private=True),
    )


def contract(needs: NeedModel) -> tuple[Layout, ...]:
    """The files of our own contract, in the order the templates list them."""
    return _needs_wide(needs), COSTS, CHARACTERISTICS, CAPACITY, BUDGET
