"""What children need, area by area: key finding 2.1 (K21-01 to K21-09)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from vcore.facts.domains import LEVELS
from vcore.measures.findings.evidence import Evidence
from vcore.measures.findings.readings import Part, Reading, Statement, composed, ordered, share

A_THIRD = (30.0, 37.0)  # per cent
MODERATE_ON_AVERAGE = ("emotional_health", "life_story")
HIGH_NEED = ("emotional_health", "attachments", "managing_emotions")
MOST_SEVERE = ("educational_progress", "emotional_health", "family_relationships")


def _at_least(domain: str, score: Callable[[Evidence], int]) -> Callable[[Evidence], Reading]:
    return lambda seen: share(seen.score(domain) >= score(seen), seen.assessed)


def _shares(seen: Evidence, chosen: np.ndarray) -> tuple[dict[str, float], dict[str, tuple[str, int, int]]]:
    """Per cent of assessed children by area for whom a matrix (assessed × areas) is true, and the counts."""
    n = len(chosen)
    sums = chosen.sum(axis=0)
    return (
        {domain: 100 * float(k) / n for domain, k in zip(seen.needs.ids, sums, strict=True)} if n else {},
        {domain: (domain, int(k), n) for domain, k in zip(seen.needs.ids, sums, strict=True)},
    )


def _scores(seen: Evidence) -> np.ndarray:
    return seen.cohort.scores[seen.assessed]


def _depths(seen: Evidence) -> Reading:
    parts, claims, groups = [], [], {}
    for domain in MODERATE_ON_AVERAGE:
        scores = seen.score(domain)
        needed = scores[scores > 0]
        if not len(needed):
            return Reading()
        parts.append(Part(seen.needs.labels[domain], float(needed.mean()), "points"))
        claims.append(needed.mean() >= seen.cuts.moderate)
        groups[domain] = len(needed)
    return ordered(parts, claims, groups, int(seen.assessed.sum()))


def _a_third(seen: Evidence) -> Reading:
    found = {
        seen.needs.labels[domain]: _at_least(domain, lambda seen: seen.cuts.moderate)(seen)
        for domain in HIGH_NEED
    }
    claims = tuple(A_THIRD[0] <= one.value <= A_THIRD[1] for one in found.values() if one.n)
    return composed(found, "percent")._replace(claims=claims, n=int(seen.assessed.sum()))


def _most_severe(seen: Evidence) -> Reading:
    shares, counted = _shares(seen, _scores(seen) >= seen.cuts.severe)
    n = int(seen.assessed.sum())
    top = sorted(shares, key=lambda domain: -shares[domain])[:3]
    claims = [domain in top for domain in MOST_SEVERE] + [top[0] == MOST_SEVERE[0]] if n else []
    told = tuple(counted[domain] for domain in top)
    return ordered(seen.ranked(shares, "percent"), claims, {"": n}, n)._replace(counted=told)


def _least_need(seen: Evidence) -> Reading:
    shares, counted = _shares(seen, _scores(seen) < seen.cuts.moderate)
    n = int(seen.assessed.sum())
    top = sorted(shares, key=lambda domain: -shares[domain])[:2]
    told = tuple(counted[domain] for domain in top)
    claims = [_leads(shares, "physical_health")] if n else []
    return ordered(seen.ranked(shares, "percent", 2), claims, {"": n}, n)._replace(counted=told)


def _highest_mean(seen: Evidence) -> Reading:
    """Of children, and as an average of the authorities that have enough of them: the report does not say which."""
    means, n = seen.domain_means(seen.everyone), int(seen.assessed.sum())
    claims = [_leads(means, "emotional_health")] if n else []
    parts = seen.ranked(means, "points", 2)
    by_authority = {domain: list(own.values()) for domain, own in seen.means_by("authority").items()}
    if len(by_authority["emotional_health"]) > 1:
        averages = {domain: sum(own) / len(own) for domain, own in by_authority.items()}
        claims.append(_leads(averages, "emotional_health"))
        (highest,) = seen.ranked(averages, "points", 1)
        parts.append(highest._replace(label=f"as an average of authorities: {highest.label}"))
    return ordered(parts, claims, {"": n}, n)


def _leads(values: dict[str, float], domain: str) -> bool:
    return all(values[domain] > value for name, value in values.items() if name != domain)


def _levels(seen: Evidence) -> Reading:
    return Reading(float(len(LEVELS)), int(seen.assessed.sum()))


def _columns(*domains: str) -> tuple[str, ...]:
    return tuple(f"need_{domain}" for domain in domains)


NEEDS = {
    "K21-01": Statement(
        _columns("emotional_health"), _at_least("emotional_health", lambda seen: seen.cuts.minor)
    ),
    "K21-02": Statement(_columns("life_story"), _at_least("life_story", lambda seen: seen.cuts.minor)),
    "K21-03": Statement(_columns(*MODERATE_ON_AVERAGE), _depths),
    "K21-04": Statement(_columns(*HIGH_NEED), _a_third),
    "K21-05": Statement(
        _columns("emotional_health"), _at_least("emotional_health", lambda seen: seen.cuts.moderate)
    ),
    "K21-06": Statement(("need_total",), _levels),
    "K21-07": Statement(_columns(*MOST_SEVERE), _most_severe),
    "K21-08": Statement(_columns("physical_health"), _least_need),
    "K21-09": Statement(_columns("emotional_health"), _highest_mean),
    "F-12": Statement(("need_total",), _levels),
}
