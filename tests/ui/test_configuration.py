"""What the app must be served with, whatever else changes: nothing calls out and nothing is given away."""

import tomllib
from pathlib import Path

import pytest

CONFIGURATION = tomllib.loads(
    (Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    ("section", "option", "value"),
    [
        ("browser", "gatherUsageStats", False),
        ("server", "address", "127.0.0.1"),  # unset, an outside service is asked for it
        ("server", "headless", True),
        ("server", "enableAgentApi", False),
        ("server", "enableXsrfProtection", True),
        ("client", "showErrorDetails", "none"),
        ("client", "showErrorLinks", False),
        ("client", "disableDataExport", True),
        ("client", "allowedOrigins", []),  # unset, pages of sixteen hosting sites may steer this one
        ("client", "toolbarMode", "minimal"),
        ("runner", "postScriptGC", False),
        ("theme", "textColor", "#0b0c0c"),
        ("theme", "primaryColor", "#1d4f91"),
        ("theme", "baseFontSize", 18),
    ],
)
def test_required_settings(section, option, value):
    assert CONFIGURATION[section][option] == value
