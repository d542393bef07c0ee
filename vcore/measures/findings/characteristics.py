"""Disability, ethnicity, education plans and exclusion: key findings 2.4 and 2.6 (K24-01 to K24-06, K26-01 to K26-07).

They help to understand a cohort and are never an input to anything. Differences may reflect recording, access or
age mix.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from vcore.measures.findings.evidence import Evidence
from vcore.measures.findings.readings import (
    Part,
    Reading,
    Statement,
    composed,
    difference,
    enough,
    holding,
    mean,
    ordered,
    percent_more,
    share,
)
from vcore.measures.risk import risk_ratio, stratified

MIXED_HIGHER = ("emotional_health", "managing_emotions", "family_relationships")
HIGHER_WITH_PLAN = ("managing_emotions", "emotional_health", "learning_disabilities")
OTHERS = ("Asian", "Black", "Other")
OLDER_FROM = 16


def _sides(seen: Evidence, flag: str, known: np.ndarray) -> tuple[np.ndarray, np.ndarray, tuple[int]]:
    """Children with and without a flag among those known, and how many have it not recorded."""
    yes, no = (seen.where(flag, answer) & known for answer in (True, False))
    return yes, no, (int(known.sum() - yes.sum() - no.sum()),)


def _higher_if_disabled(domain: str) -> Callable[[Evidence], Reading]:
    def read(seen: Evidence) -> Reading:
        yes, no, apart = _sides(seen, "disability", seen.assessed)
        return percent_more(seen.score(domain)[yes], seen.score(domain)[no], apart)

    return read


def _residential_ratio(seen: Evidence) -> Reading:
    """Share of disabled children in residential over that of others; also pooled over any severe need or none."""
    yes, no, apart = _sides(seen, "disability", seen.everyone)
    homes = seen.where("setting", "residential")
    found = risk_ratio(yes, no, homes)
    if np.isnan(found.ratio):
        return Reading()
    assessed = ~np.isnan(seen.severe)
    pooled = stratified(yes & assessed, no & assessed, homes, (seen.severe > 0).astype("int64")).ratio
    sides = {"one": share(homes, yes), "other": share(homes, no)}
    return Reading(
        found.ratio,
        found.with_it + found.without,
        (found.low, found.high),
        () if np.isnan(pooled) else (Part("with equal severity", pooled, "times"),),
        groups=(("one", found.with_it), ("other", found.without)),
        apart=apart,
        counted=composed(sides, "percent").counted,
    )


def _mean_cost(flag: str, answer: bool) -> Callable[[Evidence], Reading]:
    def read(seen: Evidence) -> Reading:
        yes, no, apart = _sides(seen, flag, seen.costed)
        return seen.mean_cost(yes if answer else no, apart)

    return read


def _premium(flag: str) -> Callable[[Evidence], Reading]:
    def read(seen: Evidence) -> Reading:
        yes, no, apart = _sides(seen, flag, seen.costed)
        return difference(seen.cost[yes], seen.cost[no], apart)

    return read


def _higher_everywhere(flag: str, named: tuple[str, ...]) -> Callable[[Evidence], Reading]:
    """Need is higher in every area with a flag, and most in those named, in any order."""

    def read(seen: Evidence) -> Reading:
        yes, no, apart = _sides(seen, flag, seen.assessed)
        if not yes.any() or not no.any():
            return Reading()
        with_it, without = seen.domain_means(yes), seen.domain_means(no)
        gap = {domain: with_it[domain] - without[domain] for domain in with_it}
        top = sorted(gap, key=lambda domain: -gap[domain])[: len(named)]
        claims = [min(gap.values()) > 0, *(domain in top for domain in named)]
        sizes = {"yes": int(yes.sum()), "no": int(no.sum())}
        return ordered(seen.ranked(gap, "points"), claims, sizes, sum(sizes.values()), apart)

    return read


def _by_ethnicity(seen: Evidence) -> Reading:
    by_area = seen.means_by("ethnicity")
    _, sizes = seen.totals_by("ethnicity")
    here = [name for name in OTHERS if name in sizes]
    claims: tuple[bool, ...] = ()
    if here:
        for domain in MIXED_HIGHER:
            claims += holding(
                by_area[domain],
                lambda found: min(found["White"], found["Mixed"]) > max(found[name] for name in here),
            )
        claims += holding(
            by_area["expressing_feelings"],
            lambda found: min(found[name] for name in here) > max(found["White"], found["Mixed"]),
        )
    education = {
        name: value for name, value in by_area["educational_progress"].items() if name != "Not known"
    }
    claims += holding(education, lambda found: found["Black"] >= max(found.values()) and len(found) > 1)
    parts = [
        Part(f"{name}, {words}", by_area[domain][name], "points")
        for domain, words in (
            ("educational_progress", "education"),
            ("expressing_feelings", "expressing feelings"),
        )
        for name in sizes
        if name != "Not known"
    ]
    n = int(seen.assessed.sum())
    return ordered(parts, claims, sizes, n, (n - sum(sizes.values()),))


def _older_and_male(seen: Evidence) -> Reading:
    names, place = seen.grouped("ethnicity")
    found: dict[str, Reading] = {}
    for index, name in enumerate(names):
        own = place == index
        if name != "Not known" and enough(int(own.sum())):
            found[f"{name}, 16 and over"] = share(seen.age >= OLDER_FROM, own)
            found[f"{name}, male"] = share(seen.where("sex", "M"), own)
    claims = [
        found[f"{name}, {fact}"].value > found[f"White, {fact}"].value
        for name in OTHERS
        for fact in ("16 and over", "male")
        if f"{name}, {fact}" in found and f"White, {fact}" in found
    ]
    n = sum(one.n for one in found.values()) // 2  # every child is in two of them
    return composed(found, "percent")._replace(claims=tuple(claims), n=n)


def _by_flag(flag: str, with_it: str, without: str) -> Callable[[Evidence], Reading]:
    """Mean total need with and without a flag: what the charts without printed numbers show."""

    def read(seen: Evidence) -> Reading:
        yes, no, apart = _sides(seen, flag, seen.assessed)
        sides = {with_it: mean(seen.total[yes]), without: mean(seen.total[no])}
        return composed(sides, "points", apart)

    return read


def _homes_by_disability(seen: Evidence) -> Reading:
    yes, no, apart = _sides(seen, "disability", seen.everyone)
    homes = seen.where("setting", "residential")
    sides = {"disabled in residential": share(homes, yes), "others in residential": share(homes, no)}
    return composed(sides, "percent", apart)


def _totals_by_ethnicity(seen: Evidence) -> Reading:
    means, sizes = seen.totals_by("ethnicity")
    n = int(seen.assessed.sum())
    parts = [Part(name, value, "points") for name, value in means.items()]
    return ordered(parts, (), sizes, n, (n - sum(sizes.values()),))


def _areas(*domains: str) -> tuple[str, ...]:
    return tuple(f"need_{domain}" for domain in domains)


_COST = "weekly_cost_gbp"
CHARACTERISTICS = {
    "K24-01": Statement(
        ("disability", *_areas("expressing_feelings")), _higher_if_disabled("expressing_feelings")
    ),
    "K24-02": Statement(
        ("disability", *_areas("managing_emotions")), _higher_if_disabled("managing_emotions")
    ),
    "K24-03": Statement(("disability", *_areas("emotional_health")), _higher_if_disabled("emotional_health")),
    "K24-04": Statement(("disability", "setting"), _residential_ratio),
    "K24-05": Statement(
        ("ethnicity", *_areas(*MIXED_HIGHER, "expressing_feelings", "educational_progress")), _by_ethnicity
    ),
    "K24-06": Statement(("ethnicity", "age", "sex"), _older_and_male),
    "K26-01": Statement(("ehcp", _COST), _mean_cost("ehcp", True)),
    "K26-02": Statement(("ehcp", _COST), _mean_cost("ehcp", False)),
    "K26-03": Statement(("ehcp", _COST), _premium("ehcp")),
    "K26-04": Statement(("excluded", _COST), _mean_cost("excluded", True)),
    "K26-05": Statement(("excluded", _COST), _mean_cost("excluded", False)),
    "K26-06": Statement(("ehcp", *_areas(*HIGHER_WITH_PLAN)), _higher_everywhere("ehcp", HIGHER_WITH_PLAN)),
    "K26-07": Statement(
        ("excluded", *_areas("emotional_health")), _higher_everywhere("excluded", ("emotional_health",))
    ),
    "F-17": Statement(
        ("disability", "need_total"), _by_flag("disability", "total need if disabled", "of others")
    ),
    "F-18": Statement(("disability", "setting"), _homes_by_disability),
    "F-19": Statement(("ethnicity", "need_total"), _totals_by_ethnicity),
    "F-25": Statement(("ehcp", "need_total"), _by_flag("ehcp", "total need with a plan", "without")),
    "F-26": Statement(("excluded", "need_total"), _by_flag("excluded", "total need if excluded", "if never")),
}
