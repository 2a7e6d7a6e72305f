"""A migrated database, on SQLite and on PostgreSQL."""

from collections.abc import Iterator

import pytest

from portal.store.engine import Engine, make_engine


@pytest.fixture
def engine(migrated_url: str) -> Iterator[Engine]:
    """Give a database with every table."""
    engine = make_engine(migrated_url, pool_size=30)
    yield engine
    engine.dispose()
