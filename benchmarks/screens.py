"""Which pages are timed, what is pressed on them, and what each should keep to.

Every page in the menu that a director may open is timed: a new one is measured from its first day. Pages about
single children are timed as a commissioner sees them, where they stand in `CHILD_LEVEL`.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.browser import Press, Screen, Typed, time_screens
from benchmarks.comparison import Aim, Comparison, Times
from benchmarks.server import ROLE, Server, signed_in_cookie
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

CHILD_LEVEL = ("review_list", "child")
_PRESSES = {entry.stem: COHORT_PRESS for entry in ENTRIES if entry.section == "understand"} | {
    "scenario": CAP_PRESS,
    "review_list": COHORT_PRESS,
}
_CAP_AIM = Aim(times_beside=1.5)
_PAGE_AIM = Aim(times_beside=2.5)
_AIMS: dict[str, Aim] = {stem: Aim(times_beside=2) for stem in CHILD_LEVEL}
_CODE, _SIMILAR = (
    ".st-key-child-code input",
    ".st-key-similar-child",
)  # typed to open a child; there once one is


def compare_screens(bare: Server, app: Server, folder: Path, repeats: int) -> list[Comparison]:
    """Each page's rerun, and its key press to chart, beside the bare page's."""
    entries = [entry for entry in ENTRIES if _timed(entry)]
    floor = Screen(BARE, bare.address, BARE_PRESS)
    screens = [_screen(app, entry, folder) for entry in entries]
    presses = time_screens([floor, *screens], repeats)
    rerun, chart = Times(presses[BARE].rerun_ms), Times(presses[BARE].chart_ms)
    reruns = [
        Comparison(f"{entry.title}: rerun", Times(presses[entry.stem].rerun_ms), BARE, rerun, _aim(entry))
        for entry in entries
    ]
    charts = [
        Comparison(
            f"{entry.title}: {_words(press)} to chart",
            Times(presses[entry.stem].chart_ms),
            BARE,
            chart,
            _CAP_AIM if press is CAP_PRESS else _aim(entry),
        )
        for entry in entries
        if (press := _PRESSES.get(entry.stem))
    ]
    return charts + reruns


def _timed(entry: Entry) -> bool:
    return entry.right is None or entry.right in RIGHTS[ROLE] or entry.stem in CHILD_LEVEL


def _aim(entry: Entry) -> Aim:
    return _AIMS.get(entry.stem, _PAGE_AIM)


def _role(entry: Entry) -> Role:
    return Role.COMMISSIONER if entry.stem in CHILD_LEVEL else ROLE


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
