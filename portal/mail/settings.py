"""How mail leaves, as a deployment has set it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args
from urllib.parse import urlsplit

from portal.mail.clock import Clock
from portal.mail.messages import Site
from portal.mail.senders import OFFICIAL, NotifySettings, Printer, Sender
from portal.mail.smtp import SmtpSender, SmtpSettings, Tls

Way = Literal["none", "print", "smtp", "notify"]
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
KNOWN = frozenset(
    {
        "PORTAL_MAIL",
        "PORTAL_SITE",
        "PORTAL_MAIL_FROM",
        "PORTAL_SMTP_HOST",
        "PORTAL_SMTP_PORT",
        "PORTAL_SMTP_TLS",
        "PORTAL_SMTP_USER",
        "PORTAL_SMTP_PASSWORD",
        "PORTAL_SMTP_PASSWORD_FILE",
        "PORTAL_NOTIFY_KEY",
        "PORTAL_NOTIFY_KEY_FILE",
        "PORTAL_NOTIFY_EMAIL_TEMPLATE",
        "PORTAL_NOTIFY_TEXT_TEMPLATE",
        "PORTAL_NOTIFY_URL",
    }
)


class MailFault(ValueError):
    """A setting of mail that cannot be used, in a sentence that says what to change."""


@dataclass(frozen=True)
class MailSettings:
    """The way out, and the address of the site that mails name."""

    way: Way = "none"
    site: str = ""
    smtp: SmtpSettings | None = None
    notify: NotifySettings | None = None

    @property
    def can_text(self) -> bool:
        """Whether text messages can be sent too."""
        return self.way == "print" or (self.notify is not None and bool(self.notify.text_template))

    def site_in(self, languages: tuple[str, ...], translations: Path) -> Site:
        """Return what mails say of the site, in its languages on offer."""
        return Site(self.site, languages, translations)

    def sender(self, now: Clock) -> Sender | None:
        """Return the way out; None where mail waits until one is set."""
        if self.way == "smtp" and self.smtp is not None:
            return SmtpSender(self.smtp, now)
        if self.way == "notify" and self.notify is not None:
            from portal.mail.govuk import NotifySender  # noqa: PLC0415  # only who sends loads its client

            return NotifySender(self.notify)
        return Printer() if self.way == "print" else None


def read_mail(environ: Mapping[str, str]) -> MailSettings:
    """Read the settings of mail. Raises MailFault."""
    way = environ.get("PORTAL_MAIL", "").strip() or "none"
    if way not in get_args(Way):
        raise MailFault(f"PORTAL_MAIL must be one of {', '.join(get_args(Way))}, not {way}.")
    site = _site(environ.get("PORTAL_SITE", ""))
    if way in {"smtp", "notify"} and not site:
        raise MailFault(
            "Set PORTAL_SITE to the address of this site, such as https://dsr.example.nhs.uk: mails name it."
        )
    return MailSettings(
        way=cast(Way, way),
        site=site,
        smtp=_smtp(environ) if way == "smtp" else None,
        notify=_notify(environ) if way == "notify" else None,
    )


def _smtp(environ: Mapping[str, str]) -> SmtpSettings:
    host, sender = _needed(environ, "PORTAL_SMTP_HOST"), _needed(environ, "PORTAL_MAIL_FROM")
    tls = environ.get("PORTAL_SMTP_TLS", "").strip() or "starttls"
    if tls not in get_args(Tls):
        raise MailFault("PORTAL_SMTP_TLS must be starttls, tls or none.")
    if tls == "none" and host not in LOOPBACK:
        raise MailFault("PORTAL_SMTP_TLS may be none only for a mail server on this machine.")
    if "@" not in sender:
        raise MailFault("PORTAL_MAIL_FROM must be an e-mail address.")
    port = environ.get("PORTAL_SMTP_PORT", "").strip() or {"tls": "465", "starttls": "587", "none": "25"}[tls]
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise MailFault("PORTAL_SMTP_PORT must be a port, such as 587.")
    user = environ.get("PORTAL_SMTP_USER", "")
    password = _secret(environ, "PORTAL_SMTP_PASSWORD") if user else ""
    return SmtpSettings(host, int(port), cast(Tls, tls), sender, user, password)


def _notify(environ: Mapping[str, str]) -> NotifySettings:
    key = _secret(environ, "PORTAL_NOTIFY_KEY")
    if len(key) < 74:
        raise MailFault("PORTAL_NOTIFY_KEY is not a whole key of GOV.UK Notify: copy all of it.")
    return NotifySettings(
        key=key,
        email_template=_needed(environ, "PORTAL_NOTIFY_EMAIL_TEMPLATE"),
        text_template=environ.get("PORTAL_NOTIFY_TEXT_TEMPLATE", ""),
        url=environ.get("PORTAL_NOTIFY_URL", "") or OFFICIAL,
    )


def _needed(environ: Mapping[str, str], name: str) -> str:
    text = environ.get(name, "").strip()
    if not text:
        raise MailFault(f"Set {name}: mail cannot be sent without it.")
    return text


def _secret(environ: Mapping[str, str], name: str) -> str:
    """Return a secret from the environment, or from the file that its `_FILE` names."""
    path = environ.get(f"{name}_FILE", "")
    if not path:
        return _needed(environ, name)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError:
        raise MailFault(f"{name}_FILE names a file that cannot be read.") from None


def _site(text: str) -> str:
    parts = urlsplit(text.strip().rstrip("/"))
    if not text:
        return ""
    if parts.scheme not in {"https", "http"} or not parts.hostname or parts.path or parts.query or parts.username:
        raise MailFault("PORTAL_SITE must be an address without a path, such as https://dsr.example.nhs.uk.")
    return f"{parts.scheme}://{parts.netloc}"
