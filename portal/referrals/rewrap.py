"""Wrap what is sealed anew, to whom it belongs now. The body is never touched."""

from portal.database.engine import Session
from portal.referrals.offers import Resting, envelope_at, get_offer, places_of, put_envelope
from portal.referrals.queries import get_standing
from portal.sealing.envelope import Recipient, add_wraps, drop_wraps, recipients_of
from portal.sealing.keys import KeyPair
from portal.teams.queries import get_team
from portal.teams.recipients import names_of_keys, recipients_of_teams


def recipients_now(session: Session, reference: str) -> list[Recipient]:
    """Return whom anything of this referral is to be wrapped to: its team, and the team it is on offer to."""
    standing, offer = get_standing(session, reference), get_offer(session, reference)
    if standing is None:
        return []
    return recipients_of_teams(session, (standing.team_id, None if offer is None else offer.to_team))


def rewrap(session: Session, place: Resting, key: KeyPair, wanted: list[Recipient], envelope: bytes) -> None:
    """Wrap one envelope to exactly these, with a key that opens it. Raises SealBroken."""
    wanted_ids = {each.key_id for each in wanted}
    renewed = add_wraps(envelope, key, wanted)
    renewed = drop_wraps(renewed, {meta.key_id for meta in recipients_of(renewed)} - wanted_ids)
    team_key = next(each.key_id for each in wanted if each.kind == "team")
    put_envelope(session, place, renewed, key_ids=names_of_keys(wanted), team_key_id=team_key)


def lock_out(session: Session, reference: str, team_id: str, but: str) -> None:
    """Take away what opens a referral for one team, its kit and its area's kit, but nothing of another team's.

    It needs no key, so it can be done when nobody of either team is there.
    """
    place_names = [{row.id, row.area} for row in (get_team(session, each) for each in (team_id, but)) if row]
    owners = place_names[0] - place_names[-1]
    for place in places_of(session, reference):
        envelope = envelope_at(session, place)
        if not envelope:
            continue
        metas = recipients_of(envelope)
        left = [meta for meta in metas if meta.team not in owners]
        team_key = next(meta.key_id for meta in left if meta.kind == "team")
        names = " ".join(meta.key_id for meta in left)
        renewed = drop_wraps(envelope, {meta.key_id for meta in metas if meta.team in owners})
        put_envelope(session, place, renewed, key_ids=names, team_key_id=team_key)
