"""Which pages are timed, what is pressed on them, and what each should keep to.

Every page in the menu is timed, as a director sees it where they may: a new one is measured from its first day.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from benchmarks.browser import Press, Screen, Typed, time_opening, time_screens
from benchmarks.comparison import Aim, Comparison, Times
from benchmarks.server import APP, BARE_APP, ROLE, Server, running, signed_in_cookie
from ledger.rights import RIGHTS, Role
from ui.menu import ENTRIES, Entry
from vcore.store import Store

BARE = "the bare page"
BARE_SLIDER, CAP_SLIDER = "cap", "lever-price_cap-cap_gbp-slider"  # keys of the widgets
BARE_PRESS = Press(f".st-key-{BARE_SLIDER} input", "ArrowRight")
CAP_PRESS = Press(f".st-key-{CAP_SLIDER} input", "ArrowRight")
# takes the link's filter away, and brings it back
COHORT_PRESS = Press(".st-key-cohort-clear button, .st-key-cohort-undo button", "Enter")
COHORT_LINK = "?settings=residential"

_PRESSES = {entry.stem: COHORT_PRESS for entry in ENTRIES if entry.section == "understand"} | {
    "scenario": CAP_PRESS,
    "review_list": COHORT_PRESS,
}
_CAP_AIM = Aim(times_beside=1.5)
_PAGE_AIM = Aim(times_beside=2.5)
_CHILD_LEVEL_AIM = Aim(times_beside=2)
_AIMS: dict[str, Aim] = {"review_list": _CHILD_LEVEL_AIM, "child": _CHILD_LEVEL_AIM}
_OPENING_AIM, _MOST_OPENINGS = Aim(median_ms=4_000), 3
_CODE, _SIMILAR = (
    ".st-key-child-code input",
    ".st-key-similar-child",
)  # typed to open a child; there once one is


def compare_screens(bare: Server, app: Server, folder: Path, repeats: int) -> list[Comparison]:
    """Each page's rerun, and its key press to chart, beside the bare page's."""
    floor = Screen(BARE, bare.address, BARE_PRESS)
    screens = [_screen(app, entry, folder) for entry in ENTRIES]
    presses = time_screens([floor, *screens], repeats)
    rerun, chart = Times(presses[BARE].rerun_ms), Times(presses[BARE].chart_ms)
    reruns = [
        Comparison(f"{entry.title}: rerun", Times(presses[entry.stem].rerun_ms), BARE, rerun, _aim(entry))
        for entry in ENTRIES
    ]
    charts = [
        Comparison(
            f"{entry.title}: {_words(press)} to chart",
            Times(presses[entry.stem].chart_ms),
            BARE,
            chart,
            _CAP_AIM if press is CAP_PRESS else _aim(entry),
        )
        for entry in ENTRIES
        if (press := _PRESSES.get(entry.stem))
    ]
    return charts + reruns


def compare_openings(folder: Path, repeats: int) -> list[Comparison]:
    """Each page as the first that anybody opens, on a server that has just been started."""
    turns = range(min(repeats, _MOST_OPENINGS))
    theirs = Times([_first(BARE_APP, folder, None) for _ in turns])
    return [
        Comparison(
            entry.title, Times([_first(APP, folder, entry) for _ in turns]), BARE, theirs, _OPENING_AIM
        )
        for entry in ENTRIES
    ]


def _first(script: Path, folder: Path, entry: Entry | None) -> float:
    with running(script, folder) as server:
        screen = Screen(BARE, server.address) if entry is None else _screen(server, entry, folder)
        return time_opening(replace(screen, typed=None))


def _aim(entry: Entry) -> Aim:
    return _AIMS.get(entry.stem, _PAGE_AIM)


def _role(entry: Entry) -> Role:
    return next(role for role in (ROLE, *Role) if entry.right is None or entry.right in RIGHTS[role])


def _screen(app: Server, entry: Entry, folder: Path) -> Screen:
    press = _PRESSES.get(entry.stem)
    link = COHORT_LINK if press is COHORT_PRESS else ""
    cookie = signed_in_cookie(folder, _role(entry))
    typed = _child(folder) if entry.stem == "child" else None
    return Screen(entry.stem, f"{app.address}/{entry.stem}{link}", press, cookie, typed)


def _child(folder: Path) -> Typed:
    """What opens a child who was assessed more than once."""
    children = Store.open(folder).cohort().children.dropna(subset=["need_change"])
    return Typed(_CODE, str(children["child_id"].iloc[0]), _SIMILAR)


def _words(press: Press) -> str:
    return "cap slider" if press is CAP_PRESS else "another cohort"
