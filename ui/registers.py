"""The registers as a reader sees them: metrics, assumptions and levels of need, as tables of words.

Holds no definition and no number of its own.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from ui import council_register, reads, theme
from ui.disclosure import Gate
from vcore.facts.assumptions import Assumption
from vcore.facts.domains import ALTERNATIVE_CUT_POINTS, DEFAULT_CUT_POINTS, CutPoints, NeedModel
from vcore.measures import needs
from vcore.measures.disclosure import HIDDEN
from vcore.measures.metrics import METRICS
from vcore.store import Cohort

METHODS_FOLDER = Path(__file__).resolve().parent.parent / "docs" / "methods"
TEXTS = {  # the title of each text of the methods page, and its file
    "Findings": "findings",
    "The published report": "report-notes",
    "England": "england",
    "Limits": "limits",
    "Words": "glossary",
    "Accessibility": "accessibility",
    "About": "about",
    "What is new": "../../CHANGELOG",
}
PLACEHOLDER, AS_IT_COMES = "placeholder: ours, no source yet", "as the app comes"


@cache
def words(name: str) -> str:
    """One of the texts of the methods page, as markdown; without a title of its own, which the page has."""
    text = (METHODS_FOLDER / f"{name}.md").read_text(encoding="utf-8")
    return text.split("\n", 1)[1] if text.startswith("# ") else text


def metrics_table() -> pd.DataFrame:
    """Every metric: what it means, how it is worked out, and the fewest children it is shown for."""
    return pd.DataFrame(
        {
            "Figure": metric.label,
            "What it means": metric.definition,
            "How it is worked out": metric.formula,
            "Unit": metric.unit,
            "Shown from": theme.count(metric.smallest_n, "child", "children"),
        }
        for metric in METRICS.values()
    )


def assumptions_table() -> pd.DataFrame:
    """Every number that is not in the data, as the council has it: its range, where it comes from, who changed it."""
    return pd.DataFrame(
        {
            "Assumption": found.label,
            "Value": _amount(found.value),
            "Range": f"{_amount(found.low)} to {_amount(found.high)}",
            "Unit": _unit(found),
            "Source": PLACEHOLDER if found.source == "placeholder" else found.source,
            "Of": found.date.replace("-", "\N{NON-BREAKING HYPHEN}"),
            "Quality": found.quality,
            "Kept by": found.owner,
            "Why": found.rationale,
            "Changed by": found.changed or AS_IT_COMES,
        }
        for found in council_register.in_force().values()
    )


def cut_points(model: NeedModel) -> tuple[CutPoints, CutPoints]:
    """The levels in force, and the other way to draw them."""
    in_force = model.cut_points
    return in_force, DEFAULT_CUT_POINTS if in_force == ALTERNATIVE_CUT_POINTS else ALTERNATIVE_CUT_POINTS


def levels_table(model: NeedModel) -> pd.DataFrame:
    """Where each level starts, in force and the other way."""
    return pd.DataFrame(
        {"Levels": name, "Scores": f"no need below {cuts.minor}, {cuts.describe()}"}
        for name, cuts in zip(("In force", "Alternative"), cut_points(model), strict=True)
    )


def levels_with_counts(cohort: Cohort, gate: Gate) -> pd.DataFrame:
    """The levels, and how many assessed children have no severe need under each."""
    both = cut_points(cohort.snapshot.needs)
    return levels_table(cohort.snapshot.needs).assign(
        **{
            "All children with no severe need": [_of(cohort, gate, None, cuts) for cuts in both],
            "In residential": [_of(cohort, gate, "residential", cuts) for cuts in both],
        }
    )


def _of(cohort: Cohort, gate: Gate, setting: str | None, cuts: CutPoints) -> str:
    few, assessed = reads.measured(needs.without_severe, cohort, setting, cuts)
    if assessed == 0:
        return theme.NOT_AVAILABLE
    share = gate.amount(theme.percent(few / assessed), assessed) if gate.counts(few, assessed) else HIDDEN
    return f"{gate.count(few, assessed)} of {gate.count(assessed)} ({share})"


def _amount(value: float) -> str:
    return theme.number(value, 0 if value == int(value) else 2)


def _unit(found: Assumption) -> str:
    return found.unit.replace("GBP", "£").replace("share", "share, 0 to 1")
