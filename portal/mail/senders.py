"""What a sender takes, and what it raises when it cannot send."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol

OFFICIAL = "https://api.notifications.service.gov.uk"

Channel = Literal["email", "text"]


class Retry(StrEnum):
    """What to do about mail that was not sent."""

    LATER = "later"
    """Try this one again after a while."""
    NEVER = "never"
    """The address is refused: trying again changes nothing."""
    DOWN = "down"
    """Nothing can be sent now: try this one later, and the others not before the next round."""


class NotSent(Exception):
    """It was not sent. `why` is one of our own sentences, never the other side's words, which may repeat an address."""

    def __init__(self, why: str, retry: Retry) -> None:
        super().__init__(why)
        self.why, self.retry = why, retry


@dataclass(frozen=True)
class Outgoing:
    """One message to one address. `id` stays the same when it is tried again, so that a second copy is known."""

    id: str
    to: str = field(repr=False)
    subject: str
    body: str
    channel: Channel = "email"


class Sender(Protocol):
    """A way out."""

    def send(self, message: Outgoing) -> None:
        """Send one message. Raises NotSent."""


class Printer:
    """Prints instead of sending, for trying things out; never the address."""

    def send(self, message: Outgoing) -> None:
        """Print it."""
        print(f"[mail] {message.subject}", flush=True)


@dataclass(frozen=True)
class NotifySettings:
    """The service's key at GOV.UK Notify, and its templates."""

    key: str = field(repr=False)
    email_template: str
    text_template: str = ""
    url: str = OFFICIAL
