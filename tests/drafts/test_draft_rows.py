"""Rows of drafts: they expire, and a receipt stays what it is."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.database.engine import Engine, reading, writing
from portal.drafts.queries import (
    delete_draft,
    delete_expired_drafts,
    get_draft,
    put_draft,
    replace_by_receipt,
)
from tests.support.databases import draft_ids

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=24)


@pytest.fixture
def kept(engine: Engine) -> Engine:
    """Give a database with one draft."""
    with writing(engine) as session:
        assert put_draft(session, "a", b"locked", NOW, LATER)
    return engine


def test_a_draft_is_kept_and_replaced_by_a_newer_one(kept: Engine) -> None:
    with writing(kept) as session:
        assert put_draft(session, "a", b"newer", NOW, LATER)
        assert get_draft(session, "a", NOW, to_change=True) == ("draft", b"newer")


def test_a_draft_is_gone_at_the_moment_it_expires(kept: Engine) -> None:
    with reading(kept) as session:
        assert get_draft(session, "a", LATER - timedelta(seconds=1)) is not None
        assert get_draft(session, "a", LATER) is None


def test_a_receipt_is_never_overwritten_by_a_late_draft(kept: Engine) -> None:
    with writing(kept) as session:
        replace_by_receipt(session, "a", b"receipt", NOW, LATER)
        assert not put_draft(session, "a", b"late", NOW, LATER)
        assert get_draft(session, "a", NOW) == ("receipt", b"receipt")


def test_a_draft_can_be_erased_once(kept: Engine) -> None:
    with writing(kept) as session:
        assert delete_draft(session, "a")
        assert not delete_draft(session, "a")


def test_only_what_has_expired_is_purged(kept: Engine) -> None:
    with writing(kept) as session:
        put_draft(session, "b", b"locked", NOW, LATER + timedelta(days=30))
        assert delete_expired_drafts(session, LATER) == 1
        assert draft_ids(session) == ["b"]
