"""Whether the service is ready: the database's tables, the teams with a key, and the mail that waits."""

from dataclasses import dataclass

from portal.database.engine import Engine
from portal.database.schema import is_current
from portal.jobs.mail_queue import MailState
from portal.jobs.send_mail import how_mail_stands
from portal.teams.ready_teams import ready_now


@dataclass(frozen=True)
class Readiness:
    """`mail` is None where the database's tables are not those of this release."""

    is_current: bool
    ready_teams: int
    mail: MailState | None


def how_ready(engine: Engine) -> Readiness:
    """Return how the service stands at this moment."""
    if not is_current(engine):
        return Readiness(is_current=False, ready_teams=0, mail=None)
    return Readiness(is_current=True, ready_teams=len(ready_now(engine)), mail=how_mail_stands(engine))
