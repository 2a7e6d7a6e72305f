"""Mail the log's mark to leads and auditors each day: lines that are cut off later are missed by whoever kept one."""

from datetime import datetime, timedelta

from portal.database.engine import Engine, reading, writing
from portal.jobs.mail_queue import address_mail, keepers_of_marks, last_addressed

EVERY = timedelta(hours=24)
EVENT = "log_head"


def mail_log_head(engine: Engine, now: datetime) -> int:
    """Write today's mail with the mark; returns to how many. The mark is that of the moment in which it is sent."""
    with reading(engine) as session:
        last = last_addressed(session, EVENT)
        if last is not None and now - last < EVERY:
            return 0
        keepers = keepers_of_marks(session)
    if not keepers:
        return 0
    with writing(engine) as session:
        last = last_addressed(session, EVENT)
        if last is not None and now - last < EVERY:
            return 0
        return sum(
            address_mail(session, EVENT, member_id, team=team, area=area, now=now, quiet=timedelta())
            for member_id, team, area in keepers
        )
