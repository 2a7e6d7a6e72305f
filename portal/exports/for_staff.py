"""Why a referral came to a team is told to the person; its letter tells the same to the team."""

import re

_REWORDED = (
    (r"\bthat you live\b", "that they live"),
    (r"\b[Yy]ou live\b", "the person lives"),
    (r"\byou are (.+?) and live\b", r"the person is \1 and lives"),
    (r"\byou are\b", "the person is"),
    (r"\byou\b", "they"),
    (r"\bYou\b", "They"),
    (r"\byour\b", "their"),
    (r"\bYour\b", "Their"),
    (r", and the team will see that\b", ""),
)


def for_staff(reason: str) -> str:
    """Return why the referral came, in the third person and as a sentence: "Because the person lives in Stroud"."""
    for spoken, written in _REWORDED:
        reason = re.sub(spoken, written, reason)
    return reason[:1].upper() + reason[1:]
