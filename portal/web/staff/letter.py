"""An opened referral, ready to show: read like a letter, word for word as it was written."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.web.words import say as _

NEEDS = frozenset({"needs", "language"})
"""Questions whose answers stand at the top, and so not again below."""

PATHWAYS = {
    "talk_first": "They want the team to talk to them first",
    "best_interests": "They may not be able to decide",
    "legal_decision_maker": "Somebody may decide for them by law",
    "child_without_parental_responsibility": "Consent is to be checked",
    "parent_for_child": "Consent is to be checked",
    "child_own": "Consent is to be checked",
}


@dataclass(frozen=True)
class Item:
    """A question as it was asked, and the lines of its answer."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """Questions under one heading."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Letter:
    """What a referral says. `unread` is the whole text, where this release cannot take it apart."""

    consent: str = ""
    team_must: str = ""
    heading: str = ""
    needs: tuple[str, ...] = ()
    routing: str = ""
    register: str = ""
    sections: tuple[Section, ...] = ()
    unread: str = ""


def letter_of(content: bytes) -> Letter:
    """Return the letter; one of an unknown form is shown as it is, never refused: somebody waits for an answer."""
    try:
        return _letter(json.loads(content))
    except (ValueError, KeyError, TypeError, AttributeError):
        return Letter(unread=content.decode("utf-8", errors="replace"))


def _letter(document: Mapping[str, Any]) -> Letter:
    consent, routing = document["consent"], document["routing"]
    sections = tuple(_section(section) for section in document["sections"])
    return Letter(
        consent=str(consent["reason"]),
        team_must=str(consent["team_must"] or ""),
        heading=_(PATHWAYS.get(consent["pathway"], "What the team must do first")),
        needs=_texts(document.get("needs", ())),
        routing=_as_sentence(str(routing.get("reason") or "")),
        register=str(routing.get("register") or ""),
        sections=tuple(section for section in sections if section.items),
    )


def _section(section: Mapping[str, Any]) -> Section:
    items = (
        Item(str(item["question"]), _texts(item["answers"])) for item in section["items"] if item["key"] not in NEEDS
    )
    return Section(str(section["title"]), tuple(items))


def _as_sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _texts(lines: Sequence[Any]) -> tuple[str, ...]:
    return tuple(str(line) for line in lines)
