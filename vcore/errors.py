"""Every error the model raises on purpose. One base, so a caller can catch "our" errors and nothing else.

A message says what is wrong, why, and what to do, in words for somebody who is not a programmer.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class VcoreError(Exception):
    """Base of every error raised on purpose by the model."""


class InvalidChoice(VcoreError, ValueError):
    """A value that is not among the valid ones. The message names the nearest valid choice."""

    def __init__(self, what: str, given: object, valid: Iterable[str]) -> None:
        choices = [str(choice) for choice in valid]
        near = get_close_matches(str(given), choices, n=1, cutoff=0.4)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        super().__init__(f"{given!r} is not a {what}.{hint} Valid: {', '.join(choices)}.")
        self.given = given


class RefusedLoad(VcoreError):
    """Files that could not be loaded as they are. Nothing that is published has changed."""


class StoreError(VcoreError):
    """The data folder holds no published state, or one that cannot be read."""


class RefusedRun(VcoreError):
    """A scenario that may not be run on this cohort, for fairness or because a setting is impossible."""
