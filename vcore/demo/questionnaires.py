"""Strengths and difficulties scores by return year, walked back from each child's latest one, which stays as it is.

A stream of its own: what it draws changes nothing else.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from vcore.demo.dates import RECORDS_START, TODAY, birthdays, financial_years
from vcore.demo.traits import QUESTIONNAIRE_AGES

ASKED_SHARE = 0.86  # of earlier years in which a child was of the age and in care at the year's end
DRIFT_POINTS = 2.5  # between one year and the next
LOWEST, HIGHEST = 0, 40


def questionnaires(
    seed: int, children: pd.DataFrame, periods: pd.DataFrame, latest: pd.Series
) -> pd.DataFrame:
    """One row a child and 31 March, by child and year: `child` (position in children), `year_ended_on`, `score`.

    `latest` is each child's latest score (missing without one): it is the score of their newest row.
    """
    rng = np.random.default_rng([seed, 40])
    rows = _year_ends(children, periods)
    rows = rows[latest.notna().to_numpy()[rows["child"]]]
    newest = ~rows["child"].duplicated().to_numpy()  # newest first
    rows = rows[newest | (rng.random(len(rows)) < ASKED_SHARE)]
    newest = ~rows["child"].duplicated().to_numpy()
    child = rows["child"].to_numpy()
    step = np.where(newest, 0.0, rng.normal(0, DRIFT_POINTS, len(rows)))
    walked = np.cumsum(step)
    drift = walked - walked[newest][np.cumsum(newest) - 1]
    score = np.clip(np.rint(latest.to_numpy("float64", na_value=np.nan)[child] + drift), LOWEST, HIGHEST)
    told = rows.assign(score=score.astype("int64")).sort_values(["child", "year_ended_on"], ignore_index=True)
    return told[["child", "year_ended_on", "score"]]


def _year_ends(children: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    """Every 31 March on which a child of the age was in care, the newest first: `child`, `year_ended_on`."""
    start, end = (periods[name].to_numpy().astype("M8[D]") for name in ("start", "end"))
    child = periods["child"].to_numpy()
    born = children["birth_month"].to_numpy()[child]
    youngest, oldest = (birthdays(born, age) for age in (QUESTIONNAIRE_AGES[0], QUESTIONNAIRE_AGES[1] + 1))
    years = range(
        int(financial_years(np.array([TODAY]))[0]) + 1, int(financial_years(np.array([RECORDS_START]))[0]), -1
    )
    found = []
    for year in years:
        day = np.datetime64(f"{year}-03-31")
        here = (start <= day) & (np.isnat(end) | (end > day))
        there = np.flatnonzero(here & (youngest <= day) & (oldest > day))
        found.append(pd.DataFrame({"child": child[there], "year_ended_on": day}))
    return pd.concat(found).sort_values(
        ["child", "year_ended_on"], ascending=[True, False], ignore_index=True
    )
