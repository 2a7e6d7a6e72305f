"""Transactions: all or nothing, durable, one writer after the other."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from portal.database.engine import Engine, Session, make_engine, reading, writing
from portal.teams.tables import TeamRow

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)


def add_team(session: Session, team_id: str) -> None:
    session.add(TeamRow(id=team_id, area="area", name="0", created_at=NOW))
    session.flush()


def test_a_block_that_raises_keeps_nothing(engine: Engine) -> None:
    def half_done() -> None:
        with writing(engine) as session:
            add_team(session, "team-a")
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        half_done()
    with reading(engine) as session:
        assert session.get(TeamRow, "team-a") is None


def test_reading_keeps_nothing(engine: Engine) -> None:
    with reading(engine) as session:
        add_team(session, "team-a")
    with reading(engine) as session:
        assert session.get(TeamRow, "team-a") is None


def test_writers_at_once_lose_no_change(engine: Engine) -> None:
    with writing(engine) as session:
        add_team(session, "team-a")

    def count_up(_number: int) -> None:
        with writing(engine) as session:
            team = session.get_one(TeamRow, "team-a", with_for_update=True)
            team.name = str(int(team.name) + 1)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(count_up, range(100)))
    with reading(engine) as session:
        assert session.get_one(TeamRow, "team-a").name == "100"


def test_moments_come_back_aware_and_in_utc(engine: Engine) -> None:
    with writing(engine) as session:
        add_team(session, "team-a")
    with reading(engine) as session:
        assert session.get_one(TeamRow, "team-a").created_at == NOW


def test_a_moment_without_a_time_zone_is_refused(engine: Engine) -> None:
    with pytest.raises(Exception, match="time zone"), writing(engine) as session:
        session.add(TeamRow(id="team-a", area="a", name="A", created_at=datetime(2026, 11, 20)))  # noqa: DTZ001  # that is the point


def test_sqlite_is_durable_and_erases_what_it_deletes(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    with engine.connect() as connection:
        settings = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        }
    engine.dispose()
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 10_000,
    }
