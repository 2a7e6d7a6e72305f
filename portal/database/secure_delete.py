"""Make sure that what was erased does not linger in the files of the database."""

from contextlib import closing

from portal.database.engine import Engine


def leave_no_old_pages(engine: Engine) -> None:
    """Write what was erased out of SQLite's log as well. PostgreSQL's vacuum does so in its own time."""
    if engine.dialect.name == "sqlite":
        with closing(engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
