"""A slider and its number always say the same, whichever was moved."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def _page():
    import streamlit as st

    from ui.controls import set_value, slider_with_number

    st.button("to 9,000", on_click=set_value, args=("cap", 9_000))
    said = slider_with_number(
        "Cap", key="cap", value=5_000, minimum=1_000, maximum=10_000, step=100, unit="£", highest=100_000
    )
    st.text(f"{said}")


@pytest.fixture
def app():
    return AppTest.from_function(_page).run()


def said(app) -> tuple[float, float, str]:
    return app.slider[0].value, app.number_input[0].value, app.text[0].value


def test_both_start_where_they_are_told(app):
    assert said(app) == (5_000, 5_000, "5000")
    assert app.slider[0].label == "Cap (£)"
    assert app.number_input[0].label == "Cap (£), typed"  # a name of its own for those who hear it


def test_the_slider_moves_the_number(app):
    app.slider[0].set_value(7_000).run()
    assert said(app) == (7_000, 7_000, "7000")


def test_the_number_moves_the_slider(app):
    app.number_input[0].set_value(4_321).run()
    assert said(app) == (4_321, 4_321, "4321")


def test_a_number_beyond_the_slider_rests_it_at_its_end(app):
    app.number_input[0].set_value(50_000).run()
    assert said(app) == (10_000, 50_000, "50000")


def test_an_emptied_number_stays_at_the_last_value_and_says_so(app):
    app.number_input[0].set_value(4_321).run()
    app.number_input[0].set_value(None).run()
    assert said(app) == (4_321, 4_321, "4321")
    assert app.caption[0].value == "Cap: left empty, so it stays at 4,321."
    app.number_input[0].set_value(4_400).run()
    assert said(app) == (4_400, 4_400, "4400") and not app.caption


def test_the_page_may_move_both(app):
    app.button[0].click().run()
    assert said(app) == (9_000, 9_000, "9000")
