"""What the commands share: the settings of this environment, its database, and how a command stops."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from portal.areas.area import Areas
    from portal.database.engine import Engine
    from portal.settings import Settings

ROOMS = Path(__file__).resolve().parent.parent


def fail(sentence: str) -> NoReturn:
    """Stop with a plain sentence."""
    click.echo(sentence, err=True)
    sys.exit(1)


def now() -> datetime:
    """Return the time now."""
    return datetime.now(UTC)


def read_folder(name: str) -> Path | None:
    """Return the folder a setting names, if it is set."""
    return Path(os.environ[name]) if os.environ.get(name) else None


def read_settings() -> Settings:
    """Return the settings of this environment, or stop with a plain sentence."""
    from portal.settings import Settings, SettingsFault

    try:
        return Settings.from_env(os.environ)
    except SettingsFault as fault:
        fail(str(fault))


def read_areas() -> Areas:
    """Return the areas, or stop with a plain sentence."""
    from portal.areas.area import AreaFault
    from portal.areas.loading import load_areas

    try:
        return load_areas(read_folder("PORTAL_AREAS_DIR"))
    except AreaFault as fault:
        fail(str(fault))


def open_database(settings: Settings) -> Engine:
    """Return the database, with the tables of every feature known: a foreign key names a table of another feature."""
    from portal.database.engine import make_engine

    for tables in sorted(ROOMS.glob("*/tables.py")):
        import_module(f"portal.{tables.parent.name}.tables")
    return make_engine(settings.database_url)
