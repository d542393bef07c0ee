"""Files as the Department for Education publishes them, made up and small enough to work out on paper.

Eleven authorities, 901 to 911, each the neighbour of the ten others; 901 is called North. A week in residential
costs £5,000 and £100 more an authority; two of North's neighbours have no published value.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

CODES = range(901, 912)
NAMES = {code: "North" if code == 901 else f"Council {code}" for code in CODES}
HEADER = "Short Desc,Data item,Years,LA and Regions,Values,LA Number,Region"
ENGLAND_COSTS = {"RescareFinance": "8000", "FosteringFinance": "800", "LACFinance": "2200"}
ENGLAND_MIX = {
    "LAC_Foster_Placements": "66",
    "LAC_SecHome_And_ChildHome": "13",
    "LAC_Other_Res_Settings": "1",
    "LAC_Ind_SInd_Liv_Arr": "9",
    "LAC_Parents_OR_Others": "6",
    "LAC_Other_Place_Inc_Unreg": "3",
}
HIDDEN = {902: "c", 903: "-"}


def residential(code: int) -> str:
    """What a week costs there in 2025-26, as printed."""
    return HIDDEN.get(code, str(5000 + 100 * (code - 901)))


def unit_costs(england: Mapping[str, str] = ENGLAND_COSTS) -> list[str]:
    """Lines of the unit costs: England and every authority, the year before at a tenth less."""
    lines = [HEADER]
    for series, value in england.items():
        lines += [
            f"{series},,2024-25 (OT),England,1,970.0,NA",
            f"{series},,2025-26 (OT),England,{value},970.0,NA",
        ]
        for code, name in NAMES.items():
            here = residential(code) if series == "RescareFinance" else str(int(value) - 5)
            lines += [
                f"{series},,2024-25 (OT),{name},1,{code}.0,South",
                f"{series},,2025-26 (OT),{name},{here},{code}.0,South",
            ]
    return lines


def placement_mix(england: Mapping[str, str] = ENGLAND_MIX) -> list[str]:
    """Lines of where children live: every authority as England, its fostering one point a code higher."""
    lines = [HEADER, "LACnum,,2026,England,81000,970.0,NA"]
    for series, value in england.items():
        lines.append(f"{series},,2026,England,{value},970.0,NA")
        for code, name in NAMES.items():
            more = code - 901 if series == "LAC_Foster_Placements" else 0
            lines.append(f"{series},,2026,{name},{int(value) + more},{code}.0,South")
    return lines


def neighbours() -> list[str]:
    """Lines of the neighbours model."""
    places = ",".join(f"SN_{place},SN_{place}P" for place in range(1, 11))
    lines = [f"old_la_code,la_name,region_ind,region_name,{places}"]
    for code, name in NAMES.items():
        others = ",".join(f"{other},Close " for other in CODES if other != code)
        lines.append(f"{code},{name},1,South,{others}")
    return lines


def written(folder: Path, **files: list[str]) -> list[Path]:
    """Each of the files by its name, as the department writes it."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{name}.csv" for name in files]
    for path, lines in zip(paths, files.values(), strict=True):
        path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    return paths


def all_of_them(folder: Path) -> list[Path]:
    """The three files."""
    return written(folder, costs=unit_costs(), mix=placement_mix(), near=neighbours())
