"""The SSDA903 modules of every return year. Source: DfE children looked-after return guides.

Columns that identify a child (UPN, postcodes, the birth date of a mother's child) are named here only so that the
report can say they were dropped: they never leave the reader.
"""

from __future__ import annotations

from vcore.facts import codes
from vcore.facts.placements import PLACE_CODES, PROVIDERS
from vcore.ingest.fields import Field, Need, stored
from vcore.ingest.layouts.layout import CHILD, Layout

FILLED, READABLE, DESCRIPTIVE, OPTIONAL = Need.FILLED, Need.READABLE, Need.DESCRIPTIVE, Need.OPTIONAL


def _born(need: Need) -> Field:
    return Field(
        "DOB",
        "date",
        need,
        "14/05/2012",
        "date of birth; kept only as its month",
        private=True,
        also=("DATE_OF_BIRTH", "BIRTH_DATE"),
    )


_SEX = Field("SEX", "code", DESCRIPTIVE, "M", codes=tuple(codes.SEX_CODES), also=("GENDER",))

HEADER = Layout(
    "Header",
    (
        CHILD,
        _SEX,
        _born(FILLED),
        Field(
            "ETHNIC",
            "code",
            DESCRIPTIVE,
            "WBRI",
            codes=tuple(codes.ETHNICITY_OF),
            also=("ETHNICITY", "ETHNIC_CODE", "ETHNICITY_CODE", "ETHNIC_ORIGIN"),
        ),
    ),
    dropped=("UPN", "UUPN", "MOTHER", "MC_DOB"),
    meaning="SSDA903: one row a child in the year",
)
EPISODES = Layout(
    "Episodes",
    (
        CHILD,
        Field(
            "DECOM",
            "date",
            FILLED,
            "01/09/2023",
            also=("EPISODE_START", "EPISODE_START_DATE", "DATE_EPISODE_COMMENCED"),
        ),
        Field(
            "RNE",
            "code",
            FILLED,
            "S",
            codes=codes.NEW_EPISODE_REASONS,
            also=("REASON_FOR_NEW_EPISODE", "REASON_NEW_EPISODE"),
        ),
        Field(
            "LS", "code", FILLED, "C2", codes=codes.LEGAL_STATUSES, also=("LEGAL_STATUS", "LEGAL_STATUS_CODE")
        ),
        Field(
            "CIN",
            "code",
            DESCRIPTIVE,
            "N1",
            codes=codes.NEED_CATEGORIES,
            also=("CATEGORY_OF_NEED", "NEED_CODE", "PRIMARY_NEED_CODE"),
        ),
        Field(
            "PLACE",
            "code",
            FILLED,
            "U4",
            codes=tuple(sorted(PLACE_CODES)),
            also=("PLACEMENT", "PLACEMENT_TYPE", "PLACEMENT_CODE", "PLACEMENT_TYPE_CODE"),
        ),
        Field(
            "PLACE_PROVIDER",
            "code",
            READABLE,
            "PR4",
            codes=PROVIDERS,
            also=("PLACEMENT_PROVIDER", "PROVIDER_CODE", "PROVIDER_TYPE"),
        ),
        Field("DEC", "date", READABLE, also=("EPISODE_END", "EPISODE_END_DATE", "DATE_EPISODE_CEASED")),
        Field(
            "REC",
            "code",
            DESCRIPTIVE,
            codes=tuple(codes.END_REASONS),
            also=("REASON_EPISODE_CEASED", "REASON_FOR_EPISODE_CEASING"),
        ),
        Field(
            "REASON_PLACE_CHANGE",
            "code",
            DESCRIPTIVE,
            codes=codes.PLACE_CHANGE_REASONS,
            also=("REASON_FOR_PLACEMENT_CHANGE", "PLACEMENT_CHANGE_REASON"),
        ),
        Field("URN", "text", OPTIONAL, "SC000001", also=("OFSTED_URN", "PLACEMENT_URN")),
    ),
    dropped=("HOME_POST", "PL_POST"),
    meaning="SSDA903: one row an episode of care",
)
UASC = Layout(
    "UASC",
    (
        CHILD,
        _SEX,
        _born(DESCRIPTIVE),
        Field("DUC", "date", DESCRIPTIVE, also=("DATE_UASC_STATUS_CEASED", "UASC_STATUS_CEASED")),
    ),
    meaning="SSDA903: unaccompanied asylum-seeking children",
)
OC2 = Layout(
    "OC2",
    (CHILD, stored("SDQ_SCORE", "child.sdq_score", READABLE, "14", also="SDQ SDQ_TOTAL")),
    dropped=("DOB",),
    meaning="SSDA903: health and the strengths and difficulties score",
)
DOLO = Layout(
    "DoLo",
    (CHILD, Field("DOLO_START", "date", FILLED, "01/09/2025"), Field("DOLO_END", "date", READABLE)),
    dropped=("DOB",),
    meaning="SSDA903: deprivation of liberty orders, from 2026-27",
)
MISSING = Layout(
    "Missing",
    (
        CHILD,
        stored(
            "MISSING", "missing_period.kind", FILLED, "M", also="MISSING_TYPE MISSING_CODE MISSING_STATUS"
        ),
        stored(
            "MIS_START",
            "missing_period.started_on",
            FILLED,
            "06/01/2026",
            also="MISSING_START MISSING_START_DATE MISSING_FROM",
        ),
        stored(
            "MIS_END",
            "missing_period.ended_on",
            READABLE,
            "08/01/2026",
            also="MISSING_END MISSING_END_DATE MISSING_TO",
        ),
    ),
    dropped=("DOB",),
    meaning="SSDA903: times when a child was missing, or away without authorisation",
)
PREV_PERM = Layout(
    "PrevPerm",
    (
        CHILD,
        stored(
            "PREV_PERM",
            "child.previous_permanence",
            FILLED,
            "P2",
            also="PREVIOUS_PERMANENCE PREVIOUS_PERMANENCE_OPTION",
        ),
        stored(
            "DATE_PERM",
            "child.permanence_ordered",
            DESCRIPTIVE,
            "zz/03/2019",
            also="PERMANENCE_DATE PREVIOUS_PERMANENCE_DATE DATE_OF_PERMANENCE_ORDER",
        ),
    ),
    dropped=("DOB", "LA_PERM"),
    meaning="SSDA903: adoption, special guardianship or another order before this time in care",
)
_UNUSED = {
    "Reviews": "CHILD DOB REVIEW REVIEW_CODE",
    "OC3": "CHILD DOB IN_TOUCH ACTIV ACCOM",
    "AD1": "CHILD DOB DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR",
    "PlacedAdoption": "CHILD DOB DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED",
    "SWEpisodes": "CHILD SW_ID SW_DECOM SW_DEC SW_REASON",
}


def _unused(name: str, columns: str) -> Layout:
    fields = tuple(Field(column, "text", READABLE) for column in columns.split())
    return Layout(name, fields, used=False, meaning="SSDA903: recognised, not used")


RETURNS = (
    *(HEADER, EPISODES, UASC, OC2, DOLO, MISSING, PREV_PERM),
    *(_unused(name, columns) for name, columns in _UNUSED.items()),
)
