"""Which urgent help to show: the national lines first, then the lines near this home."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from portal.areas.ages import ADULT, ANY_AGE, Ages
from portal.areas.area import Areas, CrisisLine, National
from portal.domain.answers import AgeBand

AGES_OF_BAND: Mapping[str, Ages] = {
    AgeBand.UNDER_16: Ages(0, 15),
    AgeBand.FROM_16_TO_17: Ages(16, 17),
    AgeBand.ADULT: ADULT,
}


def lines_for(
    areas: Areas, national: National | None = None, area_id: str | None = None, council: str | None = None
) -> tuple[CrisisLine, ...]:
    """Return the lines to show, in order. Without a council, every line of the area; without either, national lines."""
    national = national or areas.national
    return national.crisis_lines + local_lines(areas, area_id, council)


def local_lines(
    areas: Areas, area_id: str | None = None, council: str | None = None, age_band: str | None = None
) -> tuple[CrisisLine, ...]:
    """Return the lines of one area, or of one council in it; without those for another age, once the age is known."""
    area = areas.get(area_id) if area_id else areas.of_council(council) if council else None
    if area is None:
        return ()
    here = (line for line in area.crisis_lines if not council or not line.councils or council in line.councils)
    return for_age(here, age_band)


def for_age(lines: Iterable[CrisisLine], age_band: str | None) -> tuple[CrisisLine, ...]:
    """Return the lines that somebody of this age can use; all of them while the age is not known."""
    ages = AGES_OF_BAND.get(age_band or "", ANY_AGE)
    return tuple(line for line in lines if line.ages.overlap(ages))
