"""Saved scenarios: whose they are, who opens them, which is adopted, and what was done to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ledger import activity, saved_scenarios, scenario_keeping, working_scenarios
from ledger.demonstration import enable_demonstration_people
from ledger.people import find_person
from ledger.rights import NotAllowed
from ledger.saved_scenarios import Kept, NoSuchScenario
from vcore.errors import VcoreError

KEPT = Kept('{"levers":[]}', "{}", '{"annual_saving_gbp":1}', date(2026, 3, 31), "20260331-0a1b2c3d", "0.1.0")


@pytest.fixture
def person(ledger, join):
    """Somebody of a role, who can sign in."""

    def person(username, role="commissioner", **details):
        join(username, role, **details)
        return find_person(ledger, username)

    return person


def save(ledger, owner, name="Plan A", **details):
    return scenario_keeping.save_scenario(ledger, owner, KEPT, name=name, **details)


def names(ledger, person):
    return [found.name for found in saved_scenarios.list_scenarios(ledger, person)]


def history(ledger, code, person):
    return [(line.who, line.what) for line in saved_scenarios.changes_of(ledger, code, person)][::-1]


def test_what_is_saved_comes_back_as_it_was(ledger, person):
    ann = person("ann")
    code = save(ledger, ann, "  Plan   A ", note=" For cabinet ")
    found = saved_scenarios.find_scenario(ledger, code, ann)
    assert (found.name, found.note, found.owner_name, found.shared, found.adopted) == (
        "Plan A", "For cabinet", "Ann", False, False,
    )  # fmt: skip
    assert found.kept == KEPT
    line = activity.recent(ledger, 1)[0]
    assert (line.who, line.what, line.detail) == (
        "ann",
        "saved a scenario",
        f"{code}: Plan A (for themselves)",
    )
    assert history(ledger, code, ann) == [("ann", "saved")]


def test_others_open_only_what_is_shared_and_change_nothing(ledger, person):
    ann, bob = person("ann"), person("bob", "director")
    own, shared = save(ledger, ann, "Mine"), save(ledger, ann, "Ours", shared=True)
    assert names(ledger, bob) == ["Ours"]
    with pytest.raises(NoSuchScenario, match=f"no saved scenario “{own}”"):
        saved_scenarios.find_scenario(ledger, own, bob)
    for change in (
        lambda: scenario_keeping.rename_scenario(ledger, shared, bob, name="Bob's", note="", shared=True),
        lambda: scenario_keeping.delete_scenario(ledger, shared, bob),
        lambda: scenario_keeping.save_again(ledger, shared, bob, KEPT),
        lambda: scenario_keeping.adopt_scenario(ledger, shared, bob),
        lambda: scenario_keeping.lift_adoption(ledger, shared, bob),
    ):
        with pytest.raises(VcoreError, match="belongs to Ann"):
            change()
    with pytest.raises(NoSuchScenario):
        saved_scenarios.changes_of(ledger, own, bob)
    assert names(ledger, ann) == ["Ours", "Mine"]


def test_figures_of_other_authorities_are_not_opened(ledger, person):
    north, south = person("ann", authorities=["North"]), person("bob", authorities=["South"])
    everywhere, also_north = person("cas"), person("dan", authorities=["North"])
    typed_otherwise = person("eve", authorities=["nORTH"])
    code = save(ledger, north, shared=True)
    assert names(ledger, also_north) == names(ledger, typed_otherwise) == ["Plan A"]
    for other in (south, everywhere):
        assert names(ledger, other) == []
        with pytest.raises(NoSuchScenario, match="other authorities"):
            saved_scenarios.find_scenario(ledger, code, other)


def test_a_copy_is_ones_own_with_the_same_figures(ledger, person):
    ann, bob = person("ann"), person("bob")
    code = save(ledger, ann, shared=True, note="why")
    mine = scenario_keeping.copy_scenario(ledger, code, bob, name="Plan A, mine")
    found = saved_scenarios.find_scenario(ledger, mine, bob)
    assert (found.owner, found.shared, found.note, found.kept) == ("bob", False, "why", KEPT)
    assert history(ledger, mine, bob) == [("bob", f"copied from Plan A ({code})")]


def test_every_change_is_in_the_history(ledger, person):
    ann = person("ann")
    code = save(ledger, ann)
    other = replace(KEPT, scenario='{"levers":[1]}', engine_version="0.2.0")
    scenario_keeping.rename_scenario(ledger, code, ann, name="plan a", note="n", shared=True)
    scenario_keeping.save_again(ledger, code, ann, other)
    scenario_keeping.adopt_scenario(ledger, code, ann)
    scenario_keeping.lift_adoption(ledger, code, ann)
    assert [what for _, what in history(ledger, code, ann)] == [
        "saved", "changed", "saved again", "adopted", "no longer adopted",
    ]  # fmt: skip
    assert saved_scenarios.find_scenario(ledger, code, ann).kept == other
    scenario_keeping.delete_scenario(ledger, code, ann)
    assert names(ledger, ann) == []
    assert activity.recent(ledger, 1)[0].detail == f"{code}: plan a"


def test_the_adopted_one_is_shared_locked_first_and_alone(ledger, person):
    ann, bob = person("ann"), person("bob", "director")
    first, second = save(ledger, ann, "First"), save(ledger, bob, "Second")
    scenario_keeping.adopt_scenario(ledger, first, ann)
    assert names(ledger, bob) == ["First", "Second"]
    for change in (
        lambda: scenario_keeping.rename_scenario(ledger, first, ann, name="x", note="", shared=False),
        lambda: scenario_keeping.save_again(ledger, first, ann, KEPT),
        lambda: scenario_keeping.delete_scenario(ledger, first, ann),
    ):
        with pytest.raises(VcoreError, match="adopted, and locked"):
            change()
    scenario_keeping.adopt_scenario(ledger, second, bob)
    adopted = [found.name for found in saved_scenarios.list_scenarios(ledger, ann) if found.adopted]
    assert adopted == ["Second"]
    assert history(ledger, first, ann)[-1] == ("bob", "no longer adopted")
    scenario_keeping.delete_scenario(ledger, first, ann)


def test_each_set_of_authorities_has_its_own_adopted_one(ledger, person):
    north, everywhere = person("ann", authorities=["North"]), person("cas")
    for owner in (north, everywhere):
        scenario_keeping.adopt_scenario(ledger, save(ledger, owner), owner)
    for owner in (north, everywhere):
        assert saved_scenarios.list_scenarios(ledger, owner)[0].adopted


@pytest.mark.parametrize(
    ("name", "note", "refusal"),
    [
        ("", "", "name of at most 60"),
        ("  ", "", "name of at most 60"),
        ("x" * 61, "", "name of at most 60"),
        ("PLAN A", "", "already have a scenario called “PLAN A”"),
        ("Fine", "x" * 501, "at most 500"),
    ],
)
def test_refused_names_and_notes(ledger, person, name, note, refusal):
    ann = person("ann")
    save(ledger, ann)
    other = save(ledger, ann, "Other")
    with pytest.raises(VcoreError, match=refusal):
        save(ledger, ann, name, note=note)
    with pytest.raises(VcoreError, match=refusal):
        scenario_keeping.rename_scenario(ledger, other, ann, name=name, note=note, shared=False)
    assert sorted(names(ledger, ann)) == ["Other", "Plan A"]


def test_what_is_too_long_to_keep_is_refused(ledger, person):
    ann = person("ann")
    for kept, why in (
        (replace(KEPT, cohort="x" * 4_001), "too many names"),
        (replace(KEPT, scenario="x" * 60_001), "fewer levers"),
    ):
        with pytest.raises(VcoreError, match=why):
            scenario_keeping.save_scenario(ledger, ann, kept, name="Long")


def test_an_administrator_sees_none(ledger, person):
    code, root = save(ledger, person("ann"), shared=True), person("root", "administrator")
    for ask in (
        lambda: saved_scenarios.list_scenarios(ledger, root),
        lambda: saved_scenarios.find_scenario(ledger, code, root),
        lambda: save(ledger, root),
        lambda: working_scenarios.find_working(ledger, root),
    ):
        with pytest.raises(NotAllowed):
            ask()


def test_what_somebody_works_on_is_kept_for_them_alone(ledger, person):
    ann, bob = person("ann"), person("bob")
    for scenario in ("one", "two"):
        working_scenarios.keep_working(ledger, ann, scenario=scenario, cohort="{}", as_of=date(2026, 3, 31))
    found = working_scenarios.find_working(ledger, ann)
    assert (found.scenario, found.cohort, found.as_of) == ("two", "{}", date(2026, 3, 31))
    assert working_scenarios.find_working(ledger, bob) is None


def test_nothing_is_kept_for_an_account_that_many_share(ledger):
    enable_demonstration_people(ledger)
    shared = find_person(ledger, "demo-director")
    working_scenarios.keep_working(ledger, shared, scenario="one", cohort="{}", as_of=None)
    assert working_scenarios.find_working(ledger, shared) is None
