"""Send by GOV.UK Notify: one template for e-mail and one for texts, whose words we hand over.

Both hold nothing but ((subject)) and ((body)); so that every request has one size, the body is filled up with spaces,
which Notify takes away.
"""

import json
import logging
from typing import Any

from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from portal.mail.senders import NotifySettings, NotSent, Outgoing, Retry

SECONDS = 20
LENGTH = 4096
"""Bytes of address, subject and body together as JSON, which spends six on most letters that are not Latin."""

# It writes what the other side answered into the log.
logging.getLogger("notifications_python_client").setLevel(logging.CRITICAL)


class NotifySender:
    """Sends by GOV.UK Notify."""

    def __init__(self, settings: NotifySettings) -> None:
        """Keep the templates and a client; it speaks to nobody yet."""
        self._settings = settings
        make: Any = NotificationsAPIClient
        self._client = make(settings.key, base_url=settings.url, timeout=SECONDS)

    def send(self, message: Outgoing) -> None:
        """Hand one message over. Raises NotSent."""
        if message.channel == "text" and not self._settings.text_template:
            raise NotSent("there is no template for text messages", Retry.NEVER)
        others = [message.to] if message.channel == "text" else [message.to, message.subject]
        filled = message.body + " " * (LENGTH - sum(len(json.dumps(part)) for part in (message.body, *others)))
        try:
            if message.channel == "text":
                self._client.send_sms_notification(
                    message.to, self._settings.text_template, {"body": filled}, reference=message.id
                )
            else:
                words = {"subject": message.subject, "body": filled}
                self._client.send_email_notification(
                    message.to, self._settings.email_template, words, reference=message.id
                )
        except APIError as fault:
            raise NotSent(f"GOV.UK Notify did not take it ({fault.status_code})", _by_status(fault)) from None


def _by_status(fault: APIError) -> Retry:
    """Tell a refused address from a key that is not right, too many at once, and a service that is down."""
    if fault.status_code == 400:
        return Retry.NEVER
    return Retry.DOWN if fault.status_code in {401, 403, 429} or fault.status_code >= 500 else Retry.LATER
