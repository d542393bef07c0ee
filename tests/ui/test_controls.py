"""A slider and its number always say the same, whichever was moved."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from ui import controls


def _page():
    import streamlit as st

    from ui.controls import set_value, slider_with_number

    st.button("to 9,000", on_click=set_value, args=("cap", 9_000))
    if st.checkbox("shown", True):
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


def test_a_number_that_has_not_heard_of_the_slider_does_not_move_it_back(app):
    app.slider[0].set_value(7_000).run()
    app.slider[0].set_value(8_000)
    app.number_input[0].set_value(5_000)  # a browser that was told 7,000 too late for its next message
    app.run()
    assert said(app) == (8_000, 8_000, "8000")


def test_a_slider_that_has_not_heard_of_the_number_does_not_move_it_back(app):
    app.number_input[0].set_value(4_321).run()
    app.slider[0].set_value(5_000)
    app.number_input[0].set_value(4_400)
    app.run()
    assert said(app) == (4_400, 4_400, "4400")


def test_a_slider_may_go_there_and_back_at_once(app):
    app.slider[0].set_value(7_000).run()
    app.slider[0].set_value(5_000).run()
    assert said(app) == (5_000, 5_000, "5000")


def test_a_number_typed_back_after_the_slider_moved_it_counts_once_the_browser_has_heard(app, monkeypatch):
    monkeypatch.setattr(controls, "ARRIVES_SECONDS", 0)
    app.slider[0].set_value(7_000).run()
    app.number_input[0].set_value(5_000).run()
    assert said(app) == (5_000, 5_000, "5000")


def test_a_slider_that_is_being_moved_is_not_put_where_it_was_a_moment_ago(app, monkeypatch):
    app.slider[0].set_value(7_000).run()
    assert app.slider[0].proto.set_value  # it was put somewhere just now: it may rest there
    monkeypatch.setattr(controls, "ARRIVES_SECONDS", 0)
    app.slider[0].set_value(8_000).run()
    assert not app.slider[0].proto.set_value
    assert app.number_input[0].proto.set_value
    app.run()
    assert app.slider[0].proto.set_value  # not moved in this run: it is where it should be, whatever happened


def test_a_control_that_went_with_its_own_move_comes_back_where_it_was_moved(app):
    """Such as a number that is typed, and another lever opened instead of a press on Enter."""
    app.number_input[0].set_value(4_321)
    app.checkbox[0].uncheck()
    app.run()
    assert not app.exception and not app.slider
    app.run()
    app.checkbox[0].check().run()
    assert not app.exception
    assert said(app) == (4_321, 4_321, "4321")
