"""Goal seek: for each kind of lever, the setting of its one dial that saves so much, or the most it gives.

So much in a full year, or within one financial year of the plan. Each kind is tried alone, or with the scenario's
other levers as they are. A dial turns from where the lever does
nothing to the end of the range its assumption was worked through for, never further. Finds; decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil, isfinite
from typing import NamedTuple

import numpy as np

from vcore.errors import RefusedRun
from vcore.scenarios.baseline import Baseline, baseline_of
from vcore.scenarios.book import Book, Effect
from vcore.scenarios.dials import DIALS, Dial, first_reaching, turned
from vcore.scenarios.in_year import InYear
from vcore.scenarios.levers import LEVERS, AnyLever, StepDown
from vcore.scenarios.run import refuse_if_unfair
from vcore.scenarios.scenario import Scenario
from vcore.store import Cohort


class Dearer(NamedTuple):
    """What a lever that only costs more would cost at the `setting` where its range ends: £ a year more, and in what
    was asked (a year of the plan, or the same), in the scenario's basis. `fewest_told` as in `Sought`."""

    setting: float
    annual_gbp: float
    asked_gbp: float
    fewest_told: int


class Sought(NamedTuple):
    """What one kind of lever would take. `lever` is at the setting found, or, when none `reaches` the target, where
    it gives the most; `saved_gbp` is what it saves there of what was asked, in the scenario's basis (with its others,
    if asked), and `annual_gbp` in a full year: the same, unless a financial year was asked for.

    `today` is the dial's setting in the scenario, or where it does nothing; `distance` how far from there, as a
    share of its range (0–1, beyond 1 never). `fewest_told` is how few children its amounts tell about. `places` are
    places needed, children by kind of home, and `free_places` how many of those kinds are free (no entry: not
    recorded). `why` says why it gives nothing, `dearer` what it would cost where it only costs more, `cautions` what
    to know of what it gives.
    """

    lever: AnyLever
    field: str
    today: float
    setting: float
    reaches: bool
    saved_gbp: float
    annual_gbp: float
    delivery_cost_gbp: float
    eligible: int
    fewest_told: int
    children_moved: float
    places: Mapping[str, float]
    free_places: Mapping[str, int]
    distance: float
    why: str
    cautions: tuple[str, ...] = ()
    dearer: Dearer | None = None


class _Tried(NamedTuple):
    """A lever at one place of its dial: its effect, £ of what was asked and £ a year, with the others that stay."""

    effect: Effect
    saved_gbp: float
    annual_gbp: float


def goal_seek(
    target_gbp: float,
    scenario: Scenario,
    cohort: Cohort,
    *,
    year: str | None = None,
    with_others: bool = False,
    free_places: Mapping[str, int] | None = None,
    fewest: int = 0,
) -> tuple[Sought, ...]:
    """What each kind of lever would take to save `target_gbp` in the scenario's basis: as a full-year effect, or
    within one financial `year` of the scenario's plan (2026/27), with its start, pace and the children's own ends.

    Those that reach it first, nearest to today; then the others, by the most they give. `free_places` by
    setting detail. `fewest`: the amounts of a setting found tell about so many children at least, where any setting's
    do, for a reader who may be told of no fewer. Raises `RefusedRun` for a target that is no amount above
    £0, and as `run` does; `InvalidChoice` for a year that the plan does not reach.
    """
    if not (isfinite(target_gbp) and target_gbp > 0):
        raise RefusedRun("Say how much a year to save: an amount above £0.")
    refuse_if_unfair(cohort)
    base = baseline_of(cohort)
    within = None if year is None else InYear(scenario, base, cohort.as_of, year)
    search = _Search(target_gbp, scenario, base, within, with_others, fewest)
    found = [search.along(kind, dial, free_places or {}) for kind, dial in DIALS.items()]
    return tuple(sorted(found, key=lambda row: (not row.reaches, row.distance * row.reaches, -row.saved_gbp)))


class _Search:
    """One target on one cohort: what stays the same while dials turn."""

    def __init__(
        self,
        target_gbp: float,
        scenario: Scenario,
        base: Baseline,
        within: InYear | None,
        with_others: bool,
        fewest: int,
    ) -> None:
        self.target_gbp = target_gbp
        self.within = within
        self.fewest = fewest
        self.scenario = scenario
        self.base = base
        self.with_others = with_others

    def along(self, kind: str, dial: Dial, free_places: Mapping[str, int]) -> Sought:
        """The nearest setting to where the lever does nothing that reaches the target, or the end of the range."""
        mine = next((lever for lever in self.scenario.in_order if lever.kind == kind), None)
        lever = (mine or _starting(kind, self.scenario)).model_copy(update=dial.freed)
        nothing, end = self._range(dial)
        today = nothing if mine is None else float(getattr(mine, dial.field))
        step = dial.step if end > nothing else -dial.step
        steps = max(0, ceil(abs(end - nothing) / dial.step - 1e-9))

        def at(place: int) -> float:
            return end if place == steps else round(nothing + place * step, 9)

        try:
            attempt = self._attempts(lever, mine, dial.field, at)
            found = first_reaching(lambda place: attempt(place).saved_gbp, self.target_gbp, 0, steps)
            if found is not None:
                found = self._told(attempt, found, steps)
            gains = attempt(steps).saved_gbp - attempt(0).saved_gbp
            best = steps if gains > 0 or (self.within is not None and abs(gains) < 0.5) else 0
            place = best if found is None else found
            (effect, saved_gbp, annual_gbp), why = attempt(place), ""
            dearer = None if found is not None else self._dearer(attempt(0), attempt(steps), at(steps))
        except RefusedRun as refusal:
            return self._refused(lever, dial, today, end, str(refusal))
        lever = turned(lever, dial.field, at(place))
        if not effect.eligible.any():
            why = " ".join(effect.notes)
        places = _places(lever, dial, effect)
        return Sought(
            lever=lever,
            field=dial.field,
            today=today,
            setting=at(place),
            reaches=found is not None,
            saved_gbp=saved_gbp,
            annual_gbp=annual_gbp,
            delivery_cost_gbp=float(effect.delivery_cost_gbp),
            eligible=effect.book.children(effect.eligible),
            fewest_told=effect.fewest_told,
            children_moved=float(effect.book.total(effect.moved)),
            places=places,
            free_places={name: free_places[name] for name in places if name in free_places},
            distance=abs(at(place) - today) / max(abs(end - nothing), abs(today - nothing), 1e-9),
            why=why,
            cautions=effect.cautions,
            dearer=dearer,
        )

    def _range(self, dial: Dial) -> tuple[float, float]:
        """Where the dial does nothing, and the end it turns to."""
        end = dial.end(self.base, self.scenario.known)
        if dial.nothing is not None:
            return dial.nothing, end
        dearest = float(np.max(np.nan_to_num(self.base.gross), initial=end))
        return ceil(dearest / dial.step) * dial.step, end

    def _attempts(
        self, lever: AnyLever, mine: AnyLever | None, field: str, at: Callable[[int], float]
    ) -> Callable[[int], _Tried]:
        """What the lever does at a place of its dial, with the others that are to stay."""
        order = self.scenario.in_order if self.with_others else ()
        turn = order.index(mine) if mine in order else sum(other.order <= lever.order for other in order)
        book = Book.opened(self.base, self.scenario.cost_basis)
        before = np.zeros(2)
        for other in order[:turn]:
            effect = other.apply(book)
            book, before = effect.book, before + self._beside(other, effect)
        later = order[turn + (mine in order) :]
        known: dict[int, _Tried] = {}

        def attempt(place: int) -> _Tried:
            if place not in known:
                here = turned(lever, field, at(place))
                effect = here.apply(book)
                worth, after = before + self._worth(here, effect), effect.book
                for other in later:
                    further = other.apply(after)
                    worth, after = worth + self._beside(other, further), further.book
                known[place] = _Tried(effect, *map(float, worth))
            return known[place]

        return attempt

    def _worth(self, lever: AnyLever, effect: Effect) -> np.ndarray:
        """£ that it saves of what is asked, and in a full year."""
        annual = float(effect.in_all_gbp) * self.scenario.weeks_per_year
        return np.array([annual if self.within is None else self.within.saving_gbp(lever, effect), annual])

    def _beside(self, other: AnyLever, effect: Effect) -> np.ndarray:
        """What another lever that is on adds to it: a claim nothing, until partners agree."""
        return np.zeros(2) if other.counts_as == "claimed" else self._worth(other, effect)

    def _dearer(self, nothing: _Tried, end: _Tried, setting: float) -> Dearer | None:
        asked, annual = (ends - starts for ends, starts in zip(end[1:], nothing[1:], strict=True))
        return Dearer(setting, -annual, -asked, end.effect.fewest_told) if asked < -0.5 else None

    def _told(self, attempt: Callable[[int], _Tried], found: int, steps: int) -> int:
        """The first place from `found` on whose amounts tell about enough children; `found` where none does.

        First enough to look at, which only rises; then, if it is fewer of them that partners share, enough of those.
        """

        def looked_at(place: int) -> float:
            effect = attempt(place).effect
            return effect.book.children(effect.eligible)

        for counted in (looked_at, lambda place: attempt(place).effect.fewest_told):
            enough = first_reaching(counted, self.fewest, found, steps)
            found = found if enough is None else enough
        return found

    def _refused(self, lever: AnyLever, dial: Dial, today: float, end: float, why: str) -> Sought:
        return Sought(lever, dial.field, today, end, False, 0.0, 0.0, 0.0, 0, 0, 0.0, {}, {}, 1.0, why)


def _starting(kind: str, scenario: Scenario) -> AnyLever:
    return next(lever.starting(scenario.known) for lever in LEVERS if lever.code() == kind)


def _places(lever: AnyLever, dial: Dial, effect: Effect) -> dict[str, float]:
    """Places needed, children by kind of home: everybody placed, also those whose move does not last."""
    place = lever.to if isinstance(lever, StepDown) else dial.place
    lasting = float(lever.lasting)
    if place is None or lasting <= 0:
        return {}
    return {place: float(effect.book.total(effect.moved)) / lasting}
