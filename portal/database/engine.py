"""The database: SQLite for one machine, PostgreSQL for more. One place opens transactions, and one place commits."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session

from portal.database.write_lock import Turns

BUSY_SECONDS = 10
POOL_SIZE = 8

__all__ = ["Engine", "Session", "make_engine", "reading", "writing"]


def make_engine(url: str, pool_size: int = POOL_SIZE) -> Engine:
    """Return the engine of a database address; `pool_size` is at least the number of threads of a worker."""
    address = make_url(url)
    is_sqlite = address.get_backend_name() == "sqlite"
    arguments: dict[str, Any] = {"timeout": BUSY_SECONDS, "check_same_thread": False} if is_sqlite else {}
    turns = Turns(Path(f"{address.database}.turn")) if is_sqlite else None
    engine = create_engine(
        url,
        pool_size=pool_size,
        pool_pre_ping=not is_sqlite,
        connect_args=arguments,
        execution_options={"turns": turns},
    )
    if is_sqlite:
        event.listen(engine, "connect", _settle)
        event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Give a session that sees one moment and keeps nothing."""
    with Session(engine, autoflush=False) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """Give a session whose changes are all kept at the end of the block, durably, or none if it raises.

    On SQLite it holds the write lock from its first statement: a reader that turns writer would fail under load.
    """
    with (
        _turn(engine),
        Session(engine.execution_options(writes=True), expire_on_commit=False) as session,
        session.begin(),
    ):
        yield session


def _turn(engine: Engine) -> AbstractContextManager[None]:
    turns: Turns | None = engine.get_execution_options()["turns"]
    return nullcontext() if turns is None else turns.turn()


def _settle(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {setting}")


def _begin(connection: Connection) -> None:
    is_writer = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writer else "BEGIN")
