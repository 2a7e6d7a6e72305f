"""How fast the place file loads and answers, and what it weighs, for the whole of England."""

import csv
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from bench.table import Measure, NotHere
from portal.places.build.collect import Gathered, Home, gather
from portal.places.build.official.code_point import open_code_point
from portal.places.build.official.practices import read_practices
from portal.places.build.official.sub_icbs import read_sub_icbs
from portal.places.build.tables import write_tables
from portal.places.place_file import PlaceFile
from portal.places.postcode import area_of
from portal.places.schema import UNIT_LETTERS
from tests.support.official import TODAY, Official, found_files

LOOK_UPS, ROUNDS = 100_000, 5
UNITS_A_SECTOR = 400
SECTORS_AN_OUTWARD = 4
ENDED_SHARE = 0.35
"""The ONS postcode directory holds about one ended postcode for every two live ones."""
TYPED = (
    "camberwell green",
    "mill road surgery",
    "hihgwoods surgary",
    "kings road practice camberwell",
    "st mary's",
    "the surgery",
    "dr patel and partners",
    "CO4 5LE",
    "ipswich",
    "",
)


def measure() -> list[Measure]:
    """Return every figure; of the official files' 19 postcode areas and, for the others, of the prefix rules."""
    files = found_files()
    if files is None:
        raise NotHere("the official files are not there: set PORTAL_TEST_DATA")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "places.sqlite"
        england, seconds = _built(files, path)
        return [Measure("Places: build", seconds, "s", 120), *_figures(path, england)]


def _built(files: Official, path: Path) -> tuple[Gathered, float]:
    """Return what was gathered, and how long it took to read it and to write the place file."""
    started = time.perf_counter()
    practices = read_practices(files.practices, TODAY)
    wanted = (practice.postcode for practice in practices.open)
    england = gather(open_code_point(files.code_point), None, read_sub_icbs(files.sub_icbs), wanted)
    read = time.perf_counter() - started
    _add_the_rest(england, files.rules)
    return england, read + _milliseconds(lambda: write_tables(path, england, practices.open, (), TODAY)) / 1000


def _figures(path: Path, england: Gathered) -> list[Measure]:
    held = f"{len(england.homes):,} postcodes, 6,203 surgeries"
    loads = statistics.median(_milliseconds(lambda: PlaceFile.load(path)) for _ in range(9))
    places = PlaceFile.load(path)
    first = _milliseconds(lambda: places.surgeries)
    asked = [partial(places.surgeries.search, words, near="CO4 5LE") for words in TYPED]
    searches = [min(_milliseconds(search) for _ in range(ROUNDS)) for search in asked]
    return [
        Measure("Places: load", loads, "ms", 50, note=held),
        Measure("Places: on disk, and in memory", path.stat().st_size, "bytes", 15_000_000),
        Measure("Places: look-up", _look_up(places, england), "ms", 1),
        Measure("Places: first use of the surgeries", first, "ms"),
        Measure("Places: surgery search, median", statistics.median(searches), "ms", 10),
        Measure("Places: surgery search, slowest", max(searches), "ms", note=f"of {len(TYPED)}"),
    ]


def _look_up(places: PlaceFile, england: Gathered) -> float:
    """Return the milliseconds of one look-up: the best of some rounds, by this process's own time on the processor."""
    chance = random.Random(1)  # noqa: S311  # it picks postcodes to measure with
    postcodes = chance.choices(list(england.homes), k=LOOK_UPS)
    seconds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for postcode in postcodes:
            places.council_of(postcode)
        seconds.append(time.process_time() - started)
    return min(seconds) * 1000 / LOOK_UPS


def _add_the_rest(england: Gathered, rules: Path) -> None:
    """Add postcodes of the other areas: every one that a rule names, and enough besides to fill the sectors."""
    chance = random.Random(1)  # noqa: S311  # it makes up postcodes to measure with
    with rules.open(encoding="utf-8", newline="") as file:
        councils = {prefix: council.partition("/")[0] for prefix, council in csv.reader(file)}
    ours = {area_of(postcode) for postcode in england.homes}
    theirs = {prefix for prefix in councils if area_of(prefix) not in ours}
    for postcode in sorted(set(_made_up(theirs, chance))):
        council = next(councils[postcode[:end]] for end in range(len(postcode), 0, -1) if postcode[:end] in councils)
        england.add(postcode, Home(council, None, chance.random() < ENDED_SHARE), (500_000, 300_000))


def _made_up(prefixes: set[str], chance: random.Random) -> Iterator[str]:
    sectors = set()
    for prefix in prefixes:
        outward, _, inward = prefix.partition(" ")
        if len(inward) == 3:
            yield prefix
        named = [inward[0]] if inward else [str(number) for number in range(1, SECTORS_AN_OUTWARD + 1)]
        sectors |= {f"{outward} {number}" for number in named if any(mark.isdigit() for mark in outward)}
    for sector in sectors:
        for _ in range(UNITS_A_SECTOR):
            yield sector + chance.choice(UNIT_LETTERS) + chance.choice(UNIT_LETTERS)


def _milliseconds(what: Callable[[], object]) -> float:
    started = time.perf_counter()
    what()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    from bench.table import table

    print(table(measure()))
