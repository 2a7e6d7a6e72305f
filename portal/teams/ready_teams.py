"""Which teams can receive referrals, looked up at most every few seconds."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from portal.cache import Cache
from portal.database.engine import Engine, reading
from portal.teams.queries import ready_teams

LOOK_AGAIN_AFTER = timedelta(seconds=5)


def watch_ready_teams(engine: Engine, now: Callable[[], datetime]) -> Callable[[], Collection[str]]:
    """Return what gives the ids of the teams that are ready. Sending looks again for itself, in its transaction."""
    seen: Cache[Collection[str]] = Cache(1, now)
    return lambda: seen.of("teams", lambda: ready_now(engine), LOOK_AGAIN_AFTER)


def ready_now(engine: Engine) -> Collection[str]:
    """Return the ids of the teams that are ready at this moment."""
    with reading(engine) as session:
        return frozenset(ready_teams(session))
