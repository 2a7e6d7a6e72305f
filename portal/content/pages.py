"""The shapes of what is read: pages, blocks, questions in Easy Read, words explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from portal.content.inline import bold_words

PAGE_NAMES = (
    "start",
    "about",
    "who-can-join",
    "colours",
    "consent",
    "what-happens-next",
    "your-information",
    "in-hospital",
    "keyworkers",
    "get-help-to-apply",
    "leaflets",
    "urgent-help",
    "areas",
    "area",
    "professionals",
    "privacy",
    "cookies",
    "accessibility",
    "pictures",
)
# Pages of the form itself: they have no address of their own and nothing links to them.
JOURNEY_PAGES = (
    "apply-before-you-start",
    "apply-safe-now",
    "apply-urgent-now",
    "apply-urgent-help-first",
    "apply-help-in-hospital",
    "apply-for-professionals",
    "apply-place-not-known",
    "apply-another-place",
    "apply-team-not-ready",
    "apply-person-says-no",
    "apply-not-asked-yet",
    "apply-not-for-this",
    "apply-you-said-no",
    "apply-before-consent",
    "apply-before-consent-helper",
    "apply-check-answers",
    "apply-sent",
    "apply-for-the-person",
    "apply-saved",
    "apply-left",
    "apply-come-back",
    "apply-not-kept",
    "apply-cleared",
    "apply-lost",
    "apply-fault",
)
# Pages for those who come back after sending.
FOLLOW_UP_PAGES = (
    "follow-up",
    "follow-up-stands",
    "follow-up-message",
    "follow-up-contact",
    "follow-up-tell-me",
    "follow-up-take-back",
    "follow-up-not-with-this-code",
    "follow-up-lost-code",
)
KNOWN_PAGES = frozenset((*PAGE_NAMES, *JOURNEY_PAGES, *FOLLOW_UP_PAGES))
# Addresses outside this room that a page may link to.
DOORS = ("apply", "come-back", "follow-up", "lost-code", "sent")
LINKABLE = frozenset((*PAGE_NAMES, *DOORS)) - {"area"}

JOURNEY_INSERTS = frozenset(
    {
        "answers-in-hand",
        "call-without-a-name",
        "change-your-mind",
        "come-back-words",
        "consent-note-home",
        "go-on",
        "hospital-by-home",
        "journey-length",
        "not-ready-teams",
        "nothing-sent",
        "paper-for-the-person",
        "private-codes",
        "professionals-of-area",
        "safe-now",
        "say-no-later",
        "saved-words",
        "sent-about-person",
        "sent-panel",
        "shared-with-home",
        "signpost-detail",
        "start-now",
        "typed-again",
        "ways-of-area",
        "what-happens-home",
        "who-filled-in",
        "who-opens",
        "why-this-team",
    }
)
FOLLOW_UP_INSERTS = frozenset(
    {
        "back-to-where-it-stands",
        "code-form",
        "contact-form",
        "follow-up-acts",
        "message-form",
        "take-back-form",
        "tell-me-form",
        "ways-of-team",
        "where-it-stands",
    }
)
PAGE_INSERTS = frozenset(
    {
        "accessibility-contact",
        "accessibility-tested",
        "all-pictures",
        "area-detail",
        "areas-list",
        "consent-by-area",
        "crisis-lines",
        "hospital-by-area",
        "keyworkers-by-area",
        "leaflets",
        "picture-credits",
        "place-sources",
        "print-card",
        "professionals-by-area",
        "promises-by-area",
        "shared-with-by-area",
        "start-buttons",
        "ways-to-apply",
        "who-can-join-by-area",
        "who-runs-this",
    }
)
INSERTS = JOURNEY_INSERTS | FOLLOW_UP_INSERTS | PAGE_INSERTS


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from, and the date that source gives itself."""

    address: str
    date: str


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a standard page.

    kind: h2, h3, p, inset (text) · list, steps (items) · warning (title, text) · insert (name) ·
    colour (name: which colour, title: its name in words, text: what it means, items: what happens then).
    """

    kind: str
    text: str = ""
    title: str = ""
    items: tuple[str, ...] = ()
    name: str = ""
    anchor: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page in standard wording, English: its words are the msgids of the translations."""

    name: str
    title: str
    summary: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A hard word and what it means. An everyday one is explained where it is bold, and may stand plain elsewhere."""

    word: str
    say: str
    also: tuple[str, ...] = ()
    everyday: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        """The word and its other forms, in small letters."""
        return tuple(form.casefold() for form in (self.word, *self.also))


@dataclass(frozen=True, slots=True)
class EasyBlock:
    """One block of an Easy Read page. kind: heading (text) · line (text, picture) · insert (name)."""

    kind: str
    text: str = ""
    picture: str = ""
    name: str = ""
    anchor: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class EasyPage:
    """A page in Easy Read in one language; `words` are the bold words used on it, explained."""

    name: str
    lang: str
    title: str
    summary: str
    blocks: tuple[EasyBlock, ...]
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class EasyLine:
    """A short line with its picture."""

    say: str
    picture: str = ""


@dataclass(frozen=True, slots=True)
class EasyChoice:
    """One choice of a question: its words, their wording for a helper where it differs, a hint, a picture."""

    say: str
    say_helper: str = ""
    hint: str = ""
    hint_helper: str = ""
    picture: str = ""

    def texts(self) -> tuple[str, ...]:
        """Return its words in the order in which they are read."""
        return (self.say, self.say_helper, self.hint, self.hint_helper)


@dataclass(frozen=True, slots=True)
class EasyQuestion:
    """One question of the form in Easy Read. `helper` texts are for someone who fills it in for another person.

    Where a `helper` text is empty, a helper reads what everyone reads.
    """

    key: str
    lang: str
    ask: str
    ask_helper: str = ""
    picture: str = ""
    help: tuple[EasyLine, ...] = ()
    help_helper: tuple[EasyLine, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, EasyChoice]] = field(default_factory=dict)
    words: tuple[Word, ...] = ()


def messages(page: Page) -> Iterator[str]:
    """Yield every text of a page that a translation must have, in reading order, once each."""
    seen: set[str] = set()
    for text in _texts(page):
        if text and text not in seen:
            seen.add(text)
            yield text


def _texts(page: Page) -> Iterator[str]:
    yield page.title
    yield page.summary
    for block in page.blocks:
        yield block.title
        yield block.text
        yield from block.items


def words_used(texts: Iterable[str], glossary: Mapping[str, Word]) -> tuple[Word, ...]:
    """Return the bold words of the texts with their meaning, in order of first use; KeyError names a missing one."""
    found: dict[str, Word] = {}
    for text in texts:
        for bold in bold_words(text):
            word = glossary[bold.casefold()]
            found.setdefault(word.word, word)
    return tuple(found.values())


def question_texts(question: EasyQuestion) -> Iterator[str]:
    """Yield every text of a question, in the order it is read."""
    yield question.ask
    yield question.ask_helper
    yield from (line.say for line in (*question.help, *question.help_helper))
    yield from question.labels.values()
    yield from question.hints.values()
    for choices in question.choices.values():
        for choice in choices.values():
            yield from choice.texts()
