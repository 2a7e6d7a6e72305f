"""What a template shows: the blocks of a page with their words translated and marked up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from portal.content.inline import Link, plain, render
from portal.content.pages import EasyPage, Page, Source, Word

Translate = Callable[[str], str]
NOTHING: Mapping[str, str] = {}
NO_WORDS = Markup("")


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block ready to show; the kinds are those of Block and EasyBlock."""

    kind: str
    html: Markup = NO_WORDS
    title: str = ""
    items: tuple[Markup, ...] = ()
    name: str = ""
    picture: str = ""
    anchor: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class PageView:
    """A page ready to show."""

    name: str
    lang: str
    title: str
    summary: str
    blocks: tuple[BlockView, ...]
    words: tuple[Word, ...] = ()

    @property
    def contents(self) -> tuple[BlockView, ...]:
        """The headings that a table of contents lists."""
        return tuple(block for block in self.blocks if block.kind in {"h2", "heading", "colour"})


def page_view(page: Page, lang: str, translate: Translate, link: Link, fill: Mapping[str, str] = NOTHING) -> PageView:
    """Return a standard page in the reader's language; `fill` puts in names such as {area}."""

    def say(text: str) -> str:
        return _filled(translate(text), fill) if text else ""

    def html(text: str) -> Markup:
        return render(say(text), link)

    blocks = tuple(
        BlockView(
            block.kind,
            html=html(block.text),
            title=plain(say(block.title)),
            items=tuple(html(item) for item in block.items),
            name=block.name,
            anchor=block.anchor,
            source=block.source,
        )
        for block in page.blocks
    )
    return PageView(page.name, lang, plain(say(page.title)), plain(say(page.summary)), blocks)


def easy_view(page: EasyPage, link: Link, fill: Mapping[str, str] = NOTHING) -> PageView:
    """Return an Easy Read page; it is written in its own language, so nothing is translated."""
    blocks = tuple(
        BlockView(
            block.kind,
            html=render(_filled(block.text, fill), link),
            name=block.name,
            picture=block.picture,
            anchor=block.anchor,
            source=block.source,
        )
        for block in page.blocks
    )
    return PageView(page.name, page.lang, _filled(page.title, fill), _filled(page.summary, fill), blocks, page.words)


def _filled(text: str, fill: Mapping[str, str]) -> str:
    for name, value in fill.items():
        text = text.replace(f"{{{name}}}", value)
    return text
