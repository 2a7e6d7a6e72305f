"""Whatever people type, their document is made, and says what they typed."""

import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from portal.exports.answers import AnswerSheet, answers_pdf
from portal.exports.letter import letter_pdf
from portal.exports.pdf import Printer
from portal.exports.referral import Item, Section, read_referral
from tests.exports.builders import a_cover, a_referral, with_words
from tests.exports.reading import Document, Node

PLAIN = [
    "<b>not bold</b> & *stars* _lines_ `code` $x^2$ @label <label> // no comment /* none */",
    '#panic("stop") #import "x.typ" #{1/0} \\u{41} \\ ~ -- --- ...',
    "Zażółć gęślą jaźń, Čeština, ăâîșț, Ελληνικά, Кирилиця",
    "I draw boxes ☐ ☑ ✓ and arrows → and hearts ❤ 😀 half ½ and 20 €",
]
SCRIPTS = {
    "bn": ["আমি ভালো নেই", "আমি", "নেই"],
    "gu": ["હું ઠીક નથી", "નથી"],
    "pa": ["ਮੈਂ ਠੀਕ ਨਹੀਂ ਹਾਂ", "ਨਹੀਂ"],
    "ta": ["நான் நலமாக இல்லை", "நலமாக"],
    "hi": ["मैं ठीक नहीं हूँ", "नहीं"],
}
RIGHT_TO_LEFT = {"ar": "أنا لست بخير اليوم", "ur": "میں ٹھیک نہیں ہوں"}


def letter_with(printer: Printer, *words: str) -> Document:
    """Return the letter of somebody who typed these words."""
    return Document(letter_pdf(printer, with_words(words)))


def in_language(document: Document, lang: str) -> str:
    """Return everything marked as being in one language, in the order in which it is drawn."""

    def gather(node: Node) -> str:
        return node.all_text() if node.lang == lang else "".join(gather(each) for each in node.below)

    return gather(document.tree)


@pytest.mark.parametrize("typed", PLAIN, ids=["code", "more code", "Europe", "signs"])
def test_marks_and_code_stay_text(printer: Printer, typed: str) -> None:
    document = letter_with(printer, typed)
    assert " ".join(typed.split()) in document.flat
    assert "could not be printed" not in document.flat


def test_letters_put_together_from_parts_are_drawn(printer: Printer) -> None:
    # typst names the letter once for each part, so a copy of the text may show it twice.
    document = letter_with(printer, "Tiếng Việt e\u0301te\u0301")
    assert set("Tiếng Việt été") <= set(document.flat)
    assert "could not be printed" not in document.flat


@pytest.mark.parametrize("lang", SCRIPTS)
def test_a_script_is_drawn_and_its_language_named(printer: Printer, lang: str) -> None:
    typed = SCRIPTS[lang]
    document = letter_with(printer, typed[0])
    assert " ".join(typed[0].split()) in document.flat
    assert "".join(typed[0].split()) in "".join(in_language(document, lang).split())


@pytest.mark.parametrize("lang", RIGHT_TO_LEFT)
def test_words_from_right_to_left_are_drawn_and_their_language_named(printer: Printer, lang: str) -> None:
    typed = RIGHT_TO_LEFT[lang]
    drawn = in_language(letter_with(printer, typed), lang)
    assert set(typed.replace(" ", "")) <= set(drawn)
    assert len(drawn) >= len(typed)


def test_four_thousand_characters_are_all_there(printer: Printer) -> None:
    typed = " ".join(f"word{number}" for number in range(600))[:4000]
    assert len(typed) == 4000
    assert typed in Document(letter_pdf(printer, a_referral(helps={"helps": typed}))).flat


def test_a_word_longer_than_the_page_is_all_there(printer: Printer) -> None:
    assert "x" * 4000 in letter_with(printer, "x" * 4000).flat.replace(" ", "")


def test_what_no_font_draws_stands_as_its_number_with_a_note(printer: Printer) -> None:
    document = letter_with(printer, "王 here")
    assert "[U+738B] here" in document.flat
    assert "Some characters could not be printed" in document.flat


def test_the_note_stands_only_where_it_is_needed(printer: Printer) -> None:
    assert "could not be printed" not in letter_with(printer, "Nothing strange").flat


def test_lines_stay_lines(printer: Printer) -> None:
    document = Document(letter_pdf(printer, a_referral(helps={"helps": "First line\r\nSecond line\n\n\nThird line"})))
    assert {"First line", "Second line", "Third line"} <= set(document.text.split("\n"))


@given(words=st.lists(st.text(max_size=60), max_size=5))
@example(
    words=["\u0301", "\u200d\u200d", "👩\u200d👩\u200d👧", "🏴\U000e0067\U000e007f", "क्\u200dष", "\u0600", "\u0e33"]
)
@example(words=["\x00\x07\x1b[31m", "\u202e reversed", "\ufeff", "\ue000", "\U0010ffff", "﷽" * 30])
@example(words=["\u0915" * 5 + "\u0301" * 40, "\u25cc\u0982", "ก็", "\u1100\u1161", "🇬🇧", "1\ufe0f\u20e3"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_letter_is_made_whatever_was_typed(printer: Printer, words: list[str]) -> None:
    assert letter_pdf(printer, with_words(words)).startswith(b"%PDF-1.7")


scripts = st.characters(min_codepoint=0x300, max_codepoint=0x1FFFF, exclude_categories=["Cs"])


@given(text=st.text(scripts, max_size=40), title=st.text(max_size=20))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_copy_of_the_answers_is_made_whatever_was_typed(printer: Printer, text: str, title: str) -> None:
    sections = (Section("person", title, (Item("x", text, (text, title)),)),)
    sheet = AnswerSheet("Your answers", sections, intro=(text,), facts=((title, text),))
    assert answers_pdf(printer, sheet).startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    "content",
    [b"", b"not json", b"[]", b'{"form": 99}', b'{"consent": "x", "routing": 1}', b"\xff\xfe", b"[" * 100_000],
)
def test_a_document_of_an_unknown_form_is_printed_as_it_is(printer: Printer, content: bytes) -> None:
    referral = read_referral(content, a_cover())
    assert referral.document == {}
    assert Document(letter_pdf(printer, referral)).flat.startswith("Referral AB3-7KM-X2Q")


def test_an_unknown_form_loses_no_word(printer: Printer) -> None:
    content = json.dumps({"form": 99, "says": "I need help"}).encode()
    assert '"says": "I need help"' in Document(letter_pdf(printer, read_referral(content, a_cover()))).flat
