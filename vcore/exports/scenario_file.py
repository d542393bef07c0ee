"""A scenario as a file: the levers, the children's filter, which data it was made on, and what to expect of it.

JSON, by a published schema (`docs/scenario-file.schema.json`). Reading is strict: whatever is not understood is
refused by name, with what was expected, what was found and what to do. Never runs a scenario and never holds a child.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vcore import __version__
from vcore.errors import VcoreError
from vcore.exports.kept_figures import KeptFigures
from vcore.exports.refusals import Refusal, refusals
from vcore.scenarios import Scenario
from vcore.store import CohortFilter

SCHEMA_VERSION = 1
LARGEST_BYTES = 1_000_000
MOST_NAMED = 12
_OWN = "Download a scenario file from the Scenario page and start from that."


class ScenarioFile(BaseModel):
    """Everything a scenario file holds."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        title="Scenario file of Care Value Explorer",
    )
    schema_version: Literal[1] = Field(default=SCHEMA_VERSION, description="Version of this format")
    engine_version: Annotated[str, Field(min_length=1, max_length=40)] = Field(
        default=__version__, description="Version of the app that wrote it"
    )
    snapshot: Annotated[str, Field(pattern=r"^\d{8}-[0-9a-f]{8}$")] = Field(
        description="Which data it was made on: the date it reaches and a mark of its loads"
    )
    as_of: date | None = Field(default=None, description="The date asked about; null: the latest")
    cohort: CohortFilter = Field(default_factory=CohortFilter, description="Which children")
    scenario: Scenario = Field(description="Levers, and how money is counted")
    expected: KeptFigures | None = Field(
        default=None,
        description="What it came to when it was written; null where numbers are too small to tell",
    )


class RefusedScenarioFile(VcoreError):
    """A scenario file that cannot be read. `refusals` names every fault."""

    def __init__(self, *found: Refusal) -> None:
        super().__init__("\n".join(refusal.words for refusal in found))
        self.refusals = found


def write_scenario_file(contents: ScenarioFile) -> bytes:
    """The file: UTF-8 JSON, one key a line."""
    return (contents.model_dump_json(indent=1) + "\n").encode()


def read_scenario_file(raw: bytes) -> ScenarioFile:
    """The contents of a file. Raises `RefusedScenarioFile`, which names every fault in it."""
    if len(raw) > LARGEST_BYTES:
        size = f"{len(raw) / 1e6:.1f} MB"
        raise RefusedScenarioFile(Refusal("the file", f"at most {LARGEST_BYTES // 1_000_000} MB", size, _OWN))
    _check_version(_parsed(raw))
    try:
        return ScenarioFile.model_validate_json(raw.removeprefix(b"\xef\xbb\xbf"), strict=True)
    except ValidationError as error:
        found = refusals(error, known_names())
        raise RefusedScenarioFile(*found[:MOST_NAMED]) from None


def json_schema() -> str:
    """The published schema of the file, as JSON."""
    schema = ScenarioFile.model_json_schema()
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=1) + "\n"


@cache
def known_names() -> frozenset[str]:
    """Every key that a scenario file may hold somewhere."""
    schema = ScenarioFile.model_json_schema()
    parts = [schema, *schema["$defs"].values()]
    return frozenset(name for part in parts for name in part.get("properties", ()))


def _parsed(raw: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(
            raw.decode("utf-8-sig"), object_pairs_hook=_each_once, parse_constant=_no_such_number
        )
    except RefusedScenarioFile:
        raise
    except (ValueError, RecursionError) as error:
        where = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "the file"
        raise RefusedScenarioFile(Refusal(where, "JSON text", _start_of(raw), _OWN)) from None
    if not isinstance(parsed, dict):
        raise RefusedScenarioFile(Refusal("the file", "an object with named parts", _start_of(raw), _OWN))
    return parsed


def _check_version(parsed: dict[str, Any]) -> None:
    found = parsed.get("schema_version", "nothing")
    if type(found) is int and found == SCHEMA_VERSION:
        return
    newer = type(found) is int and found > SCHEMA_VERSION
    what_to_do = "Update the app: a newer one wrote this file." if newer else _OWN
    raise RefusedScenarioFile(
        Refusal("schema_version", str(SCHEMA_VERSION), str(found)[:MOST_NAMED], what_to_do)
    )


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise RefusedScenarioFile(
                Refusal(name[:60], "each name once", "it twice", "Keep one of the two.")
            )
    return dict(pairs)


def _no_such_number(words: str) -> float:
    raise RefusedScenarioFile(Refusal("the file", "plain numbers", words, "Write a number such as 5000."))


def _start_of(raw: bytes) -> str:
    return repr(raw[:24].decode("utf-8", "replace")) if raw else "nothing"
