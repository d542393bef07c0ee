"""What can be typed after `python -m vcore`, and how errors are said."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from vcore.command_line import data, people
from vcore.errors import VcoreError
from vcore.settings import settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0 when done, 1 when refused; exits with 2 on wrong usage."""
    chosen = _parser().parse_args(arguments)
    chosen.data = Path(getattr(chosen, "data", settings().data_folder))
    try:
        return chosen.command(chosen)
    except VcoreError as error:
        print(f"Refused: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--data",
        metavar="DIR",
        default=argparse.SUPPRESS,
        help="the data folder (default: the settings' own)",
    )
    parser = argparse.ArgumentParser(
        prog="python -m vcore",
        description="Children in care: their needs, what it costs, what if.",
        parents=[shared],
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, words: str, command, within=commands) -> argparse.ArgumentParser:
        made = within.add_parser(name, help=words, description=words, parents=[shared])
        made.set_defaults(command=command)
        return made

    demo = add("demo", "make and publish the demonstration data (fictional children)", data.make_demo)
    demo.add_argument("--children", type=_children, default=3528, help="how many (84000 is national size)")
    demo.add_argument(
        "--report", type=Path, metavar="FILE", help="write target against achieved, as Markdown"
    )
    template = add("template", "write empty files with the columns a load understands", data.write_template)
    template.add_argument("folder", type=Path)
    for name, words, command in (
        ("check", "read a folder of files and say what a load would do; nothing is kept", data.check),
        ("load", "check a folder of files, keep it and publish it", data.load),
    ):
        reader = add(name, words, command)
        reader.add_argument("folder", type=Path)
        reader.add_argument("--authority", required=True, help="the local authority responsible")
        reader.add_argument("--as-of", required=True, type=_day, help="the date the files are true for")
        reader.add_argument(
            "--fix",
            action="append",
            default=[],
            metavar="CODE",
            help="a correction to make first, as the report of `check` offers it; may be given more than once",
        )
        reader.add_argument(
            "--mapping",
            type=Path,
            metavar="FILE",
            help="which column is which, as `check --write-mapping` writes it; a load remembers it",
        )
        if name == "check":
            reader.add_argument(
                "--write-mapping",
                type=Path,
                metavar="FILE",
                help="write which column is taken for which, to look through and change; overwrites nothing",
            )
        if name == "load":
            reader.add_argument(
                "--no-publish", action="store_true", help="keep the load without publishing it"
            )
            _add_new_authority(reader)
    benchmarks = add(
        "benchmarks",
        "check and keep files the Department for Education publishes: unit costs, where children live, neighbours",
        data.load_benchmarks,
    )
    benchmarks.add_argument("files", type=Path, nargs="+", metavar="FILE")
    publish = add("publish", "publish a load that is kept", data.publish_load)
    publish.add_argument("load", help="its name, as `load --no-publish` or `withdraw` printed it")
    _add_new_authority(publish)
    roll_back = add("rollback", "put one authority's previous load back", data.roll_back_authority)
    roll_back.add_argument("--authority", required=True)
    withdraw = add(
        "withdraw",
        "take one authority out of what is published, such as one loaded under a misspelt name; its loads are kept",
        data.withdraw_authority,
    )
    withdraw.add_argument("--authority", required=True)

    accounts = commands.add_parser("people", help="who may sign in").add_subparsers(
        required=True, metavar="WHAT"
    )
    new = add("add", "make an account and print its one-time password", people.add, accounts)
    new.add_argument("username")
    new.add_argument("--name", required=True, help="the person's name")
    new.add_argument("--role", required=True)
    new.add_argument("--authority", action="append", help="limit to this authority (may be repeated)")
    add("list", "every account", people.show, accounts)
    for name, words, command in (
        ("reset", "print a new one-time password", people.reset),
        ("close", "stop an account from signing in", people.close),
        ("open", "let a closed account sign in again", people.reopen),
    ):
        add(name, words, command, accounts).add_argument("username")
    assessment = add(
        "assessment", "record the data-protection assessment's reference", people.assess, accounts
    )
    assessment.add_argument("reference", help="as your council files it, such as DPIA-2026-014")
    return parser


def _add_new_authority(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--new-authority",
        action="store_true",
        help="say that this is another authority than a loaded one with nearly the same name",
    )


def _day(text: str) -> date:
    for style in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, style).date()
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(f"{text!r} is not a date: write 2026-03-31 or 31/03/2026")


def _children(text: str) -> int:
    if not text.isdigit() or not 500 <= int(text) <= 500_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of children from 500 to 500000")
    return int(text)
