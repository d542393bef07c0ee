"""What was found in the files and what became of every row, while a load is read.

Each row read is enrolled once and ends as exactly one of kept, merged, set aside or refused: the worst that any
finding did to it. That is what makes the counts balance. This module never prints and never sees a cell
that its caller has not made safe to show.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from vcore.ingest.rules import RULES, rule
from vcore.ingest.rules.loaded import Loaded
from vcore.ingest.rules.rule import SEVERITIES, Severity

FATES = ("kept", "merged", "set_aside", "refused")
_FATE_OF = {"note": 0, "warning": 0, "merged": 1, "not_counted": 2, "set_aside": 2, "refused": 3}
COLUMNS = ("file", "line", "column", "code", "severity", "message", "expected", "found", "what_to_do")


class Findings:
    """A running record; rows are named by the number they were enrolled under."""

    def __init__(self) -> None:
        self._files: list[str] = []
        self._file = np.empty(0, "int32")
        self._line = np.empty(0, "int64")
        self._fate = np.empty(0, "int8")
        self._child = np.empty(0, "int64")
        self._found: list[pd.DataFrame] = []
        self.refused = False
        self.weekly_gbp = pd.Series(dtype="float64")  # what is paid a week on the day of the load, by child
        self.steps: list[tuple[str, int]] = []

    def enrol(self, file: str, lines: Sequence[int] | np.ndarray) -> pd.RangeIndex:
        """Take the rows of one file in, by the physical line each starts on; they are kept until found wanting."""
        start = len(self._line)
        self._file = np.append(self._file, np.full(len(lines), len(self._files), "int32"))
        self._line = np.append(self._line, np.asarray(lines, "int64"))
        self._fate = np.append(self._fate, np.zeros(len(lines), "int8"))
        self._child = np.append(self._child, np.full(len(lines), -1, "int64"))
        self._files.append(file)
        return pd.RangeIndex(start, len(self._line))

    def add(
        self,
        code: str,
        rows: pd.Index,
        column: str = "",
        *,
        found: Sequence[str] | str = "",
        expected: Sequence[str] | str = "",
    ) -> None:
        """A finding against each of these rows. `found` and `expected` are one text, or one a row in order."""
        if len(rows) == 0:
            return
        at = rows.to_numpy()
        self._fate[at] = np.maximum(self._fate[at], _FATE_OF[rule(code).severity])
        self._found.append(
            pd.DataFrame(
                {
                    "file": np.asarray(self._files, dtype=object)[self._file[at]],
                    "row": at,
                    "line": self._line[at],
                    "column": column,
                    "code": code,
                    "expected": expected,
                    "found": found,
                }
            )
        )

    def add_file(
        self,
        code: str,
        file: str,
        column: str = "",
        *,
        line: int | None = None,
        found: str = "",
        expected: str = "",
    ) -> None:
        """A finding about a whole file, or about the load (file ""): all of the file's rows share its fate."""
        severity = rule(code).severity
        self.refused |= severity == "refused"
        if file:
            of_file = self._file == self._files.index(file)
            self._fate[of_file] = np.maximum(self._fate[of_file], _FATE_OF[severity])
        entry = {
            "file": file,
            "line": line,
            "column": column,
            "code": code,
            "expected": expected,
            "found": found,
        }
        self._found.append(pd.DataFrame([entry]))

    def name_children(self, frame: pd.DataFrame) -> None:
        """Which child (a place in a list, -1 for none) each of these rows is about: its `CHILD`."""
        self._child[frame.index.to_numpy()] = frame["CHILD"].to_numpy("int64")

    def of_severities(self, severities: Sequence[Severity]) -> np.ndarray:
        """Whether each enrolled row has a finding of these severities, its file's included."""
        hit = np.zeros(len(self._line), bool)
        for found in self._found:
            if rule(found["code"].iloc[0]).severity not in severities:
                continue
            if "row" in found:
                hit[found["row"].to_numpy()] = True
            elif found["file"].iloc[0]:
                hit |= self._file == self._files.index(found["file"].iloc[0])
        return hit

    @property
    def blocking(self) -> set[str]:
        """The rules that stop this load."""
        return {code for code in (found["code"].iloc[0] for found in self._found) if rule(code).blocks}

    def children_of(self, rows: np.ndarray) -> np.ndarray:
        """The children that these rows (a mask, or numbers) are about."""
        children = np.unique(self._child[rows])
        return children[children >= 0]

    def children_by_rule(self) -> dict[str, int]:
        """How many children each rule that was broken by rows is about."""
        rows: dict[str, list[np.ndarray]] = {}
        for found in self._found:
            if "row" in found:
                rows.setdefault(found["code"].iloc[0], []).append(found["row"].to_numpy())
        return {code: len(self.children_of(np.concatenate(each))) for code, each in rows.items()}

    def check(self, loaded: Loaded) -> None:
        """Every rule that compares files, against a load put together."""
        for each in RULES.values():
            for hits in each.check(loaded) if each.check else ():
                if hits.file:
                    self.add_file(
                        each.code, hits.file, hits.column, found=str(hits.found), expected=str(hits.expected)
                    )
                else:
                    self.add(each.code, hits.rows, hits.column, found=hits.found, expected=hits.expected)

    def tell(self, step: str, count: int) -> None:
        """Something done on the way that is no fault of any row, and how often."""
        self.steps.append((step, count))

    def standing(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows of a frame (indexed by enrolled number) that are still kept."""
        return frame[self._fate[frame.index.to_numpy()] == 0]

    def counts(self) -> pd.DataFrame:
        """One row a file, in the order enrolled: read = kept + merged + set_aside + refused."""
        every = np.zeros((len(self._files), len(FATES)), "int64")
        np.add.at(every, (self._file, self._fate), 1)
        frame = pd.DataFrame(every, columns=list(FATES), index=pd.Index(self._files, name="file"))
        frame.insert(0, "read", every.sum(axis=1))
        return frame

    def problems(self) -> pd.DataFrame:
        """Every finding, worst first, then by rule, file and line; `COLUMNS` are its columns."""
        if not self._found:
            return pd.DataFrame(columns=list(COLUMNS))
        every = pd.concat(
            [frame.astype({"line": "Int64"}) for frame in self._found], ignore_index=True
        ).fillna({"expected": "", "found": ""})
        rules = {code: rule(code) for code in every["code"].unique()}
        every["severity"] = every["code"].map({code: each.severity for code, each in rules.items()})
        every["message"] = every["code"].map({code: each.message for code, each in rules.items()})
        every["what_to_do"] = every["code"].map({code: each.what_to_do for code, each in rules.items()})
        rank = every["severity"].map({severity: at for at, severity in enumerate(SEVERITIES)})
        order = every.assign(rank=rank).sort_values(["rank", "code", "file", "line"], kind="stable").index
        return every.loc[order, list(COLUMNS)].reset_index(drop=True)
