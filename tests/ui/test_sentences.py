"""Sentences: true for every cohort, plural-safe, and quiet when there are too few children."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui import sentences
from ui.disclosure import Gate
from ui.sentences import Concentration
from vcore.measures.composition import Size
from vcore.measures.quality import Quality

CLOSED, OPEN = Gate(sees_small=False), Gate(sees_small=True)


@pytest.mark.parametrize(
    ("size", "costed", "within", "gate", "words"),
    [
        (Size(3528, 3528, 4_721_994, 4_721_994), 3357, None, CLOSED, "All 3,528 children · £4.7m a week"),
        (Size(143, 3528, 796_000, 4_721_994), 143, (539, "in residential"), CLOSED,
         "143 of 539 in residential · 4.1% of all 3,528 children · £796k a week (17% of spend)"),
        (Size(1, 3528, 9_000, 4_721_994), 1, None, OPEN,
         "1 child · under 0.1% of all 3,528 children · £9,000 a week (0.2% of spend)"),
        (Size(7, 3528, 9_000, 4_721_994), 7, None, CLOSED, "7 children · 0.2% of all 3,528 children · c a week (c of spend)"),
        (Size(3, 3528, 9_000, 4_721_994), 3, None, CLOSED, "Number hidden (c), of all 3,528 children · cost hidden (c)"),
        (Size(3525, 3528, 4_700_000, 4_721_994), 3354, None, CLOSED,
         "Number hidden (c), of all 3,528 children · cost hidden (c)"),
        (Size(535, 3528, 4_700_000, 4_721_994), 535, (539, "in residential"), CLOSED,
         "c in residential · 15% of all 3,528 children · £4.7m a week (over 99% of spend)"),
        (Size(0, 3528, 0, 4_721_994), 0, None, CLOSED, "No child of all 3,528"),
    ],
)  # fmt: skip
def test_the_three_figures_of_the_bar(size, costed, within, gate, words):
    assert sentences.cohort_size(size, costed, 3357, gate, within) == words


@pytest.mark.parametrize(
    ("found", "gate", "words"),
    [
        (Concentration(353, 3357, 0.508), CLOSED, "The dearest tenth of placements take 51% of the £4.7m spent a week."),
        (Concentration(9, 90, 0.3), CLOSED, "These placements cost £4.7m a week. Too few children to say how it is spread."),
        (Concentration(9, 90, 0.3), OPEN, "The dearest tenth of placements take 30% of the £4.7m spent a week."),
        (Concentration(1, 7, 0.3), CLOSED, "Too few children to say."),
        (Concentration(0, 0, float("nan")), OPEN, "No placement here has a cost yet."),
    ],
)  # fmt: skip
def test_the_sentence_of_overview(found, gate, words):
    assert sentences.overview(found, 4_700_000, gate) == words


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Concentration(353, 3357, 0.508), "The dearest tenth of placements take 51% of the c spent a week."),
        (Concentration(9, 90, 0.3), "These placements cost c a week. Too few children to say how it is spread."),
    ],
)  # fmt: skip
def test_the_sentence_of_overview_does_not_tell_one_providers_price(found, words):
    assert sentences.overview(found, 334_000, CLOSED, [0.97, 0.01]) == words
    assert "£334k" in sentences.overview(found, 334_000, Gate(False, sees_prices=True), [0.97, 0.01])


@pytest.mark.parametrize(
    ("n", "gate", "words"),
    [
        (0, OPEN, ""),
        (1, OPEN, "1 child lives in a placement that is"),
        (3, OPEN, "3 children live in placements that are"),
        (1, CLOSED, "Some children live in placements that are"),
        (12, CLOSED, "12 children live in placements that are"),
    ],
)
def test_the_warning_about_unregistered_placements(n, gate, words):
    said = sentences.unregistered(n, gate)
    assert said.startswith(words) and bool(said) == bool(n)


@pytest.mark.parametrize(
    ("quality", "gate", "words"),
    [
        (Quality(3528, 3357, 3528, 270), CLOSED,
         "95% of placements have a cost; the rest are missing, not £0 · 7.7% of assessments older than six months"),
        (Quality(50, 50, 50, 0), CLOSED, "Every placement has a cost · 0% of assessments older than six months"),
        (Quality(50, 48, 50, 3), CLOSED,
         "c of placements have a cost; the rest are missing, not £0 · c of assessments older than six months"),
        (Quality(4, 4, 4, 0), CLOSED, "Too few children to say."),
        (Quality(12, 12, 0, 0), OPEN, "Every placement has a cost · no child here has a needs assessment"),
    ],
)  # fmt: skip
def test_the_quality_line(quality, gate, words):
    assert sentences.quality_line(quality, gate) == words


SHARES = st.lists(st.floats(0, 1) | st.just("c"), min_size=1, max_size=6)


@settings(deadline=None)
@given(SHARES, SHARES)
def test_a_title_names_a_row_with_its_own_two_shares(mine, others):
    n = min(len(mine), len(others))
    labels = [f"Group{place}" for place in range(n)]
    title = sentences.composition_title(
        "Setting", labels, ("% of these children", mine[:n]), ("% of everyone else", others[:n])
    )
    named = re.match(r"Group(\d): (.+) of these children, (.+) of everyone else", title)
    known = [abs(a - b) for a, b in zip(mine, others, strict=False) if "c" not in (a, b) and a > 0]
    if named is None:
        assert not known or max(known) == 0
        assert title == "Children by setting"
    else:
        place = int(named[1])
        assert abs(mine[place] - others[place]) == max(known)
