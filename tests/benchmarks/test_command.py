"""The command, and the report it writes."""

from __future__ import annotations

import pytest

from benchmarks.__main__ import read_command
from benchmarks.comparison import Comparison, Times
from benchmarks.machine import describe_machine
from benchmarks.report import PARTS, report


def test_a_part_of_a_report_is_never_kept(capsys):
    with pytest.raises(SystemExit) as ended:
        read_command(["--write", "--parts", "model"])
    assert ended.value.code == 2
    assert "leave out --parts" in capsys.readouterr().err


def test_everything_at_national_size_unless_told_otherwise():
    command = read_command([])
    assert (tuple(command.parts), command.children, command.write) == (PARTS, 84_000, False)
    assert read_command(["--write", "--parts", *PARTS]).write


def test_the_report_says_on_what_and_what_was_measured():
    words = report(84_000, "a machine", {"model": [Comparison("A run", Times([2.0]))]}, "slowly")
    assert words.startswith("# Performance\n")
    assert "a machine" in words
    assert "84,000 fictional children" in words
    assert "| A run | 2 ms (2 ms) |" in words
    assert "## Many readers" not in words  # not measured, so not said


def test_the_machine_is_named_with_its_versions():
    words = describe_machine()
    assert "cores" in words
    assert "streamlit 1." in words
