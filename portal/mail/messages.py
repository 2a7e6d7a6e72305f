"""The words of every mail: no count, no name, no reference, and nothing of what anybody wrote."""

from functools import cache
from pathlib import Path
from typing import Literal, get_args

FOLDER = Path(__file__).parent / "messages"
Event = Literal["something_waits", "due_soon", "overdue", "area_overdue", "keys_need_care", "news", "log_head"]
EVENTS: tuple[Event, ...] = get_args(Event)


@cache
def words_of(event: Event) -> tuple[str, str]:
    """Return subject and body of an event; the body has a place for the site's address."""
    folder = FOLDER / event
    return tuple((folder / f"{part}.txt").read_text(encoding="utf-8").strip() for part in ("subject", "body"))  # type: ignore[return-value]  # two parts


def text_for(site: str) -> str:
    """Return the text message that tells a person of news, for this site."""
    return (FOLDER / "news" / "text.txt").read_text(encoding="utf-8").strip().format(site=site)


def message_for(event: Event, site: str, mark: str = "") -> tuple[str, str]:
    """Return subject and body, for this site. The `mark` is the log's, for the mail that carries it."""
    subject, body = words_of(event)
    return subject, body.format(site=site, mark=mark)
