"""A reference and the words of a code, as somebody typed them: what was meant, or what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from portal.content.loading import PORTAL
from portal.content.tables import ContentFault
from portal.sealing.code_words import CodeWords, UnfitWords, code_words_of, word_list
from portal.sealing.codes import CODE_WORDS, NotACode, parse_reference, parse_words_code, typed_words

__all__ = ["CODE_WORDS", "CodeWords", "TypedWords", "lang_of_code", "load_code_words", "read_reference", "read_words"]

FILE_NAME = "code-words.txt"


def load_code_words(own: Path | None = None) -> Mapping[str, CodeWords]:
    """Return the list of every language that has one of its own, ours or a deployment's. Raises ContentFault.

    Also of a language that is not offered any more: codes in it are still on paper.
    """
    homes = [PORTAL] if own is None else [PORTAL, own]
    paths = {path.parent.name: path for home in homes for path in sorted((home / "easyread").glob(f"*/{FILE_NAME}"))}
    return {lang: _read_list(lang, path) for lang, path in paths.items()}


def _read_list(lang: str, path: Path) -> CodeWords:
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
        return code_words_of(lang, [line for line in lines if line and not line.startswith("#")])
    except UnicodeDecodeError:
        raise ContentFault(f"{lang}/{FILE_NAME}", "file", "is not readable text (UTF-8)") from None
    except UnfitWords as fault:
        raise ContentFault(f"{lang}/{FILE_NAME}", "words", str(fault)) from None


@dataclass(frozen=True)
class TypedWords:
    """Words that somebody typed. `code` is the code they are, or empty; `wrong_word` counts from 1 where one is none of
    ours.
    """

    count: int
    code: str = field(default="", repr=False)
    wrong_word: int | None = None


def read_words(typed: str, others: Sequence[CodeWords] = ()) -> TypedWords:
    """Return the code of seven words that was meant, English or of another list; capitals and commas do not matter."""
    count = len(typed_words(typed))
    try:
        return TypedWords(count, parse_words_code(typed, others=others))
    except NotACode as fault:
        return TypedWords(count, wrong_word=fault.word_number)


def lang_of_code(code: str, others: Sequence[CodeWords]) -> str:
    """Return the language of a code of ours: that of the first list with all its words, English before others."""
    words = set(code.split())
    if words <= set(word_list()):
        return "en"
    return next((each.lang for each in others if words <= set(each.given)), "en")


def read_reference(typed: str) -> str | None:
    """Return the reference that was meant, or None where it can be none."""
    try:
        return parse_reference(typed)
    except NotACode:
        return None
