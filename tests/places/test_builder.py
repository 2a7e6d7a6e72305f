"""Building the place file: what is read, what is refused, and that a refusal changes nothing."""

import gzip
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from portal.places.build.builder import build
from portal.places.build.official.directory import open_directory
from portal.places.build.official.practices import read_practices
from portal.places.build.official.sub_icbs import read_sub_icbs
from portal.places.fault import BadPlaceFile, BadSource, PlacesFault
from portal.places.place_file import PlaceFile
from tests.support.official import (
    BABERGH,
    CLOSED,
    ENTRIES,
    LIVE,
    PRACTICES,
    SMALL_AREA_LINES,
    TODAY,
    Official,
    practice_line,
    write_code_point,
    write_directory,
    write_lines,
    write_practices,
)

Spoil = Callable[[Official], None]


def many_practices(letters: str = "ABCDEFGHJKLMNPY") -> Iterator[tuple[str, str, tuple[str, ...], str, str]]:
    for number in range(5_000):
        code = f"{letters[number % len(letters)]}{number:05}"
        yield code, "A SURGERY", ("", "", "", "X", ""), "SE5 8AF", "72Q"


@pytest.fixture
def out(sample: Official, tmp_path: Path) -> Path:
    """A place file in use."""
    path = tmp_path / "instance" / "places.sqlite"
    build(sample.code_point, sample.practices, sample.sub_icbs, path, today=TODAY, sample=True)
    return path


def cut_short(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def without_a_column(path: Path) -> None:
    with zipfile.ZipFile(path) as files:
        held = {name: files.read(name) for name in files.namelist()}
    held["Data/CSV/se.csv"] = b"".join(line.rpartition(b",")[0] + b"\n" for line in held["Data/CSV/se.csv"].split())
    with zipfile.ZipFile(path, "w") as files:
        for name, content in held.items():
            files.writestr(name, content)


def half_of_it(path: Path) -> None:
    with zipfile.ZipFile(path) as files:
        held = {name: files.read(name) for name in files.namelist()}
    lines = held["Data/CSV/se.csv"].splitlines(keepends=True)
    held["Data/CSV/se.csv"] = b"".join(lines[:2])
    with zipfile.ZipFile(path, "w") as files:
        for name, content in held.items():
            files.writestr(name, content)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda files: cut_short(files.code_point), "codepo.zip: the zip is broken or cut short"),
        (
            lambda files: files.code_point.write_bytes(b"<html>Service unavailable</html>"),
            "neither the ONS postcode directory nor",
        ),
        (lambda files: without_a_column(files.code_point), "line 1 of Data/CSV/se.csv is not as published"),
        (lambda files: half_of_it(files.code_point), "area SE holds 2 postcodes where its own metadata counts 6"),
        (lambda files: write_code_point(files.code_point, version="2025.2.0"), "2025.2.0 is older than 2025.4.0"),
        (lambda files: write_code_point(files.code_point, LIVE[:9]), "where the file in use holds 18"),
        (lambda files: cut_short(files.practices), "epraccur.csv.gz: the file is broken or cut short"),
        (lambda files: files.practices.write_bytes(b""), "there is no open GP practice in it"),
        (lambda files: files.practices.write_text('"G85001","A SURGERY"\n'), "line 1 is not as published"),
        (lambda files: write_practices(files.practices, PRACTICES[:2]), "Surgeries: 2, where the file in use holds 5"),
        (lambda files: files.sub_icbs.write_text("a,b\n1,2\n"), "this is not the ONS look-up"),
        (lambda files: files.practices.unlink(), "there is no such file"),
    ],
)
def test_a_spoilt_file_changes_nothing_and_says_why(spoil: Spoil, why: str, sample: Official, out: Path) -> None:
    before = out.read_bytes()
    spoil(sample)
    with pytest.raises(PlacesFault, match=why):
        build(sample.code_point, sample.practices, sample.sub_icbs, out, today=TODAY, sample=True)
    assert out.read_bytes() == before
    assert [path.name for path in out.parent.iterdir()] == ["places.sqlite"]


def test_the_same_edition_may_be_built_again(sample: Official, out: Path) -> None:
    report = build(sample.code_point, sample.practices, sample.sub_icbs, out, today=TODAY, sample=True)
    assert report.warnings == ()


def test_a_damaged_place_file_is_refused_by_its_checksum_and_may_be_replaced(sample: Official, out: Path) -> None:
    content = bytearray(out.read_bytes())
    content[len(content) // 2] ^= 1
    out.write_bytes(content)
    with pytest.raises(BadPlaceFile, match="checksum"):
        PlaceFile.load(out)
    report = build(sample.code_point, sample.practices, sample.sub_icbs, out, today=TODAY, sample=True)
    assert "could not be read and was replaced" in report.warnings[0]
    assert PlaceFile.load(out).council_of("SE5 8AF") is not None


@pytest.mark.parametrize("content", [b"", b"DSRPLACE", b"<html>not found</html>" * 10])
def test_what_is_no_place_file_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    path.write_bytes(content)
    with pytest.raises(BadPlaceFile, match=r"places\.sqlite"):
        PlaceFile.load(path)


def test_a_place_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadPlaceFile, match="No such file"):
        PlaceFile.load(tmp_path / "places.sqlite")


def test_a_file_with_too_few_surgeries_is_refused_unless_it_is_a_sample(sample: Official, tmp_path: Path) -> None:
    with pytest.raises(BadSource, match="only 5 open GP practices"):
        build(sample.code_point, sample.practices, sample.sub_icbs, tmp_path / "places.sqlite", today=TODAY)


def test_a_file_that_ends_before_the_last_letters_is_refused(sample: Official, tmp_path: Path) -> None:
    practices = write_practices(tmp_path / "many.csv", many_practices("ABCDEFGHJKL"))
    with pytest.raises(BadSource, match="no open GP practice has a code in M, N, P, Y"):
        build(sample.code_point, practices, None, tmp_path / "places.sqlite", today=TODAY)


def test_a_directory_alone_must_hold_the_whole_country(sample: Official, tmp_path: Path) -> None:
    directory, practices = (
        write_directory(tmp_path / "onspd.csv"),
        write_practices(tmp_path / "many.csv", many_practices()),
    )
    with pytest.raises(BadSource, match="only 7 postcodes in England"):
        build(directory, practices, None, tmp_path / "places.sqlite", today=TODAY)


def test_a_small_directory_beside_code_point_is_taken_and_said_to_be_small(sample: Official, tmp_path: Path) -> None:
    files = [sample.code_point, write_directory(tmp_path / "onspd.csv", ENTRIES[:2])]
    practices = write_practices(tmp_path / "many.csv", many_practices())
    report = build(files, practices, None, tmp_path / "places.sqlite", today=TODAY)
    assert "onspd.csv names 2 postcodes" in report.warnings[0]


def test_a_directory_alone_is_enough(sample: Official, tmp_path: Path) -> None:
    out = tmp_path / "places.sqlite"
    build(write_directory(tmp_path / "onspd.csv"), sample.practices, None, out, today=TODAY, sample=True)
    found = PlaceFile.load(out).council_of("IP18 6SH")
    assert found is not None
    assert (found.council, found.sub_icb) == ("E07000244", "26A")


def test_the_older_column_names_of_the_directory_are_read(tmp_path: Path) -> None:
    old = list(open_directory(write_directory(tmp_path / "old.csv", older=True)).rows())
    new = list(open_directory(write_directory(tmp_path / "new.csv")).rows())
    assert old == new
    assert len(new) == 7


def test_the_directory_is_found_in_its_zip(tmp_path: Path) -> None:
    plain = write_directory(tmp_path / "ONSPD_NOV_2025_UK.csv")
    archive = tmp_path / "ONSPD_NOV_2025.zip"
    with zipfile.ZipFile(archive, "w") as files:
        files.write(plain, "Data/ONSPD_NOV_2025_UK.csv")
        files.writestr("Documents/LAD names and codes.csv", "a,b\n")
    assert list(open_directory(archive).rows()) == list(open_directory(plain).rows())


def test_a_directory_cut_within_a_line_is_refused(tmp_path: Path) -> None:
    path = write_directory(tmp_path / "onspd.csv")
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(BadSource, match="line 9 has"):
        list(open_directory(path).rows())


def test_the_version_of_a_directory_is_its_latest_month(tmp_path: Path) -> None:
    directory = open_directory(write_directory(tmp_path / "onspd.csv"))
    list(directory.rows())
    assert directory.version == "2024-01"


def test_a_postcode_ended_since_code_point_was_made_has_ended(sample: Official, tmp_path: Path) -> None:
    ended = (("SE5 8AF", "198001", "202511", "E09000028", "E38000244"),)
    revived = (("SE1 0AB", "198001", "199606", "E09000028", "E38000244"),)
    files = [sample.code_point, write_directory(tmp_path / "onspd.csv", ended + revived)]
    out = tmp_path / "places.sqlite"
    build(files, sample.practices, None, out, today=TODAY, sample=True)
    places = PlaceFile.load(out)
    assert places.council_of("SE5 8AF").ended  # type: ignore[union-attr]  # the sample lists it
    assert not places.council_of("SE1 0AB").ended  # type: ignore[union-attr]  # and this one


def test_the_look_up_of_small_areas_gives_codes_and_whole_councils(tmp_path: Path) -> None:
    found = read_sub_icbs(write_lines(tmp_path / "lsoa.csv", SMALL_AREA_LINES))
    assert found.version == "2024"
    assert found.of("E38000204", "") == "07K"
    assert found.of("", "E01029881") == "06L"
    assert found.of_whole_council(BABERGH) is None
    assert found.by_council[BABERGH] == {"06L", "07K"}


def test_both_formats_of_epraccur_give_the_same_practices(tmp_path: Path) -> None:
    new = write_practices(tmp_path / "new.csv")
    older = [practice_line(*one, status="A", role="4") for one in PRACTICES]
    older += [practice_line(*CLOSED, status="C", closed="20251231", role="4")]
    older += [practice_line("P00001", "NOT YET OPEN", ("", "", "", "X", ""), "SE5 8AF", "72Q", status="P", role="4")]
    old = tmp_path / "old.csv"
    old.write_text("".join(older), encoding="utf-8")
    assert read_practices(new, TODAY).open == read_practices(old, TODAY).open


def test_only_open_english_gp_practices_are_read(tmp_path: Path) -> None:
    codes = {practice.code for practice in read_practices(write_practices(tmp_path / "new.csv"), TODAY).open}
    assert codes == {practice[0] for practice in PRACTICES}


def test_epraccur_is_as_new_as_its_latest_change(tmp_path: Path) -> None:
    assert read_practices(write_practices(tmp_path / "new.csv"), TODAY).version == "2026-02-03"


def test_epraccur_is_read_packed_or_not(sample: Official, tmp_path: Path) -> None:
    plain = tmp_path / "plain.csv"
    plain.write_bytes(gzip.decompress(sample.practices.read_bytes()))
    assert read_practices(plain, TODAY) == read_practices(sample.practices, TODAY)


def test_two_files_of_one_kind_are_refused(sample: Official, tmp_path: Path) -> None:
    with pytest.raises(PlacesFault, match="one of each"):
        build([sample.code_point] * 2, sample.practices, None, tmp_path / "places.sqlite", today=TODAY, sample=True)


def test_the_sources_come_with_their_versions_and_attributions(out: Path) -> None:
    sources = {source.title: source for source in PlaceFile.load(out).sources}
    assert sources["OS Code-Point Open"].version == "2025.4.0"
    told = " ".join(source.attribution for source in sources.values())
    for asked in (
        "Contains OS data © Crown copyright and database right 2025",
        "Contains Royal Mail data © Royal Mail copyright and database right 2025",
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0",
        "Contains NHS ODS data under the Open Government Licence v.3.0",
    ):
        assert asked in told


def test_the_report_says_what_was_built_and_what_is_missing(sample: Official, tmp_path: Path) -> None:
    with zipfile.ZipFile(sample.code_point) as files:
        held = {name: files.read(name) for name in files.namelist()}
    del held["Data/CSV/cv.csv"]
    with zipfile.ZipFile(sample.code_point, "w") as files:
        for name, content in held.items():
            files.writestr(name, content)
    out = tmp_path / "part.bin"
    report = build(sample.code_point, sample.practices, None, out, today=TODAY, sample=True)
    assert "16 postcodes" in report.in_words()
    assert "leaves out 1 postcode areas (CV)" in report.in_words()
    assert PlaceFile.load(out).council_of("CV9 1AA") is None
