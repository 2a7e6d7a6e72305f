"""Send by SMTP, each message at the same size to the byte: whoever watches the line learns nothing from its length."""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Literal

from portal.mail.clock import Clock
from portal.mail.senders import NotSent, Outgoing, Retry

SIZE = 3072
"""Bytes of every message, headers and all. The longest body and the longest address fit (a test holds both)."""
SECONDS = 20
FILL = "X-Fill: "
FILL_LINE = 70
Tls = Literal["starttls", "tls", "none"]


@dataclass(frozen=True)
class SmtpSettings:
    """Where the mail server is, and how to speak to it."""

    host: str
    port: int
    tls: Tls
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class SmtpSender:
    """Sends by a mail server: one connection a message, with time limits."""

    settings: SmtpSettings
    now: Clock

    def send(self, message: Outgoing) -> None:
        """Send one message. Raises NotSent."""
        if message.channel != "email":
            raise NotSent("text messages need GOV.UK Notify", Retry.NEVER)
        if not message.to.isascii():
            raise NotSent("the address has letters that mail servers may refuse", Retry.NEVER)
        raw = written(message, self.settings.sender, self.now)
        try:
            with self._connect() as server:
                server.sendmail(parseaddr(self.settings.sender)[1], [message.to], raw)
        except smtplib.SMTPRecipientsRefused as refused:
            code = next(iter(refused.recipients.values()))[0]
            raise NotSent(f"the mail server refuses the address ({code})", _by_code(code)) from None
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError, smtplib.SMTPConnectError) as fault:
            raise NotSent(f"the mail server did not let us in ({type(fault).__name__})", Retry.DOWN) from None
        except smtplib.SMTPResponseException as fault:
            code = fault.smtp_code
            raise NotSent(f"the mail server refuses the message ({code})", _by_code(code)) from None
        except (smtplib.SMTPException, OSError) as fault:
            raise NotSent(f"the mail server cannot be reached ({type(fault).__name__})", Retry.DOWN) from None

    def _connect(self) -> smtplib.SMTP:
        held = self.settings
        if held.tls == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(held.host, held.port, timeout=SECONDS, context=_context())
        else:
            server = smtplib.SMTP(held.host, held.port, timeout=SECONDS)
        try:
            if held.tls == "starttls":
                server.starttls(context=_context())
            if held.user:
                server.login(held.user, held.password)
        except BaseException:
            server.close()
            raise
        return server


def written(message: Outgoing, sender: str, now: Clock) -> bytes:
    """Return the message as it goes over the line, exactly SIZE bytes. Raises NotSent where it does not fit."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, message.to, message.subject
    mail["Date"] = format_datetime(now())
    mail["Message-ID"] = f"<{message.id}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.body, cte="7bit" if message.body.isascii() else "base64")
    raw = mail.as_bytes()
    room = SIZE - len(raw) - len(FILL) - 2
    if room < 0:
        raise NotSent("the message is longer than all others", Retry.NEVER)
    return FILL.encode() + _fill(room) + b"\r\n" + raw


def _fill(length: int) -> bytes:
    """Return so many bytes that nobody reads, folded as a header's lines are."""
    line = b"x" * FILL_LINE + b"\r\n "
    folded = (line * (length // len(line) + 1))[:length]
    kept = folded.rstrip(b"\r\n ")
    return kept + b"x" * (length - len(kept))


def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


def _by_code(code: int) -> Retry:
    return Retry.NEVER if code >= 500 else Retry.LATER
