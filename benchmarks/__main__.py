"""`python -m benchmarks`: measures the parts asked for, prints the report, and with `--write` keeps it.

Leaves data/local/ (git-ignored) behind, so that the children are made once. Stops by itself.
"""

from __future__ import annotations

import argparse
import os
import sys

from benchmarks.comparison import Comparison
from benchmarks.loading import compare_loading
from benchmarks.machine import describe_machine
from benchmarks.model import compare_model
from benchmarks.readers import compare_readers, describe_rhythm
from benchmarks.report import FILE, PARTS, report
from benchmarks.screens import compare_openings, compare_screens
from benchmarks.server import APP, BARE_APP, data_folder, running
from ledger.book import URL_VARIABLE
from vcore.errors import VcoreError
from vcore.settings import ROOT


def read_command(arguments: list[str] | None = None) -> argparse.Namespace:
    """The command's settings. Ends the program with 2 for wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="How fast the app is, beside the plain way. Needs requirements-dev.txt.",
    )
    parser.add_argument(
        "--parts", nargs="+", choices=PARTS, default=PARTS, help="what to measure (default: all)"
    )
    parser.add_argument("--children", type=int, default=84_000, help="default: 84,000, national size")
    parser.add_argument("--repeats", type=int, default=15, help="times a press or a query (default: 15)")
    parser.add_argument("--write", action="store_true", help=f"keep the report in {FILE.relative_to(ROOT)}")
    command = parser.parse_args(arguments)
    if command.repeats < 1:
        parser.error("--repeats: at least 1")
    if command.write and set(command.parts) != set(PARTS):
        parser.error("--write keeps a whole report: leave out --parts")
    return command


def main() -> int:
    """Exit code: 0 measured, 1 something could not be."""
    command = read_command()
    os.environ.pop(URL_VARIABLE, None)  # the benchmark's readers sign in to a ledger of its own
    try:
        measured = {"loading": compare_loading(command.children)} if "loading" in command.parts else {}
        if set(command.parts) != {"loading"}:
            measured |= _on_a_store(command)
    except VcoreError as error:
        print(error, file=sys.stderr)
        return 1
    words = report(command.children, describe_machine(), measured, describe_rhythm())
    print(words)
    if command.write:
        FILE.write_text(words, encoding="utf-8")
    return 0


def _on_a_store(command: argparse.Namespace) -> dict[str, list[Comparison]]:
    """What is measured on a store of children who are there already."""
    folder = data_folder(command.children)
    measured = {}
    if "model" in command.parts:
        measured["model"] = compare_model(folder, command.repeats)
    if "opening" in command.parts:
        measured["opening"] = compare_openings(folder, command.repeats)
    if {"screens", "readers"} & set(command.parts):
        with running(BARE_APP, folder) as bare, running(APP, folder) as app:
            if "screens" in command.parts:
                measured["screens"] = compare_screens(bare, app, folder, command.repeats)
            if "readers" in command.parts:
                measured["readers"] = compare_readers(bare, app, folder)
    return measured


if __name__ == "__main__":
    sys.exit(main())
