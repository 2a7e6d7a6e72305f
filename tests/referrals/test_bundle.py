"""Sealed bundles: they open by their own words or a kit's, on a machine with nothing else, and by nothing else."""

import base64
import json

import pytest

from portal.audit.queries import verify
from portal.audit.tables import AuditRow
from portal.database.engine import Engine, reading
from portal.domain.referral import State
from portal.referrals.bundle import NotABundle, make_bundle, open_bundle
from portal.referrals.collect import confirm_by_code
from portal.referrals.tables import ReferralRow
from portal.sealing.codes import NotACode, words_code
from portal.sealing.keys import SealBroken, new_seed
from portal.sealing.kit import kit_words
from portal.sealing.slots import WrongPassphrase
from tests.support.teams import CHEAP, NOW, PEPPER, PLACES, WORDS, MadeTeam, a_team, send, signed_in


@pytest.fixture
def team(engine: Engine) -> MadeTeam:
    """Give a team of two."""
    return a_team(engine)


@pytest.fixture
def references(engine: Engine, team: MadeTeam) -> list[str]:
    """Give three referrals that wait for it."""
    return [send(engine, team_id=team.id).reference for _ in range(3)]


@pytest.fixture
def words() -> str:
    """Give a bundle's words."""
    return words_code()


@pytest.fixture
def made(engine: Engine, team: MadeTeam, references: list[str], words: str) -> bytes:
    """Give a bundle of the first two."""
    staff = signed_in(engine, team.people[0])
    return make_bundle(engine, staff, references[:2], words, places=PLACES, now=NOW, cost=CHEAP)


def test_its_words_open_it_without_a_database(made: bytes, references: list[str], words: str) -> None:
    opened = open_bundle(made, words.upper(), NOW)
    assert [each.referral.cover.reference for each in opened] == references[:2]
    assert [each.referral.unread.encode() for each in opened] == [WORDS, WORDS]
    assert opened[0].referral.cover.team == "The team"


def test_the_teams_kit_opens_it_as_well(made: bytes, team: MadeTeam, references: list[str]) -> None:
    opened = open_bundle(made, " ".join(kit_words(team.kit)), NOW)
    assert [each.referral.cover.reference for each in opened] == references[:2]


def test_it_holds_nothing_in_plain(made: bytes, words: str) -> None:
    whole = made + b"".join(base64.b64decode(each["envelope"]) for each in json.loads(made)["referrals"])
    assert b"Quetzalcoatlus" not in whole
    assert words.encode() not in whole


def test_no_other_words_and_no_other_kit_open_it(made: bytes) -> None:
    with pytest.raises(WrongPassphrase):
        open_bundle(made, words_code(), NOW)
    with pytest.raises(SealBroken):
        open_bundle(made, " ".join(kit_words(new_seed())), NOW)
    with pytest.raises(NotACode):
        open_bundle(made, "three small words", NOW)


def test_its_key_opens_no_referral_that_is_not_in_it(
    engine: Engine, made: bytes, references: list[str], words: str
) -> None:
    bundle = json.loads(made)
    with reading(engine) as session:
        bundle["referrals"][0]["envelope"] = base64.b64encode(
            session.get_one(ReferralRow, references[2]).envelope
        ).decode()
    with pytest.raises(SealBroken):
        open_bundle(json.dumps(bundle).encode(), words, NOW)


@pytest.mark.parametrize("part", ["envelope", "received", "team_id"])
def test_an_altered_one_is_refused(made: bytes, words: str, part: str) -> None:
    bundle = json.loads(made)
    entry = bundle["referrals"][0]
    if part == "envelope":
        raw = bytearray(base64.b64decode(entry["envelope"]))
        raw[-1] ^= 1
        entry["envelope"] = base64.b64encode(raw).decode()
    elif part == "received":
        entry["received"] = "2025-01-01T00:00:00+00:00"
    else:
        del entry["team_id"]
    with pytest.raises((SealBroken, NotABundle)):
        open_bundle(json.dumps(bundle).encode(), words, NOW)


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b"PK\x03\x04", b'{"format": "dsr-bundle/2"}', b"\xff"])
def test_what_is_no_bundle_is_refused(raw: bytes, words: str) -> None:
    with pytest.raises(NotABundle):
        open_bundle(raw, words, NOW)


def test_the_code_from_a_bundle_confirms_on_the_site(
    engine: Engine, team: MadeTeam, made: bytes, references: list[str], words: str
) -> None:
    (first, _) = open_bundle(made, words, NOW)
    confirm_by_code(
        engine, signed_in(engine, team.people[1]), references[0], first.referral.cover.code, NOW, pepper=PEPPER
    )
    with reading(engine) as session:
        assert session.get_one(ReferralRow, references[0]).state == State.COLLECTED


def test_each_envelope_is_in_the_log(engine: Engine, made: bytes, references: list[str]) -> None:
    assert made
    with reading(engine) as session:
        verify(session)
        lines = session.query(AuditRow).filter(AuditRow.event == "referral.exported").all()
    assert [line.subject for line in lines] == references[:2]
    assert all('"form":"bundle"' in line.detail for line in lines)
