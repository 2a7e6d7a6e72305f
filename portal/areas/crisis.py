"""Which urgent help to show: the national lines first, then the lines near this home."""

from __future__ import annotations

from portal.areas.area import Areas, CrisisLine, National


def lines_for(
    areas: Areas, national: National | None = None, area_id: str | None = None, council: str | None = None
) -> tuple[CrisisLine, ...]:
    """Return the lines to show, in order. Without a council, every line of the area; without either, national lines."""
    national = national or areas.national
    return national.crisis_lines + local_lines(areas, area_id, council)


def local_lines(areas: Areas, area_id: str | None = None, council: str | None = None) -> tuple[CrisisLine, ...]:
    """Return the lines of one area, or of one council in it."""
    area = areas.get(area_id) if area_id else areas.of_council(council) if council else None
    if area is None:
        return ()
    return tuple(line for line in area.crisis_lines if not council or not line.councils or council in line.councils)
