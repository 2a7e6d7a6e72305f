"""Answers that are kept, saved with a code, opened by it and erased, on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from portal.database.engine import Engine, reading
from portal.domain.answers import Answers
from portal.drafts.acts import Kept, erase_answers, keep_answer, open_saved, purge_answers, read_answers, save_answers
from portal.sealing.codes import CODE_WORDS
from portal.sealing.drafts import new_secret
from tests.support.databases import draft_ids

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
DAY, PEPPER = timedelta(hours=24), b"p" * 32
UNTIL, END = date(2026, 12, 18), datetime(2026, 12, 19, tzinfo=UTC)
ZOE: Answers = {"full_name": {"full_name": "Zoë Canary-Smith"}}
MORE: Answers = {"helps": {"helps": "My dog"}}


def keep(engine: Engine, secret: bytes, answers: Answers = ZOE, now: datetime = NOW) -> Kept:
    return keep_answer(engine, secret, answers, now, keep_for=DAY, start_from={})


def save(engine: Engine, secret: bytes, now: datetime = NOW, expires_at: datetime = END) -> Kept:
    return save_answers(engine, secret, now, pepper=PEPPER, until=UNTIL, expires_at=expires_at, start_from={})


def rows(engine: Engine) -> int:
    with reading(engine) as session:
        return len(draft_ids(session))


@pytest.fixture
def secret() -> bytes:
    return new_secret()


@pytest.fixture
def saved(engine: Engine, secret: bytes) -> Kept:
    """Give somebody's answers, saved with a code."""
    keep(engine, secret)
    return save(engine, secret)


def code_of(kept: Kept) -> str:
    assert kept.saved
    return kept.saved.code


def test_without_saving_answers_last_24_hours_unused(engine: Engine, secret: bytes) -> None:
    keep(engine, secret)
    keep(engine, secret, MORE, NOW + timedelta(hours=23))
    kept = read_answers(engine, secret, NOW + timedelta(hours=46))
    assert kept is not None
    assert kept.answers == {**ZOE, **MORE}
    assert read_answers(engine, secret, NOW + timedelta(hours=47)) is None


def test_the_code_opens_the_answers_until_its_day(engine: Engine, saved: Kept) -> None:
    assert len(code_of(saved).split()) == CODE_WORDS
    found = open_saved(engine, code_of(saved).upper().replace(" ", " - "), END - timedelta(seconds=1), pepper=PEPPER)
    assert found is not None
    assert found.answers == ZOE
    assert open_saved(engine, code_of(saved), END, pepper=PEPPER) is None


def test_another_code_or_another_pepper_opens_nothing(engine: Engine, saved: Kept) -> None:
    first, *others = code_of(saved).split()
    swapped = " ".join([*others, first]) if others[-1] != first else "zoo " * CODE_WORDS
    assert open_saved(engine, swapped, NOW, pepper=PEPPER) is None
    assert open_saved(engine, code_of(saved), NOW, pepper=b"x" * 32) is None


def test_later_answers_keep_the_28_days(engine: Engine, saved: Kept) -> None:
    keep(engine, saved.secret, MORE, NOW + timedelta(days=2))
    found = open_saved(engine, code_of(saved), END - timedelta(hours=1), pepper=PEPPER)
    assert found is not None
    assert found.answers == {**ZOE, **MORE}


def test_whoever_works_over_the_last_midnight_is_not_cut_off(engine: Engine, saved: Kept) -> None:
    keep(engine, saved.secret, MORE, END - timedelta(minutes=5))
    assert read_answers(engine, saved.secret, END + timedelta(hours=23)) is not None


def test_a_double_click_gives_the_same_code_and_loses_nothing(engine: Engine, secret: bytes, saved: Kept) -> None:
    assert save(engine, secret).saved == saved.saved
    kept = keep(engine, secret, MORE)
    assert kept.secret == saved.secret
    assert kept.answers == {**ZOE, **MORE}


def test_many_clicks_at_once_give_one_code(engine: Engine, secret: bytes) -> None:
    keep(engine, secret)
    with ThreadPoolExecutor(8) as pool:
        codes = {code_of(kept) for kept in pool.map(lambda _: save(engine, secret), range(8))}
    assert len(codes) == 1


def test_saving_again_keeps_the_words_and_moves_the_day(engine: Engine, saved: Kept) -> None:
    later = END + timedelta(days=7)
    assert code_of(save(engine, saved.secret, expires_at=later)) == code_of(saved)
    assert open_saved(engine, code_of(saved), later - timedelta(seconds=1), pepper=PEPPER) is not None


def test_the_old_row_is_gone_once_the_browser_has_the_new_key(engine: Engine, secret: bytes, saved: Kept) -> None:
    keep(engine, saved.secret, MORE)
    assert rows(engine) == 1
    assert read_answers(engine, secret, NOW) is None


def test_the_old_row_is_gone_after_an_hour_in_any_case(engine: Engine, secret: bytes, saved: Kept) -> None:
    later = NOW + timedelta(hours=1)
    assert read_answers(engine, secret, later) is None
    assert purge_answers(engine, later) == 1
    assert read_answers(engine, saved.secret, later) is not None


@pytest.mark.parametrize("by", ["old", "new"])
def test_clearing_leaves_nothing_for_the_code_to_open(engine: Engine, secret: bytes, saved: Kept, by: str) -> None:
    erase_answers(engine, secret if by == "old" else saved.secret, NOW)
    assert rows(engine) == 0
    assert open_saved(engine, code_of(saved), NOW, pepper=PEPPER) is None
    erase_answers(engine, saved.secret, NOW)


def test_neither_code_nor_answers_stand_in_the_database(engine: Engine, saved: Kept) -> None:
    with engine.connect() as connection:
        content = repr(connection.exec_driver_sql("SELECT * FROM draft").all())
    assert "Canary" not in content
    assert not any(f"{word}" in content for word in code_of(saved).split() if len(word) > 6)
    assert saved.secret.hex() not in content


def test_answers_in_hand_can_be_saved(engine: Engine) -> None:
    kept = save_answers(engine, new_secret(), NOW, pepper=PEPPER, until=UNTIL, expires_at=END, start_from=ZOE)
    found = open_saved(engine, code_of(kept), NOW, pepper=PEPPER)
    assert found is not None
    assert found.answers == ZOE
