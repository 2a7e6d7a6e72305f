"""Wrong codes are slowed down; the right one always opens after one wait."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.limits.rate_limit import STAMP_LASTS, WAIT, RateLimit, has_waited, stamp

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
KEY, CODE = b"k" * 32, "zoo abandon pear olive tiger cup shy"


def used_up() -> RateLimit:
    limit = RateLimit(at_once=3, one_more_every=timedelta(seconds=5))
    for _ in range(3):
        assert not limit.is_used_up(NOW)
        limit.note_wrong(NOW)
    return limit


def test_a_few_wrong_codes_are_taken_at_once_and_then_everybody_waits() -> None:
    assert used_up().is_used_up(NOW)


def test_one_more_is_taken_every_few_seconds() -> None:
    limit = used_up()
    assert limit.is_used_up(NOW + timedelta(seconds=4))
    assert not limit.is_used_up(NOW + timedelta(seconds=5))


def test_the_limit_does_not_grow_beyond_its_measure() -> None:
    limit, later = used_up(), NOW + timedelta(days=1)
    for _ in range(3):
        limit.note_wrong(later)
    assert limit.is_used_up(later)


def test_a_clock_set_back_takes_nothing_away() -> None:
    limit = RateLimit(at_once=1)
    assert not limit.is_used_up(NOW)
    assert not limit.is_used_up(NOW - timedelta(hours=1))


def test_words_that_have_waited_are_looked_at() -> None:
    waiting = stamp(KEY, CODE, NOW)
    assert not has_waited(KEY, CODE, waiting, NOW + WAIT - timedelta(seconds=1))
    assert has_waited(KEY, CODE, waiting, NOW + WAIT)


def test_waiting_for_one_guess_does_not_count_for_the_next() -> None:
    waiting = stamp(KEY, CODE, NOW)
    assert not has_waited(KEY, "zoo abandon pear olive tiger cup sun", waiting, NOW + WAIT)
    assert not has_waited(b"x" * 32, CODE, waiting, NOW + WAIT)


def test_a_stamp_is_over_after_a_day() -> None:
    assert not has_waited(KEY, CODE, stamp(KEY, CODE, NOW), NOW + STAMP_LASTS + timedelta(seconds=1))


@pytest.mark.parametrize("stamped", ["", ".", "1", "1.", "x.y", "9" * 40 + ".a", "é.é", "1.2.3"])
def test_a_stamp_that_we_did_not_make_counts_for_nothing(stamped: str) -> None:
    assert not has_waited(KEY, CODE, stamped, NOW)


def test_a_stamp_tells_nothing_of_the_words() -> None:
    assert not any(word in stamp(KEY, CODE, NOW) for word in CODE.split())
