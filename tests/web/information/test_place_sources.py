"""The accessibility page names the official files, their dates and whose they are; /readyz tells the dates too."""

import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.places.build.builder import build
from portal.places.place_file import FILE_NAME
from tests.support.official import TODAY, Official, write_directory
from tests.support.portals import words_of

ATTRIBUTIONS = (
    "Contains OS data © Crown copyright and database right 2025.",
    "Contains Royal Mail data © Royal Mail copyright and database right 2025.",
    "Source: Office for National Statistics licensed under the Open Government Licence v.3.0.",
)
OF_SURGERIES = "Contains NHS ODS data under the Open Government Licence v.3.0."


@pytest.fixture
def known(instance: Path, sample: Official, tmp_path: Path) -> Path:
    """Put a place file into the instance, and say where."""
    postcodes = [sample.code_point, write_directory(tmp_path / "ONSPD_NOV_2025_UK.csv")]
    build(postcodes, sample.practices, sample.sub_icbs, instance / FILE_NAME, today=TODAY, sample=True)
    return instance / FILE_NAME


def test_the_accessibility_page_names_the_files_their_dates_and_whose_they_are(
    known: Path, client: FlaskClient
) -> None:
    page = words_of(client.get("/en/accessibility"))
    for words in (*ATTRIBUTIONS, OF_SURGERIES, "OS Code-Point Open, 2025.4.0", "(epraccur), 3 February 2026"):
        assert words in page
    assert "They were read on 21 November 2026." in page
    assert "We got the lists on 21 November 2026." in words_of(client.get("/en/easy-read/accessibility"))


def test_without_a_place_file_it_names_those_of_the_built_in_table(client: FlaskClient) -> None:
    page = words_of(client.get("/en/accessibility"))
    for words in (*ATTRIBUTIONS, "OS Code-Point Open, 2025.4.0"):
        assert words in page
    assert "They were read on" not in page
    assert OF_SURGERIES not in page


def test_readyz_tells_the_dates_and_goes_on_with_the_last_good_file(known: Path, app: Flask) -> None:
    client = app.test_client()
    told = json.loads(words_of(client.get("/readyz")))["places"]
    assert (told["there"], told["made"], told["fault"]) == (True, "2026-11-21", "")
    assert told["sources"]["OS Code-Point Open"] == "2025.4.0"
    assert told["sources"]["NHS Organisation Data Service: GP practices (epraccur)"] == "2026-02-03"
    known.write_bytes(known.read_bytes()[:-40])
    response = client.get("/readyz")
    told = json.loads(words_of(response))["places"]
    assert (response.status_code, told["there"]) == (200, True)
    assert FILE_NAME in told["fault"]


def test_readyz_is_ready_without_a_place_file(client: FlaskClient) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert json.loads(words_of(response))["places"] == {"there": False, "made": None, "sources": {}, "fault": ""}
