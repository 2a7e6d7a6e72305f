"""What whole journeys share: a town."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.town import Town, found_town


@pytest.fixture(scope="session")
def town(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Give the portal with every team's staff at work, on the morning of 20 November 2026."""
    instance = Path(shutil.copytree(demonstration, tmp_path_factory.mktemp("town") / "instance"))
    town = found_town(instance)
    yield town
    town.app.extensions["portal"].engine.dispose()
