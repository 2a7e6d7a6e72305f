"""The audit log cannot be changed in silence."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from portal.audit.queries import EVENTS, PUBLIC, AuditBroken, Head, UndeclaredEvent, head, record, verify
from portal.database.engine import Engine, Session, reading, writing

NOW = datetime(2026, 11, 20, 10, 30, 1, 123456, tzinfo=UTC)
LINES = 5


@pytest.fixture
def log(engine: Engine) -> Engine:
    """Give a log of five lines."""
    for number in range(LINES):
        with writing(engine) as session:
            write(session, str(number))
    return engine


def write(session: Session, envelope: str) -> None:
    record(session, "referral.opened", at=NOW, actor=PUBLIC, team="team-a", subject="4KM-7X2-P9D", envelope=envelope)


def tamper(engine: Engine, statement: str) -> None:
    """Change the log as somebody would who owns the database."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
        else:
            connection.execute(text("DROP TRIGGER audit_refuses_update"))
            connection.execute(text("DROP TRIGGER audit_refuses_delete"))
        connection.execute(text(statement))


def test_a_whole_log_is_accepted(log: Engine) -> None:
    with reading(log) as session:
        assert verify(session) == head(session)
        assert head(session).line == LINES


def test_an_empty_log_is_accepted(engine: Engine) -> None:
    with reading(engine) as session:
        assert verify(session).line == 0


@pytest.mark.parametrize(
    ("statement", "line", "why"),
    [
        ("UPDATE audit SET actor = 'nobody' WHERE id = 3", 3, "altered"),
        ("UPDATE audit SET detail = '{}' WHERE id = 1", 1, "altered"),
        ("UPDATE audit SET hash = prev_hash WHERE id = 2", 2, "altered"),
        ("UPDATE audit SET at = '2020-01-01 00:00:00.000000' WHERE id = 4", 4, "altered"),
        ("DELETE FROM audit WHERE id = 3", 3, "missing"),
        ("DELETE FROM audit WHERE id = 1", 1, "missing"),
        ("UPDATE audit SET prev_hash = hash WHERE id = 5", 5, "does not follow"),
    ],
)
def test_a_tampered_log_is_refused(log: Engine, statement: str, line: int, why: str) -> None:
    tamper(log, statement)
    with reading(log) as session, pytest.raises(AuditBroken, match=why) as broken:
        verify(session)
    assert broken.value.line == line


def test_a_log_cut_off_at_the_end_is_refused_against_a_noted_head(log: Engine) -> None:
    with reading(log) as session:
        noted = head(session)
    tamper(log, "DELETE FROM audit WHERE id > 3")
    with reading(log) as session:
        verify(session)
        with pytest.raises(AuditBroken, match="longer before"):
            verify(session, noted)


def test_of_a_mark_from_a_mail_the_hash_is_enough(log: Engine) -> None:
    with reading(log) as session:
        mark = Head(0, head(session).hash)
        verify(session, mark)
    tamper(log, "DELETE FROM audit WHERE id > 3")
    with reading(log) as session, pytest.raises(AuditBroken, match="no line has the mark"):
        verify(session, mark)


def test_a_log_written_anew_is_refused_against_a_noted_head(log: Engine) -> None:
    with reading(log) as session, pytest.raises(AuditBroken, match="noted earlier"):
        verify(session, Head(3, "0" * 64))


@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'nobody'", "DELETE FROM audit"])
def test_the_database_itself_refuses_changes(log: Engine, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), log.begin() as connection:
        connection.execute(text(statement))


def test_lines_written_at_once_make_one_chain(engine: Engine) -> None:
    def work(number: int) -> None:
        with writing(engine) as session:
            write(session, str(number))

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(work, range(60)))
    with reading(engine) as session:
        assert verify(session).line == 60


@pytest.mark.parametrize(
    "act",
    [
        lambda session: record(session, "referral.sold", at=NOW, actor=PUBLIC),
        lambda session: record(session, "referral.opened", at=NOW, actor=PUBLIC),
        lambda session: record(session, "referral.opened", at=NOW, actor=PUBLIC, envelope="e", name="Zoë"),
    ],
)
def test_an_event_that_is_not_declared_like_this_is_refused(engine: Engine, act: Callable[[object], None]) -> None:
    with writing(engine) as session, pytest.raises(UndeclaredEvent):
        act(session)


def test_no_event_carries_content() -> None:
    told = {key for keys in EVENTS.values() for key in keys}
    assert told <= {
        "envelope", "keys", "from", "to", "why", "area", "epoch", "holders", "key", "role", "kind",
        "reason", "due", "epochs", "how", "destroyed", "referrals", "sessions", "messages", "news",
        "envelopes", "count", "form",
    }  # fmt: skip
