"""The fixed lines that tell a person where their form stands, in both voices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from portal.content.marks import checked
from portal.content.pages import EasyLine
from portal.content.pictures import load_pictures
from portal.content.tables import ContentFault, read_table
from portal.content.untranslated import in_english

HOME_LANGUAGE = "en"
PORTAL = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class News:
    """One line. `say` is a msgid of the translations; `team_says`: a team may choose it."""

    key: str
    say: str
    easy: EasyLine
    team_says: bool


def load_news(lang: str = HOME_LANGUAGE, folder: Path | None = None) -> Mapping[str, News]:
    """Read the lines of one language; Easy Read not yet written in it is the English one. Raises ContentFault."""
    home = folder or PORTAL
    easy: dict[str, EasyLine] = {}
    for language in dict.fromkeys((HOME_LANGUAGE, lang)):
        read = _easy_lines(home, language)
        easy |= read if language == lang else in_english(read)
    table = read_table(home / "content" / "news.toml")
    news: dict[str, News] = {}
    for key in table.names():
        entry = table.table(key)
        if key not in easy:
            raise entry.fault("say", "has no Easy Read")
        news[key] = News(key, entry.text("say"), easy.pop(key), entry.flag("team_says"))
        entry.done()
    if easy:
        raise ContentFault("news.toml", next(iter(easy)), "is Easy Read of a line that does not exist")
    return news


def _easy_lines(home: Path, lang: str) -> dict[str, EasyLine]:
    path = home / "easyread" / lang / "follow-up" / "news.toml"
    if lang != HOME_LANGUAGE and not path.exists():
        return {}
    pictures = load_pictures(home / "content" / "pictures.toml")
    table = read_table(path)
    lines: dict[str, EasyLine] = {}
    for key in table.names():
        entry = table.table(key)
        picture = entry.text("picture")
        if picture not in pictures:
            raise entry.fault("picture", f"no picture is called {picture}")
        lines[key] = EasyLine(checked(entry, "say", entry.text("say")), picture)
        entry.done()
    return lines
