"""The site's own pages and areas, handed to the documents as a caller does."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from portal.areas.area import Area
from portal.areas.loading import load_areas
from portal.content.inline import pieces
from portal.content.loading import Content, load_content
from portal.exports.blocks import Block, Leaflet, Picture, Run, Style, Words, plain
from portal.exports.paper_form import FormSheet, Receiver, WayIn
from portal.web.information.pdf_views import wording_of
from tests.support.tree import ROOT

SITE = "https://portal.example/en/"
BUILD = ROOT / "static" / "build"
URGENT = (("In danger now", plain("Call 999")), ("NHS 111", plain("Call 111 and choose the mental health option")))
BEFORE_CONSENT = (
    Block("h2", plain("Before you decide")),
    Block("list", items=(plain("You can say yes now and take it back at any time."),)),
)


@cache
def content() -> Content:
    """Return the English content."""
    return load_content("en")


@cache
def drawings() -> Mapping[str, Picture]:
    """Return every picture that the build has."""
    manifest: dict[str, Any] = json.loads((BUILD / "manifest.json").read_text(encoding="utf-8"))
    return {
        name.removeprefix("pictures/").removesuffix(".svg"): Picture(
            (BUILD / entry["path"]).read_text(encoding="utf-8"), entry["alt"]
        )
        for name, entry in manifest.items()
        if name.startswith("pictures/")
    }


def words_of(text: str) -> Words:
    """Return a marked-up line as words, with links to pages made whole."""
    return tuple(Run(piece.words, piece.bold, piece.target.replace("page:", SITE)) for piece in pieces(text))


def standard_leaflet(name: str, style: Style = Style.STANDARD) -> Leaflet:
    """Return one page in standard wording, without its inserts."""
    page = content().page(name)
    blocks = tuple(
        Block(
            block.kind,
            words_of(block.text),
            block.title,
            tuple(words_of(item) for item in block.items),
            name=block.name,
        )
        for block in page.blocks
        if block.kind != "insert"
    )
    sources = tuple(dict.fromkeys((each.source.address, each.source.date) for each in page.blocks if each.source))
    return Leaflet(page.title, blocks, page.summary, style=style, sources=sources, address=SITE + name)


def easy_leaflet(name: str) -> Leaflet:
    """Return one page in Easy Read, without its inserts."""
    page = content().easy_page(name)
    blocks = tuple(
        Block("h2" if block.kind == "heading" else "line", words_of(block.text), name=block.picture)
        for block in page.blocks
        if block.kind != "insert"
    )
    explained = tuple((word.word, word.say) for word in page.words)
    pictures = chosen(block.name for block in blocks)
    return Leaflet(page.title, blocks, page.summary, style=Style.EASY, pictures=pictures, explained=explained)


def chosen(keys: Iterable[str]) -> dict[str, Picture]:
    """Return the pictures of these keys."""
    return {key: drawings()[key] for key in keys if key}


def form_of(area_id: str, **changed: Any) -> FormSheet:
    """Return the form of one area."""
    area = load_areas()[area_id]
    known: dict[str, Any] = {
        "area": area.name,
        "councils": tuple(council.name for council in area.councils),
        "receivers": tuple(_receivers(area)),
        "urgent": URGENT,
        "before_consent": BEFORE_CONSENT,
        "questions": area.form.questions,
        "address": f"{SITE}apply",
    }
    return FormSheet(**{**known, **changed})


def easy_form_of(area_id: str) -> FormSheet:
    """Return the form of one area in Easy Read."""
    wording = {key: wording_of(question) for key, question in content().questions.items()}
    keys = {each.picture for each in wording.values()}
    keys |= {
        choice.picture for each in wording.values() for named in each.choices.values() for choice in named.values()
    }
    return form_of(area_id, style=Style.EASY, wording=wording, pictures=chosen(sorted(keys)))


def _receivers(area: Area) -> Iterable[Receiver]:
    for team in area.teams:
        ways = tuple(WayIn(way.kind, way.value, way.note, way.complete) for way in area.contacts_for(team.id))
        yield Receiver(team.name, f"For people who are {team.ages.name()}.", ways)
