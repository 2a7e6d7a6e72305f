"""Everything that nobody waits for, one round of it."""

from collections.abc import Callable
from datetime import datetime

from portal.database.engine import Engine
from portal.drafts.acts import purge_answers
from portal.jobs.address_mail import address_waiting_mail, forget_old_mail
from portal.jobs.mail_log_head import mail_log_head
from portal.jobs.remind_about_keys import remind_about_keys
from portal.jobs.remind_about_referrals import remind_about_referrals
from portal.jobs.send_mail import Round, send_mail
from portal.mail.clock import Clock
from portal.mail.messages import Site
from portal.mail.senders import Sender
from portal.referrals.erase_collected import erase_collected, escalate_uncollected

CHORES: tuple[Callable[[Engine, datetime], object], ...] = (
    purge_answers,
    erase_collected,
    escalate_uncollected,
    remind_about_keys,
    remind_about_referrals,
    address_waiting_mail,
    mail_log_head,
    forget_old_mail,
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


def one_round(
    engine: Engine, sender: Sender | None, site: Site, now: Clock, pepper: bytes = b""
) -> tuple[Round, list[str]]:
    """Do every chore, then send what is due; returns what was sent, and what failed, in words without content."""
    failed = keep_house(engine, now())
    if sender is None:
        return Round(), failed
    try:
        done = send_mail(engine, sender, site, now, pepper)
    except Exception as fault:  # whatever it is, the next round tries again
        return Round(), [*failed, f"send_mail: {type(fault).__name__}"]
    return done, [*failed, f"mail: {done.fault}"] if done.fault else failed
