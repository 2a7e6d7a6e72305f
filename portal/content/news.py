"""The fixed lines that tell a person where their form stands, in both voices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from portal.content.easy import pictured
from portal.content.pages import EasyLine
from portal.content.pictures import Pictures, load_pictures
from portal.content.tables import ContentFault, LineTable, Table, read_entries
from portal.content.untranslated import in_english
from portal.strict import Text

HOME_LANGUAGE = "en"
PORTAL = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class News:
    """One line. `say` is a msgid of the translations; `team_says`: a team may choose it."""

    key: str
    say: str
    easy: EasyLine
    team_says: bool


class NewsTable(Table, frozen=True, kw_only=True):
    """A line as the file says it."""

    say: Text
    team_says: bool = False


def load_news(lang: str = HOME_LANGUAGE, folder: Path | None = None, own: Path | None = None) -> Mapping[str, News]:
    """Read the lines of one language; Easy Read not yet written in it is the English one.

    `own` is a deployment's folder, whose Easy Read comes before ours. Raises ContentFault.
    """
    home = folder or PORTAL
    pictures = load_pictures(home / "content" / "pictures.toml")
    easy: dict[str, EasyLine] = {}
    for language in dict.fromkeys((HOME_LANGUAGE, lang)):
        read = _easy_lines(home, language, pictures) | (_easy_lines(own, language, pictures) if own else {})
        easy |= read if language == lang else in_english(read)
    news: dict[str, News] = {}
    for key, line in read_entries(home / "content" / "news.toml", NewsTable).items():
        if key not in easy:
            raise ContentFault("news.toml", f"{key}.say", "has no Easy Read")
        news[key] = News(key, line.say, easy.pop(key), line.team_says)
    if easy:
        raise ContentFault("news.toml", next(iter(easy)), "is Easy Read of a line that does not exist")
    return news


def _easy_lines(home: Path, lang: str, pictures: Pictures) -> dict[str, EasyLine]:
    path = home / "easyread" / lang / "follow-up" / "news.toml"
    if not path.exists():
        return {}
    return {key: pictured(line, pictures, path, key) for key, line in read_entries(path, LineTable).items()}
