"""The demonstration cohort written back as files a council would send: five SSDA903 returns and the local extracts.

Everybody is of one authority here, so that one load holds them all.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from vcore import demo
from vcore.facts.codes import CARE_STARTS, NEW_EPISODE_FOLLOWS, PLACE_CHANGE_REASONS
from vcore.settings import settings
from vcore.tables import Tables

RETURNS = range(2022, 2027)  # the years whose March the returns end in
_FOREVER = pd.Timestamp("2200-01-01")
_ENDED = "E4A"  # returned home: what an end of care is written as


def write_files(folder: Path, children: int) -> list[Path]:
    """Write the files of so many children looked after today, and everybody of the years before, into a folder."""
    tables = demo.build(children, needs=settings().needs)
    numbers = tables["child"]["child_id"]
    number = pd.Series(np.arange(100_000, 100_000 + len(numbers)).astype(str), index=numbers.to_numpy())
    frames = {f"{year}/{name}": frame for year in RETURNS for name, frame in _return(tables, year).items()}
    frames |= _extracts(tables)
    paths = []
    for name, frame in frames.items():
        path = folder / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        if "CHILD" in frame:
            frame = frame.assign(CHILD=frame["CHILD"].map(number))
        _written(frame).to_csv(path, index=False)
        paths.append(path)
    return paths


def _written(frame: pd.DataFrame) -> pd.DataFrame:
    """Dates as 31/03/2026 and booleans as Y and N."""
    texts = {}
    for name, column in frame.items():
        if pd.api.types.is_datetime64_any_dtype(column):
            days = pd.Series(column.unique()).dropna()
            texts[name] = column.map(pd.Series(days.dt.strftime("%d/%m/%Y").to_numpy(), index=days))
        elif pd.api.types.is_bool_dtype(column):
            texts[name] = column.map({True: "Y", False: "N"})
    return frame.assign(**texts)


def _return(tables: Tables, year: int) -> dict[str, pd.DataFrame]:
    """The modules we use of the return that ends in March of this year, but for DoLo."""
    first, last = pd.Timestamp(year - 1, 4, 1), pd.Timestamp(year, 3, 31)
    lived = _episodes(tables)
    lived = lived[(lived["start"] <= last) & (lived["end"].isna() | (lived["end"] >= first))]
    ended = lived["end"] <= last
    care_ends = lived["end"] == lived["care_ended_on"]
    reason = lived["end_reason"].where(lived["end_reason"].isin(PLACE_CHANGE_REASONS) & ~care_ends)
    new = np.select(
        [lived["start"] == lived["care_started_on"], lived["start"] == lived["placed"]],
        [CARE_STARTS, "P"],
        "L",
    )
    episodes = pd.DataFrame(
        {
            "CHILD": lived["child_id"],
            "DECOM": lived["start"],
            "RNE": new,
            "LS": lived["legal_status"],
            "CIN": lived["category_of_need"],
            "PLACE": lived["place_code"],
            "PLACE_PROVIDER": lived["provider_code"],
            "DEC": lived["end"].where(ended),
            "REC": pd.Series(np.where(care_ends, _ENDED, NEW_EPISODE_FOLLOWS), lived.index).where(ended),
            "REASON_PLACE_CHANGE": reason.where(ended & (lived["end"] == lived["moved"])),
            "HOME_POST": "AB1 2CD",
            "PL_POST": "AB1 2CE",
            "URN": "SC000001",
        }
    )
    child = tables["child"].set_index("child_id").loc[episodes["CHILD"].unique()].reset_index()
    header = pd.DataFrame(
        {
            "CHILD": child["child_id"],
            "SEX": child["sex"] if year >= 2025 else child["sex"].map({"M": "1", "F": "2"}).fillna("1"),
            "DOB": child["birth_month"],
            "ETHNIC": child["ethnic_code"],
            "UPN": "X",
            "MOTHER": "",
            "MC_DOB": "",
        }
    )
    uasc = header.loc[child["uasc"].fillna(False).to_numpy(), ["CHILD", "SEX", "DOB"]].assign(DUC="")
    return {"header": header, "episodes": episodes, "uasc": uasc} | _beside(tables, child, first, last)


def _beside(
    tables: Tables, child: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp
) -> dict[str, pd.DataFrame]:
    """OC2, Missing and PrevPerm of these children in a return year."""
    asked = tables["sdq"].loc[tables["sdq"]["year_ended_on"] == last].set_index("child_id")["score"]
    missing = tables["missing_period"]
    back = missing["ended_on"]
    missing = missing[(missing["started_on"] <= last) & (back.isna() | (back >= first))]
    missing = missing[missing["child_id"].isin(child["child_id"])]
    return {
        "oc2": pd.DataFrame({"CHILD": child["child_id"], "SDQ_SCORE": child["child_id"].map(asked)}),
        "missing": pd.DataFrame(
            {
                "CHILD": missing["child_id"],
                "MISSING": missing["kind"],
                "MIS_START": missing["started_on"],
                "MIS_END": missing["ended_on"].where(missing["ended_on"] <= last),
            }
        ),
        "previous_permanence": pd.DataFrame(
            {
                "CHILD": child["child_id"],
                "PREV_PERM": child["previous_permanence"].fillna("Z1"),
                "DATE_PERM": child["permanence_ordered"],
            }
        ),
    }


def _episodes(tables: Tables) -> pd.DataFrame:
    """A row for each stretch in one placement under one legal status."""
    placed = tables["placement"].rename(columns={"started_on": "placed", "ended_on": "moved"})
    rows = placed.merge(tables["care"].drop(columns="authority"), on="child_id")
    start = rows[["placed", "started_on"]].max(axis=1)
    end = rows[["moved", "ended_on"]].fillna(_FOREVER).min(axis=1)
    rows = rows.assign(start=start, end=end.mask(end == _FOREVER))[start < end]
    return rows.sort_values(["child_id", "start"])


def _extracts(tables: Tables) -> dict[str, pd.DataFrame]:
    """Needs, costs, characteristics, capacity and budget as the file contract has them."""
    assessment, cost = tables["assessment"], tables["cost"]
    scores = pd.DataFrame(
        np.stack(assessment["scores"].to_list()), columns=list(settings().needs.ids), index=assessment.index
    )
    needs = pd.concat(
        [
            assessment[["child_id", "assessed_on"]],
            scores,
            assessment[["assessor", "foster_suitability", "strengths", "goals", "child_view"]],
        ],
        axis=1,
    )
    costs = cost.drop(columns="authority").rename(
        columns={
            "started_on": "START",
            "ended_on": "END",
            "weekly_cost_gbp": "WEEKLY_COST",
            "social_care_cost_gbp": "SOCIAL_CARE",
            "education_cost_gbp": "EDUCATION",
            "health_cost_gbp": "HEALTH",
            "planned_end_on": "PLANNED_END",
        }
    )
    told = ["disability", "ehcp", "suspended_ever", "suspended_12m", "permanently_excluded", "dol"]
    characteristics = tables["child"][["child_id", *told, "sibling_group", "in_area", "distance_miles"]]
    one = tables["budget"]["authority"].iloc[0]
    capacity, budget = (
        tables[name][tables[name]["authority"] == one].drop(columns="authority")
        for name in ("capacity", "budget")
    )
    budget.columns = ["YEAR", "LINE", "BUDGET", "ACTUAL_TO_DATE", "TO_DATE"]
    frames = {"needs": needs, "costs": costs, "characteristics": characteristics, "capacity": capacity}
    return {
        name: frame.rename(columns={"child_id": "CHILD"}).rename(columns=str.upper)
        for name, frame in frames.items()
    } | {"budget": budget}
