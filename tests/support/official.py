"""The official open data files for tests: those of PORTAL_TEST_DATA, or small ones of our own in the same formats."""

from __future__ import annotations

import csv
import gzip
import io
import os
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from portal.places.build.builder import build
from portal.places.place_file import PlaceFile


def _names(columns: str) -> list[str]:
    return columns.split()


TEST_DATA = Path(os.environ.get("PORTAL_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
TODAY = date(2026, 11, 21)
LAMBETH, SOUTHWARK, EAST_SUFFOLK, BABERGH, WEST_SUFFOLK, IPSWICH, COLCHESTER = (
    "E09000022",
    "E09000028",
    "E07000244",
    "E07000200",
    "E07000245",
    "E07000202",
    "E07000071",
)
LIVE = (
    ("SE1 0AB", 532000, 180100, SOUTHWARK, "E05011109"),
    ("SE1 0AD", 532010, 180110, SOUTHWARK, "E05011109"),
    ("SE1 7PB", 530700, 179900, LAMBETH, "E05014118"),
    ("SE1 7PD", 530710, 179910, LAMBETH, "E05014118"),
    ("SE5 8AF", 532500, 176500, SOUTHWARK, "E05011100"),
    ("CV9 1AA", 430900, 297800, "E07000218", "E05007474"),
    ("CV9 3QQ", 431900, 299000, "E07000132", "E05011455"),
    ("EC1A 1BB", 532000, 181500, "E09000001", "E05009288"),
    ("EC1A 4HD", 531900, 181900, "E09000019", "E05013700"),
    ("CO1 1AA", 599500, 225300, COLCHESTER, "E05010820"),
    ("CO10 1AA", 587400, 241200, BABERGH, "E05012570"),
    ("CO10 8AA", 575000, 245000, WEST_SUFFOLK, "E05012786"),
    ("IP1 1AA", 615838, 244034, IPSWICH, "E05007117"),
    ("IP18 6AA", 650700, 276300, EAST_SUFFOLK, "E05012758"),
    ("IP18 6SH", 649000, 275000, EAST_SUFFOLK, "E05012758"),
    ("IP12 1AA", 627000, 249000, EAST_SUFFOLK, "E05015548"),
    ("NR34 9AA", 642300, 290500, EAST_SUFFOLK, "E05012735"),
    ("NR34 0AA", 640000, 292000, "E07000149", "E05012950"),
    ("SE1 6AA", 0, 0, "", ""),
)
COUNCIL_LINES = (
    ("LAD_code", "LAD_name", "SICBL24_ODS", "ICB24_ODS"),
    (LAMBETH, "Lambeth", "72Q", "QKK"),
    (SOUTHWARK, "Southwark", "72Q", "QKK"),
    (IPSWICH, "Ipswich", "06L", "QJG"),
    (COLCHESTER, "Colchester", "06T", "QJG"),
    (BABERGH, "Babergh", "06L", "QJG"),
    (BABERGH, "Babergh", "07K", "QJG"),
    (EAST_SUFFOLK, "East Suffolk", "06L", "QJG"),
    (EAST_SUFFOLK, "East Suffolk", "26A", "QMM"),
)
SMALL_AREA_LINES = (
    ("LSOA21CD", "LSOA21NM", "SICBL24CD", "SICBL24CDH", "SICBL24NM", "LAD24CD", "LAD24NM"),
    ("E01029881", "Babergh 001A", "E38000086", "06L", "NHS Suffolk and North East Essex ICB - 06L", BABERGH, "Babergh"),
    ("E01029882", "Babergh 009B", "E38000204", "07K", "NHS Suffolk and North East Essex ICB - 07K", BABERGH, "Babergh"),
)
PRACTICES = (
    ("G85001", "CAMBERWELL GREEN SURGERY", ("17 CAMBERWELL GREEN", "", "", "LONDON", ""), "SE5 8AF", "72Q"),
    ("G85002", "THE LAMBETH WALK GROUP PRACTICE", ("5 LAMBETH WALK", "", "", "LONDON", ""), "SE1 7PB", "72Q"),
    ("F81001", "HIGHWOODS SURGERY", ("HIGHWOODS SQUARE", "HIGHWOODS", "", "COLCHESTER", ""), "CO1 1AA", "06T"),
    ("D83001", "ST. MARY'S MEDICAL CENTRE", ("1 MARKET ROAD", "", "", "SUDBURY", ""), "CO10 1AA", "07K"),
    ("D83002", "DR SMITH & PARTNERS", ("ORCHARD HOUSE SURGERY", "2 QUAY STREET", "", "IPSWICH", ""), "IP1 1AA", "06L"),
)
CLOSED = ("G85009", "OLD CAMBERWELL SURGERY", ("1 THE GREEN", "", "", "LONDON", ""), "SE5 8AF", "72Q")
DIRECTORY_HEADER = _names("""
    pcd7 pcd8 pcds dointr doterm usrtypind east1m north1m gridind oa21cd cty25cd ced25cd lad25cd wd25cd nhser24cd
    ctry25cd rgn25cd pcon24cd ttwa15cd itl25cd npark16cd lsoa21cd msoa21cd wz11cd sicbl24cd bua24cd ruc21ind oac11ind
    lat long lep21cd1 lep21cd2 pfa23cd imd20ind icb23cd
""")
OLDER_DIRECTORY_HEADER = _names("""
    pcd pcd2 pcds dointr doterm oscty ced oslaua osward parish usertype oseast1m osnrth1m osgrdind oshlthau nhser ctry
    rgn streg pcon eer teclec ttwa pct itl statsward oa01 casward park lsoa01 msoa01 ur01ind oac01 oa11 lsoa11 msoa11
    wz11 sicbl bua11 buasd11 ru11ind oac11 lat long lep1 lep2 pfa imd calncv icb oa21 lsoa21 msoa21
""")
ENTRIES = (
    ("SE5 8AF", "198001", "", SOUTHWARK, "E38000244"),
    ("SE5 8AB", "198001", "199606", SOUTHWARK, "E38000244"),
    ("CO10 1AA", "198001", "", BABERGH, "E38000204"),
    ("CO10 0AA", "198001", "", BABERGH, "E38000086"),
    ("IP18 6SH", "198001", "", EAST_SUFFOLK, "E38000239"),
    ("NR34 9AB", "198001", "202001", EAST_SUFFOLK, "E38000239"),
    ("AB1 0AA", "198001", "199606", "S12000033", "S08000020"),
    ("GL16 8PB", "202401", "", "W06000021", "W11000028"),
)


@dataclass(frozen=True)
class Official:
    """Where the files are, and which of the two they are."""

    said: str
    code_point: Path
    practices: Path
    sub_icbs: Path
    rules: Path
    whole: bool


def write_code_point(
    path: Path, rows: Iterable[Sequence[object]] = LIVE, *, version: str = "2025.4.0", counted: int = 0
) -> Path:
    """Write a Code-Point Open zip; `counted` is how many more postcodes its metadata claims for each area."""
    areas: defaultdict[str, list[Sequence[object]]] = defaultdict(list)
    for row in rows:
        areas[_letters(str(row[0]))].append(row)
    told = "\n".join(f"      {area}\t{len(found) + counted}" for area, found in sorted(areas.items()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr(
            "Doc/metadata.txt",
            f"ORDNANCE SURVEY\nDATASET VERSION NUMBER: {version}\nCOPYRIGHT DATE: {version[:4]}1020\n"
            f"RM UPDATE DATE: {version[:4]}1017\n{told}\n",
        )
        for area, found in areas.items():
            files.writestr(f"Data/CSV/{area.lower()}.csv", "".join(_code_point_line(*row) for row in found))
    return path


def _code_point_line(postcode: object, east: object, north: object, council: object, ward: object) -> str:
    padded = f"{str(postcode)[:-4]:<4}{str(postcode)[-3:]}"
    quality = 10 if council else 90
    nhs = '"E92000001","E19000001","E18000006",""'
    return f'"{padded}",{quality},{east},{north},{nhs},"{council}","{ward}"\n'


def write_directory(path: Path, entries: Iterable[Sequence[str]] = ENTRIES, *, older: bool = False) -> Path:
    """Write an ONS postcode directory with the column names of 2025, or with the older ones."""
    header = OLDER_DIRECTORY_HEADER if older else DIRECTORY_HEADER
    names = (
        ("pcds", "dointr", "doterm", "oslaua", "sicbl", "oseast1m", "osnrth1m")
        if older
        else ("pcds", "dointr", "doterm", "lad25cd", "sicbl24cd", "east1m", "north1m")
    )
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(header)
        for entry in entries:
            cells = dict.fromkeys(header, "") | dict(zip(names, (*entry, "600000", "200000"), strict=True))
            out.writerow(cells.values())
    return path


def write_practices(path: Path, practices: Iterable[tuple[str, str, tuple[str, ...], str, str]] = PRACTICES) -> Path:
    """Write epraccur as Data Search and Export gives it: with a closed practice, a prison and a Welsh one besides."""
    others = [
        practice_line(*CLOSED, status="INACTIVE", closed="20251231"),
        practice_line("Y00001", "HMP BRIXTON", ("JEBB AVENUE", "", "", "LONDON", ""), "SE1 7PD", "72Q", role="RO82"),
        practice_line("W00001", "CHEPSTOW SURGERY", ("HIGH ST", "", "", "CHEPSTOW", ""), "NP16 5AA", "7A6", region=""),
    ]
    path.write_text("".join([*(practice_line(*one) for one in practices), *others]), encoding="utf-8")
    return path


def practice_line(
    code: str,
    name: str,
    address: tuple[str, ...],
    postcode: str,
    sub_icb: str,
    *,
    status: str = "ACTIVE",
    closed: str = "",
    role: str = "RO76",
    region: str = "Y60",
) -> str:
    """Return one line of epraccur: 27 columns."""
    cells = [code, name, region, "QKK", *address, postcode, "19740401", closed, status, "B", sub_icb, "20260203"]
    cells += ["", "020 7946 0000", "", "", "", "1", "", sub_icb, "", role, ""]
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(cells)
    return line.getvalue()


def write_lines(path: Path, lines: Iterable[Sequence[str]]) -> Path:
    """Write a plain CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    return path


def sample_files(folder: Path) -> Official:
    """Write small files of our own in the official formats."""
    practices = write_practices(folder / "epraccur.csv")
    with gzip.open(folder / "epraccur.csv.gz", "wb") as packed:
        packed.write(practices.read_bytes())
    rules = [
        ("SE1", SOUTHWARK),
        ("SE1 7", LAMBETH),
        ("SE5", SOUTHWARK),
        ("IP18 6AA", f"{EAST_SUFFOLK}/26A"),
    ]
    rules += [("IP18 6SH", f"{EAST_SUFFOLK}/06L"), ("IP12", f"{EAST_SUFFOLK}/06L"), ("NR34 9", f"{EAST_SUFFOLK}/26A")]
    rules += [(str(row[0]), str(row[3])) for row in LIVE if row[3] and str(row[0])[:2] not in {"SE", "IP"}]
    rules = [rule for rule in rules if rule[0] != "NR34 9AA"] + [("IP1 1AA", IPSWICH)]
    return Official(
        "a small sample that the tests made themselves",
        write_code_point(folder / "codepo.zip"),
        folder / "epraccur.csv.gz",
        write_lines(folder / "sub_icbs.csv", COUNCIL_LINES),
        write_lines(folder / "rules.csv", rules),
        whole=False,
    )


def _letters(postcode: str) -> str:
    return postcode[: next(at for at, mark in enumerate(postcode) if mark.isdigit())]


def found_files() -> Official | None:
    """Return the official files of PORTAL_TEST_DATA, where they are."""
    code_point, practices = TEST_DATA / "codepo_gb_extract.zip", TEST_DATA / "epraccur_2026-02.csv.gz"
    if not code_point.exists() or not practices.exists():
        return None
    rules, sub_icbs = TEST_DATA / "area_prefix_rules_live.csv", TEST_DATA / "lad_sicbl_icb.csv"
    return Official(f"the official files in {TEST_DATA}", code_point, practices, sub_icbs, rules, whole=True)


def pytest_report_header() -> str:
    """Say which files the place tests read."""
    files = found_files()
    return f"places: {files.said if files else 'a small sample that the tests make themselves'}"


@pytest.fixture(scope="session")
def official(tmp_path_factory: pytest.TempPathFactory) -> Official:
    """Return the official files, or a sample of our own."""
    return found_files() or sample_files(tmp_path_factory.mktemp("official"))


@pytest.fixture(scope="session")
def built(official: Official, tmp_path_factory: pytest.TempPathFactory, database: None) -> PlaceFile:
    """Return the place file built from them."""
    out = tmp_path_factory.mktemp("places") / "places.sqlite"
    build(official.code_point, official.practices, official.sub_icbs, out, today=TODAY, sample=not official.whole)
    return PlaceFile.load(out)


@pytest.fixture
def sample(tmp_path: Path, database: None) -> Official:
    """Return fresh small files of our own, to be spoilt."""
    return sample_files(tmp_path)
