"""What a running portal holds: settings, data read at the start, the database, and the one clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask import current_app

from portal.areas.area import Areas
from portal.areas.residence import HomeGuide
from portal.cache import Cache
from portal.content.loading import Content
from portal.database.engine import Engine
from portal.follow_up.codes import CodeWords, TypedWords, lang_of_code, read_words
from portal.form.questions import Form
from portal.limits.rate_limit import RateLimit
from portal.places.current import CurrentPlaces
from portal.settings import Settings
from portal.web.frame.assets import Assets

MOST_FRAMES = 500
LONDON = ZoneInfo("Europe/London")
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time now; the only place that asks the machine."""
    return datetime.now(UTC)


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
    frames: Cache[dict[str, Any]] = field(default_factory=lambda: Cache(MOST_FRAMES))
    """What surrounds each page (urgent help, menu, footer), kept while it stays the same."""
    wrong_codes: RateLimit = field(default_factory=RateLimit)
    code_words: Mapping[str, CodeWords] = field(default_factory=dict)
    """The list of words of each language that has its own; new codes are in English in every other."""

    def read_words(self, typed: str) -> TypedWords:
        """Return the code that was meant, in whichever language it is."""
        return read_words(typed, tuple(self.code_words.values()))

    def lang_of_code(self, code: str) -> str:
        """Return the language that a code of ours is in."""
        return lang_of_code(code, tuple(self.code_words.values()))

    @property
    def form(self) -> Form:
        """Return everything that is asked, with the areas' own questions."""
        return self.every_area.form

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
