"""Typed words made safe to print: PDF/UA-1 refuses a whole document for one character that no font draws."""

import unicodedata
from collections.abc import Container
from dataclasses import dataclass

from portal.content.untranslated import END, START

BREAKS = "\u2028\u2029\x85\x0b\x0c"
KEPT_FORMATS = "\u200b\u200c\u200d"
"""Characters that shape the letters beside them in several scripts; other invisible ones are left out."""

AS_THEY_ARE = f"\n {START}{END}"
"""Breaks and spaces, and the marks around words in English, which the templates turn into their language."""
INVISIBLE = dict.fromkeys(map(ord, KEPT_FORMATS))
RIGHT_TO_LEFT = frozenset({"R", "AL"})
STRONG = RIGHT_TO_LEFT | {"L"}
SCRIPTS = (
    (0x0600, 0x06FF, "ar"),
    (0x0900, 0x097F, "hi"),
    (0x0980, 0x09FF, "bn"),
    (0x0A00, 0x0A7F, "pa"),
    (0x0A80, 0x0AFF, "gu"),
    (0x0B80, 0x0BFF, "ta"),
)
URDU = frozenset("ٹڈڑںےہھ")
"""Letters that Urdu has and Arabic has not."""


@dataclass(frozen=True)
class Line:
    """One typed line: its words, its language where the letters tell it, whether it runs from right to left."""

    text: str
    lang: str = ""
    rtl: bool = False


def lines_of(text: str) -> tuple[Line, ...]:
    """Return the lines of a typed text that are not empty."""
    plain = text.translate({ord(each): "\n" for each in BREAKS}).replace("\r", "\n")
    return tuple(Line(line, language_of(line), is_right_to_left(line)) for line in plain.split("\n") if line.strip())


def language_of(line: str) -> str:
    """Return the language that most letters of a line belong to, or nothing: a voice then reads it as it should."""
    counts: dict[str, int] = {}
    for character in line:
        if character.isalpha():
            lang = next((lang for first, last, lang in SCRIPTS if first <= ord(character) <= last), "")
            counts[lang] = counts.get(lang, 0) + 1
    most = max(counts, key=lambda lang: counts[lang], default="")
    return "ur" if most == "ar" and URDU & set(line) else most


def is_right_to_left(line: str) -> bool:
    """Tell whether the first letter that has a direction runs from right to left (Unicode UAX 9, rule P2)."""
    kinds = (unicodedata.bidirectional(character) for character in line)
    return next((kind in RIGHT_TO_LEFT for kind in kinds if kind in STRONG), False)


class Typesetter:
    """Makes words printable, and remembers what it could not print."""

    def __init__(self, drawn: Container[int]) -> None:
        self.drawn = drawn
        self.refused: set[str] = set()
        self.missing: set[str] = set()

    def printable(self, text: str) -> str:
        """Return the text without control characters; what no font draws stands as [U+XXXX]."""
        composed = unicodedata.normalize("NFC", text.replace("\t", " "))
        shown = "".join(self._shown(character) for character in composed)
        for cluster in sorted(self.refused, key=len, reverse=True):
            if cluster in shown:
                self.missing.update(cluster)
                shown = shown.replace(cluster, "".join(map(code, cluster)))
        return shown if shown.translate(INVISIBLE).strip() else ""

    def _shown(self, character: str) -> str:
        if character in AS_THEY_ARE:
            return character
        kind = unicodedata.category(character)
        if kind in ("Cc", "Zl", "Zp") or (kind == "Cf" and character not in KEPT_FORMATS) or _is_selector(character):
            return ""
        if kind not in ("Co", "Cn", "Cs") and ord(character) in self.drawn:
            return character
        self.missing.add(character)
        return code(character)


def code(character: str) -> str:
    """Return how a character that cannot be printed is shown."""
    return f"[U+{ord(character):04X}]"


def _is_selector(character: str) -> bool:
    return 0xFE00 <= ord(character) <= 0xFE0F or 0xE0100 <= ord(character) <= 0xE01EF
