"""What a running portal holds: settings, data read at the start, the database, and the one clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from flask import current_app

from portal.actions.home_guide import HomeGuide
from portal.areas.area import Areas
from portal.content.loading import Content
from portal.settings import Settings
from portal.store.engine import Engine
from portal.web.assets import Assets

LONDON = ZoneInfo("Europe/London")
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time now; the only place that asks the machine."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Runtime:
    """Everything the views need, made once at the start."""

    settings: Settings
    areas: Areas
    contents: Mapping[str, Content]
    guide: HomeGuide
    engine: Engine
    assets: Assets
    now: Clock

    def london(self) -> datetime:
        """Return the time now in London."""
        return self.now().astimezone(LONDON)

    def today(self) -> date:
        """Return the day now in London: ages and promises count by it."""
        return self.london().date()


def runtime() -> Runtime:
    """Return the running app's holdings."""
    return cast(Runtime, current_app.extensions["portal"])
