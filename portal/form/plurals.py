"""Sentences with a number before a noun: languages have up to six forms, so a translator is given both of English."""

PLURALS: dict[str, tuple[str, str]] = {}
"""By the sentence for several: the one for one, and the name of the number that decides."""


def N_number(one: str, several: str, number: str) -> str:  # as gettext's N_, which the extractor looks for
    """Mark a sentence for translation whose form depends on a number, named as in `%(number)s`; return the second."""
    PLURALS[several] = one, number
    return several
