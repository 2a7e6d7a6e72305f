"""What is kept is bounded, and holds no longer than it may."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from portal.cache import Cache, Folder
from tests.support.clocks import SetClock

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_what_nobody_asked_for_longest_makes_room_in_memory() -> None:
    cache: Cache[str] = Cache(2)
    for key in ("a", "b"):
        cache.keep(key, key)
    assert cache.get("a") == "a"
    cache.keep("c", "c")
    assert [cache.get(key) for key in ("a", "b", "c")] == ["a", None, "c"]


def test_a_value_is_made_again_when_its_time_is_over_or_the_clock_was_set_back() -> None:
    clock, made = SetClock(NOON), iter(range(9))
    cache: Cache[int] = Cache(1, clock)
    seen = []
    for step in (0 * SECOND, 4 * SECOND, SECOND, -60 * SECOND):
        clock.move_on(seconds=step.total_seconds())
        seen.append(cache.of("it", lambda: next(made), lasts=5 * SECOND))
    assert seen == [0, 0, 1, 2]


def test_a_value_without_an_end_stays() -> None:
    clock, made = SetClock(NOON), iter(range(9))
    cache: Cache[int] = Cache(1, clock)
    assert cache.of("it", lambda: next(made)) == 0
    clock.move_on(days=400)
    assert cache.of("it", lambda: next(made)) == 0


def test_what_nobody_asked_for_longest_makes_room(tmp_path: Path) -> None:
    cache = Folder(tmp_path, most_files=2)
    for age, name in enumerate(("c", "b", "a")):
        cache.of(name, lambda: b"x")
        os.utime(tmp_path / f"{name}.pdf", (1_000_000 - age, 1_000_000 - age))
    cache.of("new", lambda: b"x")
    assert sorted(path.stem for path in tmp_path.glob("*")) == ["c", "new"]


def test_a_folder_never_holds_more_bytes_than_it_may(tmp_path: Path) -> None:
    cache = Folder(tmp_path, most_bytes=1000)
    for number in range(5):
        cache.of(str(number), lambda: bytes(400))
    assert sum(path.stat().st_size for path in tmp_path.glob("*")) <= 1000
