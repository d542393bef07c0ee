"""The other SSDA903 codes: sex, ethnicity, legal status, reasons for starting, ending and moving.

Every return year's codes are accepted (sex 1/2 until 2023-24, M/F/U since). Source: DfE children
looked-after return guides.
"""

from __future__ import annotations

SEXES = ("M", "F", "U")
SEX_LABELS = {"M": "Male", "F": "Female", "U": "Not known"}
SEX_CODES = {"1": "M", "2": "F", "M": "M", "F": "F", "U": "U"}

ETHNICITIES = ("White", "Mixed", "Asian", "Black", "Other", "Not known")
_ETHNIC_CODES = {
    "White": "WBRI WIRI WOTH WIRT WROM",
    "Mixed": "MWBC MWBA MWAS MOTH",
    "Asian": "AIND APKN ABAN AOTH",
    "Black": "BCRB BAFR BOTH",
    "Other": "CHNE OOTH",
    "Not known": "REFU NOBT",
}
ETHNICITY_OF = {code: group for group, codes in _ETHNIC_CODES.items() for code in codes.split()}

LEGAL_STATUS_LABELS = {
    "C1": "Interim care order",
    "C2": "Full care order",
    "D1": "Freeing order",
    "E1": "Placement order",
    "V2": "Accommodated by agreement (section 20)",
    "V3": "Short breaks, agreed series",
    "V4": "Short breaks, single",
    "L1": "Police protection",
    "L2": "Emergency protection order",
    "L3": "Child assessment order",
    "J1": "Remanded",
    "J2": "Police and Criminal Evidence Act detention",
    "J3": "Sentenced, youth rehabilitation order",
}
LEGAL_STATUSES = tuple(LEGAL_STATUS_LABELS)
SHORT_BREAKS = frozenset({"V3", "V4"})  # not counted as looked after

NEED_CATEGORIES = tuple(f"N{n}" for n in range(1, 9))  # N2 is a reason for need, never a disability flag
NEW_EPISODE_REASONS = ("S", "L", "P", "T", "B", "U")
CARE_STARTS = "S"
NEW_EPISODE_FOLLOWS = "X1"
BREAKDOWN_REASONS = frozenset({"CREQB", "CREQO", "CHILD", "ALLEG", "STAND", "APPRR", "LAREQ", "CLOSE"})
CARER_REQUESTS = (
    "CREQB",
    "CREQO",
)  # the carer or the provider asked for the end: the child's behaviour, or other
PLACE_CHANGE_REASONS = (*sorted(BREAKDOWN_REASONS), "CARPL", "CUSTOD", "OTHER", "PLACE")
END_REASONS = [
    "X1",
    "E11",
    "E12",
    "E2",
    "E3",
    "E4",
    "E4A",
    "E4B",
    "E13",
    "E41",
    "E45",
    "E46",
    "E47",
    "E48",
    "E5",
    "E6",
    "E7",
    "E8",
    "E9",
    "E14",
    "E15",
    "E16",
    "E17",
]
DISABILITY_CODES = [
    "NONE",
    "MOB",
    "HAND",
    "PC",
    "INC",
    "COMM",
    "LD",
    "HEAR",
    "VIS",
    "BEH",
    "CON",
    "AUT",
    "DDA",
]

MISSING_LABELS = {"M": "Missing", "A": "Away without authorisation"}
NO_PERMANENCE = "Z1"
PERMANENCE_LABELS = {
    "P1": "Adopted",
    "P2": "Special guardianship",
    "P3": "Residence or child arrangements order",
    "P4": "Permanence order, not known which",
    NO_PERMANENCE: "No permanence order",
}

SOURCED_LABELS = {
    "in_house": "In-house",
    "block": "Block contract",
    "framework": "Framework",
    "spot": "Spot purchase",
}
FOSTER_SUITABILITIES = ("preferred", "suitable", "unsuitable", "not known")
