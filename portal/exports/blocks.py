"""What a document is made of, as plain data: whoever asks for one hands these in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Style(StrEnum):
    """How a document is set: 12 point, large print of 18 point, or Easy Read of 16 point with pictures."""

    STANDARD = "standard"
    LARGE = "large"
    EASY = "easy"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words: plain, bold, or a link with its whole address."""

    text: str
    bold: bool = False
    link: str = ""


Words = tuple[Run, ...]


def plain(text: str) -> Words:
    """Return words without any mark."""
    return (Run(text),) if text else ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing and the words that replace it; without words it is decoration and no voice mentions it."""

    svg: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a document.

    kind: h2, h3, p, inset (words) · list, steps (items) · warning (title, words, items) · line (words, and the key of
    a picture in `name`) · colour (`name` green|amber|red|blue, title, words, items) · rows (pairs of words and what
    they stand for, such as a name and a telephone number, in `rows`) · break (starts a new page).
    """

    kind: str
    words: Words = ()
    title: str = ""
    items: tuple[Words, ...] = ()
    rows: tuple[tuple[str, Words], ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Leaflet:
    """An information page on paper.

    `explained` are hard words with their meaning, `sources` titles or addresses with their dates, `address` where the
    page stands on the web, `notice` what must be said on every document of this site (a demonstration says so).
    """

    title: str
    blocks: tuple[Block, ...]
    summary: str = ""
    lang: str = "en"
    style: Style = Style.STANDARD
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    explained: tuple[tuple[str, str], ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    address: str = ""
    notice: str = ""
