"""News reaches people in their language and level, whole or in English, and no size tells which."""

from email import message_from_bytes, policy
from itertools import product
from pathlib import Path

import pytest

from portal.mail.govuk import NotifySender
from portal.mail.messages import LEVELS, NEWS, Site, news_for
from portal.mail.senders import Channel, NotifySettings, Outgoing
from portal.mail.smtp import SIZE, SmtpSender, SmtpSettings
from tests.mail.mail_servers import NotifyStub, Postbox, mail_server, notify_server
from tests.mail.test_senders import KEY, now
from tests.support.made_up_language import bracketed, speak

ADDRESS = "https://dsr.example.nhs.uk"
WORDS = [part for words in NEWS.values() for part in words]


def in_bengali_letters(sentence: str) -> str:
    """Return a sentence of the same length in letters that take three bytes each, as its translation might be."""
    parts = ("".join("আ" if sign.isalpha() else sign for sign in part) for part in sentence.split("%(page)s"))
    return "%(page)s".join(parts)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Give a site in English, in a language of brackets and in one of other letters."""
    speak(tmp_path, "cy", WORDS)
    speak(tmp_path, "bn", WORDS, in_bengali_letters)
    return Site(ADDRESS, ("en", "cy", "bn"), tmp_path)


@pytest.mark.parametrize("channel", ["email", "text"])
@pytest.mark.parametrize(("level", "step"), [("standard", ""), ("easy-read", "/easy-read")])
def test_the_whole_message_and_its_link_are_in_the_person_s_language(
    site: Site, channel: Channel, level: str, step: str
) -> None:
    english, bracket = (news_for(site, channel, lang, level) for lang in ("en", "cy"))  # type: ignore[arg-type]  # one of the two
    assert f"{ADDRESS}/en{step}/follow-up" in english[1]
    assert bracket == tuple(bracketed(part).replace("/en", "/cy") for part in english)


def test_what_is_not_translated_whole_is_english_from_end_to_end(tmp_path: Path) -> None:
    speak(tmp_path, "cy", [NEWS["standard"].subject])
    subject, body = news_for(Site(ADDRESS, ("en", "cy"), tmp_path), "email", "cy", "standard")
    assert subject == "There is news"
    assert "⟦" not in body
    assert f"{ADDRESS}/cy/follow-up" in body


def test_a_language_that_is_offered_no_more_leads_to_one_that_is(site: Site) -> None:
    assert f"{ADDRESS}/en/follow-up" in news_for(site, "email", "pl", "standard")[1]
    only = Site(ADDRESS, ("cy",), site.translations)
    assert f"{ADDRESS}/cy/follow-up" in news_for(only, "email", "en", "standard")[1]


@pytest.mark.usefixtures("loopback")
class TestNoSizeTells:
    """How long a message is on the line says neither language nor level."""

    def every_message(self, site: Site, channel: Channel, *addresses: str) -> list[Outgoing]:
        """Return the news in each language and level, to each address."""
        return [
            Outgoing("ab" * 16, to, *news_for(site, channel, lang, level), channel)
            for lang in site.languages
            for level in LEVELS
            for to in addresses
        ]

    def test_by_smtp(self, site: Site) -> None:
        postbox = Postbox()
        with mail_server(postbox) as port:
            sender = SmtpSender(SmtpSettings("127.0.0.1", port, "none", "DSR <dsr@x.example>"), now)
            for message in self.every_message(site, "email", "a@x.example", f"{'a' * 64}@{'b' * 120}.example"):
                sender.send(message)
        assert [len(raw) for _to, raw in postbox.letters] == [SIZE] * 12
        letters = [message_from_bytes(raw, policy=policy.default) for _to, raw in postbox.letters]
        for letter, (say, level) in zip(letters[4::2], product((bracketed, in_bengali_letters), LEVELS), strict=True):
            assert letter["Subject"] == say(NEWS[level].subject)
            assert say(NEWS[level].body).partition("%(page)s")[0] in letter.get_content().replace("\r\n", "\n")

    @pytest.mark.parametrize(
        ("channel", "addresses"), [("email", ["a@x.example", "b.c@nhs.example"]), ("text", ["07700 900982"])]
    )
    def test_by_notify(self, site: Site, channel: Channel, addresses: list[str]) -> None:
        stub = NotifyStub()
        with notify_server(stub) as url:
            sender = NotifySender(NotifySettings(KEY, "template", "texts", url))
            for message in self.every_message(site, channel, *addresses):
                sender.send(message)
        assert len({length for *_, length in stub.asked}) == 1
        assert len({body["template_id"] for _path, _headers, body, _length in stub.asked}) == 1
