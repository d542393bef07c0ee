"""What was done with loads, and a child forgotten everywhere."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from ledger import activity, loads
from ledger.book import now
from ledger.forgetting import forget_child
from ledger.tables import DECISIONS, OPENINGS, TABLES


def test_what_was_done_comes_back_newest_first_and_by_authority(ledger):
    loads.record(
        ledger, "ann", loads.PUBLISHED, "North", load_id="one", told=["header.csv (3 rows)", "£1 apart"]
    )
    loads.record(ledger, "ben", loads.PUBLISHED, "South", load_id="two")
    loads.record(ledger, "ben", loads.ROLLED_BACK, "North", load_id="zero")
    found = loads.events(ledger, "North")
    assert [(event.who, event.what, event.load_id) for event in found] == [
        ("ben", "rolled back", "zero"),
        ("ann", "published", "one"),
    ]
    assert found[1].told == ("header.csv (3 rows)", "£1 apart")
    assert loads.events(ledger, "East") == []
    assert [line.what for line in activity.recent(ledger, 3)] == ["rolled back", "published", "published"]


def rows(ledger, words: str):
    with ledger.engine.connect() as connection:
        return connection.execute(text(words)).all()


@pytest.fixture
def written(ledger):
    """Two children's decisions and openings."""
    with ledger.engine.begin() as connection:
        for number, child in enumerate(("aaaa", "bbbb", "aaaa"), start=1):
            connection.execute(
                insert(DECISIONS).values(
                    child_id=child,
                    number=number,
                    authority="North",
                    placement_started=date(2025, 1, 1),
                    state="agreed",
                    reason="",
                    note="",
                    who="ann",
                    at=now(),
                    decided_on=date(2026, 3, 1),
                    destination="",
                )
            )
            connection.execute(
                insert(OPENINGS).values(
                    at=now(),
                    who="ann",
                    what="opened a child",
                    child_id=child,
                    children=1,
                    cohort="",
                    reason="",
                )
            )
    return ledger


def test_a_child_is_forgotten_wherever_they_stand(written):
    assert forget_child(written, "aaaa") == 4
    assert rows(written, "SELECT child_id FROM decisions") == [("bbbb",)]
    assert rows(written, "SELECT who, child_id FROM openings ORDER BY id") == [
        ("ann", None),
        ("ann", "bbbb"),
        ("ann", None),
    ]
    assert forget_child(written, "aaaa") == 0


def test_no_file_of_the_ledger_holds_a_forgotten_child(written):
    files = sorted(Path(str(written.engine.url.database)).parent.glob("*.sqlite*"))
    assert any(b"aaaa" in path.read_bytes() for path in files)
    forget_child(written, "aaaa")
    assert files and not any(b"aaaa" in path.read_bytes() for path in files)
    assert any(b"bbbb" in path.read_bytes() for path in files)


def test_no_table_names_a_child_by_another_column():
    """Whoever adds one under another name would keep children after they were removed."""
    columns = {column.name for table in TABLES.sorted_tables for column in table.c}
    assert {name for name in columns if "child" in name or "pseudonym" in name} <= {"child_id", "children"}
