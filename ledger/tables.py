"""The ledger's tables: people and their sign-ins, what they saved and decided, what they did, and facts on record.

Never queries and never opens a database: `ledger.book` opens one, and each noun has its own module for the rest.
A column that names a child by pseudonym is called `child_id`: removing a child from the ledger goes by that name.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A time with its zone, kept as UTC: SQLite would lose the zone, and then comparisons go wrong."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


TABLES = MetaData()

PEOPLE = Table(
    "people",
    TABLES,
    Column("username", String(64), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("password_hash", String(60), nullable=False),
    Column("role", String(20), nullable=False),
    Column("authorities", JSON(none_as_null=True)),  # a list of names; none = every authority
    Column("demonstration", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("must_change_password", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

GRANTS = Table(  # rights of one person, beside those of their role
    "grants",
    TABLES,
    Column("username", ForeignKey("people.username", ondelete="CASCADE"), primary_key=True),
    Column("granted", String(40), primary_key=True),  # the right's name
    Column("granted_by", String(64), nullable=False),
    Column("granted_at", Moment, nullable=False),
)

ATTEMPTS = Table(
    "attempts",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("username", String(64), nullable=False),  # as typed: it need not exist
    Column("address", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Index("attempts_of_pair", "username", "address", "at"),
)

SIGN_INS = Table(
    "sign_ins",
    TABLES,
    Column("id", String(32), primary_key=True),
    Column("username", ForeignKey("people.username", ondelete="CASCADE"), nullable=False, index=True),
    Column("started_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("ticket_hash", String(64), unique=True),  # until the browser has collected its cookie
    Column("cookie_hash", String(64), unique=True),
)

COHORTS = Table(
    "saved_cohorts",
    TABLES,
    Column("code", String(12), primary_key=True),  # random: it goes into links
    Column("owner", ForeignKey("people.username", ondelete="CASCADE"), nullable=False),
    Column("name", String(60), nullable=False),
    Column("name_key", String(60), nullable=False),  # the name without regard to case
    Column("filter", String(4_000), nullable=False),  # as the model writes it; never a child, never a count
    Column("as_of", Date),  # none = the latest date there is
    Column("shared", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("owner", "name_key"),
)

SCENARIOS = Table(
    "saved_scenarios",
    TABLES,
    Column("code", String(12), primary_key=True),  # random: it goes into addresses
    Column("scope", Text, nullable=False),  # the authorities whose children it is about
    Column("owner", ForeignKey("people.username", ondelete="CASCADE"), nullable=False),
    Column("name", String(60), nullable=False),
    Column("name_key", String(60), nullable=False),  # the name without regard to case
    Column("note", String(500), nullable=False),
    Column("scenario", Text, nullable=False),  # this and the next two as the model writes them
    Column("cohort", String(4_000), nullable=False),
    Column("figures", Text, nullable=False),
    Column("as_of", Date),  # none = the latest date there was
    Column("snapshot", String(40), nullable=False),
    Column("engine_version", String(40), nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("adopted_for", Text, unique=True),  # the scope while it is adopted: one for each
    Column("created_at", Moment, nullable=False),
    Column("kept_at", Moment, nullable=False),  # when its figures were kept
    UniqueConstraint("owner", "scope", "name_key"),
)

SCENARIO_CHANGES = Table(
    "saved_scenario_changes",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("code", ForeignKey("saved_scenarios.code", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("who", String(64), nullable=False),
    Column("what", String(60), nullable=False),
    Column("detail", String(500), nullable=False),
)

WORKING = Table(
    "working_scenarios",
    TABLES,
    Column("username", ForeignKey("people.username", ondelete="CASCADE"), primary_key=True),
    Column("scenario", Text, nullable=False),
    Column("cohort", String(4_000), nullable=False),
    Column("as_of", Date),
    Column("saved_at", Moment, nullable=False),
)

DECISIONS = Table(
    "decisions",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("child_id", String(64), nullable=False),  # the pseudonym: the same in every load
    Column("number", Integer, nullable=False),  # 1, 2, 3 … of this child: two people cannot both be next
    Column("authority", String(100), nullable=False),
    Column("placement_started", Date, nullable=False),  # the placement it is about
    Column("state", String(20), nullable=False),
    Column("reason", String(40), nullable=False),
    Column("note", String(500), nullable=False),
    Column("who", String(64), nullable=False),
    Column("at", Moment, nullable=False),  # when it was written down
    Column("decided_on", Date, nullable=False),
    Column("next_date", Date),
    Column("planned_start", Date),
    Column("destination", String(40), nullable=False),
    Column("weekly_saving_gbp", Float),
    UniqueConstraint("child_id", "number"),
)

ASSUMPTION_EDITS = Table(
    "assumption_edits",
    TABLES,
    Column("id", Integer, primary_key=True),  # the latest of an assumption is in force
    Column("scope", Text, nullable=False),  # the authorities whose register it is
    Column("key", String(60), nullable=False),
    Column("at", Moment, nullable=False),
    Column("who", String(64), nullable=False),
    Column("who_name", String(100), nullable=False),
    Column("value", Float),  # none, as the two ends: the app's own again
    Column("low", Float),
    Column("high", Float),
    Column("source", String(300), nullable=False),
    Column("owner", String(60), nullable=False),
    Column("date", String(40), nullable=False),
    Column("quality", String(20), nullable=False),
    Column("rationale", String(500), nullable=False),
    Column("after", Integer, nullable=False),  # the edit it takes the place of; 0: the app's own
    UniqueConstraint("scope", "key", "after"),  # so that of two at the same moment one is told
)

ACTIVITY = Table(
    "activity",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("who", String(64), nullable=False),
    Column("what", String(60), nullable=False),
    Column("detail", String(500), nullable=False),
)

OPENINGS = Table(
    "openings",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("who", String(64), nullable=False),
    Column("what", String(60), nullable=False),
    Column("child_id", String(64), index=True),  # a pseudonym; none where a whole list was opened
    Column("children", Integer, nullable=False),  # on the list; 1 for a child
    Column("cohort", String(500), nullable=False),  # the sentence of the filter they were picked by
    Column("reason", String(500), nullable=False),
)

LOADS = Table(
    "load_events",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("who", String(64), nullable=False),
    Column("what", String(40), nullable=False),
    Column("authority", String(100), nullable=False, index=True),
    Column("load_id", String(60), nullable=False),  # under the name it was first kept; empty: no one load
    Column("told", JSON, nullable=False),  # files and decisions, a list of sentences; never a child
)

FACTS = Table(
    "facts",
    TABLES,
    Column("name", String(60), primary_key=True),
    Column("value", String(500), nullable=False),
    Column("recorded_by", String(64), nullable=False),
    Column("recorded_at", Moment, nullable=False),
)
