"""The database: SQLite for one machine, PostgreSQL for more. One place opens transactions, and one place commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session

BUSY_SECONDS = 10
POOL_SIZE = 8

__all__ = ["Engine", "Session", "make_engine", "reading", "writing"]


def make_engine(url: str, pool_size: int = POOL_SIZE) -> Engine:
    """Return the engine of a database address; `pool_size` is at least the number of threads of a worker."""
    is_sqlite = make_url(url).get_backend_name() == "sqlite"
    arguments: dict[str, Any] = {"timeout": BUSY_SECONDS, "check_same_thread": False} if is_sqlite else {}
    turn = BoundedSemaphore() if is_sqlite else None
    engine = create_engine(
        url,
        pool_size=pool_size,
        pool_pre_ping=not is_sqlite,
        connect_args=arguments,
        execution_options={"turn": turn},
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
        _turn(engine.get_execution_options()["turn"]),
        Session(engine.execution_options(writes=True), expire_on_commit=False) as session,
        session.begin(),
    ):
        yield session


@contextmanager
def _turn(turn: BoundedSemaphore | None) -> Iterator[None]:
    """Let SQLite's writers of this process queue here: waiting for the file's lock, each would sleep and poll."""
    if turn is None:
        yield
        return
    if not turn.acquire(timeout=BUSY_SECONDS):
        raise TimeoutError("another writer of this process did not finish")
    try:
        yield
    finally:
        turn.release()


def _settle(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {setting}")


def _begin(connection: Connection) -> None:
    is_writer = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writer else "BEGIN")
