"""Sealed bundles: referrals that leave sealed, and open on a machine without the database.

A bundle has a key of its own, which only its seven words open; each envelope in it is also wrapped to that key. The
envelopes keep their other wraps, so the 24 words of a recovery kit open them as well. No member's key and no team's key
is in a bundle: whoever finds one, even with its words, reads these referrals and no other.
"""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.actions.collect_referrals import take_out
from portal.actions.renew_seals import KeysOf
from portal.actions.staff_session import StaffSession
from portal.documents.sealed import Referral, Slip, read_referral
from portal.identity.codes import CODE_WORDS, parse_words_code, typed_words
from portal.identity.confirmation import confirmation_code
from portal.identity.passphrases import PROMISED, Cost, Slot, make_slot, open_slot
from portal.sealing.envelope import Recipient, add_wraps, envelope_id, hour_of, open_sealed, read_header
from portal.sealing.keys import KeyPair, SealBroken, new_seed
from portal.sealing.kit import WORDS as KIT_WORDS
from portal.sealing.kit import seed_of
from portal.store.engine import Engine, writing

FORMAT = "dsr-bundle/1"
PEPPER = b"dsr/v1/bundle: its words are random, 77 bits, so this need not be secret"


class NotABundle(ValueError):
    """The file is not a bundle, or of a version that this release does not know."""


@dataclass(frozen=True)
class Places:
    """What a bundle says of a team beside its envelopes: its name, and its area's."""

    team: str
    area: str


def make_bundle(
    engine: Engine,
    staff: StaffSession,
    references: Sequence[str],
    words: str,
    *,
    places: Mapping[str, Places],
    now: datetime,
    cost: Cost = PROMISED,
) -> bytes:
    """Return a bundle of these referrals that the words open; the log names each envelope. `places` are by team.

    Raises NotACode for words that are not seven of ours, and as collect_referrals does.
    """
    code, seed = parse_words_code(words, CODE_WORDS), new_seed()
    pair = KeyPair(seed)
    slot = make_slot(code, PEPPER, seed, owner=pair.key_id, cost=cost)
    with writing(engine) as session:
        keys = KeysOf(session, staff)
        listed = []
        for each in take_out(session, staff, keys, references, form="bundle", now=now):
            team_id, envelope = each.sealed.team_id, each.sealed.envelope
            # An offline key that stands beside the kits: to the envelope it is one more of their kind.
            reader = Recipient.of("recovery", pair.public, team_id, 1)
            listed.append(
                {
                    "team_id": team_id,
                    "team": places[team_id].team,
                    "area": places[team_id].area,
                    "received": each.sealed.received_at.isoformat(),
                    "envelope": _text(add_wraps(envelope, keys.for_envelope(envelope), [reader])),
                }
            )
    bundle = {
        "format": FORMAT,
        "key_id": pair.key_id,
        "slot": [_text(part) for part in slot],
        "referrals": listed,
    }
    return json.dumps(bundle, ensure_ascii=False, indent=1).encode()


def open_bundle(raw: bytes, words: str, now: datetime) -> list[Referral]:
    """Return the referrals of a bundle, by its own seven words or by the 24 of a recovery kit.

    Raises NotABundle, NotACode, KitFault, WrongPassphrase, or SealBroken where one was altered or is not for this kit.
    """
    try:
        bundle = json.loads(raw)
        if bundle["format"] != FORMAT:
            raise NotABundle(f"this release opens {FORMAT} only")
        slot, key_id = Slot(*(_bytes(part) for part in bundle["slot"])), str(bundle["key_id"])
        listed = [(entry, _bytes(entry["envelope"])) for entry in bundle["referrals"]]
    except (ValueError, KeyError, TypeError) as fault:
        raise fault if isinstance(fault, NotABundle) else NotABundle("this file is not a bundle") from None
    pair = _key_of(words, slot, key_id)
    return [_opened(entry, envelope, pair, now) for entry, envelope in listed]


def _key_of(words: str, slot: Slot, key_id: str) -> KeyPair:
    if len(typed_words(words)) == KIT_WORDS:
        return KeyPair(seed_of(words))
    return KeyPair(open_slot(parse_words_code(words, CODE_WORDS), PEPPER, slot, owner=key_id))


def _opened(entry: Mapping[str, Any], envelope: bytes, pair: KeyPair, now: datetime) -> Referral:
    header, content, name = read_header(envelope), open_sealed(envelope, pair), envelope_id(envelope)
    try:
        received = datetime.fromisoformat(entry["received"])
        team_id, team, area = (str(entry[key]) for key in ("team_id", "team", "area"))
        if hour_of(received) != header.received_hour:
            raise SealBroken(f"{header.reference}: the bundle names another hour than the sealed letter")
    except (ValueError, KeyError, TypeError):
        raise NotABundle("what stands beside a sealed letter cannot be read") from None
    slip = Slip(header.reference, received, team_id, team, area, name, now, confirmation_code(content, name))
    return read_referral(content, slip)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
