"""Everything that nobody waits for, one round of it."""

from collections.abc import Callable
from datetime import datetime

from portal.actions.erase_collected import erase_collected, escalate_uncollected
from portal.actions.keep_answers import purge_answers
from portal.actions.remind_about_keys import remind_about_keys
from portal.store.engine import Engine

CHORES: tuple[Callable[[Engine, datetime], object], ...] = (
    purge_answers,
    erase_collected,
    escalate_uncollected,
    remind_about_keys,
)


def keep_house(engine: Engine, now: datetime) -> list[str]:
    """Do each chore; returns what failed, in words without content. One that fails never keeps the others from it."""
    failed = []
    for chore in CHORES:
        try:
            chore(engine, now)
        except Exception as fault:  # whatever it is, drafts must go on being erased
            failed.append(f"{chore.__name__}: {type(fault).__name__}")
    return failed
