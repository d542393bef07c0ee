"""What a load reports: what each file was taken for, what became of every row, and what to do about it.

The report holds nothing that identifies a child: cells were made safe to show before they got here. It prints nothing
itself; the command line and the screens show it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from math import isnan

import pandas as pd

from vcore.ingest.fixes import Correction, Offer, offers
from vcore.ingest.rules.rule import SEVERITIES, SEVERITY_LABELS, Severity
from vcore.ingest.summary import Totals, by_row, by_rule

_LINES_SHOWN = 6  # stretches of line numbers a rule lists for one file
_EXAMPLES_SHOWN = 3


@dataclass(frozen=True)
class FileCard:
    """One file as it was read. `rows` are its data rows; `return_year` is the year an Episodes file is dated to."""

    name: str
    sha256: str
    rows: int
    recognised_as: str
    encoding: str
    delimiter: str
    date_styles: tuple[str, ...]
    return_year: str
    ignored_columns: tuple[str, ...]
    dropped_columns: tuple[str, ...]

    @property
    def words(self) -> str:
        """Which file it was, as the record of a load keeps it."""
        return f"{self.name} {self.sha256[:12]} ({self.rows:,} rows)"


@dataclass(frozen=True, eq=False)
class Report:
    """One load. `totals` are the counts that come first, `counts` a row a file (index file; read, kept, merged,
    set_aside, refused), `problems` a row a finding (columns of `findings.COLUMNS`), `steps` what was done on the way
    and how often, `corrections` what was put right before anything was checked."""

    authority: str
    as_of: date
    files: tuple[FileCard, ...]
    counts: pd.DataFrame
    problems: pd.DataFrame
    steps: tuple[tuple[str, int], ...]
    refused: bool
    corrections: tuple[Correction, ...] = ()
    totals: Totals = field(default_factory=Totals)
    children_by_rule: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def by_rule(self) -> pd.DataFrame:
        """A row a rule that was broken, worst first: columns of `summary.BY_RULE`."""
        return by_rule(self.problems, self.children_by_rule)

    @cached_property
    def by_row(self) -> pd.DataFrame:
        """A row a finding, file by file from the top: columns of `summary.BY_ROW`."""
        return by_row(self.problems)

    @property
    def offers(self) -> tuple[Offer, ...]:
        """The fixes that would mend something here: read again with `fixes=(offer.fix, …)` to have them made."""
        return offers(self.problems)

    def as_text(self) -> str:
        """The whole report in plain text, as the command line prints it."""
        parts = [
            f"{self.authority}, as at {self.as_of:%d/%m/%Y}: {len(self.files)} files read",
            _first(self.totals),
            self._counted(),
            _left_behind(self.files),
            "\n".join(f"{step}: {count:,}" for step, count in self.steps),
            _corrected(self.corrections),
            *(self._severity(severity) for severity in SEVERITIES),
            "Refused: nothing was changed. Put right what is named above and load again."
            if self.refused
            else "These files can be published.",
            _offered(self.offers),
        ]
        return "\n\n".join(filter(None, parts)) + "\n"

    def _counted(self) -> str:
        wide = max([len(file.name) for file in self.files] + [4])
        what = max([len(_taken_for(file)) for file in self.files] + [13])
        names = list(self.counts.columns)
        lines = [
            f"{'file':<{wide}}  {'recognised as':<{what}}"
            + "".join(f"{name.replace('_', ' '):>11}" for name in names)
        ]
        for file in self.files:
            row = self.counts.loc[file.name]
            lines.append(
                f"{file.name:<{wide}}  {_taken_for(file):<{what}}"
                + "".join(f"{row[name]:>11,}" for name in names)
            )
        total = self.counts.sum()
        lines.append(f"{'total':<{wide}}  {'':<{what}}" + "".join(f"{total[name]:>11,}" for name in names))
        return "\n".join(lines)

    def _severity(self, severity: Severity) -> str:
        rows = self.problems[self.problems["severity"] == severity]
        if rows.empty:
            return ""
        blocks = [SEVERITY_LABELS[severity]]
        for code, of_rule in rows.groupby("code", sort=False):
            first = of_rule.iloc[0]
            unit = "files" if of_rule["line"].isna().all() else "rows"
            count = f"{len(of_rule):,} {unit}: " if len(of_rule) > 1 else ""
            blocks.append(f"  {code}: {count}{first['message']} {first['what_to_do']}")
            examples = of_rule[(of_rule["found"] != "") | (of_rule["expected"] != "")].head(_EXAMPLES_SHOWN)
            if len(examples) < len(of_rule):
                blocks += [f"    {place}" for place in _places(of_rule) if place]
            blocks += [f"    {_example(row)}" for row in examples.to_dict("records")]
        return "\n".join(blocks)


def _first(totals: Totals) -> str:
    affected, one = totals.children_affected, totals.children_affected == 1
    gbp = totals.weekly_cost_affected_gbp
    cost = "" if isnan(gbp) else f", who {'costs' if one else 'cost'} £{gbp:,.0f} a week"
    return (
        f"{totals.rows:,} rows: {totals.valid:,} valid, {totals.errors:,} with errors, {totals.warnings:,} with "
        f"warnings; {affected:,} {'child' if one else 'children'} affected{cost}"
    )


def _corrected(corrections: tuple[Correction, ...]) -> str:
    return "\n".join(
        f"corrected as asked ({each.code}): {each.file}, {each.column}: {each.rows:,} rows. {each.told}"
        for each in corrections
    )


def _offered(offered: tuple[Offer, ...]) -> str:
    """The fixes to try, each once."""
    labels = {offer.fix: offer.label for offer in offered}
    return "\n".join(f"Can be put right here: --fix {code} ({label})" for code, label in labels.items())


def _taken_for(file: FileCard) -> str:
    return f"{file.recognised_as} {file.return_year}".strip()


def _left_behind(files: tuple[FileCard, ...]) -> str:
    """How the files were read and what was not, those of a kind together."""
    alike: dict[str, list[str]] = {}
    for file in files:
        told = [
            f"read as {', '.join(filter(None, (file.encoding, file.delimiter, *file.date_styles)))}",
            f"identifying columns dropped: {', '.join(file.dropped_columns)}" if file.dropped_columns else "",
            f"columns ignored: {', '.join(file.ignored_columns)}" if file.ignored_columns else "",
        ]
        alike.setdefault("; ".join(filter(None, told)), []).append(file.name)
    return "\n".join(f"{', '.join(names)}\n  {told}" for told, names in alike.items())


def _places(of_rule: pd.DataFrame) -> list[str]:
    """Where a rule was broken: the files in one line, or each file with its lines."""
    if of_rule["line"].isna().all():
        return [", ".join(filter(None, of_rule["file"]))]
    return [_where(str(file), rows["line"]) for file, rows in of_rule.groupby("file", sort=False)]


def _where(file: str, lines: pd.Series) -> str:
    """The lines of one file, in stretches."""
    numbers = lines.dropna().astype("int64").drop_duplicates().sort_values()
    stretch = (numbers.diff() != 1).cumsum()
    spans = [
        f"{low}" if low == high else f"{low}–{high}"
        for low, high in numbers.groupby(stretch).agg(["min", "max"]).to_numpy()
    ]
    more = f" and {len(spans) - _LINES_SHOWN} more" if len(spans) > _LINES_SHOWN else ""
    return f"{file} line{'s' if len(numbers) > 1 else ''} {', '.join(spans[:_LINES_SHOWN])}{more}"


def _example(row: dict) -> str:
    where = row["file"] + ("" if pd.isna(row["line"]) else f" line {row['line']}")
    told = [
        f"found {row['found']!r}" if row["found"] else "",
        f"expected {row['expected']}" if row["expected"] else "",
    ]
    return f"{', '.join(filter(None, (where, row['column'])))}: {', '.join(filter(None, told))}"
