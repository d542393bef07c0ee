"""What a file about a scenario says of itself: whose children, which data, which version, and how to come back."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class About(NamedTuple):
    """The words that go with a scenario's figures; every count in them has passed the reader's gate.

    `levers` names each lever in the order they act, `explained` says what each assumes. `uncosted` is how many
    children have no cost, in words. `fictional`: demonstration data.
    """

    scenario: str
    cohort: str
    children: str
    uncosted: str
    as_of: date
    snapshot: str
    engine_version: str
    link: str
    fictional: bool
    levers: tuple[str, ...]
    explained: tuple[str, ...]
    caveats: tuple[str, ...]

    @property
    def footer(self) -> str:
        """One line: scenario, children, data, version."""
        mark = "Demonstration data: these children are fictional · " if self.fictional else ""
        return (
            f"{mark}{self.scenario} · {self.cohort} · {self.children} · {self.as_of:%d %B %Y} "
            f"(data {self.snapshot}) · Care Value Explorer {self.engine_version}"
        )
