"""Both senders against real servers on this machine."""

import email
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jwt
import pytest

from portal.mail.govuk import NotifySender
from portal.mail.messages import EVENTS, Site, message_for
from portal.mail.senders import NotifySettings, NotSent, Outgoing, Retry
from portal.mail.smtp import SIZE, SmtpSender, SmtpSettings
from tests.mail.mail_servers import (
    PASSWORD,
    USER,
    NotifyStub,
    Postbox,
    certificate,
    mail_server,
    notify_server,
)
from tests.support.servers import free_port

pytestmark = pytest.mark.usefixtures("loopback")

SITE = Site("https://dsr.example.nhs.uk")
SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"portal_live-{SERVICE}-{SECRET}"


def now() -> datetime:
    """Return always the same moment."""
    return datetime(2026, 11, 20, 10, 30, tzinfo=UTC)


def a_message(event: Any = "something_waits", to: str = "asha@x.example", **more: Any) -> Outgoing:
    """Return a message."""
    subject, body = message_for(event, SITE, "ab" * 32)
    return Outgoing("ab" * 16, to, subject, body, **more)


def smtp(port: int, **more: Any) -> SmtpSender:
    """Return a sender to this machine's mail server."""
    settings = {"host": "127.0.0.1", "port": port, "tls": "none", "sender": "DSR <dsr@x.example>"} | more
    return SmtpSender(SmtpSettings(**settings), now)


@pytest.fixture
def postbox() -> Postbox:
    """Give an empty postbox."""
    return Postbox()


class TestSmtp:
    def test_every_message_to_everybody_has_the_same_size(self, postbox: Postbox) -> None:
        long = f"{'a' * 64}@{'b' * 120}.example"
        with mail_server(postbox) as port:
            for event in EVENTS:
                for to in ("a@x.example", long):
                    smtp(port).send(a_message(event, to))
        assert {len(raw) for _to, raw in postbox.letters} == {SIZE}
        assert len(postbox.letters) == 2 * len(EVENTS)

    def test_a_letter_reads_as_it_was_written(self, postbox: Postbox) -> None:
        with mail_server(postbox) as port:
            smtp(port).send(a_message())
        to, raw = postbox.letters[0]
        letter = email.message_from_bytes(raw)
        assert (to, letter["To"], letter["From"]) == ("asha@x.example", "asha@x.example", "DSR <dsr@x.example>")
        assert letter["Subject"] == "Something waits for your team"
        assert letter["Message-ID"] == f"<{'ab' * 16}@x.example>"
        assert f"{SITE.address}/staff/" in letter.get_payload()
        assert max(len(line) for line in raw.split(b"\r\n")) < 100

    def test_it_signs_in_over_starttls_to_a_server_it_trusts(
        self, postbox: Postbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        context, trusted = certificate(tmp_path)
        with mail_server(postbox, context) as port:
            secure = smtp(port, host="localhost", tls="starttls", user=USER, password=PASSWORD)
            with pytest.raises(NotSent, match="SSLCertVerificationError") as untrusted:
                secure.send(a_message())
            monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
            secure.send(a_message())
            wrong = smtp(port, host="localhost", tls="starttls", user=USER, password="guess")
            with pytest.raises(NotSent, match="did not let us in") as refused:
                wrong.send(a_message())
        assert (untrusted.value.retry, refused.value.retry) == (Retry.DOWN, Retry.DOWN)
        assert len(postbox.letters) == 1

    @pytest.mark.parametrize(("answer", "retry"), [("451 not now", Retry.LATER), ("554 never", Retry.NEVER)])
    def test_a_server_that_refuses_the_message(self, postbox: Postbox, answer: str, retry: Retry) -> None:
        postbox.answer = answer
        with mail_server(postbox) as port, pytest.raises(NotSent, match=answer[:3]) as fault:
            smtp(port).send(a_message())
        assert fault.value.retry is retry

    def test_an_address_that_is_refused_is_not_repeated(self, postbox: Postbox) -> None:
        postbox.refused = frozenset({"asha@x.example"})
        with mail_server(postbox) as port, pytest.raises(NotSent) as fault:
            smtp(port).send(a_message())
        assert fault.value.retry is Retry.NEVER
        assert "asha" not in str(fault.value)

    def test_nobody_listens(self) -> None:
        with pytest.raises(NotSent, match="cannot be reached") as fault:
            smtp(free_port()).send(a_message())
        assert fault.value.retry is Retry.DOWN

    def test_what_it_cannot_send(self) -> None:
        for message in (a_message(channel="text"), a_message(to="ásha@x.example"), a_message(to="a" * 3000)):
            with pytest.raises(NotSent) as fault:
                smtp(1).send(message)
            assert fault.value.retry is Retry.NEVER


class TestNotify:
    def test_it_hands_over_the_words_with_a_signed_token(self) -> None:
        stub = NotifyStub()
        with notify_server(stub) as url:
            NotifySender(NotifySettings(KEY, "template", "texts", url)).send(a_message())
            NotifySender(NotifySettings(KEY, "template", "texts", url)).send(
                a_message(to="07700 900123", channel="text")
            )
        (path, headers, body, _), (text_path, _, text, _) = stub.asked
        claims = jwt.decode(
            headers["Authorization"].removeprefix("Bearer "), SECRET, ["HS256"], options={"verify_iat": False}
        )
        assert claims["iss"] == SERVICE
        assert (path, text_path) == ("/v2/notifications/email", "/v2/notifications/sms")
        assert (body["email_address"], body["template_id"], body["reference"]) == (
            "asha@x.example",
            "template",
            "ab" * 16,
        )
        assert body["personalisation"]["subject"] == "Something waits for your team"
        assert f"{SITE.address}/staff/" in body["personalisation"]["body"]
        assert (text["phone_number"], text["template_id"]) == ("07700 900123", "texts")

    def test_every_request_has_the_same_size(self) -> None:
        stub = NotifyStub()
        with notify_server(stub) as url:
            sender = NotifySender(NotifySettings(KEY, "template", "", url))
            for event in EVENTS:
                for to in ("a@x.example", "somebody.with.a.long.name@nhs.example"):
                    sender.send(a_message(event, to))
        assert len({length for *_, length in stub.asked}) == 1

    @pytest.mark.parametrize(
        ("status", "retry"), [(400, Retry.NEVER), (403, Retry.DOWN), (429, Retry.DOWN), (500, Retry.DOWN)]
    )
    def test_a_refusal_says_what_to_do_and_repeats_nothing(
        self, caplog: pytest.LogCaptureFixture, status: int, retry: Retry
    ) -> None:
        caplog.set_level(logging.DEBUG, "portal")
        with notify_server(NotifyStub(status)) as url, pytest.raises(NotSent, match=str(status)) as fault:
            NotifySender(NotifySettings(KEY, "template", "", url)).send(a_message())
        assert fault.value.retry is retry
        assert "asha" not in str(fault.value) + caplog.text

    def test_nobody_answers(self) -> None:
        sender = NotifySender(NotifySettings(KEY, "template", "", f"http://127.0.0.1:{free_port()}"))
        with pytest.raises(NotSent) as fault:
            sender.send(a_message())
        assert fault.value.retry is Retry.DOWN
