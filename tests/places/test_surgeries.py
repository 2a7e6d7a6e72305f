"""GP surgeries, as people look for them."""

from pathlib import Path

import pytest

from portal.places.build.builder import build
from portal.places.place_file import PlaceFile
from portal.places.surgeries import Surgeries
from portal.places.surgery_words import in_reading_case, likeness, words_of
from tests.support.official import CLOSED, TODAY, Official, write_practices


@pytest.fixture
def surgeries(sample: Official, tmp_path: Path) -> Surgeries:
    """Those of the sample."""
    out = tmp_path / "places.sqlite"
    build(sample.code_point, sample.practices, sample.sub_icbs, out, today=TODAY, sample=True)
    return PlaceFile.load(out).surgeries


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Camberwell Green Surgery", "G85001"),
        ("camberwel grean", "G85001"),
        ("camberwell medical practice", "G85001"),
        ("17 camberwell green", "G85001"),
        ("Lambeth Walk", "G85002"),
        ("lambethwalk surgery", "G85002"),
        ("high woods", "F81001"),
        ("hihgwoods", "F81001"),
        ("colchester", "F81001"),
        ("saint marys", "D83001"),
        ("St Mary’s Health Centre", "D83001"),
        ("market rd sudbury", "D83001"),
        ("orchard house", "D83002"),
        ("quay street", "D83002"),
        ("Dr Smith and partners", "D83002"),
        ("SE5 8AF", "G85001"),
        ("se58af", "G85001"),
        ("CO10", "D83001"),
        ("IP1 1", "D83002"),
    ],
)
def test_a_surgery_is_found_however_it_is_typed(surgeries: Surgeries, typed: str, first: str) -> None:
    assert surgeries.search(typed)[0].code == first


def test_with_no_words_the_nearest_come_first(surgeries: Surgeries) -> None:
    assert [one.code for one in surgeries.search("", near="SE1 7PB", limit=2)] == ["G85002", "G85001"]


def test_of_two_that_fit_the_nearer_comes_first(surgeries: Surgeries) -> None:
    assert [one.code for one in surgeries.search("london", near="SE5 8AF")] == ["G85001", "G85002"]
    assert [one.code for one in surgeries.search("london", near="SE1 7PB")] == ["G85002", "G85001"]


def test_what_is_near_home_comes_before_a_better_name_far_away(sample: Official, tmp_path: Path) -> None:
    out, practices = tmp_path / "places.sqlite", tmp_path / "practices.csv"
    town = ("SUDBURY COMMUNITY HC", "CHURCH FIELD ROAD", "", "SUDBURY", "")
    near = [(f"D8300{number}", f"SIAM SURGERY {number}", town, "CO10 1AA", "07K") for number in range(1, 4)]
    far = ("E84001", "SUDBURY SURGERY", ("WATFORD ROAD", "", "", "WEMBLEY", ""), "SE1 7PB", "W2U3Z")
    build(sample.code_point, write_practices(practices, [*near, far]), None, out, today=TODAY, sample=True)
    surgeries = PlaceFile.load(out).surgeries
    assert [one.code for one in surgeries.search("sudbry", near="CO10 8AA")] == ["D83001", "D83002", "D83003", "E84001"]
    assert [one.code for one in surgeries.search("sudbry", near="CO10 8AA", limit=2)] == ["D83001", "E84001"]
    assert surgeries.search("sudbry")[0].code == "E84001"


def test_a_word_that_most_surgeries_hold_does_not_hide_one_that_few_hold(sample: Official, tmp_path: Path) -> None:
    out, practices = tmp_path / "places.sqlite", tmp_path / "practices.csv"
    many = [(f"G8{n:04}", f"SURGERY {n}", (f"{n} OLD LANE", "", "", "LONDON", ""), "SE5 8AF", "72Q") for n in range(30)]
    few = [
        ("G90001", "LONDON LANE CLINIC", ("KINNAIRD HOUSE", "", "", "BROMLEY", ""), "SE1 7PB", "72Q"),
        ("G90002", "THE CEDARS", ("GREEN LANES", "", "", "LONDON", ""), "SE1 7PB", "72Q"),
    ]
    build(sample.code_point, write_practices(practices, [*many, *few]), None, out, today=TODAY, sample=True)
    assert PlaceFile.load(out).surgeries.search("london lane clinic", near="SE1 7PD")[0].code == "G90001"


def test_nothing_like_it_finds_nothing(surgeries: Surgeries) -> None:
    assert surgeries.search("xyzzyq") == []


@pytest.mark.parametrize("typed", ["'; drop table", "<script>", "\x00", "é" * 500, "a " * 500, "%", "\t\n", "½ 🏥"])
def test_strange_words_do_no_harm(surgeries: Surgeries, typed: str) -> None:
    assert len(surgeries.search(typed)) <= 10


def test_no_more_than_asked_for(surgeries: Surgeries) -> None:
    assert len(surgeries.search("surgery", limit=2)) == 2


def test_a_closed_surgery_is_not_offered(surgeries: Surgeries) -> None:
    assert surgeries.get(CLOSED[0]) is None
    assert CLOSED[0] not in {one.code for one in surgeries.search("old camberwell surgery")}


def test_a_surgery_by_its_code_has_its_council_and_sub_icb(surgeries: Surgeries) -> None:
    found = surgeries.get(" f81001 ")
    assert found is not None
    assert (found.council, found.sub_icb, found.town) == ("E07000071", "06T", "Colchester")
    assert found.in_a_line == "Highwoods Surgery, Highwoods Square, Highwoods, Colchester, CO1 1AA"


@pytest.mark.parametrize("code", ["", "X", "ZZZZZZ", "G85001X"])
def test_a_code_that_nobody_has_gives_nothing(surgeries: Surgeries, code: str) -> None:
    assert surgeries.get(code) is None


def test_every_surgery_of_the_official_file_is_found_by_its_own_name_and_postcode(
    official: Official, built: PlaceFile
) -> None:
    surgeries = built.surgeries
    chosen = surgeries.search("", near=None, limit=len(surgeries))[::101]
    missed = [
        one.in_a_line
        for one in chosen
        if one not in surgeries.search(f"{one.name} {one.town}", near=one.postcode)
        or one not in surgeries.search(one.postcode)
    ]
    assert missed == [], f"read from {official.said}"


@pytest.mark.parametrize(
    ("capitals", "read"),
    [
        ("THE DENSHAM SURGERY", "The Densham Surgery"),
        ("CLACTON-ON-SEA", "Clacton-on-Sea"),
        ("ST MARY'S SURGERY", "St Mary’s Surgery"),
        ("GP LED HEALTH CENTRE", "GP Led Health Centre"),
        ("167A BOROUGH ROAD", "167A Borough Road"),
        ("1ST FLOOR", "1st Floor"),
        ("STOKE ROAD SURGERY,", "Stoke Road Surgery"),
        ("SUDBURY COMMUNITY HC", "Sudbury Community Health Centre"),
        ("RIVERSIDE MED CTR, MILL RD", "Riverside Medical Centre, Mill Road"),
    ],
)
def test_capitals_are_put_in_reading_case(capitals: str, read: str) -> None:
    assert in_reading_case(capitals) == read


def test_words_are_made_alike() -> None:
    assert words_of("Dr. Smith & Partners, St. Mary's Road") == ["dr", "smith", "partners", "st", "marys", "rd"]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("park", "park", 1.0),
        ("park", "prak", 0.8),
        ("mill", "hill", 0.8),
        ("abc", "xyz", 0.0),
        ("highwoods", "hihgwods", 0.8),
    ],
)
def test_slips_of_the_hand_are_counted(one: str, other: str, alike: float) -> None:
    assert likeness(one, other) == alike
