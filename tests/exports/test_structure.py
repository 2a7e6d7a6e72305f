"""What an assistive program finds in a document: PDF/UA-1 as far as its structure tree tells.

veraPDF, the reference checker, cannot be had from the registries that these tests may use; typst refuses to write what
breaks the rules it knows, and these tests read the tree themselves.
"""

from collections.abc import Callable
from itertools import pairwise

import pytest

from portal.exports.answers import AnswerSheet, answers_pdf
from portal.exports.blocks import Block, Leaflet, Picture, Style, plain
from portal.exports.leaflet import leaflet_pdf
from portal.exports.letter import letter_pdf
from portal.exports.paper_form import form_pdf
from portal.exports.pdf import Printer
from tests.exports.builders import HELPED, a_referral
from tests.exports.reading import Document
from tests.exports.site_pages import easy_form_of, easy_leaflet, form_of, standard_leaflet

SUFFOLK = "suffolk-and-north-east-essex"
MAKERS: dict[str, Callable[[Printer], bytes]] = {
    "letter": lambda printer: letter_pdf(printer, a_referral()),
    "letter, helped": lambda printer: letter_pdf(printer, a_referral(HELPED)),
    "answers": lambda printer: answers_pdf(printer, AnswerSheet("Your answers", a_referral().sections)),
    "answers, large": lambda printer: answers_pdf(
        printer, AnswerSheet("Your answers", a_referral().sections, style=Style.LARGE)
    ),
    "leaflet": lambda printer: leaflet_pdf(printer, standard_leaflet("colours")),
    "leaflet, large": lambda printer: leaflet_pdf(printer, standard_leaflet("colours", Style.LARGE)),
    "leaflet, Easy Read": lambda printer: leaflet_pdf(printer, easy_leaflet("colours")),
    "form": lambda printer: form_pdf(printer, form_of(SUFFOLK)),
    "form, Easy Read": lambda printer: form_pdf(printer, easy_form_of("south-east-london")),
}


@pytest.fixture(scope="module", params=MAKERS)
def document(request: pytest.FixtureRequest, printer: Printer) -> Document:
    """Give each kind of document in turn."""
    return Document(MAKERS[request.param](printer))


def test_it_says_that_it_is_tagged_and_follows_the_standard(document: Document) -> None:
    assert document.root["/MarkInfo"]["/Marked"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in document.xmp


def test_it_names_its_language_and_shows_its_title(document: Document) -> None:
    title = document.reader.metadata.title
    assert document.root["/Lang"] == "en"
    assert title
    assert f">{title}<" in document.xmp
    assert document.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert " ".join(document.all("H1")[0].all_text().split()) == title


def test_its_headings_go_down_one_step_at_a_time(document: Document) -> None:
    levels = document.headings()
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_picture_has_words_for_those_who_cannot_see_it(document: Document) -> None:
    assert all(figure.alt for figure in document.all("Figure"))


def test_everything_on_the_page_is_in_the_tree_or_marked_as_decoration(document: Document) -> None:
    # Document() itself refuses text that is neither.
    assert "Page 1 of" in document.artifacts
    assert "Page 1 of" not in document.flat


def test_every_font_travels_with_it(document: Document) -> None:
    for page in document.reader.pages:
        for font in page["/Resources"]["/Font"].values():
            described = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert any(name in described for name in ("/FontFile2", "/FontFile3"))


def test_pages_are_gone_through_in_the_order_of_the_tree(document: Document) -> None:
    assert all(page["/Tabs"] == "/S" for page in document.reader.pages)


def test_a_picture_stands_before_its_words(printer: Printer) -> None:
    document = Document(leaflet_pdf(printer, easy_leaflet("colours")))
    roles = [node.role for node in document.tree.walk() if node.role in ("Figure", "P")]
    assert roles[:4] == ["Figure", "P", "Figure", "P"]


def test_a_decoration_is_not_read_out(printer: Printer) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'
    leaflet = Leaflet("Home", (Block("line", plain("A home"), name="x"),), pictures={"x": Picture(drawing)})
    assert Document(leaflet_pdf(printer, leaflet)).all("Figure") == []


def test_links_lead_somewhere_and_their_addresses_are_printed(printer: Printer) -> None:
    document = Document(leaflet_pdf(printer, standard_leaflet("colours")))
    assert "Read about being in hospital: https://portal.example/en/in-hospital" in document.flat
    assert document.all("Link")


def test_a_list_is_a_list(printer: Printer) -> None:
    document = Document(leaflet_pdf(printer, standard_leaflet("colours")))
    first = document.all("L")[0]
    assert [item.role for item in first.below] == ["LI", "LI", "LI"]
    assert "what your colour is" in first.all_text()


def test_a_referral_keeps_answers_out_of_its_title(printer: Printer) -> None:
    document = Document(letter_pdf(printer, a_referral()))
    assert document.reader.metadata.title == "Referral AB3-7KM-X2Q"
    assert "Rahima" not in document.xmp
