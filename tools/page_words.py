"""Babel's ways into our data files: every sentence of a page, an area, a status line or a picture to be translated."""

import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from portal.areas.area import Area, Areas
from portal.areas.loading import load_areas
from portal.areas.sentences import (
    ELSEWHERE,
    crisis_words,
    reasons_of,
    sent_on,
    sentences_of_area,
    sentences_of_national,
    services_of,
)
from portal.content.loading import load_page
from portal.content.pages import messages

Found = Iterator[tuple[int, str, str, list[str]]]
Extractor = Callable[[Any, object, object, object], Found]


def extractor(read: Callable[[Path], Iterable[str]]) -> Extractor:
    """Return what Babel asks for: (line, function, message, comments) of one file; there are no options."""

    def extract(file: Any, _keywords: object, _comment_tags: object, options: object) -> Found:
        del options
        for message in dict.fromkeys(read(Path(file.name))):
            if message:
                yield 1, "_", message, []

    return extract


def _of_area(path: Path) -> Iterator[str]:
    if path.stem == "national":
        yield from sentences_of_national(_areas())
        yield from crisis_words(_areas().national.crisis_lines)
        yield from map(sent_on, ELSEWHERE)
        return
    area: Area = next(each for each in (*_areas().all, *_areas().at_other_times) if each.file == path.name)
    yield from sentences_of_area(area)
    yield from crisis_words(area.crisis_lines)
    yield from services_of(area)
    yield from reasons_of(area)
    yield from (text for question in area.questions for text in question.texts())


@cache
def _areas() -> Areas:
    return load_areas()


def _tables(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


pages = extractor(lambda path: messages(load_page(path)))
areas = extractor(_of_area)
news = extractor(lambda path: (line["say"] for line in _tables(path).values()))
pictures = extractor(lambda path: (each["alt"] for each in _tables(path)["pictures"].values()))
