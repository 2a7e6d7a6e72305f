"""The small markup inside a line of words: **bold**, [text](page:colours), [text](https://…), tel: and mailto:."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from portal.content.untranslated import END, START

Link = Callable[[str], str]

MARKS = re.compile(r"\*\*(?P<bold>[^*]+)\*\*|\[(?P<text>[^\]]+)\]\((?P<target>[^()\s]+)\)")
ALLOWED = ("https://", "tel:", "mailto:")
PAGE = "page:"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words: plain, bold, or a link when it has a target."""

    words: str
    bold: bool = False
    target: str = ""


@lru_cache(maxsize=4096)
def pieces(text: str) -> tuple[Piece, ...]:
    """Cut a line into its pieces; marks that do not close stay as plain words."""
    return tuple(_cut(text))


def _cut(text: str) -> Iterator[Piece]:
    end = 0
    for mark in MARKS.finditer(text):
        if mark.start() > end:
            yield Piece(text[end : mark.start()])
        if mark["bold"]:
            yield Piece(mark["bold"], bold=True)
        else:
            yield Piece(mark["text"], target=mark["target"])
        end = mark.end()
    if end < len(text):
        yield Piece(text[end:])


def render(text: str, link: Link) -> Markup:
    """Return the line as HTML, everything escaped; `link` turns a page's name into its address.

    A link that is a line by itself says so: it is as large as a button to press.
    """
    if text.startswith(START) and text.endswith(END):
        return Markup(f"{START}{render(text[1:-1], link)}{END}")  # noqa: S704  # our own marks around what is escaped
    found = tuple(pieces(text))
    if len(found) == 1 and found[0].target and (address := _address(found[0], link)):
        return Markup('<a class="app-alone" href="{}">{}</a>').format(address, found[0].words)
    return Markup("").join(_html(piece, link) for piece in found)


def _address(piece: Piece, link: Link) -> str:
    if piece.target.startswith(PAGE):
        return link(piece.target.removeprefix(PAGE))
    return piece.target if piece.target.startswith(ALLOWED) else ""


def _html(piece: Piece, link: Link) -> Markup:
    if piece.bold:
        return Markup("<strong>{}</strong>").format(piece.words)
    if not piece.target:
        return escape(piece.words)
    if address := _address(piece, link):
        return Markup('<a href="{}">{}</a>').format(address, piece.words)
    return escape(piece.words)


def plain(text: str) -> str:
    """Return the words alone, as a voice or a title needs them."""
    return "".join(piece.words for piece in pieces(text))


def bold_words(text: str) -> tuple[str, ...]:
    """Return the words in bold, in order."""
    return tuple(piece.words for piece in pieces(text) if piece.bold)


def fault_in(text: str, pages: frozenset[str]) -> str:
    """Return what is wrong with the markup in one sentence, or nothing."""
    for piece in pieces(text):
        if piece.target.startswith(PAGE):
            if piece.target.removeprefix(PAGE) not in pages:
                return f"links to a page that does not exist: {piece.target}"
        elif piece.target and not piece.target.startswith(ALLOWED):
            return f"links to an address that is not allowed: {piece.target}"
        elif not piece.target and ("**" in piece.words or "](" in piece.words):
            return f"has a mark that does not close: {piece.words.strip()}"
    return ""
