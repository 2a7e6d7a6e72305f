"""An information page on paper: standard, Easy Read or large print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portal.exports.blocks import Block, Leaflet, Picture, Run, Words
from portal.exports.pdf import Printer, Say
from portal.form.question import N_

WEB = "https://"
LABELS = {
    "words": N_("Words on this page"),
    "addresses": N_("Web addresses on this page"),
    "sources": N_("Where this comes from"),
}


def leaflet_pdf(printer: Printer, leaflet: Leaflet, say: Say = str) -> bytes:
    """Return a leaflet as tagged PDF; `say` translates the few words of our own."""
    data = {
        "lang": leaflet.lang,
        "title": leaflet.title,
        "style": leaflet.style.value,
        "footer": leaflet.address,
        "notice": leaflet.notice,
        "blocks": [block_data(block) for block in leaflet.blocks],
        "explained": leaflet.explained,
        "addresses": list(dict.fromkeys(_addresses(leaflet.blocks))),
        "sources": leaflet.sources,
        "labels": {key: say(text) for key, text in LABELS.items()},
        **pictures_data(leaflet.pictures),
    }
    return printer.public("leaflet", data, say)


def block_data(block: Block) -> dict[str, Any]:
    """Return one block as the templates read it."""
    return {
        "kind": block.kind,
        "words": words_data(block.words),
        "title": block.title,
        "items": [words_data(item) for item in block.items],
        "rows": [[label, words_data(words)] for label, words in block.rows],
        "name": block.name,
    }


def words_data(words: Words) -> list[dict[str, Any]]:
    """Return words as the templates read them."""
    return [{"text": run.text, "bold": run.bold, "link": run.link} for run in words]


def pictures_data(pictures: Mapping[str, Picture]) -> dict[str, dict[str, str]]:
    """Return drawings apart from their alternative text: only the text is checked for what can be printed."""
    return {
        "drawings": {key: picture.svg for key, picture in pictures.items()},
        "alts": {key: picture.alt for key, picture in pictures.items()},
    }


def _addresses(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        for words in (block.words, *block.items, *(words for _, words in block.rows)):
            yield from ((run.text, run.link) for run in words if _is_worth_printing(run))


def _is_worth_printing(run: Run) -> bool:
    return run.link.startswith(WEB) and run.link.removeprefix(WEB) not in run.text
