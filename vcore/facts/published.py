"""The register of published statements: what the report and the press printed, and when a cohort agrees.

One row a statement in `published_figures.csv`, in the order of the report. `value` is as in the source, `printed`
as a reader sees it; `low` and `high` are what rounds to it. Statements of kind "reference" are about others than a
cohort's children: they have no rule, and `beyond` says what they are about. Never computes anything. Source:
CCN/IMPOWER 2023 and the press about it.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, field_validator, model_validator

from vcore.errors import InvalidChoice

REPORT_CHILDREN = 3_528  # printed totals are of this many children
Rule = Literal["", "rounds", "over", "between", "range", "order", "describes", "story", "chart", "tracker"]
Beyond = Literal["", "england", "council", "programme", "survey", "forecast", "repeat", "drawing"]
Format = Literal[
    "",
    "none",
    "order",
    "range",
    "children",
    "authorities",
    "levels",
    "assessments",
    "percent",
    "more",
    "points",
    "correlation",
    "times",
    "gbp",
    "money",
]


class Published(BaseModel):
    """One statement.

    `rule`: rounds (the value rounds to the printed one: at least `low`, under `high`), over (more than `low`),
    between (`low` to `high`), range (both ends), order (who comes first), describes (the report's own children),
    story (one child or council), chart (nothing in numbers), tracker (needs decisions recorded over time).
    `reference`: what a comparison is held against, 0 for a difference and 1 for a ratio. `scaled`: a total of the
    report's children, so one of another cohort is first brought to that many. `demo_…`: what the demonstration
    cohort must reproduce. `beyond`: why a reference cannot be worked out from children's data: it is about England
    and its councils, one council's own result, the programme, an opinion or survey, a forecast, repeated by the
    press, or a drawing without numbers.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    source: str
    section: str
    kind: Literal["computable", "partly", "reference"]
    topic: str
    figure: str
    statement: str
    value: str
    printed: str
    unit: str
    population: str
    format: Format
    rule: Rule
    low: float | None
    high: float | None
    reference: float | None
    scaled: bool
    demo_low: float | None
    demo_high: float | None
    demo_rule: str
    beyond: Beyond
    note: str

    @field_validator("low", "high", "reference", "demo_low", "demo_high", mode="before")
    @classmethod
    def empty_is_none(cls, cell: object) -> object:
        return None if cell == "" else cell

    @field_validator("scaled", mode="before")
    @classmethod
    def yes_or_empty(cls, cell: object) -> object:
        return cell == "yes" if isinstance(cell, str) else cell

    @model_validator(mode="after")
    def has_what_its_rule_takes(self) -> Published:
        takes = {
            "rounds": (True, True),
            "describes": (True, True),
            "between": (True, True),
            "range": (True, True),
            "over": (True, False),
        }.get(self.rule, (False, False))
        if takes != (self.low is not None, self.high is not None):
            raise ValueError(f"{self.id}: the rule {self.rule!r} needs other limits.")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise ValueError(f"{self.id}: {self.low} to {self.high} holds nothing.")
        if (self.rule == "") != (self.kind == "reference"):
            raise ValueError(f"{self.id}: a statement is held against a cohort or is only for reference.")
        if (self.beyond == "") == (self.kind == "reference"):
            raise ValueError(f"{self.id}: a reference says what it is about, and nothing else does.")
        return self

    @property
    def is_made_for_demonstration(self) -> bool:
        """Whether the demonstration cohort must reproduce it."""
        return self.demo_low is not None or bool(self.demo_rule)


@cache
def register() -> dict[str, Published]:
    """Every statement by its id, in the order of the report."""
    with Path(__file__).with_name("published_figures.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: Published.model_validate(row) for row in csv.DictReader(file)}


@cache
def about_a_cohort() -> dict[str, Published]:
    """The statements that can be held against children: all but those for reference."""
    return {name: found for name, found in register().items() if found.rule}


def published(name: str) -> Published:
    """One statement. Raises `InvalidChoice` for an id that is not in the register."""
    if name not in register():
        raise InvalidChoice("published statement", name, register())
    return register()[name]
