"""The migrations make the tables that the code declares, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from portal.database.engine import Engine, make_engine
from portal.database.schema import NotThisRelease, is_current, metadata, upgrade
from tests.support.tree import ROOT

for found in sorted((ROOT / "portal").glob("*/tables.py")):
    import_module(f"portal.{found.parent.name}.tables")


def test_the_migrated_database_has_the_tables_that_are_declared(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_a_second_upgrade_changes_nothing(engine: Engine) -> None:
    upgrade(engine)
    assert is_current(engine)


def test_an_empty_database_is_not_current(database_url: str) -> None:
    engine = make_engine(database_url)
    assert not is_current(engine)
    engine.dispose()


def test_workers_that_start_together_migrate_once(database_url: str) -> None:
    engines = [make_engine(database_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(upgrade, engines))
    assert all(is_current(engine) for engine in engines)
    for engine in engines:
        engine.dispose()


def test_a_migration_that_fails_leaves_nothing(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alembic.command.upgrade", lambda config, _to: _half_a_migration(config))
    with pytest.raises(RuntimeError, match="half way"):
        upgrade(engine)
    with engine.connect() as connection:
        assert not engine.dialect.has_table(connection, "half")


@pytest.mark.parametrize(
    ("tables", "what_to_do"), [("0008", "Upgrade it with release ab8716a first"), ("9999", "of a newer release")]
)
def test_a_database_of_another_release_is_refused_unchanged(engine: Engine, tables: str, what_to_do: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :tables"), {"tables": tables})
    with pytest.raises(NotThisRelease, match=what_to_do):
        upgrade(engine)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == tables


def _half_a_migration(config: object) -> None:
    config.attributes["connection"].execute(text("CREATE TABLE half (id INTEGER)"))  # type: ignore[attr-defined]  # Alembic's Config
    raise RuntimeError("half way")


def test_a_referral_has_only_the_columns_that_its_promise_allows() -> None:
    assert set(metadata.tables["referral"].columns.keys()) == {
        "reference",
        "team_id",
        "received_at",
        "due_on",
        "state",
        "bucket",
        "team_key_id",
        "key_ids",
        "next_action_on",
        "follow_up_digest",
        "helper_digest",
        "version",
        "confirmed_at",
        "confirm_digest",
        "envelope",
    }
