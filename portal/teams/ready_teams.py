"""Which teams can receive referrals, looked up at most every few seconds."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from portal.database.engine import Engine, reading
from portal.teams.queries import ready_teams

LOOK_AGAIN_AFTER = timedelta(seconds=5)


class ReadyTeams:
    """Called, returns the ids of the teams that are ready. Sending looks again for itself, inside its transaction."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._now = now
        self._seen: Collection[str] = frozenset()
        self._seen_at: datetime | None = None

    def __call__(self) -> Collection[str]:
        now = self._now()
        if self._seen_at is None or not timedelta(0) <= now - self._seen_at < LOOK_AGAIN_AFTER:
            with reading(self._engine) as session:
                self._seen = frozenset(ready_teams(session))
            self._seen_at = now
        return self._seen
