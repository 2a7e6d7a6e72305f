"""A migrated database, on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from portal.store.engine import Engine, make_engine


@pytest.fixture
def engine(migrated_url: str) -> Iterator[Engine]:
    """Give a database with every table."""
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
