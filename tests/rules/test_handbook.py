"""The handbook says what stands on the screen: its pictures are there and small, and its buttons and links exist."""

import re

import pytest

from tests.support.tree import ROOT

HANDBOOK = ROOT / "docs" / "handbook.md"
PICTURE = re.compile(r"!\[([^\]]+)\]\((pictures/[^)]+)\)")
LINK = re.compile(r"\]\(#([^)]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
PRESSED = re.compile(r"[Pp]ress(?:es)? \*\*([^*]+)\*\*")
LARGEST = 100_000
"""Bytes."""

text = HANDBOOK.read_text(encoding="utf-8")


def anchor(heading: str) -> str:
    """Return what a link to a heading looks like, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_every_picture_is_there_small_and_told_in_words() -> None:
    shown = {path for _words, path in PICTURE.findall(text)}
    kept = {f"pictures/handbook/{path.name}" for path in (HANDBOOK.parent / "pictures" / "handbook").iterdir()}
    assert shown == kept
    assert [path for path in sorted(shown) if (HANDBOOK.parent / path).stat().st_size > LARGEST] == []


def test_every_link_inside_leads_to_a_heading() -> None:
    assert set(LINK.findall(text)) - {anchor(each) for each in HEADING.findall(text)} == set()


@pytest.fixture(scope="module")
def on_screen() -> str:
    """Give every word that a staff page may show: what is in a name is a gap."""
    folders = [ROOT / "portal" / "templates" / "staff", ROOT / "portal" / "web" / "staff"]
    files = [path for folder in folders for path in sorted(folder.iterdir()) if path.is_file()]
    words = "\n".join(path.read_text(encoding="utf-8") for path in files)
    return re.sub(r"%\(\w+\)s", "…", words)


def test_every_button_that_it_names_is_on_a_page(on_screen: str) -> None:
    named = {re.sub(r"\s+", " ", each).replace("'", "’") for each in PRESSED.findall(text)}
    assert len(named) > 30
    assert sorted(each for each in named if f'"{each}"' not in on_screen) == []
