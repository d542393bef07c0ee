"""The report: the tables, what they measure and on what machine. Written whole; never edited by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.comparison import Comparison, table
from vcore.settings import ROOT

FILE = ROOT / "docs" / "performance.md"

_HEAD = """# Performance

Written by `python -m benchmarks --write`: do not edit. Nothing fails on seconds; an aim that is missed is
said. Times are medians, with what 95% stayed within in brackets.

{machine}.
{children:,} fictional children, on one machine: the server, the browser and the scripted readers share it.
"""
_ABOUT = {
    "loading": """## Files in

The demonstration cohort written back as five SSDA903 returns, needs, costs and the other extracts, then checked,
built and published, each time in a process of its own. Each line first checks that both read as many rows.""",
    "model": """## The model

Without a screen. Each line first checks that both ways give the same answer.""",
    "screens": """## The screens

Headless Chromium, clock inside the page, pages taking turns press by press. *Rerun*: the R key to the end of
the run. *To chart*: a key on the control to the frame that shows the last change of a chart; *another cohort*
takes a filter away or brings it back. Theirs is a page with one slider, one chart and nothing else
(`benchmarks/bare_app.py`), under the same configuration and in the same run.""",
    "opening": """## The first page of the day

A server that has just been started and a browser that has never been here: from asking for the address to the page
as it stays, its run over and its charts drawn. Reading the children of the store is in it.""",
    "readers": """## Many readers

Scripted sessions over Streamlit's own web socket: {rhythm}.
Each opens Overview, Cohorts and Scenario, moves the price cap four times and goes back; every second one
follows a link to a cohort of its own, so that its figures are worked out for it. The bare page's readers open
it and move its slider. An answer is the time from a step to the end of its run; an error is anything else.""",
}

PARTS = tuple(_ABOUT)


def report(children: int, machine: str, parts: Mapping[str, Sequence[Comparison]], rhythm: str) -> str:
    """The report as Markdown, one section a part that was measured."""
    sections = [f"{_ABOUT[part].format(rhythm=rhythm)}\n\n{table(lines)}" for part, lines in parts.items()]
    return "\n\n".join([_HEAD.format(machine=machine, children=children).strip(), *sections]) + "\n"
