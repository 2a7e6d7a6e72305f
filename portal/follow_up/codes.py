"""A reference and the words of a code, as somebody typed them: what was meant, or what is wrong with it."""

from dataclasses import dataclass, field

from portal.sealing.codes import CODE_WORDS, NotACode, parse_reference, parse_words_code, typed_words

__all__ = ["CODE_WORDS", "TypedWords", "read_reference", "read_words"]


@dataclass(frozen=True)
class TypedWords:
    """Words that somebody typed. `code` is the code they are, or empty; `wrong_word` counts from 1 where one is none of
    ours.
    """

    count: int
    code: str = field(default="", repr=False)
    wrong_word: int | None = None


def read_words(typed: str) -> TypedWords:
    """Return the code of seven words that was meant; capitals, commas and numbering do not matter."""
    count = len(typed_words(typed))
    try:
        return TypedWords(count, parse_words_code(typed))
    except NotACode as fault:
        return TypedWords(count, wrong_word=fault.word_number)


def read_reference(typed: str) -> str | None:
    """Return the reference that was meant, or None where it can be none."""
    try:
        return parse_reference(typed)
    except NotACode:
        return None
