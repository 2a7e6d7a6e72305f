"""Whoever has the whole database and the pepper, but no passphrase, cookie or kit, opens nothing."""

import re
from collections.abc import Iterator

import pytest

from portal.database.engine import Engine, reading
from portal.database.schema import metadata
from portal.sealing.drafts import unlock
from portal.sealing.envelope import open_sealed
from portal.sealing.keys import SealBroken
from portal.sealing.slots import Slot, WrongPassphrase, open_slot
from portal.sealing.teams import SeedWrap, open_epoch
from tests.support.teams import PEPPER, WORDS, a_draft, a_team, send, sign_in_as

Row = dict[str, object]
WHERE_KEYS_AND_ANSWERS_LIE = {
    "team", "member", "member_slot", "membership", "epoch", "epoch_wrap", "recovery_key",
    "draft", "staff_session", "referral", "audit", "outbox",
}  # fmt: skip


@pytest.fixture
def stolen(engine: Engine) -> dict[str, list[Row]]:
    """Give every row of every table, with a draft, a receipt, a session and referrals in them."""
    team = a_team(engine)
    a_draft(engine)
    send(engine)
    sign_in_as(engine, team.people[0])
    with reading(engine) as session:
        return {
            name: [dict(row) for row in session.execute(table.select()).mappings()]
            for name, table in metadata.tables.items()
        }


def values(stolen: dict[str, list[Row]]) -> Iterator[object]:
    for rows in stolen.values():
        for row in rows:
            yield from row.values()


def guesses(stolen: dict[str, list[Row]]) -> set[bytes]:
    """Return every 32 bytes that could be a key: whole values, hexadecimal ones, and both ends of longer ones."""
    found = {PEPPER, bytes(32)}
    for value in values(stolen):
        if isinstance(value, bytes) and len(value) >= 32:
            found |= {value[:32], value[-32:]}
        if isinstance(value, str):
            found |= {bytes.fromhex(digits) for digits in re.findall("[0-9a-f]{64}", value)}
    return found


def test_the_database_holds_something_of_everything(stolen: dict[str, list[Row]]) -> None:
    assert {name for name, rows in stolen.items() if rows} >= WHERE_KEYS_AND_ANSWERS_LIE
    assert len(guesses(stolen)) > 20


def test_no_key_in_the_database_opens_a_referral(stolen: dict[str, list[Row]]) -> None:
    for row in stolen["referral"]:
        for guess in guesses(stolen):
            with pytest.raises(SealBroken):
                open_sealed(row["envelope"], guess)  # type: ignore[arg-type]  # a row's bytes


def test_no_key_in_the_database_opens_a_teams_key(stolen: dict[str, list[Row]]) -> None:
    for row in stolen["epoch_wrap"]:
        wrap = SeedWrap(
            row["team_id"], row["epoch"], row["epoch_key_id"], row["holder_kind"], row["holder_key_id"], row["wrapped"]
        )  # type: ignore[arg-type]  # a row's values
        for guess in guesses(stolen):
            with pytest.raises(SealBroken):
                open_epoch(wrap, guess)


def test_no_key_in_the_database_opens_a_draft_a_receipt_or_a_session(stolen: dict[str, list[Row]]) -> None:
    for row in (*stolen["draft"], *stolen["staff_session"]):
        for guess in guesses(stolen):
            for purpose in ("draft", "receipt", "session"):
                with pytest.raises(SealBroken):
                    unlock(guess, row["locked"], purpose)  # type: ignore[arg-type]  # bytes, and one of the purposes


def test_no_word_in_the_database_is_a_passphrase(stolen: dict[str, list[Row]]) -> None:
    words = {value for value in values(stolen) if isinstance(value, str)} | {""}
    for row in stolen["member_slot"]:
        slot = Slot(row["salt"], row["verifier"], row["wrapped_seed"])  # type: ignore[arg-type]  # a row's bytes
        for word in words:
            with pytest.raises(WrongPassphrase):
                open_slot(word, PEPPER, slot, owner=str(row["member_id"]))


def test_no_word_of_what_was_sent_is_in_any_row(stolen: dict[str, list[Row]]) -> None:
    for value in values(stolen):
        raw = value if isinstance(value, bytes) else str(value).encode()
        assert not any(word in raw for word in WORDS.split() if len(word) > 3)
