"""Need by age, by time in care and by sex: key findings 2.2 and 2.5 (K22-01 to K22-03, K25-01 to K25-09).

A picture of one day: who is each age now, not what becomes of a child.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from vcore.facts.bands import AGE_BANDS, TIME_IN_CARE_BANDS
from vcore.measures.findings.evidence import Evidence
from vcore.measures.findings.readings import (
    Part,
    Reading,
    Statement,
    composed,
    enough,
    holding,
    mean,
    ordered,
    percent_more,
)

LEVEL_WITHIN = 0.15  # "broadly similar"
BABY, TODDLER, CHILD, TEEN, _ = AGE_BANDS
FIRST, MIDDLE, LATE = TIME_IN_CARE_BANDS
HIGHEST_LATE = ("attachments", "self_care", "educational_progress")
TO_11, TO_16, FROM_17 = (0, 11), (12, 16), (17, 99)
SEX_BANDS = {"to 11": TO_11, "12 to 16": TO_16, "17 and over": FROM_17}
SEX_DIFFERENCES = {
    "to 11": ("community", "learning_disabilities", "emotional_health"),
    "12 to 16": ("learning_disabilities", "managing_emotions", "self_care", "family_relationships"),
    "17 and over": ("emotional_health", "community"),
}


def _by_age(seen: Evidence) -> Reading:
    means, sizes = seen.totals_by("age_band")
    claims = holding(
        means,
        lambda found: found[BABY] <= min(found.values()) and len(found) > 1,
        lambda found: found[BABY] < found[TODDLER],
        lambda found: found[TODDLER] < found[CHILD],
        lambda found: abs(found[TEEN] / found[CHILD] - 1) <= LEVEL_WITHIN,
    )
    return _in_order(seen, means, sizes, claims)


def _by_time_in_care(seen: Evidence) -> Reading:
    means, sizes = seen.totals_by("time_in_care_band")
    by_area = seen.means_by("time_in_care_band")

    def peaks(domain: str, band: str) -> Callable[..., bool]:
        return lambda _: by_area[domain][band] >= max(by_area[domain][name] for name in TIME_IN_CARE_BANDS)

    claims = holding(
        means,
        lambda found: found[FIRST] < found[MIDDLE],
        lambda found: found[MIDDLE] < found[LATE],
        peaks("emotional_health", MIDDLE),
        *(peaks(domain, LATE) for domain in HIGHEST_LATE),
    )
    return _in_order(seen, means, sizes, claims)


def _totals_by_time_in_care(seen: Evidence) -> Reading:
    means, sizes = seen.totals_by("time_in_care_band")
    return _in_order(seen, means, sizes, ())


def _in_order(
    seen: Evidence, means: dict[str, float], sizes: dict[str, int], claims: tuple[bool, ...]
) -> Reading:
    n = int(seen.assessed.sum())
    parts = [Part(name, value, "points") for name, value in means.items()]
    return ordered(parts, claims, sizes, n, (n - sum(sizes.values()),))


def _of(seen: Evidence, sex: str, ages: tuple[int, int]) -> np.ndarray:
    return seen.where("sex", sex) & (seen.age >= ages[0]) & (seen.age <= ages[1]) & seen.assessed


def _step(
    sex: str, ages: tuple[int, int], other_sex: str, other_ages: tuple[int, int]
) -> Callable[[Evidence], Reading]:
    """Per cent by which one sex and age band's mean total lies above another's."""
    return lambda seen: percent_more(
        seen.total[_of(seen, sex, ages)], seen.total[_of(seen, other_sex, other_ages)]
    )


def _sex_differences(seen: Evidence) -> Reading:
    """Areas by how far the means of boys and girls lie apart, in each age band that has enough of both."""
    parts: list[Part] = []
    claims: list[bool] = []
    groups: dict[str, int] = {}
    for band, named in SEX_DIFFERENCES.items():
        sides = [_of(seen, sex, SEX_BANDS[band]) for sex in ("M", "F")]
        sizes = [int(side.sum()) for side in sides]
        if not all(map(enough, sizes)):
            continue
        boys, girls = (seen.domain_means(side) for side in sides)
        gaps = {domain: boys[domain] - girls[domain] for domain in boys}
        top = sorted(gaps, key=lambda domain: -abs(gaps[domain]))[: len(named)]
        claims += [domain in top for domain in named]
        groups |= {f"{band} {sex}": size for sex, size in zip("MF", sizes, strict=True)}
        label, gap = seen.needs.labels[top[0]], gaps[top[0]]
        whose = "boys" if gap > 0 else "girls"
        parts.append(Part(f"{band}: {label}, {whose} higher", abs(gap), "points"))
    return ordered(parts, claims, groups, sum(groups.values()))


def _by_sex(seen: Evidence) -> Reading:
    sides = {
        f"{word}, total need": mean(seen.total[seen.where("sex", code)])
        for word, code in (("boys", "M"), ("girls", "F"))
    }
    rest = int(seen.assessed.sum()) - sum(side.n for side in sides.values())
    return composed(sides, "points", (rest,))


_NEED = ("need_total",)
_SEX = ("need_total", "sex", "age")
_NAMED = tuple(
    f"need_{domain}" for domain in sorted({d for named in SEX_DIFFERENCES.values() for d in named})
)
AGES = {
    "K22-01": Statement((*_NEED, "age"), _by_age),
    "K22-02": Statement(
        (
            "years_in_care",
            "need_emotional_health",
            *(f"need_{domain}" for domain in HIGHEST_LATE),
        ),
        _by_time_in_care,
    ),
    "K22-03": Statement(("need_change",), lambda seen: mean(seen.numbers("need_change"))),
    "K25-01": Statement(_SEX, _step("M", TO_11, "F", TO_11)),
    "K25-02": Statement(_SEX, _step("M", TO_16, "F", TO_16)),
    "K25-03": Statement(_SEX, _step("M", FROM_17, "F", FROM_17)),
    "K25-04": Statement(_SEX, _step("M", TO_16, "M", TO_11)),
    "K25-05": Statement(_SEX, _step("F", TO_16, "F", TO_11)),
    "K25-06": Statement(_SEX, _step("M", FROM_17, "M", TO_16)),
    "K25-07": Statement(_SEX, _step("F", FROM_17, "F", TO_16)),
    "K25-08": Statement((*_SEX, *_NAMED), _sex_differences),
    "K25-09": Statement(_SEX, _by_sex),
    "F-13": Statement((*_NEED, "age"), _by_age),
    "F-14": Statement((*_NEED, "years_in_care"), _totals_by_time_in_care),
}
