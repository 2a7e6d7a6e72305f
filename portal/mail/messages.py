"""The words of every mail: no count, no name, no reference, and nothing of what anybody wrote.

Staff's are files, in English. The person's are sentences of the catalogue, in the language and reading level that rest
sealed with their wish: docs/decisions/0053-mail-in-the-persons-language.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple, get_args

from portal.form.question import N_
from portal.mail.senders import Channel

FOLDER = Path(__file__).parent / "messages"
Event = Literal["something_waits", "due_soon", "overdue", "area_overdue", "keys_need_care", "log_head"]
EVENTS: tuple[Event, ...] = get_args(Event)
Level = Literal["standard", "easy-read"]
LEVELS: tuple[Level, ...] = get_args(Level)
HOME_LANGUAGE = "en"


class Words(NamedTuple):
    """A message: what an email and a text say. Both name the page to go to."""

    subject: str
    body: str
    text: str


NEWS: Mapping[Level, Words] = MappingProxyType(
    {
        "standard": Words(
            N_("There is news"),
            N_(
                "Hello\n\n"
                "There is news for you.\n\n"
                "To see it, go to this page and use your code:\n%(page)s\n\n"
                "For your privacy, this message does not say more.\n"
                "Nobody reads replies to this address."
            ),
            N_("There is news for you. To see it, use your code at %(page)s"),
        ),
        "easy-read": Words(
            N_("There is news for you"),
            N_(
                "Hello\n\n"
                "There is news for you.\n\n"
                "Go to this page:\n%(page)s\n\n"
                "You need your code to see the news.\n\n"
                "This message does not say more.\nThis keeps your news private.\n\n"
                "Please do not write back. Nobody will see it."
            ),
            N_("There is news for you. Go to %(page)s You need your code."),
        ),
    }
)


@dataclass(frozen=True)
class Site:
    """What mails say of the site: its address, the languages on offer, and the folder of their catalogues."""

    address: str
    languages: tuple[str, ...] = (HOME_LANGUAGE,)
    translations: Path = Path("translations")


@cache
def words_of(event: Event) -> tuple[str, str]:
    """Return subject and body of an event; the body has a place for the site's address."""
    folder = FOLDER / event
    return tuple((folder / f"{part}.txt").read_text(encoding="utf-8").strip() for part in ("subject", "body"))  # type: ignore[return-value]  # two parts


def message_for(event: Event, site: Site, mark: str = "") -> tuple[str, str]:
    """Return subject and body for staff. The `mark` is the log's, for the mail that carries it."""
    subject, body = words_of(event)
    return subject, body.format(site=site.address, mark=mark)


def news_for(site: Site, channel: Channel, lang: str, level: Level) -> tuple[str, str]:
    """Return subject and body that tell a person of news, in their language where it is on offer still.

    One that its catalogue does not hold whole is English from end to end: half a message is worse than either.
    """
    spoken = lang if lang in site.languages else site.languages[0]
    english = NEWS[level]
    body = english.text if channel == "text" else english.body
    parts = tuple(catalogue(site.translations, spoken).gettext(part) for part in (english.subject, body))
    if any(part == msgid for part, msgid in zip(parts, (english.subject, body), strict=True)):
        parts = (english.subject, body)
    step = "/easy-read" if level == "easy-read" else ""
    return parts[0], parts[1] % {"page": f"{site.address}/{spoken}{step}/follow-up"}


@cache
def catalogue(folder: Path, lang: str) -> NullTranslations:
    """Return the catalogue of a language; one that gives everything back as it is where there is none."""
    return translation("messages", folder, [lang.replace("-", "_")], fallback=True)
