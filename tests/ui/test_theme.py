"""How numbers become words: boundaries by hand."""

from datetime import date
from math import nan

import altair as alt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui import theme


@pytest.mark.parametrize(
    ("gbp", "short"),
    [
        (0, "£0"),
        (999.4, "£999"),
        (5_400, "£5,400"),
        (9_999, "£9,999"),
        (9_999.5, "£10k"),
        (667_300, "£667k"),
        (999_499, "£999k"),
        (999_500, "£1.0m"),
        (34_700_000, "£34.7m"),
        (99_949_999, "£99.9m"),
        (99_950_000, "£100m"),
        (245_543_688, "£246m"),
        (999_500_000, "£1.0bn"),
        (-1_250, "−£1,250"),
        (-0.3, "£0"),
        (nan, "x"),
    ],
)
def test_short_money(gbp, short):
    assert theme.money(gbp) == short


@pytest.mark.parametrize(
    ("gbp", "full"), [(4_721_994.4, "£4,721,994"), (-12.6, "−£13"), (0, "£0"), (nan, "x")]
)
def test_money_to_the_pound(gbp, full):
    assert theme.money_full(gbp) == full


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "0%"),
        (0.0004, "under 0.1%"),
        (0.0005, "0.1%"),
        (0.04, "4%"),
        (0.0412, "4.1%"),
        (0.0994, "9.9%"),
        (0.0996, "10%"),
        (0.509, "51%"),
        (0.9949, "99%"),
        (0.995, "over 99%"),
        (0.99999, "over 99%"),
        (1, "100%"),
        (-0.052, "−5.2%"),
        (nan, "x"),
    ],
)
def test_percentages_are_whole_unless_under_ten(share, words):
    assert theme.percent(share) == words


@given(st.floats(0, 1))
def test_a_part_is_never_said_to_be_nothing_or_everything(share):
    words = theme.percent(share)
    assert (words == "0%") == (share == 0)
    assert (words == "100%") == (share == 1)


@pytest.mark.parametrize(("n", "words"), [(0, "0 children"), (1, "1 child"), (3528, "3,528 children")])
def test_counts_agree_with_their_noun(n, words):
    assert theme.count(n, "child", "children") == words


def test_dates_are_written_out():
    assert theme.date_words(date(2026, 3, 1)) == "1 March 2026"


def test_every_chart_takes_the_theme():
    config = alt.Chart(alt.InlineData(values=[])).mark_bar().to_dict()["config"]
    assert config["axis"]["labelLimit"] == 0
    assert config["axis"]["labelColor"] == theme.TEXT


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("age=[Sign in](http://evil.example)", r"age=\[Sign in\]\(http\://evil.example\)"),
        ("**bold** _it_ `code` $x$ :red[r] <b>", r"\*\*bold\*\* \_it\_ \`code\` \$x\$ \:red\[r\] \<b\>"),
        (r"a\*b", r"a\\\*b"),
        ("Willow & Wren, £5,000 (3)", r"Willow & Wren, £5,000 \(3\)"),
    ],
)
def test_somebody_else_s_text_is_shown_as_it_is_written(words, shown):
    assert theme.plain(words) == shown


def test_a_chart_for_a_room_has_no_small_words_and_the_same_rows():
    spec = {
        "config": {"axis": {"labelFontSize": 15, "titleFontSize": 12}, "text": {"fontSize": 15}},
        "layer": [
            {"mark": {"type": "text", "fontSize": 13}, "data": {"values": [{"fontSize": 3}]}},
            {"mark": {"type": "text", "fontSize": 20}},
        ],
    }
    assert theme.evened(spec) == {
        "config": {"axis": {"labelFontSize": 15, "titleFontSize": 15}, "text": {"fontSize": 15}},
        "layer": [
            {"mark": {"type": "text", "fontSize": 15}, "data": {"values": [{"fontSize": 3}]}},
            {"mark": {"type": "text", "fontSize": 20}},
        ],
    }
