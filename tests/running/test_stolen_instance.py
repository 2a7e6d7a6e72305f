"""Somebody copies the whole instance folder, secrets and all, but not what people hold in their heads and cookies."""

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from portal.accounts.totp import code_at, reveal
from portal.database.engine import make_engine, reading
from portal.database.schema import metadata
from portal.sealing.drafts import SECRET_BYTES, unlock
from portal.sealing.envelope import open_sealed
from portal.sealing.keys import KeyPair, SealBroken, derive
from portal.sealing.kit import seed_of
from portal.sealing.slots import Slot, WrongPassphrase, open_slot
from portal.sealing.teams import SeedWrap, open_epoch
from portal.settings import Settings
from tests.journeys.staff import staff_of
from tests.running.crowd import Hurried
from tests.support.people import an_adult
from tests.support.servers import running_portal
from tests.support.wire import WireClient

pytestmark = pytest.mark.whole

Rows = dict[str, list[dict[str, Any]]]
WRAP = {"team": "team_id"}
LABELS = (b"dsr/v1/slot", b"dsr/v1/totp", b"dsr/v1/answers-in-hand", b"dsr/v1/enc", b"")
TEAM = "south-east-london-dsr"


@pytest.fixture(scope="module")
def robbed(
    demonstration: Path, tmp_path_factory: pytest.TempPathFactory, loopback: None
) -> tuple[Path, dict[str, Any]]:
    """Give a copy of a busy portal's folder without demo.json, and beside it what the thief does not have."""
    folder, loot = tmp_path_factory.mktemp("bank"), tmp_path_factory.mktemp("loot")
    shutil.copytree(demonstration, folder / "instance")
    with running_portal(folder) as portal:
        reference = Hurried(portal.url).fills(an_adult()).sends()
        Hurried(portal.url).fills(an_adult(), until="contact_way")
        staff = staff_of(portal.demo, lambda: WireClient(portal.url), lambda: datetime.now(UTC))  # type: ignore[arg-type,return-value]  # it speaks as the test client does
        next(each for each in staff if TEAM in each.teams).when_they_sign_in().when_they_open(reference)
        shutil.copytree(folder, loot / "folder")
        demo: dict[str, Any] = portal.demo
    (loot / "folder" / "instance" / "demo.json").unlink()
    return loot / "folder", demo


@pytest.fixture(scope="module")
def settings(robbed: tuple[Path, dict[str, Any]]) -> Settings:
    """Give the stolen settings: pepper and signing key are among them."""
    return Settings.from_env({"PORTAL_INSTANCE": str(robbed[0] / "instance"), "PORTAL_DEMO": "1"})


@pytest.fixture(scope="module")
def rows(database: None, settings: Settings) -> Rows:
    """Give every row of every stolen table."""
    engine = make_engine(settings.database_url)
    with reading(engine) as session:
        found = {
            name: [dict(row) for row in session.execute(table.select()).mappings()]
            for name, table in metadata.tables.items()
        }
    engine.dispose()
    return found


@pytest.fixture(scope="module")
def keys(rows: Rows, settings: Settings) -> set[bytes]:
    """Give every 32 bytes that a thief could take for a key, and what follows from them."""
    plain = {settings.pepper, settings.secret_key, bytes(32)}
    for value in (value for table in rows.values() for row in table for value in row.values()):
        if isinstance(value, bytes) and len(value) >= SECRET_BYTES:
            plain |= {value[:32], value[-32:], hashlib.sha256(value).digest()}
        if isinstance(value, str):
            plain |= {bytes.fromhex(digits) for digits in re.findall("[0-9a-f]{64}", value)}
            plain.add(hashlib.sha256(value.encode()).digest())
    derived = {derive(key, info) for key in (settings.pepper, settings.secret_key) for info in LABELS}
    return plain | derived


def test_the_loot_is_worth_trying(robbed: tuple[Path, dict[str, Any]], rows: Rows, keys: set[bytes]) -> None:
    assert not list(robbed[0].rglob("demo.json*"))
    for table in ("referral", "draft", "staff_session", "member", "member_slot", "epoch_wrap"):
        assert rows[table], f"there is nothing in {table}"
    assert len(keys) > 50


def test_no_key_opens_a_referral_or_a_teams_key(rows: Rows, keys: set[bytes]) -> None:
    pairs = [KeyPair(key) for key in keys]
    ids = {str(value) for table in rows.values() for row in table for value in row.values()}
    assert rows["member"][0]["key_id"] in ids
    assert not [pair.key_id for pair in pairs if pair.key_id in ids]
    for pair in pairs:
        for row in rows["referral"]:
            with pytest.raises(SealBroken):
                open_sealed(row["envelope"], pair)
        for row in rows["epoch_wrap"]:
            with pytest.raises(SealBroken):
                open_epoch(
                    SeedWrap(**{part.name: row[WRAP.get(part.name, part.name)] for part in fields(SeedWrap)}), pair
                )


def test_no_key_opens_a_draft_a_receipt_or_a_session(rows: Rows, keys: set[bytes]) -> None:
    for key in keys:
        for row in rows["draft"]:
            for purpose in ("draft", "receipt"):
                with pytest.raises(SealBroken):
                    unlock(key, row["locked"], purpose)
        for row in rows["staff_session"]:
            with pytest.raises(SealBroken):
                unlock(key, row["locked"], "session")


def windows(folder: Path) -> Iterator[bytes]:
    """Give every 32 bytes that stand side by side in any file."""
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        yield from (content[start : start + SECRET_BYTES] for start in range(len(content) - SECRET_BYTES + 1))


def test_no_cookies_secret_stands_anywhere_in_the_folder(robbed: tuple[Path, dict[str, Any]], rows: Rows) -> None:
    wanted = {bytes.fromhex(row["id"]) for table in ("draft", "staff_session") for row in rows[table]}
    known = rows["member_slot"][0]["verifier"][:SECRET_BYTES]
    everything = set(windows(robbed[0]))
    assert len(wanted) >= 3
    assert known in everything
    assert not any(hashlib.sha256(window).digest() in wanted for window in everything)


def test_nothing_that_demo_json_told_stands_anywhere_else(robbed: tuple[Path, dict[str, Any]]) -> None:
    folder, demo = robbed
    secret = {
        staff[part] for team in demo["teams"] for staff in team["staff"] for part in ("passphrase", "totp_secret")
    }
    kits = {each["recovery_kit"] for each in [*demo["teams"], *demo["areas"]]}
    wanted = {each.encode() for each in secret | kits} | {seed_of(kit) for kit in kits}
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert not [each for each in wanted if each in content], path.name


def test_the_pepper_shows_the_codes_but_no_passphrase_follows(
    robbed: tuple[Path, dict[str, Any]], rows: Rows, settings: Settings
) -> None:
    member = next(row for row in rows["member"] if TEAM in row["email"])
    slot = next(row for row in rows["member_slot"] if row["member_id"] == member["id"])
    code = code_at(reveal(member["totp_secret"], settings.pepper, member["id"]), datetime.now(UTC))
    assert re.fullmatch(r"\d{6}", code)
    kept = Slot(slot["salt"], slot["verifier"], slot["wrapped_seed"])
    for guess in (
        member["email"],
        member["name"],
        code,
        settings.pepper.hex(),
        "demonstration",
        json.dumps(kept.salt.hex()),
    ):
        with pytest.raises(WrongPassphrase):
            open_slot(guess, settings.pepper, kept, owner=member["id"])
