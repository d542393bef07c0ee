"""How children move: where they lived before, the codes of where they live, and why placements end.

Weights only. H5 and Z1 stand for K3 and Z11–Z14 before their return years.
"""

from __future__ import annotations

import numpy as np

from vcore.demo.people import WHERE

# Where children lived earlier (weights), by where they live at the end of the period.
_BEFORE_COLUMNS = (
    "in_house_fostering",
    "independent_fostering",
    "in_house_residential",
    "private_residential",
    "semi_independent",
    "with_parents",
    "other",
)
_BEFORE = {
    "in_house_fostering": (86, 6, 0, 0, 0, 6, 2),
    "independent_fostering": (40, 52, 1, 4, 0, 3, 0),
    "other_authority_fostering": (66, 26, 0, 4, 0, 4, 0),
    "in_house_residential": (24, 24, 30, 20, 0, 0, 2),
    "private_residential": (17, 19, 15, 47, 0, 0, 2),
    "specialist_residential": (15, 30, 0, 55, 0, 0, 0),
    "semi_independent": (36, 24, 7, 20, 13, 0, 0),
    "with_parents": (66, 26, 0, 4, 0, 4, 0),
    "for_adoption": (86, 14, 0, 0, 0, 0, 0),
    "unregistered": (0, 20, 10, 70, 0, 0, 0),
    "other": (35, 35, 0, 30, 0, 0, 0),
}
BEFORE = np.zeros((len(WHERE), len(WHERE)))
BEFORE[:, [WHERE.index(column) for column in _BEFORE_COLUMNS]] = [_BEFORE[last] for last in WHERE]

# PLACE, PLACE_PROVIDER and how often each is used.
_CODES = {
    "in_house_fostering": "U1 PR1 9, U2 PR1 2, U3 PR1 15, U4 PR1 38, U5 PR1 3, U6 PR1 33",
    "independent_fostering": "U4 PR4 40, U6 PR4 48, U6 PR5 12",
    "other_authority_fostering": "U4 PR2 55, U6 PR2 45",
    "in_house_residential": "K2 PR1 100",
    "private_residential": "K2 PR4 84, K2 PR5 7, S1 PR4 9",
    "specialist_residential": "R2 PR3 40, R5 PR3 36, R3 PR5 24",
    "semi_independent": "K3 PR4 82, K3 PR1 18",
    "with_parents": "P1 PR0 100",
    "for_adoption": "A3 PR1 12, A5 PR1 88",
    "unregistered": "Z11 PR4 60, Z12 PR4 40",
    "other": "Z13 PR4 45, Z14 PR1 55",
}
CODES = tuple((where, *code.split()) for where in WHERE for code in _CODES[where].split(", "))
CODE_WEIGHTS = np.array([[(w == where) * float(weight) for w, _, _, weight in CODES] for where in WHERE])
PLACE_CODES = np.array([place for _, place, _, _ in CODES])
PROVIDER_CODES = np.array([provider for _, _, provider, _ in CODES])
OLDER_CODES = (("K3", "H5", np.datetime64("2024-04-01")), ("Z", "Z1", np.datetime64("2025-04-01")))

MOVED = "CARPL 46, PLACE 12, OTHER 9, CREQB 12, CREQO 5, CHILD 4, STAND 3, ALLEG 3, LAREQ 4, CLOSE 2"
LEFT = {  # how care ends, by where the child lived
    "for_adoption": "E12 90, E11 10",
    "with_parents": "E4A 80, E8 20",
    "young": "E4A 38, E4B 12, E45 18, E46 16, E47 4, E48 4, E8 8",
    "at 18": "E17 40, E15 25, E16 10, E5 15, E6 10",
}
