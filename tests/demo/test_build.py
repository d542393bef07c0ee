"""The same seed gives the same tables, any size keeps the proportions, any council's domains give valid tables."""

from __future__ import annotations

import os
import subprocess
import sys

import pandas as pd
import pytest

from tests.demo.conftest import database
from tests.demo.published import INTERVALS, statements
from vcore.demo import build
from vcore.errors import VcoreError
from vcore.facts.domains import PUBLISHED_DOMAINS, CutPoints, Domain, NeedModel
from vcore.tables import checked, score_matrix

GROWING = {"M-01", "M-05", "K11-08", "K11-09", "K12-01", "K12-03", "K12-06"}
DIGEST = """
import hashlib, vcore.demo
for name, frame in vcore.demo.build(200, seed=5).items():
    print(name, hashlib.sha256(frame.to_csv().encode()).hexdigest())
"""


def test_same_seed_same_tables():
    first, second = build(300, seed=11), build(300, seed=11)
    for name, frame in first.items():
        pd.testing.assert_frame_equal(frame, second[name])


def test_same_seed_same_tables_in_another_process():
    digests = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            env=os.environ | {"PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(digests) == 1


def test_another_seed_is_another_cohort():
    one, other = build(150, seed=1), build(150, seed=2)
    assert not set(one["child"]["child_id"]) & set(other["child"]["child_id"])
    assert one["cost"]["weekly_cost_gbp"].sum() != other["cost"]["weekly_cost_gbp"].sum()


@pytest.mark.parametrize("seed", [3, 77])
def test_other_seeds_hold_every_interval_too(seed):
    rows = database(build(seed=seed))
    for name, row in statements().items():
        if name in INTERVALS:
            found = rows.execute(INTERVALS[name]).fetchone()[0]
            assert float(row["demo_low"]) <= found <= float(row["demo_high"]), name


@pytest.mark.parametrize("children", [100, 137, 1_000])
def test_any_size_gives_that_many_children_and_valid_tables(children):
    tables = build(children)
    checked(tables, NeedModel())
    homes = round(children * 539 / 3528)
    rows = database(tables)
    found, in_homes = rows.execute(
        "SELECT count(*), count(*) FILTER (setting = 'residential') FROM kid"
    ).fetchone()
    assert found == children
    assert abs(in_homes - homes) <= 2


def test_too_few_children_are_refused():
    with pytest.raises(VcoreError, match="100 or more"):
        build(99)


@pytest.mark.parametrize(
    ("domains", "maximum", "cut_points"),
    [
        (PUBLISHED_DOMAINS[:12], 10, CutPoints()),
        (
            tuple(Domain(id=f"own_{n}", label=f"Own {n}") for n in range(12)),
            5,
            CutPoints(minor=1, moderate=2, severe=4),
        ),
        (
            (*PUBLISHED_DOMAINS, Domain(id="own", label="Own")),
            100,
            CutPoints(minor=10, moderate=40, severe=70),
        ),
        (PUBLISHED_DOMAINS[::-1], 10, CutPoints()),
    ],
)
def test_a_councils_own_domains(domains, maximum, cut_points):
    needs = NeedModel(domains=domains, maximum=maximum, cut_points=cut_points)
    scores = score_matrix(checked(build(120, needs=needs), needs)["assessment"]["scores"], len(domains))
    assert scores.min() == 0
    assert scores.max() == maximum


def test_a_domain_keeps_its_scores_wherever_it_stands():
    usual = score_matrix(build(120)["assessment"]["scores"], 13)
    turned = NeedModel(domains=PUBLISHED_DOMAINS[::-1])
    assert (score_matrix(build(120, needs=turned)["assessment"]["scores"], 13) == usual[:, ::-1]).all()


@pytest.mark.slow
def test_national_size_keeps_the_proportions():
    rows, scale = database(build(84_000)), 84_000 / 3_528
    for name, row in statements().items():
        if name in INTERVALS:
            grown = scale if name in GROWING else 1.0
            found = rows.execute(INTERVALS[name]).fetchone()[0]
            # whole children: a count may round by less than one
            assert float(row["demo_low"]) * grown - 1 < found < float(row["demo_high"]) * grown + 1, name
    assert rows.execute("SELECT count(*) FROM kid WHERE cost IS NULL").fetchone() == (4071,)
    assert rows.execute("SELECT count(*) FROM kid WHERE cost > 5000").fetchone()[0] <= 5880
