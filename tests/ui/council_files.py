"""A made-up council's month of files, faultless or with six faults in the costs, for loading through the page."""

from __future__ import annotations

from vcore.facts.domains import NeedModel

CHILDREN = 24
PLACES = (("U4", "PR1", 460), ("U4", "PR4", 1_100), ("K2", "PR4", 5_000), ("K2", "PR1", 1_400))
COSTS = "CHILD,START,END,WEEKLY_COST,SOCIAL_CARE,EDUCATION,HEALTH"
# row of the file (the header is row 1) → its cells, and the rule each breaks
FAULTS = {
    3: ("1002,01/04/2024,,11OO,,,", "NUMBER_UNREADABLE"),
    5: ("1004,01/04/2024,01/02/2024,1400,,,", "END_BEFORE_START"),
    7: ("1006,01/04/2024,,0,,,", "COST_ZERO"),
    9: ("1008,31/02/2024,,1400,,,", "DATE_UNREADABLE"),
    11: ("9999,01/04/2024,,5000,,,", "CHILD_NOT_IN_HEADER"),
    13: ("1012,01/04/2024,,1400,1000,100,100", "PARTS_DO_NOT_ADD"),
}


def numbers() -> range:
    return range(1001, 1001 + CHILDREN)


def place_of(number: int) -> tuple[str, str, int]:
    return PLACES[(number - 1001) % len(PLACES)]


def files(*, faults: bool = False, dearer: int = 0, needs_by: int = 1) -> dict[str, bytes]:
    """The files by name. `dearer` £ are added to every cost; scores are multiplied by `needs_by`."""
    domains = NeedModel().domains
    header = ["CHILD,SEX,DOB,ETHNIC,UPN"]
    episodes = ["CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE"]
    costs = [COSTS]
    needs = [",".join(["CHILD", "ASSESSED_ON", *(domain.id for domain in domains)])]
    for at, number in enumerate(numbers()):
        place, provider, cost = place_of(number)
        header.append(f"{number},{'MF'[at % 2]},14/05/{2009 + at % 7},WBRI,H000000000000")
        episodes.append(f"{number},01/04/2024,S,C2,N1,{place},{provider},,,")
        costs.append(f"{number},01/04/2024,,{cost + dearer},,,")
        scores = [str((at + each) % 8 * needs_by) for each in range(len(domains))]
        needs.append(",".join([str(number), "15/02/2026", *scores]))
    if faults:
        for row, (cells, _) in FAULTS.items():
            costs[row - 1] = cells
    tables = {"header.csv": header, "episodes.csv": episodes, "costs.csv": costs, "needs.csv": needs}
    return {name: ("\n".join(lines) + "\n").encode() for name, lines in tables.items()}


def weekly(dearer: int = 0) -> int:
    """What a week of all children costs, by plain addition."""
    return sum(place_of(number)[2] + dearer for number in numbers())
