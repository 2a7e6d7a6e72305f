"""Every page of the site can be had on paper, and nothing that one person wrote is kept."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from portal.cache import Folder
from portal.exports.blocks import Block, Leaflet, Run, Style, plain
from portal.exports.fonts import Fonts
from portal.exports.leaflet import leaflet_pdf
from portal.exports.letter import letter_pdf
from portal.exports.paper_form import form_pdf
from portal.exports.pdf import Printer
from tests.exports.builders import a_referral
from tests.exports.reading import Document
from tests.exports.site_pages import content, easy_leaflet, form_of, standard_leaflet


def test_every_page_is_a_leaflet_in_each_style(printer: Printer) -> None:
    for name in content().pages:
        for style in (Style.STANDARD, Style.LARGE):
            assert leaflet_pdf(printer, standard_leaflet(name, style)).startswith(b"%PDF")
    for name in content().easy_pages:
        assert leaflet_pdf(printer, easy_leaflet(name)).startswith(b"%PDF")


def test_large_print_is_18_point_and_easy_read_16(printer: Printer) -> None:
    def size(style: Style) -> float:
        leaflet = Leaflet("Title", (Block("p", plain("Some words")),), style=style)
        page = Document(leaflet_pdf(printer, leaflet)).reader.pages[0]
        sizes: list[float] = []
        page.extract_text(
            visitor_text=lambda text, _cm, _tm, _font, size: sizes.append(size) if "Some" in text else None
        )
        return sizes[0]

    assert [size(style) for style in (Style.STANDARD, Style.EASY, Style.LARGE)] == [12, 16, 18]


def test_every_kind_of_block_says_its_words(printer: Printer) -> None:
    blocks = (
        Block("h2", plain("Part")),
        Block("h3", plain("Part of it")),
        Block("p", (Run("Plain, "), Run("bold", bold=True), Run(" and linked", link="https://example.org/a"))),
        Block("list", items=(plain("first"), plain("second"))),
        Block("steps", items=(plain("do this"), plain("then that"))),
        Block("inset", plain("Set in")),
        Block("warning", plain("Be careful"), title="Warning", items=(plain("of this"),)),
        Block("colour", plain("There are risks"), title="Red", items=(plain("A review"),), name="red"),
        Block("rows", rows=(("Phone", plain("0208 176 5565")),)),
        Block("break"),
        Block("line", plain("Without its picture"), name="nowhere"),
    )
    flat = Document(leaflet_pdf(printer, Leaflet("All", blocks, explained=(("crisis", "A hard time."),)))).flat
    for words in (
        "Part of it",
        "Plain, bold and linked",
        "1. do this",
        "Set in",
        "Warning",
        "of this",
        "There are risks",
    ):
        assert words in flat
    for words in ("Red", "A review", "Phone", "0208 176 5565", "Without its picture", "crisis", "A hard time."):
        assert words in flat


def test_a_page_from_right_to_left_says_so(printer: Printer) -> None:
    leaflet = Leaflet("رنگ", (Block("p", plain("یہ رجسٹر ہے")),), lang="ur")
    document = Document(leaflet_pdf(printer, leaflet))
    assert document.root["/Lang"] == "ur"
    assert document.root["/ViewerPreferences"]["/Direction"] == "/R2L"
    fonts = document.reader.pages[0]["/Resources"]["/Font"].values()
    assert any("Nastaliq" in font.get_object()["/BaseFont"] for font in fonts)


def test_nothing_is_small_in_large_print(printer: Printer) -> None:
    made = [
        leaflet_pdf(printer, standard_leaflet("about", Style.LARGE)),
        form_pdf(printer, form_of("gloucestershire", style=Style.LARGE)),
    ]
    assert min(size for content in made for size in sizes_of(content)) >= 16


def sizes_of(content: bytes) -> set[float]:
    """Return the size of every stretch of type, in points."""
    found: set[float] = set()

    def note(text: str, page: list[float], line: list[float], _font: object, size: float) -> None:
        if text.strip():
            found.add(round(size * abs(page[3] * line[3]), 1))

    for page in PdfReader(BytesIO(content)).pages:
        page.extract_text(visitor_text=note)
    return found


def test_our_own_words_are_translated(printer: Printer) -> None:
    leaflet = Leaflet("Kolory", (Block("p", plain("Zielony")),), lang="pl", explained=(("a", "b"),))
    document = Document(leaflet_pdf(printer, leaflet, lambda text: {"Words on this page": "Słowa"}.get(text, text)))
    assert [node.all_text() for node in document.all("H2")] == ["Słowa"]


@pytest.fixture
def keeping(fonts: Fonts, tmp_path: Path) -> Printer:
    """Give a printer that keeps documents in the test's own folder."""
    return Printer(fonts, Folder(tmp_path / "kept"))


def kept_in(folder: Path) -> list[str]:
    """Return the names of what is kept."""
    return sorted(path.name for path in (folder / "kept").glob("*"))


def test_the_same_page_is_made_once(keeping: Printer, tmp_path: Path) -> None:
    first = leaflet_pdf(keeping, standard_leaflet("colours"))
    name = kept_in(tmp_path)[0]
    (tmp_path / "kept" / name).write_bytes(b"kept")
    assert leaflet_pdf(keeping, standard_leaflet("colours")) == b"kept"
    assert first.startswith(b"%PDF")
    assert leaflet_pdf(keeping, standard_leaflet("consent")) != b"kept"


def test_the_same_page_always_gives_the_same_bytes(printer: Printer) -> None:
    assert leaflet_pdf(printer, standard_leaflet("consent")) == leaflet_pdf(printer, standard_leaflet("consent"))


def test_what_one_person_wrote_is_never_kept(keeping: Printer, tmp_path: Path) -> None:
    letter_pdf(keeping, a_referral())
    assert kept_in(tmp_path) == []


def test_several_may_ask_at_once(printer: Printer) -> None:
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _: leaflet_pdf(printer, standard_leaflet("about")), range(8)))
    assert len(set(made)) == 1
