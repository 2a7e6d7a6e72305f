"""Areas merge on a day: a form begun the evening before goes by the day on which it is sent."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from portal.areas.loading import BUILT_IN, load_areas
from portal.database.engine import make_engine
from portal.jobs.prepare_demo import prepare_demo
from portal.settings import Settings
from tests.support.applicants import Applicant
from tests.support.clocks import SetClock
from tests.support.people import an_adult
from tests.support.portals import strict_app, words_of

STROUD = "E07000082"
EVENING = datetime(2027, 3, 31, 20, 0, tzinfo=UTC)
MORNING = datetime(2027, 4, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def merging(instance: Path, tmp_path: Path, clock: SetClock) -> Iterator[Flask]:
    """Give a portal where Gloucestershire ends on 31 March 2027 and Severn, with a team of its own, goes on."""
    clock.time = EVENING
    own = tmp_path / "areas"
    own.mkdir()
    words = (BUILT_IN / "gloucestershire.toml").read_text(encoding="utf-8")
    (own / "gloucestershire.toml").write_text(f"valid_to = 2027-03-31\n{words}", encoding="utf-8")
    severn = words.replace("gloucestershire-dsr", "severn-dsr").replace('"gloucestershire"', '"severn"')
    severn = severn.replace('name = "Gloucestershire"', 'name = "Severn"').replace(
        "Gloucestershire Dynamic Support", "Severn Dynamic Support"
    )
    (own / "severn.toml").write_text(f"valid_from = 2027-04-01\n{severn}", encoding="utf-8")
    settings = Settings.from_env({"PORTAL_INSTANCE": str(instance), "PORTAL_AREAS_DIR": str(own)})
    engine = make_engine(settings.database_url)
    prepare_demo(engine, load_areas(own), pepper=settings.pepper, out_path=instance / "demo.json", now=EVENING)
    engine.dispose()
    with strict_app(settings, clock) as app:
        yield app


def test_a_form_begun_the_evening_before_goes_to_the_team_of_the_day_it_is_sent(
    merging: Flask, clock: SetClock
) -> None:
    person = Applicant(merging.test_client())
    words = person.fill(an_adult(postcode={"postcode": "GL5 1AA"}, council={"council": STROUD}))
    assert "This goes to the Gloucestershire Dynamic Support Register team because you live in Stroud." in words
    clock.time = MORNING
    assert "This goes to the Severn Dynamic Support Register team because you live in Stroud." in person.open("go-on")
    assert person.question == "consent", "the yes was for another team"
    assert "Severn Dynamic Support Register team" in person.answer("consent", {"consent": "yes"})
    assert "Your form went to the Severn Dynamic Support Register team." in person.answer("check-answers", {})


def test_pages_name_the_areas_of_the_day(merging: Flask, clock: SetClock) -> None:
    client = merging.test_client()
    assert "Severn" not in words_of(client.get("/en/areas")).partition("<main")[2]
    clock.time = MORNING
    main = words_of(client.get("/en/areas")).partition("<main")[2]
    assert "Severn" in main
    assert "register in Gloucestershire" not in main
