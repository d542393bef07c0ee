"""Ten and fifty readers at once, beside as many on the bare page.

Every second reader looks at everyone, as the app opens; the others follow a link to a cohort of their own.
"""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.comparison import Aim, Comparison
from benchmarks.screens import BARE, BARE_SLIDER, CAP_SLIDER
from benchmarks.server import Server, signed_in_cookie
from benchmarks.sessions import Move, Open, Walk, run_sessions

CROWDS = {10: None, 50: Aim(p95_ms=300)}
THINK_SECONDS = (2.0, 5.0)
SECONDS_BETWEEN_READERS = 0.4
_SEED = 84_000


def compare_readers(bare: Server, app: Server, folder: Path) -> list[Comparison]:
    """Answer times and errors of each crowd. One reader goes first, so that nobody meets a cold server."""
    chance = random.Random(_SEED)
    run_sessions(app, [reader_walk(signed_in_cookie(folder), some_cohort(chance))], (0.0, 0.0))
    run_sessions(bare, [bare_walk()], (0.0, 0.0))
    lines = []
    for count, aim in CROWDS.items():
        walks = [
            reader_walk(signed_in_cookie(folder), some_cohort(chance) if number % 2 else "")
            for number in range(count)
        ]
        arrive = count * SECONDS_BETWEEN_READERS
        ours = run_sessions(app, walks, THINK_SECONDS, arrive)
        theirs = run_sessions(bare, [bare_walk()] * count, THINK_SECONDS, arrive)
        lines.append(Comparison(f"{count} readers at once", ours, f"{count} on {BARE}", theirs, aim))
    return lines


def describe_rhythm() -> str:
    """How the readers come and pause, in words."""
    low, high = THINK_SECONDS
    return f"one comes every {SECONDS_BETWEEN_READERS:g} seconds and thinks {low:g} to {high:g} between steps"


def some_cohort(chance: random.Random) -> str:
    """A link to some thousands of children that hardly anybody else asks for."""
    return f"age={chance.randint(0, 8)}-{chance.randint(12, 17)}&weekly_cost={chance.randint(300, 1_200)}-"


def reader_walk(cookie: str, link: str = "") -> Walk:
    """Follow a link, look round, move the cap a few times, and back."""
    moves = [Move(CAP_SLIDER)] * 4
    return Walk((Open("overview", link), Open("cohorts"), Open("scenario"), *moves, Open("overview")), cookie)


def bare_walk() -> Walk:
    """As many steps on the bare page."""
    return Walk((Open(""), *[Move(BARE_SLIDER)] * 7))
