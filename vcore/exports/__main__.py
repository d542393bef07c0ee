"""`python -m vcore.exports` writes the published schema of scenario files, after a lever has changed."""

from pathlib import Path

from vcore.exports.scenario_file import json_schema

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "scenario-file.schema.json"

if __name__ == "__main__":
    SCHEMA.write_text(json_schema(), encoding="utf-8")
