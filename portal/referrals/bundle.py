"""Sealed bundles: referrals that leave sealed, and open on a machine without the database.

A bundle has a key of its own, which only its seven words open; each envelope in it is also wrapped to that key. The
envelopes keep their other wraps, so the 24 words of a recovery kit open them as well. No member's key and no team's key
is in a bundle: whoever finds one, even with its words, reads these referrals and no other.

A team that keeps its key offline gets its envelopes as they rest, with no words of their own: its 24 words open them.
"""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.database.engine import Engine, Session, writing
from portal.domain.referral import MoveRefused
from portal.exports.referral import CoverSheet, Referral, read_referral
from portal.referrals.acts import EXPORT
from portal.referrals.collect import here, take_out
from portal.referrals.messages import MESSAGE_SCHEMA, messages_of
from portal.referrals.queries import Sealed
from portal.sealing.codes import CODE_WORDS, parse_words_code, typed_words, words_code
from portal.sealing.confirmation import confirmation_code
from portal.sealing.envelope import Recipient, add_wraps, envelope_id, hour_of, open_sealed, read_header
from portal.sealing.keys import KeyPair, SealBroken, new_seed
from portal.sealing.kit import WORDS as KIT_WORDS
from portal.sealing.kit import seed_of
from portal.sealing.slots import PROMISED, Cost, Slot, make_slot, open_slot
from portal.teams.staff import KeysOf, StaffSession

FORMAT = "dsr-bundle/1"
PEPPER = b"dsr/v1/bundle: its words are random, 77 bits, so this need not be secret"


class NotABundle(ValueError):
    """The file is not a bundle, or of a version that this release does not know."""


@dataclass(frozen=True)
class Places:
    """What a bundle says of a team beside its envelopes: its name, and its area's."""

    team: str
    area: str


@dataclass(frozen=True)
class Bundled:
    """One referral out of a bundle, and what the person wrote later, as plain text, oldest first."""

    referral: Referral
    messages: tuple[str, ...] = ()


def new_bundle_words() -> str:
    """Return the words of a new bundle, to be shown once."""
    return words_code(CODE_WORDS)


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
            # An offline key that stands beside the kits: to the envelope it is one more of their kind.
            reader = Recipient.of("recovery", pair.public, each.sealed.team_id, 1)

            def to_words(envelope: bytes, reader: Recipient = reader) -> bytes:
                return add_wraps(envelope, keys.for_envelope(envelope), [reader])

            listed.append(_entry(session, each.sealed, places, to_words))
    return _written({"key_id": pair.key_id, "slot": [_text(part) for part in slot]}, listed)


def make_sealed_bundle(
    engine: Engine, staff: StaffSession, references: Sequence[str], *, places: Mapping[str, Places], now: datetime
) -> bytes:
    """Return a bundle as it rests, for a team that keeps its key offline; the log names each envelope.

    Raises NotYours, or MoveRefused where there is nothing to collect or the team's key is here.
    """
    offline = {team.id for team in staff.teams if team.is_offline}
    with writing(engine) as session:
        listed = []
        for reference in dict.fromkeys(references):
            own = here(session, staff, reference)
            sealed = own.sealed
            if sealed.team_id not in offline:
                raise MoveRefused("the team's key is here: make a bundle with words")
            own.finish(EXPORT, now, detail={"form": "sealed"})
            listed.append(_entry(session, sealed, places, lambda envelope: envelope))
    return _written({}, listed)


def open_bundle(raw: bytes, words: str, now: datetime) -> list[Bundled]:
    """Return what is in a bundle, by its own seven words, or by the 24 of a recovery kit or of a team's offline key.

    Raises NotABundle, NotACode, KitFault, WrongPassphrase, or SealBroken where one was altered or is not for these.
    """
    try:
        bundle = json.loads(raw)
        if bundle["format"] != FORMAT:
            raise NotABundle(f"this release opens {FORMAT} only")
        slot = Slot(*(_bytes(part) for part in bundle["slot"])) if "slot" in bundle else None
        key_id = str(bundle.get("key_id", ""))
        listed = [
            (entry, _bytes(entry["envelope"]), [_bytes(each) for each in entry.get("messages", ())])
            for entry in bundle["referrals"]
        ]
    except (ValueError, KeyError, TypeError) as fault:
        raise fault if isinstance(fault, NotABundle) else NotABundle("this file is not a bundle") from None
    pair = _key_of(words, slot, key_id)
    return [
        Bundled(_opened(entry, envelope, pair, now), tuple(_message(each, envelope, pair) for each in messages))
        for entry, envelope, messages in listed
    ]


def _entry(
    session: Session, sealed: Sealed, places: Mapping[str, Places], wrap: Callable[[bytes], bytes]
) -> dict[str, object]:
    """Return one referral as it stands in a bundle, with what the person wrote later; what does not open is left."""
    messages = []
    for each in messages_of(session, sealed.reference):
        try:
            messages.append(_text(wrap(each.envelope)))
        except SealBroken:
            continue
    return {
        "team_id": sealed.team_id,
        "team": places[sealed.team_id].team,
        "area": places[sealed.team_id].area,
        "received": sealed.received_at.isoformat(),
        "envelope": _text(wrap(sealed.envelope)),
        "messages": messages,
    }


def _written(key: Mapping[str, object], listed: Sequence[Mapping[str, object]]) -> bytes:
    return json.dumps({"format": FORMAT, **key, "referrals": listed}, ensure_ascii=False, indent=1).encode()


def _key_of(words: str, slot: Slot | None, key_id: str) -> KeyPair:
    if slot is None or len(typed_words(words)) == KIT_WORDS:
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
    cover = CoverSheet(header.reference, received, team_id, team, area, name, now, confirmation_code(content, name))
    return read_referral(content, cover)


def _message(envelope: bytes, of: bytes, pair: KeyPair) -> str:
    """Return a message as plain text: the hour, then each line. Raises SealBroken where it is of another referral."""
    header = read_header(envelope)
    if (header.reference, header.schema_hash) != (read_header(of).reference, MESSAGE_SCHEMA):
        raise SealBroken(f"{header.reference}: a message in the bundle is not to the referral beside it")
    content = open_sealed(envelope, pair).decode("utf-8", errors="replace")
    try:
        lines = [f"{name}: {text}" for name, text in json.loads(content)["lines"].items()]
    except (ValueError, KeyError, TypeError, AttributeError):
        lines = [content]
    return "\n".join([header.received_hour, *lines])


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
