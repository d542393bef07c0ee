"""Rules about children and episodes in the SSDA903 returns."""

from __future__ import annotations

from vcore.ingest.rules.rule import UNCHANGED, Rule, sent

_FIRST = {"DECOM": "01/09/2023", "DEC": "01/03/2024", "REC": "X1"}
_SECOND = {"DECOM": "01/03/2024", "RNE": "P", "PLACE": "K2"}

RULES = (
    Rule(
        "NEWER_RETURN_WINS",
        "merged",
        "The same child or episode is in a later return, or further down: that row counts.",
        "Nothing.",
        ("CHILD", "DECOM", "PLACE"),
        (*sent("Episodes", {}), *sent("Episodes", {"DEC": "31/03/2025"})),
        UNCHANGED,
    ),
    Rule(
        "CHILD_CHANGED",
        "warning",
        "Sex or date of birth differs from a later row about the same child, which counts.",
        "Check which one is right.",
        ("SEX", "DOB"),
        (*sent("Header", {}), *sent("Header", {"SEX": "F"})),
        (*sent("Header", {"SEX": "1"}), *sent("Header", {"SEX": "M"})),
    ),
    Rule(
        "YEAR_SENT_TWICE",
        "warning",
        "Two files of the same return year say different things about an episode; "
        "the one with the later dates, then the later name, counts.",
        "Send only the final file of each year.",
        ("DEC",),
        (*sent("Episodes", {"DEC": "01/02/2025"}), *sent("Episodes", {"DEC": "02/02/2025"})),
        (*sent("Episodes", {"DEC": "01/02/2025"}), *sent("Episodes", {"DEC": "01/02/2025"})),
    ),
    Rule(
        "SHORT_BREAK",
        "not_counted",
        "Short breaks (V3, V4) are not counted as looked after.",
        "Nothing.",
        ("LS",),
        sent("Episodes", {}, {"DECOM": "01/01/2020", "DEC": "05/01/2020", "LS": "V4"}),
        UNCHANGED,
    ),
    Rule(
        "TWO_EPISODES_START",
        "set_aside",
        "Another episode of this child starts on the same day in another place; "
        "the later return's, or the one further down, counts.",
        "Keep the right one.",
        ("DECOM", "PLACE"),
        sent("Episodes", {}, {"PLACE": "K2"}),
        sent("Episodes", {"DEC": "01/09/2023", "REC": "X1"}, {"PLACE": "K2", "RNE": "P"}),
    ),
    Rule(
        "REC_WITHOUT_DEC",
        "warning",
        "There is a reason for the episode's end and no end; it is taken as still open.",
        "Add DEC, or take REC out.",
        ("REC", "DEC"),
        sent("Episodes", {"REC": "X1"}),
        UNCHANGED,
    ),
    Rule(
        "DEC_WITHOUT_REC",
        "warning",
        "The episode ended and no reason is given.",
        "Add REC.",
        ("REC", "DEC"),
        sent("Episodes", {"DEC": "01/03/2025"}),
        sent("Episodes", {"DEC": "01/03/2025", "REC": "E4A"}),
    ),
    Rule(
        "LEFT_OPEN",
        "warning",
        "The episode is open in an older return and not in any later one; it is taken as still open.",
        "Check whether the child is still looked after; if not, add DEC and REC.",
        ("DEC",),
        (*sent("Episodes", {"DECOM": "01/09/2022"}), *sent("Episodes", {})),
        (*sent("Episodes", {"DECOM": "01/09/2022"}), *sent("Episodes", {"DECOM": "01/09/2022"}, {**_SECOND})),
    ),
    Rule(
        "NOTHING_FOLLOWS",
        "warning",
        "REC is X1, a new episode follows, and none starts that day or the next.",
        "Add the episode that follows, or the right REC.",
        ("REC",),
        sent("Episodes", _FIRST),
        sent("Episodes", _FIRST, _SECOND),
    ),
    Rule(
        "EPISODES_OVERLAP",
        "warning",
        "A later episode of the child starts before this one has ended; this one is taken to end that day.",
        "Correct DEC.",
        ("DEC",),
        sent("Episodes", _FIRST | {"DEC": "02/03/2024"}, _SECOND),
        sent("Episodes", _FIRST, _SECOND),
    ),
    Rule(
        "TEMPORARY_INSIDE",
        "merged",
        "A temporary placement (T0–T4) inside an episode that goes on meanwhile adds nothing.",
        "Nothing.",
        ("PLACE",),
        sent(
            "Episodes",
            {},
            {"DECOM": "01/03/2024", "DEC": "08/03/2024", "REC": "X1", "RNE": "P", "PLACE": "T1"},
        ),
        sent("Episodes", _FIRST, _SECOND | {"PLACE": "T1"}),
    ),
    Rule(
        "TEMPORARY_ALONE",
        "warning",
        "A temporary placement (T0–T4) interrupts no placement we were told of; "
        "it is shown as an other placement.",
        "Add the placement it interrupts.",
        ("PLACE",),
        sent("Episodes", {"PLACE": "T1"}),
        sent("Episodes", _FIRST, _SECOND | {"PLACE": "T1"}),
    ),
    Rule(
        "CARE_START_UNSEEN",
        "warning",
        "The first episode we have of this period in care is not its start (RNE S); "
        "time in care is counted from here and may be too short.",
        "Add the earlier returns if you have them.",
        ("RNE",),
        sent("Episodes", {"RNE": "P"}),
        UNCHANGED,
    ),
    Rule(
        "LEGAL_CHANGE_BUT_MOVED",
        "warning",
        "RNE L says that only the legal status changed, yet the place, provider or "
        "URN did too; it is counted as a move.",
        "Correct RNE (B or U), or PLACE.",
        ("RNE", "PLACE"),
        sent("Episodes", _FIRST, _SECOND | {"RNE": "L"}),
        sent("Episodes", _FIRST, {"DECOM": "01/03/2024", "RNE": "L", "LS": "C1"}),
    ),
    Rule(
        "NO_SDQ_SCORE",
        "not_counted",
        "The row has no strengths and difficulties score, the only thing used of this file.",
        "Nothing.",
        ("SDQ_SCORE",),
        sent("OC2", {"SDQ_SCORE": ""}),
        sent("OC2", {"SDQ_SCORE": "0"}),
    ),
)
