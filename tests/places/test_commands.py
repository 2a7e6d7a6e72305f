"""`portal places build`, `portal places update` and `portal route`, as somebody types them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.cli import main
from portal.places.build.addresses import CODE_POINT_ADDRESS, PRACTICES_ADDRESS
from portal.settings import KNOWN, places_addresses
from tests.support.official import BABERGH, ENTRIES, Official, write_directory


def portal(instance: Path, *words: str, **environ: str) -> Result:
    return CliRunner().invoke(main, words, env={"PORTAL_INSTANCE": str(instance), **environ})


def build(instance: Path, files: Official, *more: str) -> Result:
    words = ("--postcodes", str(files.code_point), "--gps", str(files.practices), "--sub-icbs", str(files.sub_icbs))
    return portal(instance, "places", "build", *words, *more)


def routed(instance: Path, *words: str) -> dict[str, str | None]:
    told: dict[str, str | None] = json.loads(portal(instance, "route", "--json", *words).stdout)
    return told


def test_a_built_file_is_told_of_and_used(tmp_path: Path, sample: Official) -> None:
    assert routed(tmp_path, "--postcode", "SE1 7PB")["ask"] == "council"
    built = build(tmp_path, sample, "--sample")
    assert built.exit_code == 0
    assert "postcodes in" in built.stdout
    assert "from OS Code-Point Open, 2025.4.0" in built.stdout
    told = routed(tmp_path, "--postcode", "se17pb", "--born", "1990-02-03")
    assert (told["team"], told["council"], told["rule"]) == ("south-east-london-dsr", "E09000022", "home")


def test_the_directory_can_be_given_too(tmp_path: Path, sample: Official) -> None:
    directory = write_directory(tmp_path / "onspd.csv", ENTRIES)
    assert build(tmp_path, sample, "--postcodes", str(directory), "--sample").exit_code == 0
    told = routed(tmp_path, "--postcode", "CO10 1AA", "--born", "1990-02-03", "--gp", "D83001")
    assert (told["team"], told["council"]) == ("suffolk-adults-west", BABERGH)


def test_a_broken_file_changes_nothing_and_says_why(tmp_path: Path, sample: Official) -> None:
    sample.code_point.write_bytes(sample.code_point.read_bytes()[:-200])
    refused = build(tmp_path / "instance", sample, "--sample")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("Nothing was changed. codepo.zip: ")
    assert list((tmp_path / "instance").iterdir()) == []


def test_a_part_of_the_country_is_refused_for_real_use(tmp_path: Path, sample: Official) -> None:
    refused = build(tmp_path, sample)
    assert refused.exit_code == 1
    assert "cut short" in refused.stderr


def test_only_safe_addresses_are_fetched_from(tmp_path: Path) -> None:
    refused = portal(tmp_path, "places", "update", PORTAL_PLACES_CODE_POINT="http://example.org/codepo.zip")
    assert refused.exit_code == 1
    assert "only https addresses are fetched" in refused.stderr


def test_a_damaged_place_file_stops_the_route_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "places.sqlite").write_bytes(b"DSRPLACE")
    refused = portal(tmp_path, "route", "--postcode", "SE1 7PB")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("places.sqlite")


def test_with_a_place_file_of_the_format_before_the_route_asks_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "places.bin").write_bytes(b"DSRPLACE")
    answer = portal(tmp_path, "route", "--json", "--postcode", "SE1 7PB")
    assert answer.exit_code == 0
    assert json.loads(answer.stdout)["ask"] == "council"
    assert "build the place file again" in answer.stderr


@pytest.mark.parametrize("name", ["CODE_POINT", "DIRECTORY", "SUB_ICBS", "PRACTICES"])
def test_every_address_can_be_set(name: str) -> None:
    setting = f"PORTAL_PLACES_{name}"
    assert setting in KNOWN
    told = places_addresses({setting: "https://example.org/file"})
    assert getattr(told, name.lower()) == "https://example.org/file"


def test_addresses_are_the_official_ones_where_nothing_is_set() -> None:
    assert (places_addresses({}).code_point, places_addresses({}).practices) == (CODE_POINT_ADDRESS, PRACTICES_ADDRESS)


@pytest.mark.parametrize(
    ("postcode", "why"), [("EH1 1YZ", "this postcode is in Scotland"), ("hello", "this is not the shape of a postcode")]
)
def test_a_postcode_that_cannot_be_used_is_asked_for_again(tmp_path: Path, postcode: str, why: str) -> None:
    answer = portal(tmp_path, "route", "--json", "--postcode", postcode)
    told = json.loads(answer.stdout)
    assert (told["outcome"], told["ask"], told["reason"]) == ("ask", "postcode", why)
    assert (answer.exit_code, answer.stderr) == (1, f"{why}\n")
