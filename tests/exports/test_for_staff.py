"""Why a referral came, told to the team."""

import pytest

from portal.areas.loading import load_areas
from portal.exports.for_staff import for_staff


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("because you live in Stroud", "Because the person lives in Stroud"),
        (
            "because you are 18 or over and live in Ipswich, and you told us that you live in the east of Suffolk",
            "Because the person is 18 or over and lives in Ipswich, "
            "and they told us that they live in the east of Suffolk",
        ),
        (
            "because your GP surgery is in Colchester or Tendring",
            "Because their GP surgery is in Colchester or Tendring",
        ),
        ("", ""),
    ],
)
def test_it_speaks_of_the_person(reason: str, said: str) -> None:
    assert for_staff(reason) == said


def test_no_reason_of_any_area_speaks_to_the_reader() -> None:
    reasons = [rule.why for area in load_areas().all for rule in area.rules]
    assert reasons
    for reason in reasons:
        assert not {"you", "your", "You", "Your"} & set(for_staff(reason).replace(".", " ").replace(",", " ").split())
