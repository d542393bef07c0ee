"""Rules about what two files say of the same thing: a child in one file only, a year missing."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from vcore.facts.codes import SEX_CODES
from vcore.ingest.rules.loaded import Loaded, Told, code, of
from vcore.ingest.rules.rule import Example, Hits, Rule, Sent, sent

_CHANGE = 0.3  # share by which the number of children moves between one return and the next
_FEWEST = 10  # children without whom a share says little
_FAR_MILES, _FARTHEST_MILES = 60, 400
_NOT_A_PLACE = pd.Index([], dtype="int64")


def _only_in_header(load: Loaded) -> Iterable[Hits]:
    if not {"Header", "Episodes"} <= load.sent:
        return []
    known = np.isin(load.header["CHILD"], load.children.get("Episodes", []))
    return of(load.header, pd.Series(~known), "CHILD", expected="an episode in the Episodes file")


def _size_jumps(load: Loaded) -> Iterable[Hits]:
    children = load.episodes.groupby("file")["CHILD"].nunique()
    for before, after in zip(load.returns.index[:-1], load.returns.index[1:], strict=True):
        here, there = children.get(before, 0), children.get(after, 0)
        if min(here, there) and max(here, there) >= _FEWEST and abs(there - here) > _CHANGE * here:
            yield Hits(
                _NOT_A_PLACE, "CHILD", f"{there:,} children", f"nearer to {here:,}, as in {before}", after
            )


def _year_missing(load: Loaded) -> Iterable[Hits]:
    starts = load.returns["year"].astype("str").str[:4]
    years = pd.to_numeric(starts, errors="coerce").dropna()
    for (_, earlier), (file, later) in zip(years.items(), list(years.items())[1:], strict=False):
        if later - earlier > 1:
            yield Hits(
                _NOT_A_PLACE,
                "",
                "",
                f"the return of {earlier + 1:.0f}/{(earlier + 2) % 100:02.0f}",
                str(file),
            )


def _sex_codes_mixed(load: Loaded) -> Iterable[Hits]:
    numbers = load.headers["SEX"].isin(["1", "2"])
    letters = load.headers["SEX"].isin([code for code in SEX_CODES if code.isalpha()])
    for file, rows in load.headers.groupby("file"):
        if numbers[rows.index].any() and letters[rows.index].any():
            yield Hits(
                _NOT_A_PLACE, "SEX", "1 or 2, and letters", "1, 2 to 2023-24; M, F, U since", str(file)
            )


def _suspension_disagrees(load: Loaded) -> Iterable[Hits]:
    rows = load.characteristics
    odd = rows["SUSPENDED_12M"].eq(True) & rows["SUSPENDED_EVER"].eq(False)
    return of(rows, odd, "SUSPENDED_EVER", "N", "Y, as in SUSPENDED_12M")


def _far_away(load: Loaded) -> Iterable[Hits]:
    rows = load.characteristics
    miles = rows["DISTANCE_MILES"]
    odd = (rows["IN_AREA"].eq(True).fillna(False) & (miles > _FAR_MILES)) | (miles > _FARTHEST_MILES)
    return of(rows, odd, "DISTANCE_MILES", Told(miles, "{:.0f} miles"), "a distance in miles")


def _actual_outside_year(load: Loaded) -> Iterable[Hits]:
    rows = load.budget
    begins = pd.to_datetime(rows["YEAR"].astype("str").str[:4] + "-04-01", errors="coerce").astype(
        "datetime64[us]"
    )
    ends = begins + pd.DateOffset(years=1)
    odd = (rows["TO_DATE"] < begins) | (rows["TO_DATE"] > ends)
    return of(rows, odd, "TO_DATE", expected=code(rows["YEAR"], "a day in "))


def _far_over_budget(load: Loaded) -> Iterable[Hits]:
    rows = load.budget
    odd = (rows["ACTUAL_TO_DATE"] > 2 * rows["BUDGET"]) & (rows["BUDGET"] > 0)
    return of(rows, odd, "ACTUAL_TO_DATE", expected="less than twice the budget")


def _return(*dates: str, children: int = 1) -> Sent:
    """Episodes of so many children, each starting on one of these dates in turn."""
    rows = tuple(
        {"CHILD": f"EXAMPLE{child + 1}", "DECOM": dates[child % len(dates)]} for child in range(children)
    )
    return Sent("Episodes", rows)


def _grown(children: int) -> Example:
    everybody = tuple({"CHILD": f"EXAMPLE{child + 1}"} for child in range(children))
    return (
        Sent("Header", everybody),
        _return("01/09/2023", children=10),
        Sent(
            "Episodes", tuple({**row, "DECOM": f"{at + 1:02d}/09/2024"} for at, row in enumerate(everybody))
        ),
    )


RULES = (
    Rule(
        "CHILD_ONLY_IN_HEADER",
        "warning",
        "The child is in the Header and has no episode.",
        "Send the Episodes file of the same return, or take the child out.",
        ("CHILD",),
        sent("Header", {}, {"CHILD": "EXAMPLE2"}),
        (*sent("Header", {}, {"CHILD": "EXAMPLE2"}), *sent("Episodes", {}, {"CHILD": "EXAMPLE2"})),
        check=_only_in_header,
    ),
    Rule(
        "RETURN_SIZE_JUMPS",
        "warning",
        "The number of children differs by more than 30% from the return before.",
        "Check that both returns are whole.",
        ("CHILD",),
        _grown(14),
        _grown(13),
        check=_size_jumps,
    ),
    Rule(
        "RETURN_YEAR_MISSING",
        "warning",
        "A year is missing between this return and the one before.",
        "Add the return of that year: moves in it are not counted.",
        (),
        (_return("01/09/2022"), _return("01/09/2024")),
        (_return("01/09/2022"), _return("01/09/2023")),
        check=_year_missing,
    ),
    Rule(
        "SEX_CODES_MIXED",
        "warning",
        "The file uses the codes for sex of two return years (1, 2 and M, F, U); both are read.",
        "Nothing, if rows of two years were put together on purpose.",
        ("SEX",),
        sent("Header", {}, {"CHILD": "EXAMPLE2", "SEX": "2"}),
        sent("Header", {}, {"CHILD": "EXAMPLE2", "SEX": "U"}),
        check=_sex_codes_mixed,
    ),
    Rule(
        "SUSPENSION_DISAGREES",
        "warning",
        "The child was suspended in the last 12 months and yet never; the first counts.",
        "Correct SUSPENDED_EVER or SUSPENDED_12M.",
        ("SUSPENDED_EVER", "SUSPENDED_12M"),
        sent("Characteristics", {"SUSPENDED_EVER": "N", "SUSPENDED_12M": "Y"}),
        sent("Characteristics", {"SUSPENDED_EVER": "", "SUSPENDED_12M": "Y"}),
        check=_suspension_disagrees,
    ),
    Rule(
        "DISTANCE_ODD",
        "warning",
        f"The placement is said to be in the area and more than {_FAR_MILES} miles away, or farther than England is "
        "long.",
        "Check that the distance is in miles, and IN_AREA.",
        ("DISTANCE_MILES", "IN_AREA"),
        sent("Characteristics", {"DISTANCE_MILES": "61"}),
        sent("Characteristics", {"DISTANCE_MILES": "60"}),
        check=_far_away,
    ),
    Rule(
        "ACTUAL_OUTSIDE_YEAR",
        "warning",
        "Spend to date is dated outside its financial year.",
        "Correct TO_DATE or YEAR.",
        ("TO_DATE", "YEAR"),
        sent("Budget", {"TO_DATE": "31/03/2025"}),
        sent("Budget", {"TO_DATE": "01/04/2025"}),
        check=_actual_outside_year,
    ),
    Rule(
        "ACTUAL_FAR_OVER_BUDGET",
        "warning",
        "Spend to date is more than twice the budget of the year.",
        "Check that both are in £, for the same line.",
        ("ACTUAL_TO_DATE", "BUDGET"),
        sent("Budget", {"ACTUAL_TO_DATE": "8400001"}),
        sent("Budget", {"ACTUAL_TO_DATE": "8400000"}),
        check=_far_over_budget,
    ),
)
