from datetime import date

import pytest

from portal.domain.facts import age_on


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2008, 11, 20), date(2026, 11, 19), 17),
        (date(2008, 11, 20), date(2026, 11, 20), 18),
        (date(2010, 11, 21), date(2026, 11, 20), 15),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2026, 11, 20), date(2026, 11, 20), 0),
    ],
)
def test_age_is_counted_in_whole_years_to_the_day(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age
