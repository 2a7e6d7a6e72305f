"""Words that stay English because nobody has translated them: marked where they are looked up, told apart where seen.

A mark is a pair of Unicode noncharacters, meant for such use inside a program, so it goes wherever its words go:
through a placeholder, a template, a kept frame. Pages turn it into `lang`, documents into a language of their own.
"""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

Thing = TypeVar("Thing")

START, END = "\ufdd0", "\ufdd1"
MARK = re.compile(f"[{START}{END}]")
TAG = re.compile(r"(<[^>]*>)")
NO_ELEMENTS_INSIDE = frozenset({"title", "option", "textarea"})
EMPTY = frozenset({"img", "input", "meta"})
NOT_WORDS = frozenset({"key", "lang", "kind", "name", "picture", "anchor", "source", "also", "everyday", "team_says"})
"""Fields of content that nobody reads."""


def mark(text: str) -> str:
    """Return the text marked as English; an empty one as it is."""
    return f"{START}{text}{END}" if text and not text.startswith(START) else text


def unmarked(text: str) -> str:
    """Return the text without marks, for where a language cannot be told."""
    return MARK.sub("", text)


def in_english(content: Thing) -> Thing:
    """Return content (a page, a question, a line) with all its words marked as English."""
    marked: Any = content
    if isinstance(content, str):
        marked = mark(content)
    elif isinstance(content, tuple):
        marked = tuple(in_english(each) for each in content)
    elif isinstance(content, Mapping):
        marked = {key: in_english(each) for key, each in content.items()}
    elif is_dataclass(content) and not isinstance(content, type):
        words = [each.name for each in fields(content) if each.name not in NOT_WORDS]
        marked = replace(content, **{name: in_english(getattr(content, name)) for name in words})
    return marked  # type: ignore[no-any-return]  # the same kind of thing as came in


def with_lang(page: str, direction: str) -> str:
    """Return a page of HTML in which marked words say that they are English.

    Words alone in their element give it its `lang`; others get an element of their own. `direction`: of the page.
    """
    if START not in page:
        return page
    english = ' lang="en"' if direction == "ltr" else ' lang="en" dir="ltr"'
    tokens = TAG.split(page)
    depth, inside = 0, ""
    for at, token in enumerate(tokens):
        if token.startswith("<") and not token.startswith("</"):
            inside = token[1:].split(maxsplit=1)[0].rstrip(">/")
            if START in token:
                tokens[at] = _tag(token, inside, english)
        elif START in token or END in token:
            if inside in NO_ELEMENTS_INSIDE or _is_alone(tokens, at):
                tokens[at] = unmarked(token)
                if " lang=" not in tokens[at - 1]:
                    tokens[at - 1] = f"{tokens[at - 1][:-1]}{english}>"
            else:
                tokens[at], depth = _spans(token, english, depth)
    return "".join(tokens) if depth == 0 else unmarked(page)


def _tag(token: str, name: str, english: str) -> str:
    """Return a tag with marks in its attributes: an element with nothing inside can say so for them."""
    plain = unmarked(token)
    return f"{plain[:-1]}{english}>" if name in EMPTY and " lang=" not in plain else plain


def _is_alone(tokens: list[str], at: int) -> bool:
    """Say whether marked words are all that their element holds."""
    words = tokens[at].strip()
    before, after = tokens[at - 1], tokens[at + 1]
    return (
        after.startswith("</")
        and before.startswith(f"<{after[2:-1]}")
        and words.startswith(START)
        and words.endswith(END)
        and words.count(START) == 1
    )


def _spans(words: str, english: str, depth: int) -> tuple[str, int]:
    """Return words with an element from each outermost mark to its end, and how many marks are still open."""
    parts = []
    for part in re.split(f"([{START}{END}])", words):
        if part == START:
            parts.append(f"<span{english}>" if depth == 0 else "")
            depth += 1
        elif part == END:
            depth -= 1
            parts.append("</span>" if depth == 0 else "")
        else:
            parts.append(part)
    return "".join(parts), depth
