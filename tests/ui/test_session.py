"""What a browser tab's session remembers between runs."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def _page():
    import streamlit as st

    from ui import session

    wanted = {"cap": st.text_input("wanted", "5000")}
    st.text(str(session.address_lags("scenario", wanted)))
    st.text(str(session.address_lags("cohort", {"settings": "residential"})))


def test_an_address_lags_in_the_run_that_gives_it_another_and_in_no_other_part():
    app = AppTest.from_function(_page).run()
    lagged = [app.text[0].value]
    for wanted in ("5000", "5100", "5100", "5000"):
        app.text_input[0].set_value(wanted).run()
        lagged.append(app.text[0].value)
        assert app.text[1].value == "False"
    assert lagged == ["False", "False", "True", "False", "True"]
