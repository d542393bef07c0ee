"""Dates and financial years as councils write them, turned into dates. Never guesses the order of day and month.

Day first (31/03/2026, 31-3-26, with or without a time of day) and ISO (2026-03-31) are read, cell by cell, so a
column may mix them; where the return allows it, so is a date of which only the month or the year is known. A column
whose dates only make sense month first is reported, never turned round.
"""

from __future__ import annotations

import pandas as pd

_TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?"
_STYLES = {
    "dd/mm/yyyy": rf"(?P<d>\d{{1,2}})[/.\-](?P<m>\d{{1,2}})[/.\-](?P<y>\d{{4}}){_TIME}",
    "dd/mm/yy": rf"(?P<d>\d{{1,2}})[/.\-](?P<m>\d{{1,2}})[/.\-](?P<y>\d{{2}}){_TIME}",
    "yyyy-mm-dd": rf"(?P<y>\d{{4}})[/\-](?P<m>\d{{1,2}})[/\-](?P<d>\d{{1,2}}){_TIME}",
}
_MONTHS = {
    "yyyy-mm": r"(?P<y>\d{4})[/\-](?P<m>\d{1,2})",
    "mm/yyyy": r"(?P<m>\d{1,2})[/\-](?P<y>\d{4})",
}
_PARTS = (  # what is not known of a date is written in zs: zz/03/2014, zz/zz/2014, zz/zz/zzzz
    r"(?:zz[/.\-])?(?:(?P<m>\d{1,2}|zz)[/.\-])?(?P<y>\d{4}|zzzz)",
    r"(?P<y>\d{4})[/\-](?P<m>\d{1,2})",
)
_YEARS_AHEAD = (
    20  # "45" read in 2026 is 2045, "47" is 1947: nobody in these files is born or placed further off
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def parse_dates(text: pd.Series, *, this_year: int, months: bool = False) -> pd.DataFrame:
    """Columns `date` (NaT where blank or unreadable) and `style` (the name of the style that fitted, or NA).

    `months` also accepts a month without a day, and cuts every date to the first of its month.
    """
    date = pd.Series(pd.NaT, index=text.index, dtype="datetime64[us]")
    style = pd.Series(pd.NA, index=text.index, dtype="str")
    for name, pattern in (_STYLES | _MONTHS if months else _STYLES).items():
        parts = text.str.extract(f"^{pattern}$")
        fits = parts["y"].notna() & date.isna()
        if not fits.any():
            continue
        numbers = parts[fits].assign(d=parts.get("d", "1")).astype("int64")
        numbers["y"] = numbers["y"].where(numbers["y"] >= 100, _century(numbers["y"], this_year))
        in_range = numbers["y"].between(_FIRST_YEAR, _LAST_YEAR)
        numbers = numbers[in_range].rename(columns={"y": "year", "m": "month", "d": "day"})
        date[numbers.index] = pd.to_datetime(numbers[["year", "month", "day"]], errors="coerce").astype(
            date.dtype
        )
        style[date.notna() & style.isna()] = name
    if months:
        date = date.dt.to_period("M").dt.to_timestamp().astype("datetime64[us]")
    return pd.DataFrame({"date": date, "style": style})


def known_parts(text: pd.Series, date: pd.Series) -> pd.Series:
    """Dates of which only a part may be known, as far as they are: 2014-03-05, 2014-03, 2014 or "" for nothing.

    `date` holds those of the texts that are whole dates. NA where a text is neither.
    """
    found = date.dt.strftime("%Y-%m-%d").astype("str")
    for pattern in _PARTS:
        parts = text.str.lower().str.extract(f"^{pattern}$")
        year, month = (pd.to_numeric(parts[name], errors="coerce") for name in ("y", "m"))
        fits = parts["y"].notna() & found.isna()
        unknown = parts["y"] == "zzzz"
        dated = fits & year.between(_FIRST_YEAR, _LAST_YEAR) & (month.between(1, 12) | month.isna())
        months = "-" + parts["m"].where(month.notna()).str.zfill(2)
        found = found.mask(dated, parts["y"] + months.fillna("")).mask(fits & unknown & month.isna(), "")
    return found


def _century(two_digits: pd.Series, this_year: int) -> pd.Series:
    full = two_digits + 2000
    return full.where(full <= this_year + _YEARS_AHEAD, full - 100)


def month_first(text: pd.Series, date: pd.Series) -> pd.Series:
    """Which distinct dates are only possible month first; none are when any other shows that days come first."""
    parts = text.str.extract(r"^(\d{1,2})[/.\-](\d{1,2})[/.\-]\d{2,4}").astype("float64")
    turned = date.isna() & (parts[0] <= 12) & parts[1].between(13, 31)
    day_first = date.notna() & (parts[0] > 12)
    return turned & (not day_first.any())


def parse_financial_years(text: pd.Series) -> pd.Series:
    """`2025/26`, `2025-26` or `2025/2026` as `2025/26`; NA where it is none of these."""
    parts = text.str.extract(r"^(\d{4})\s*[/–-]\s*(?:\d{2})?(\d{2})$")
    start, end = parts[0].astype("float64"), parts[1].astype("float64")
    return (parts[0] + "/" + parts[1]).where((start + 1) % 100 == end)


def written(days: pd.Series) -> list[str]:
    """Each day as 31/03/2026; "blank" for none."""
    return ["blank" if pd.isna(day) else f"{day:%d/%m/%Y}" for day in days]


def financial_year(day: pd.Timestamp) -> str:
    """The April to March year a day falls in, such as `2025/26`."""
    start = day.year if day.month >= 4 else day.year - 1
    return f"{start}/{(start + 1) % 100:02d}"
