"""A migrated database, on SQLite and on PostgreSQL."""

from collections.abc import Iterator

import pytest

from portal.store.engine import Engine, make_engine
from portal.store.schema import upgrade


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Give a database with every table."""
    engine = make_engine(database_url, pool_size=30)
    upgrade(engine)
    yield engine
    engine.dispose()
