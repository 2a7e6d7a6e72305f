"""Every picture can be drawn: its OpenMoji or its own SVG is there, and holds nothing but shapes."""

import xml.etree.ElementTree as ET  # our own files, checked before anything is served
from pathlib import Path

import pytest

from portal.content.loading import PORTAL
from portal.content.pictures import Picture, load_pictures

ROOT = PORTAL.parent
OPENMOJI = ROOT / "node_modules" / "openmoji" / "color" / "svg"
PICTURES = load_pictures(PORTAL / "content" / "pictures.toml")
DRAWINGS = sorted((ROOT / "static" / "pictures").glob("*.svg"))
SHAPES = {"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}


@pytest.mark.parametrize("picture", [picture for picture in PICTURES if picture.code], ids=lambda picture: picture.key)
def test_openmoji_has_the_picture(picture: Picture) -> None:
    assert (OPENMOJI / f"{picture.code}.svg").exists()


def test_every_drawing_of_our_own_is_in_the_manifest() -> None:
    assert {path.name for path in DRAWINGS} == {picture.file for picture in PICTURES if picture.file}


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda path: path.stem)
def test_a_drawing_holds_only_shapes_on_the_openmoji_grid(drawing: Path) -> None:
    root = ET.fromstring(drawing.read_text(encoding="utf-8"))  # noqa: S314  # our own file, in the repository
    assert root.get("viewBox") == "0 0 72 72"
    tags = {element.tag.removeprefix("{http://www.w3.org/2000/svg}") for element in root.iter()}
    assert tags <= SHAPES
    assert not any(name.startswith("on") or "href" in name for element in root.iter() for name in element.attrib)


def test_alternative_texts_are_short() -> None:
    assert [picture.key for picture in PICTURES if len(picture.alt.split()) > 10] == []


def test_people_are_of_several_skin_tones_ages_and_ways_to_move() -> None:
    codes = " ".join(picture.code for picture in PICTURES)
    assert all(tone in codes for tone in ("1F3FC", "1F3FD", "1F3FE", "1F3FF"))
    assert {"wheelchair-user", "older-person", "child"} <= {picture.key for picture in PICTURES}
