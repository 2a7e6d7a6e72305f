"""Typed words made safe to print."""

import struct
from pathlib import Path

import pytest

from portal.exports.characters import Line, Typesetter, is_right_to_left, language_of, lines_of
from portal.exports.cmap import NotAFont, characters_of
from portal.exports.fonts import Fonts, FontsFault
from tests.exports.conftest import FONTS


def set_words(text: str, fonts: Fonts) -> str:
    """Return the text as it can be printed."""
    return Typesetter(fonts.characters).printable(text)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("plain", "plain"),
        ("a\tb", "a b"),
        ("bell\x07 null\x00 escape\x1b[31m", "bell null escape[31m"),
        ("turned \u202eround\u202c", "turned round"),
        ("mark\ufeff and joiner\u2060", "mark and joiner"),
        ("e\u0301", "é"),
        ("heart ❤\ufe0f", "heart ❤"),
        ("王", "[U+738B]"),
        ("\ue000", "[U+E000]"),
        ("half \ud800 letter", "half [U+D800] letter"),
        ("\u200b\u200c", ""),
        ("क्\u200dष", "क्\u200dष"),
    ],
)
def test_what_is_printed(fonts: Fonts, typed: str, shown: str) -> None:
    assert set_words(typed, fonts) == shown


def test_what_typst_refused_stands_as_its_numbers(fonts: Fonts) -> None:
    typesetter = Typesetter(fonts.characters)
    typesetter.refused.add("ab")
    assert typesetter.printable("cab") == "c[U+0061][U+0062]"
    assert typesetter.missing == {"a", "b"}


@pytest.mark.parametrize(
    ("line", "lang"),
    [
        ("Help me", ""),
        ("আমি ভালো নেই", "bn"),
        ("أنا لست بخير", "ar"),
        ("میں ٹھیک نہیں ہوں", "ur"),
        ("I say আমি to everyone", ""),
        ("123 !?", ""),
        ("", ""),
    ],
)
def test_the_language_is_that_of_most_letters(line: str, lang: str) -> None:
    assert language_of(line) == lang


def test_direction_follows_the_first_letter_that_has_one() -> None:
    assert is_right_to_left("123 أنا and me")
    assert not is_right_to_left("me and أنا")
    assert not is_right_to_left("123")


def test_every_kind_of_line_break_makes_a_line() -> None:
    assert lines_of("a\nb\r\nc\u2028d\x0be\n\n ") == tuple(Line(each) for each in "abcde")


def test_the_fonts_draw_what_people_here_write_with(fonts: Fonts) -> None:
    for text in ("ąćęłńóśźż", "ăâîșț", "ğışçöü", "šžėįųū", "ЖжЇїҐґ", "আ", "ا", "ٹ", "ਅ", "અ", "அ", "अ", "☐✓→😀•€…"):
        assert {ord(each) for each in text} <= fonts.characters, text


def test_missing_fonts_say_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(FontsFault, match="npm run build"):
        Fonts.load(tmp_path)


def test_a_damaged_font_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.ttf").write_bytes(b"not a font")
    with pytest.raises(FontsFault, match="cannot be read"):
        Fonts.load(tmp_path)


def test_a_deployment_may_add_fonts(tmp_path: Path, fonts: Fonts) -> None:
    (tmp_path / "own.ttf").write_bytes(a_font(4, "王"))
    assert ord("王") in Fonts.load(FONTS, tmp_path).characters
    assert ord("王") not in fonts.characters


@pytest.mark.parametrize("kind", [4, 12])
def test_both_kinds_of_table_are_read(kind: int) -> None:
    assert characters_of(a_font(kind, "a王z")) == {ord("a"), ord("王"), ord("z")}


def test_another_kind_of_table_is_refused() -> None:
    with pytest.raises(NotAFont, match="format 6"):
        characters_of(a_font(6, "a"))


def a_font(kind: int, text: str) -> bytes:
    """Return the least that has a table of characters."""
    codes = sorted(map(ord, text))
    if kind == 12:
        groups = b"".join(struct.pack(">III", code, code, number) for number, code in enumerate(codes, 1))
        table = struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, len(codes)) + groups
    else:
        ends, count = [*codes, 0xFFFF], len(codes) + 1
        deltas = [(number - code) & 0xFFFF for number, code in enumerate(ends, 1)]
        table = struct.pack(">HHHHHHH", kind, 16 + 8 * count, 0, 2 * count, 0, 0, 0)
        table += struct.pack(f">{count}HH{count}H{count}H", *ends, 0, *ends, *deltas) + bytes(2 * count)
    head = struct.pack(">IHHHH", 0x10000, 1, 0, 0, 0) + struct.pack(">4sIII", b"cmap", 0, 28, len(table) + 12)
    return head + struct.pack(">HHHHI", 0, 1, 3, 10 if kind == 12 else 1, 12) + table
