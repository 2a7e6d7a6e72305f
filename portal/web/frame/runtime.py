"""What a running portal holds: settings, data read at the start, the database, and the one clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask import current_app

from portal.areas.area import Areas
from portal.areas.residence import HomeGuide
from portal.content.loading import Content
from portal.database.engine import Engine
from portal.limits.patience import Patience
from portal.places.current import CurrentPlaces
from portal.settings import Settings
from portal.web.frame.assets import Assets

MOST_FRAMES = 500
LONDON = ZoneInfo("Europe/London")
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time now; the only place that asks the machine."""
    return datetime.now(UTC)


class Frames:
    """What surrounds each page (urgent help, menu, footer), kept while it stays the same."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], dict[str, Any]] = {}

    def of(self, key: tuple[object, ...], make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """Return the frame under this key, made if it is not there yet."""
        frame = self._kept.get(key)
        if frame is None:
            if len(self._kept) >= MOST_FRAMES:
                self._kept.clear()
            frame = self._kept[key] = make()
        return frame


@dataclass(frozen=True)
class Runtime:
    """Everything the views need, made once at the start."""

    settings: Settings
    every_area: Areas
    contents: Mapping[str, Content]
    any_day_guide: HomeGuide
    places: CurrentPlaces
    engine: Engine
    assets: Assets
    now: Clock
    frames: Frames = field(default_factory=Frames)
    patience: Patience = field(default_factory=Patience)

    @property
    def areas(self) -> Areas:
        """Return the areas as they are today; their files may name a first and a last day."""
        return self.every_area.on(self.today())

    @property
    def guide(self) -> HomeGuide:
        """Return the guide to today's areas."""
        return self.any_day_guide.on(self.today())

    def london(self) -> datetime:
        """Return the time now in London."""
        return self.now().astimezone(LONDON)

    def next_midnight(self) -> datetime:
        """Return when the day in London ends."""
        return datetime.combine(self.today() + timedelta(days=1), time(), LONDON).astimezone(UTC)

    def today(self) -> date:
        """Return the day now in London: ages and promises count by it."""
        return self.london().date()


def runtime() -> Runtime:
    """Return the running app's holdings."""
    return cast(Runtime, current_app.extensions["portal"])
