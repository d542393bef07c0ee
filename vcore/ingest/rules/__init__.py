"""The registry of rules: everything that a load is checked for. A rule is added in one place and tested by its
own examples."""

from __future__ import annotations

from vcore.errors import InvalidChoice
from vcore.ingest.rules import (
    ages,
    assessed,
    between,
    cells,
    codes,
    episodes,
    extracts,
    files,
    journeys,
    modules,
    money,
)
from vcore.ingest.rules.rule import Rule

RULES: dict[str, Rule] = {
    each.code: each
    for module in (files, cells, codes, episodes, journeys, ages, modules, extracts, money, assessed, between)
    for each in module.RULES
}


def rule(code: str) -> Rule:
    """One rule. Raises `InvalidChoice` for a code that is not in the registry."""
    try:
        return RULES[code]
    except KeyError:
        raise InvalidChoice("rule", code, RULES) from None
