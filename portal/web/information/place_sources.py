"""Where postcodes and GP surgeries come from: the official files' titles, dates and attributions, as the pages tell."""

from dataclasses import dataclass
from datetime import date

from portal.web.frame.formats import date_in_words
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import english


@dataclass(frozen=True)
class OfficialFile:
    """One official file. `dated` is its date in words, or else its version."""

    title: str
    dated: str
    attribution: str


@dataclass(frozen=True)
class PlaceSources:
    """The official files in use. `made_on` is the day of the place file; empty where only the built-in table serves."""

    files: tuple[OfficialFile, ...]
    made_on: str


def place_sources() -> PlaceSources:
    """Return the sources of the place file, or else of the table of first parts of postcodes."""
    held = runtime()
    file = held.places.file()
    sources = file.sources if file else held.any_day_guide.places.sources
    told = tuple(
        OfficialFile(english(source.title), _dated(source.version), english(source.attribution)) for source in sources
    )
    return PlaceSources(told, date_in_words(file.made) if file else "")


def _dated(version: str) -> str:
    try:
        return date_in_words(date.fromisoformat(version))
    except ValueError:
        return english(version)
