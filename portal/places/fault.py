"""What is wrong with an official file or with a place file, in a sentence for the person who runs the builder."""

from __future__ import annotations


class PlacesFault(Exception):
    """Nothing was changed, and this is why."""


class BadSource(PlacesFault):
    """An official file that is broken, cut short, of another kind, or older than the one in use."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"{file}: {why}")
        self.file = file
        self.why = why


class BadPlaceFile(PlacesFault):
    """A place file that cannot be read."""
