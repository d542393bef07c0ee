"""What is wrong in a file that somebody wrote, as words: where, what was expected, what was found, what to do."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from pydantic import ValidationError

LONGEST_FOUND = 60
_FOLLOWS = "default_factory_not_called"  # of a value worked out of others: these are the fault
_LIMITS = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
_EXPECTED = {
    "string_too_short": "some text",
    "string_too_long": "a shorter text",
    "string_pattern_mismatch": "a mark such as 20260331-4f0c1d2e",
    **dict.fromkeys(("date_parsing", "date_from_datetime_parsing"), "a date such as 2026-03-31"),
    "too_short": "at least one",
}


class Refusal(NamedTuple):
    """One fault."""

    where: str
    expected: str
    found: str
    what_to_do: str

    @property
    def words(self) -> str:
        """The fault as one line."""
        return f"{self.where}: expected {self.expected}, found {self.found}. {self.what_to_do}"


def refusals(error: ValidationError, known: Collection[str]) -> list[Refusal]:
    """Every fault that a check found. `known` are the names that may stand in the file."""
    faults = error.errors(include_url=False, include_context=True)
    return [_refusal(fault, known) for fault in faults if fault["type"] != _FOLLOWS]


def _refusal(fault: Mapping[str, Any], known: Collection[str]) -> Refusal:
    kind, context = fault["type"], fault.get("ctx", {})
    where, found = _where(fault["loc"]), _told(fault["input"])
    if kind == "extra_forbidden":
        name = str(fault["loc"][-1])
        near = get_close_matches(name, known, n=1, cutoff=0.6)
        hint = f"Did it mean “{near[0]}”? Else take it out." if near else "Take it out."
        return Refusal(where, "only names that this version knows", f"“{name[:LONGEST_FOUND]}”", hint)
    if kind == "missing":
        return Refusal(where, "a value", "none", "Put it in.")
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        tags = str(context.get("expected_tags", "'kind' to say which lever it is"))
        tag = str(context.get("tag", "none"))[:LONGEST_FOUND]
        return Refusal(where, f"a lever of a known kind ({tags})", f"“{tag}”", "Name one of these.")
    for limit, words in _LIMITS.items():
        if limit in context:
            limits = f"{words} {context[limit]:,}".removesuffix(".0")
            return Refusal(where, limits, found, "Put in a number within the limits.")
    if kind == "value_error":  # a sentence of the model's own, which says what would be possible
        why = str(fault["msg"]).removeprefix("Value error, ")
        return Refusal(where, "a setting that is possible", found, why)
    expected = _EXPECTED.get(kind) or str(fault["msg"]).removeprefix("Input should be ")
    return Refusal(where, expected, found, "Put that right and open the file again.")


def _where(path: tuple[int | str, ...]) -> str:
    """`scenario, lever 2, cap_gbp`: counted from one, without the kind that stands beside a lever's number."""
    parts: list[str] = []
    for before, step in zip((None, *path), path, strict=False):
        if isinstance(step, int):
            parts[-1:] = [f"{parts[-1].removesuffix('s') if parts else 'item'} {step + 1}"]
        elif not isinstance(before, int):
            parts.append(step[:LONGEST_FOUND])
    return ", ".join(parts) or "the file"


def _told(value: object) -> str:
    words = repr(value) if isinstance(value, str) else f"{value}"
    return words if len(words) <= LONGEST_FOUND else f"{words[:LONGEST_FOUND]}…"
