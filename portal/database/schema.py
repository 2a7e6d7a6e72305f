"""Bring a database to the tables that this release expects.

Alembic is imported where it is used: a server that finds its database up to date needs little of it, and late.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text

from portal.database.base import Base

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

MIGRATIONS = Path(__file__).parent / "migrations"
UPGRADE_LOCK = 7_235_001
"""PostgreSQL advisory lock: two workers that start together migrate one after the other."""
FIRST = "0009"
"""The oldest tables that this release knows."""
FIRST_RELEASE = "ab8716a"
"""The release that brings older tables there."""

metadata = Base.metadata
"""The tables of every feature that was imported: each declares its own."""


class NotThisRelease(Exception):
    """The database is of a release that this one cannot upgrade; says what to do."""


def upgrade(engine: Engine) -> None:
    """Run the migrations that are missing; does nothing on a database that is up to date. Raises NotThisRelease."""
    from alembic import command

    with engine.execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADE_LOCK})
        _refuse_unknown(connection)
        command.upgrade(_config(connection), "head")


def is_current(engine: Engine) -> bool:
    """Tell whether the database stands at this release's newest migration."""
    with engine.connect() as connection:
        return _revision(connection) == _scripts(connection).get_current_head()


def _refuse_unknown(connection: Connection) -> None:
    found = _revision(connection)
    if found is None or found in {each.revision for each in _scripts(connection).walk_revisions()}:
        return
    if found < FIRST:
        raise NotThisRelease(
            f"This database has the tables {found} of an old release. "
            f"Upgrade it with release {FIRST_RELEASE} first (portal init), then with this one. Nothing was changed."
        )
    raise NotThisRelease(f"This database has the tables {found} of a newer release. Nothing was changed.")


def _revision(connection: Connection) -> str | None:
    from alembic.runtime.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()


def _scripts(connection: Connection) -> ScriptDirectory:
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(_config(connection))


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
