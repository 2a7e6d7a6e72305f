"""How fast the place file loads and answers, and what it weighs, for the whole of England."""

import csv
import random
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from bench.table import Measure, NotHere
from portal.places.build.collect import Gathered, Home, gather
from portal.places.build.compress import sections_of, surgeries_of
from portal.places.build.official.code_point import open_code_point
from portal.places.build.official.directory import area_of
from portal.places.build.official.practices import Practices, read_practices
from portal.places.build.official.sub_icbs import read_sub_icbs
from portal.places.keys import UNIT_LETTERS, key_of
from portal.places.layout import pack
from portal.places.place_file import PlaceFile
from tests.support.official import TODAY, found_files

LOOK_UPS, ROUNDS = 100_000, 5
UNITS_A_SECTOR = 120
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
    practices = read_practices(files.practices, TODAY)
    wanted = (practice.postcode for practice in practices.open)
    england = gather(open_code_point(files.code_point), None, read_sub_icbs(files.sub_icbs), wanted)
    _add_the_rest(england, files.rules)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "places.bin"
        path.write_bytes(_packed(england, practices))
        return _figures(path, england)


def _figures(path: Path, england: Gathered) -> list[Measure]:
    held = f"{len(england.homes):,} postcodes, 6,203 surgeries"
    loads = statistics.median(_milliseconds(lambda: PlaceFile.load(path)) for _ in range(9))
    tracemalloc.start()
    places = PlaceFile.load(path)
    in_memory, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    places = PlaceFile.load(path)
    first = _milliseconds(lambda: places.surgeries)
    searches = [_milliseconds(partial(places.surgeries.search, words, near="CO4 5LE")) for words in TYPED]
    return [
        Measure("Places: load", loads, "ms", 50, note=held),
        Measure("Places: in memory", in_memory, "bytes", 2_000_000, note="surgeries packed, until the first search"),
        Measure("Places: on disk", path.stat().st_size, "bytes"),
        Measure("Places: look-ups", _look_ups(places, england), "a second", 100_000, lower_is_better=False),
        Measure("Places: first use of the surgeries", first, "ms"),
        Measure("Places: surgery search, median", statistics.median(searches), "ms", 10),
        Measure("Places: surgery search, slowest", max(searches), "ms", note=f"of {len(TYPED)}"),
    ]


def _look_ups(places: PlaceFile, england: Gathered) -> float:
    """Return the best of some rounds, by this process's own time on the processor."""
    chance = random.Random(1)  # noqa: S311  # it picks postcodes to measure with
    postcodes = [_postcode(key) for key in chance.choices(list(england.homes), k=LOOK_UPS)]
    seconds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for postcode in postcodes:
            places.council_of(postcode)
        seconds.append(time.process_time() - started)
    return LOOK_UPS / min(seconds)


def _packed(england: Gathered, practices: Practices) -> bytes:
    sections, values = sections_of(england)
    counts = dict.fromkeys(("postcodes", "ended", "with_sub_icb", "councils", "surgeries"), 0)
    header = {"made": f"{TODAY}", "sources": [], "covers": sorted(england.areas), "counts": counts, "values": values}
    return pack(header, sections | surgeries_of(practices.open, england))


def _add_the_rest(england: Gathered, rules: Path) -> None:
    """Add postcodes of the other areas: every one that a rule names, and enough besides to fill the sectors."""
    chance = random.Random(1)  # noqa: S311  # it makes up postcodes to measure with
    with rules.open(encoding="utf-8", newline="") as file:
        councils = {prefix: council.partition("/")[0] for prefix, council in csv.reader(file)}
    theirs = {prefix for prefix in councils if area_of(prefix) not in england.areas}
    for postcode in sorted(set(_made_up(theirs, chance))):
        council = next(councils[postcode[:end]] for end in range(len(postcode), 0, -1) if postcode[:end] in councils)
        england.add(key_of(postcode), Home(council, None, chance.random() < ENDED_SHARE), (500_000, 300_000))
    england.areas |= {area_of(prefix) for prefix in theirs}


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


def _postcode(key: int) -> str:
    text = key.to_bytes(7, "big").decode()
    return f"{text[:4].strip()} {text[4:]}"


def _milliseconds(what: Callable[[], object]) -> float:
    started = time.perf_counter()
    what()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    from bench.table import table

    print(table(measure()))
