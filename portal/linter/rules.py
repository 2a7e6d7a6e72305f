"""The rules of Easy Read that a program can check in one stretch of words.

Certain rules are severe. Heuristic ones only point at a line: a person decides. The figures are the house rule
between the guides of GOV.UK, Mencap, Photosymbols and Inclusion Europe, which do not agree with each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from portal.content.inline import pieces, plain

GOOD_WORDS, MOST_WORDS = 12, 15
MOST_SENTENCES = 2
STANDARD_WORDS = 20
LONG_WORD = 12

FIGURE = re.compile(r"%\(\w+\)s")
KNOWN_CAPITALS = frozenset({"NHS"})
KNOWN_NUMBERS = frozenset({"18001", "18000", "85258"})
KNOWN_LONG_WORDS = frozenset({"professional", "professionals"})

NUMBER_WORDS = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty|hundred|thousand)\b",
    re.IGNORECASE,
)
CONTRACTION = re.compile(
    r"\b\w+(?:n[’']t|[’'](?:re|ll|ve|m|d))\b|\b(?:it|that|there|here|what|who|he|she|let)[’']s\b", re.IGNORECASE
)
SHORTENED = re.compile(r"\b(?:e\.g|i\.e|etc|viz|approx|asap)\b\.?", re.IGNORECASE)
PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:\w{3,}ed|given|made|sent|kept|told|seen|shown|written|held|done|put|taken)\b",
    re.IGNORECASE,
)
NEGATIVE = re.compile(r"\b(?:not|no|never|nobody|nothing|none|without|cannot)\b", re.IGNORECASE)
VAGUE = re.compile(r"\b(?:should|may be|might be|could be|as appropriate|where possible)\b", re.IGNORECASE)
METAPHORS = re.compile(
    r"\b(?:front door|break(?:ing)? down|run things|on top of|keep an eye|journey|pathway|step by step|fall through|"
    r"in the loop|on board|touch base|way forward)\b",
    re.IGNORECASE,
)
BANNED = {
    "suffering from": "say “has”",
    "suffers from": "say “has”",
    "mentally ill": "say “has a mental health problem”",
    "challenging behaviour": "say what happens",
    "vulnerable": "say what could happen to whom",
    "wheelchair-bound": "say “uses a wheelchair”",
    "special needs": "say what the person needs",
    "mental age": "leave it out",
    # What would not be true: others see a referral later, and no commencement order is known.
    "nobody else will see": "say who can open it here, then whom they share it with",
    "no one else will see": "say who can open it here, then whom they share it with",
    "is in force": "say “the law is changing”",
    "has come into force": "say “the law is changing”",
}
# One name for each thing, everywhere.
OTHER_NAMES = {
    r"\bDSR\b": "say “the register”",
    r"\bdatabases?\b": "say “the register”",
    r"\b(?:self-)?referrals?\b": "say “form”, or what the person does",
    r"\bapplications?\b": "say “form”",
    r"\bclinicians?\b|\bphysicians?\b": "say “doctor”",
    r"\bwebpages?\b|\bsites?\b": "say “website” or “page”",
    r"\bemail address(?:es)? of\b": "say “email”",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule has to say about a stretch of words."""

    rule: str
    advice: str
    severe: bool


def sentences(text: str) -> tuple[str, ...]:
    """Cut plain words into sentences."""
    return tuple(part for part in re.split(r"(?<=[.?!])[”’]?\s+", text.strip()) if part)


def count_words(text: str) -> int:
    """Count the words, not the marks between them."""
    return sum(1 for word in text.split() if re.search(r"\w", word))


def easy_findings(text: str, explained: frozenset[str]) -> Iterator[Finding]:
    """Yield everything to say about one stretch of Easy Read; `explained` are the glossary's words in small letters."""
    text = FIGURE.sub("this", text)
    words = plain(text)
    for rule in SURE:
        yield from rule(words)
    yield from _markup(text)
    yield from _links(text)
    yield from _numbers(text)
    yield from _capitals(words, explained)
    for guess in HEURISTIC:
        yield from guess(words)
    yield from _long_words(words, explained)


def standard_findings(text: str) -> Iterator[Finding]:
    """Yield everything to say about one stretch of standard wording."""
    words = plain(text)
    yield from _banned(words)
    yield from _shortened(words)
    yield from _links(text)
    for sentence in sentences(words):
        if count_words(sentence) > STANDARD_WORDS:
            yield Finding(
                "sentence-length", f"{count_words(sentence)} words: the NHS style asks for 20 or fewer", False
            )


def _length(words: str) -> Iterator[Finding]:
    for sentence in sentences(words):
        count = count_words(sentence)
        if count > GOOD_WORDS:
            advice = f"{count} words: aim for {GOOD_WORDS}, never more than {MOST_WORDS}: {sentence}"
            yield Finding("sentence-length", advice, count > MOST_WORDS)


def _sentences(words: str) -> Iterator[Finding]:
    count = len(sentences(words))
    if count > MOST_SENTENCES:
        yield Finding("sentences", f"{count} sentences beside one picture: cut it in two", True)


def _banned(words: str) -> Iterator[Finding]:
    for term, advice in BANNED.items():
        if re.search(rf"\b{re.escape(term)}\b", words, re.IGNORECASE):
            yield Finding("banned", f"“{term}”: {advice}", True)


def _contractions(words: str) -> Iterator[Finding]:
    for found in CONTRACTION.finditer(words):
        yield Finding("contraction", f"write “{found[0]}” in full", True)


def _shortened(words: str) -> Iterator[Finding]:
    for found in SHORTENED.finditer(words):
        yield Finding("shortened", f"write “{found[0]}” in full words", True)


def _names(words: str) -> Iterator[Finding]:
    for pattern, advice in OTHER_NAMES.items():
        if found := re.search(pattern, words):
            yield Finding("one-name", f"“{found[0]}”: {advice}", True)


def _figures(words: str) -> Iterator[Finding]:
    if "%" in words or "per cent" in words:
        yield Finding("percent", "say “a few”, “many” or “most”", True)
    if re.search(r"[½¼¾⅓]|\b\d+/\d+\b", words):
        yield Finding("fraction", "say “half” or “a part”, not a fraction", True)
    if found := re.search(r"\b(?=[IVXLC]{2,}\b)[IVXLC]+\b", words):
        yield Finding("roman-number", f"write “{found[0]}” as a digit", True)


def _numbers(text: str) -> Iterator[Finding]:
    words = " ".join(piece.words for piece in pieces(text) if not piece.target.startswith(("tel:", "mailto:")))
    for found in re.findall(r"\b\d{4,}\b", words.replace(",", "")):
        if found not in KNOWN_NUMBERS and not re.fullmatch(r"(?:19|20)\d\d", found):
            yield Finding("big-number", f"{found} is hard to grasp: say “many”, or make it a phone link", True)


def _capitals(words: str, explained: frozenset[str]) -> Iterator[Finding]:
    for found in re.findall(r"\b[A-Z][A-Z&]*[A-Z]\b", words):
        if found not in KNOWN_CAPITALS and found.casefold() not in explained and not set(found) <= set("IVXLC"):
            yield Finding("capitals", f"{found}: use the full words, or explain it in words.toml", True)


def _markup(text: str) -> Iterator[Finding]:
    left = re.sub(r"\*\*[^*]+\*\*", "", text)
    if "*" in left or re.search(r"(?<!\w)_\w+_(?!\w)|</?[a-zA-Z]+>", left):
        yield Finding("markup", "no italics and no HTML: only **bold** and links", True)


def _links(text: str) -> Iterator[Finding]:
    for piece in pieces(text):
        if piece.target and piece.words.casefold() in {"here", "click here", "link", "this link", "more", "read more"}:
            yield Finding("link-words", f"“{piece.words}” says nothing on its own", True)


def _number_words(words: str) -> Iterator[Finding]:
    for found in NUMBER_WORDS.finditer(words):
        yield Finding("number-word", f"write “{found[0]}” as a digit", False)


def _punctuation(words: str) -> Iterator[Finding]:
    for sentence in sentences(words):
        if re.search(r";|:\s|[()\[\]]|\s[–—-]\s|—", sentence):
            yield Finding("punctuation", f"no brackets, dashes, colons or semicolons: {sentence}", False)
        if sentence.count(",") > 1 or re.search(r", and\b", sentence):
            yield Finding("commas", f"two ideas or more: {sentence}", False)


def _passive(words: str) -> Iterator[Finding]:
    if found := PASSIVE.search(words):
        yield Finding("passive", f"who does it? “{found[0]}”", False)


def _negatives(words: str) -> Iterator[Finding]:
    for sentence in sentences(words):
        if len(NEGATIVE.findall(sentence)) > 1:
            yield Finding("double-negative", f"say what is, not what is not: {sentence}", False)


def _vague(words: str) -> Iterator[Finding]:
    if found := VAGUE.search(words):
        yield Finding("vague", f"can it be said for certain? “{found[0]}”", False)


def _metaphors(words: str) -> Iterator[Finding]:
    if found := METAPHORS.search(words):
        yield Finding("metaphor", f"say what really happens: “{found[0]}”", False)


def _long_words(words: str, explained: frozenset[str]) -> Iterator[Finding]:
    known = KNOWN_LONG_WORDS | {part for form in explained for part in form.split()}
    for word in re.findall(r"[A-Za-z]+", words):
        if len(word) >= LONG_WORD and word.casefold() not in known:
            yield Finding("long-word", f"is there a shorter word for “{word}”?", False)


Rule = Callable[[str], Iterator[Finding]]
SURE: tuple[Rule, ...] = (_length, _sentences, _banned, _contractions, _shortened, _names, _figures)
HEURISTIC: tuple[Rule, ...] = (_number_words, _punctuation, _passive, _negatives, _vague, _metaphors)
