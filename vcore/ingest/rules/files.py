"""Rules about whole files and the shape of their rows."""

from __future__ import annotations

from vcore.facts.domains import NeedModel
from vcore.ingest.rules.rule import UNCHANGED, Rule, Sent, not_sent, sent, sent_text

_EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE\n"
_EPISODE = "EXAMPLE1,01/09/2023,S,C2,N1,U4,PR4,,,\n"

_OTHERS = ("family_relationships", "life_story", "self_care", "safe_decisions")
_DOMAINS = NeedModel().ids


def _assessed(score: str) -> tuple[dict[str, str], ...]:
    return tuple(
        {"ASSESSED_ON": f"{day:02d}/01/2026"} | dict.fromkeys(_DOMAINS, score) for day in range(1, 9)
    )


def _paid(cost: str) -> tuple[dict[str, str], ...]:
    """Five fees, one after another."""
    return tuple(
        {
            "START": f"01/{month:02d}/2024",
            "END": f"28/{month:02d}/2024",
            "WEEKLY_COST": cost,
            "SOCIAL_CARE": cost,
        }
        | {"EDUCATION": "", "HEALTH": ""}
        for month in range(1, 6)
    )


RULES = (
    Rule(
        "HEADER_MISSING",
        "refused",
        "There is no Header file that can be used.",
        "Add the SSDA903 Header (CHILD, SEX, DOB, ETHNIC): it says which children there are.",
        ("CHILD", "SEX", "DOB", "ETHNIC"),
        not_sent("Header"),
        UNCHANGED,
    ),
    Rule(
        "EPISODES_MISSING",
        "refused",
        "There is no Episodes file that can be used.",
        "Add the SSDA903 Episodes (CHILD, DECOM, RNE, LS, PLACE …): it says where children live.",
        ("DECOM", "PLACE"),
        not_sent("Episodes"),
        UNCHANGED,
    ),
    Rule(
        "COLUMN_MISSING",
        "refused",
        "A column that the file needs is missing.",
        "Add it, or rename the column found in its place if that is what it holds.",
        (),
        sent("Costs", {"WEEKLY_COST": None}),
        sent("Costs", {"HEALTH": None}),
    ),
    Rule(
        "DOMAIN_MISSING",
        "refused",
        "The column of a need domain is missing: every domain that the settings name must be there.",
        "If your council does not score it, name the domains it does score in data/settings.toml "
        "(docs/settings.md says how), restart the app and load the files again. If it does, add the column.",
        (),
        sent("Needs", {_DOMAINS[0]: None}),
        sent("Needs", {_DOMAINS[0]: "0"}),
    ),
    Rule(
        "COLUMN_TWICE",
        "refused",
        "Two columns have this name, so it is not clear which one counts.",
        "Remove or rename one of them.",
        (),
        sent_text("OC2", "CHILD,SDQ_SCORE,SDQ_SCORE\nEXAMPLE1,14,15\n"),
        sent_text("OC2", "CHILD,SDQ_SCORE,NOTE,NOTE\nEXAMPLE1,14,a,b\n"),
    ),
    Rule(
        "FILE_UNREADABLE",
        "refused",
        "From this line on the quotation marks do not pair up, so rows run into each other.",
        'Close the quotation mark, or write one inside a cell twice (""), and save the file again.',
        (),
        sent_text("Episodes", _EPISODES + _EPISODE + '"EXAMPLE1,01/10/2023\n'),
        sent_text("Episodes", _EPISODES + _EPISODE.replace("EXAMPLE1", '"EXAMPLE1"')),
    ),
    Rule(
        "DATES_MONTH_FIRST",
        "refused",
        "The dates of this column only make sense with the month first.",
        "Save the column day first (31/03/2026) or as 2026-03-31: read as they stand, other rows would be wrong.",
        (),
        sent("Episodes", {"DECOM": "09/13/2023"}, {"DECOM": "09/14/2023"}, {"DECOM": "01/02/2023"}),
        sent("Episodes", {"DECOM": "13/09/2023"}),
        fix="DAY_MONTH_SWAPPED",
    ),
    Rule(
        "SCORES_OUT_OF_100",
        "refused",
        "Scores run to 100, not to the council's maximum.",
        "Send scores on the council's own scale, or let them be divided.",
        ("SCORE",),
        sent(
            "Needs",
            {"physical_health": "60", "attachments": "45", "community": "70"} | dict.fromkeys(_OTHERS, "30"),
        ),
        sent("Needs", {"physical_health": "60"}),
        fix="SCALE_100",
    ),
    Rule(
        "SCORES_REVERSED",
        "warning",
        "Most scores are close to the maximum: on this file's scale the highest may mean safe.",
        "Check the scale; ours runs from 0, no need, upwards. Have scores turned round if theirs runs the other way.",
        ("SCORE",),
        sent("Needs", *_assessed("9")),
        sent("Needs", *_assessed("6")),
        fix="SCALE_REVERSED",
    ),
    Rule(
        "COST_PER_YEAR",
        "refused",
        "Costs look like £ a year.",
        "Send £ a week, or let them be divided by the weeks in a year.",
        ("WEEKLY_COST",),
        sent("Costs", *_paid("30000")),
        sent("Costs", *_paid("19000")),
        fix="COST_PER_YEAR",
    ),
    Rule(
        "COST_PER_DAY",
        "refused",
        "Costs look like £ a day.",
        "Send £ a week, or let them be multiplied by 7.",
        ("WEEKLY_COST",),
        sent("Costs", *_paid("140")),
        sent("Costs", *_paid("160")),
        fix="COST_PER_DAY",
    ),
    Rule(
        "NOTHING_LEFT",
        "refused",
        "After setting rows aside no child, or no placement, is left.",
        "Look at the rows set aside below; check that the as-at date is the one these files are true for.",
        ("CHILD",),
        sent("Episodes", {"LS": "V3"}),
        UNCHANGED,
    ),
    Rule(
        "FILE_NOT_RECOGNISED",
        "set_aside",
        "Its columns are not those of any file we know.",
        "Nothing, if it is not meant for this load; else compare its column names with the templates.",
        (),
        (Sent("Reviews", "COLOUR,SIZE\nred,4\n"),),
        UNCHANGED,
    ),
    Rule(
        "FILE_NOT_TEXT",
        "warning",
        "It is neither text nor a workbook that can be opened, so nothing in it was read.",
        "If it is meant for this load, save it again as XLSX or as CSV UTF-8.",
        (),
        sent_text("Reviews", "PK\x03\x04\x00\x00"),
        UNCHANGED,
    ),
    Rule(
        "FILE_NOT_USED",
        "not_counted",
        "A file we recognise and do not use yet.",
        "Nothing.",
        (),
        sent("Reviews", {"CHILD": "EXAMPLE1"}),
        UNCHANGED,
    ),
    Rule(
        "ROW_MISSHAPEN",
        "set_aside",
        "The row has more or fewer cells than the file has columns.",
        'Put a value that holds a comma in quotation marks ("5,400"), and give every row all its cells.',
        (),
        sent_text("OC2", "CHILD,SDQ_SCORE\nEXAMPLE1,1,4\n"),
        sent_text("OC2", "CHILD,SDQ_SCORE\nEXAMPLE1,14,,\n"),
    ),
    Rule(
        "ROW_EMPTY",
        "not_counted",
        "The row holds nothing.",
        "Nothing; delete it to tidy up.",
        (),
        sent_text("OC2", "CHILD,SDQ_SCORE\n,\nEXAMPLE1,14\n"),
        sent_text("OC2", "CHILD,SDQ_SCORE\n\nEXAMPLE1,14\n"),
    ),
)
