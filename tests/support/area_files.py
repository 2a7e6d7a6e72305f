"""What is wrong in area files, as `portal areas check` lists it."""

from pathlib import Path

from portal.areas.loading import read_areas


def check(folder: Path | None = None) -> list[str]:
    """Return one line for each fault, naming file and field; an empty list means that the files are good."""
    return [str(fault) for fault in read_areas(folder)[1]]
