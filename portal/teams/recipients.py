"""Whom anything for a team is sealed to."""

from portal.database.engine import Session
from portal.sealing.envelope import Recipient
from portal.teams.queries import get_team, sealing_keys


class TeamNotReady(Exception):
    """The team has no key, or no proved recovery key, to seal to; nothing was sent and the draft is kept."""


def recipients_for(session: Session, team_id: str, area_id: str) -> list[Recipient]:
    """Return whom anything for this team is sealed to: the team, its kit, its area's kit. Raises TeamNotReady."""
    keys = sealing_keys(session, team_id, area_id)
    kinds = {key.kind for key in keys}
    if not {"team", "recovery"} <= kinds:
        raise TeamNotReady(f"{team_id} lacks {' and '.join(sorted({'team', 'recovery'} - kinds))} keys to seal to")
    return [Recipient(key.kind, key.key_id, key.public, key.owner, key.number) for key in keys]


def recipients_of_teams(session: Session, team_ids: tuple[str, str | None]) -> list[Recipient]:
    """Return the keys of these teams, and of their kits and areas, each once."""
    found: dict[str, Recipient] = {}
    for team_id in team_ids:
        row = None if team_id is None else get_team(session, team_id)
        if row is not None:
            found |= {
                each.key_id: each for each in recipients_for(session, row.id, row.area) if each.key_id not in found
            }
    return list(found.values())


def names_of_keys(recipients: list[Recipient]) -> str:
    """Return the key ids as they stand beside an envelope."""
    return " ".join(each.key_id for each in recipients)
