"""The house rules that a machine can hold: who may import whom, what pages may not do, what is documented.

Break one on purpose to see it fail: import streamlit in `vcore/scoring.py`, or add two numbers in a page.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = [
    path
    for folder in ("vcore", "ledger", "ui", "pages", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*.py"))
] + [ROOT / "app.py"]
PAGES = [path for path in CODE if path.is_relative_to(ROOT / "pages")]
LONGEST_MODULE = 260  # lines; about 150 is the aim
SQL = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|CREATE\s+TABLE|DELETE\s+FROM|UPDATE\s+\w+\s+SET)\b", re.S
)
NO_NOUN = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
# words that never belong in what people read, and paths that only exist on the writer's machine
UNSAID = re.compile(r"\b(CYP|LAC|SKU|IMPOWER-approved)\b|/work/|/root/|/home/|file://")


# what works on Linux and not on Windows, where most readers are: dates without a nought, texts in the machine's own
# encoding, files that turn a 10 into 13 10, modules that are not there
STUMBLES = re.compile(
    r"%-[a-zA-Z]|(?:read|write)_text\((?![^()\n]*(\([^()\n]*\)[^()\n]*)*encoding)|os\.fdopen|import (fcntl|grp|pwd|resource)\b"
)
ANYWHERE = [path for path in CODE if not path.is_relative_to(ROOT / "benchmarks")]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_there_is_code_to_look_at():
    assert len(CODE) > 40
    assert len(PAGES) >= 3


def test_imports_flow_one_way():
    lint = shutil.which("lint-imports", path=str(Path(sys.executable).parent)) or shutil.which("lint-imports")
    assert lint, "lint-imports is not installed: pip install -r requirements-dev.txt"
    run = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("path", CODE, ids=named)
def test_every_module_and_public_name_says_what_it_is(path):
    module = tree(path)
    body = path.read_text(encoding="utf-8").strip()
    if not body:
        return
    assert ast.get_docstring(module), f"{named(path)} has no docstring"
    for node in [] if path in PAGES else module.body:  # a page is a script: nothing in it is public
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{named(path)}: {node.name} has no docstring"


@pytest.mark.parametrize("path", CODE, ids=named)
def test_modules_are_nouns_of_a_readable_length(path):
    assert path.stem not in NO_NOUN
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_pages_only_show(path):
    for node in ast.walk(tree(path)):
        where = f"{named(path)}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.BitOr):
            pytest.fail(f"{where}: arithmetic belongs in vcore or ui")
        if isinstance(node, ast.Attribute) and node.attr == "session_state":
            pytest.fail(f"{where}: raw session state belongs in ui")
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert not SQL.search(node.value), f"{where}: SQL belongs in vcore/store"


@pytest.mark.parametrize(
    "path", [p for p in CODE if not p.is_relative_to(ROOT / "vcore" / "store")], ids=named
)
def test_only_the_store_speaks_sql(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found = SQL.search(node.value)
            assert not found or "facts/columns" in path.as_posix(), f"{named(path)}:{node.lineno}: {found}"


@pytest.mark.parametrize("path", CODE, ids=named)
def test_nothing_is_pickled_and_no_machine_is_named(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"^\s*(import|from) (pickle|joblib|shelve)\b", text, re.M)
    assert not (found := UNSAID.search(text)), f"{named(path)}: {found.group()}"


@pytest.mark.parametrize("path", ANYWHERE, ids=named)
def test_nothing_stumbles_on_windows(path):
    found = STUMBLES.search(path.read_text(encoding="utf-8"))
    assert not found, f"{named(path)}: {found.group()}"


@pytest.mark.parametrize("line", ['f"{day:%-d %B}"', "path.read_text()", 'os.fdopen(os.open(path), "wb")'])
def test_what_stumbles_is_found(line):
    assert STUMBLES.search(line)
