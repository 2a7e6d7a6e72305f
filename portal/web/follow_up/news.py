"""The fixed lines about where a form stands, read at the start, for each language on offer."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import cast

from flask import Flask, current_app

from portal.content.news import News, load_news
from portal.web.frame.languages import lang

KEY = "portal.news"


def add_news(app: Flask, languages: Iterable[str], own: Path | None = None) -> None:
    """Read the lines, ours and then a deployment's own. Raises ContentFault."""
    app.extensions[KEY] = {code: load_news(code, own=own) for code in languages}


def news() -> Mapping[str, News]:
    """Return the lines in the language of this request, by their keys."""
    return cast(Mapping[str, News], current_app.extensions[KEY][lang()])


def team_says() -> dict[str, News]:
    """Return the lines that a team chooses from."""
    return {key: line for key, line in news().items() if line.team_says}
