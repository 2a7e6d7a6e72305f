"""The linter behind `portal words check`: a tripwire for Easy Read, never proof of it.

Only people with a learning disability can say that a page is easy to read. See
docs/decisions/0002-the-words-linter-is-a-tripwire.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from portal.areas.area import Areas
from portal.areas.loading import load_areas
from portal.content.area_words import area_file
from portal.content.easy import ERRORS
from portal.content.inline import bold_words, pieces, plain
from portal.content.loading import PORTAL, Content, load_content
from portal.content.pages import EasyBlock, EasyLine, EasyPage, EasyQuestion, Word, messages, question_texts
from portal.content.tables import ContentFault
from portal.form.question import Question
from portal.form.validation import sentences_of
from portal.linter.rules import Finding, count_words, easy_findings, standard_findings
from portal.strict import toml_files

LONG_PAGE = 1_000
WORDS_TO_A_HEADING = 70
HOME = "en"


@dataclass(frozen=True, slots=True)
class Fault:
    """One line of the report: where to look, which rule, what to do. Severe ones fail the build."""

    file: str
    where: str
    rule: str
    advice: str
    severe: bool

    def __str__(self) -> str:
        weight = "fault" if self.severe else "look at"
        return f"{self.file}: {self.where}: {weight}: {self.rule}: {self.advice}"


def check(folder: Path | None = None, questions: Iterable[Question] | None = None) -> list[Fault]:
    """Return every fault in the words of a portal's folder, severe ones first; an empty list is a clean bill."""
    home = folder or PORTAL
    try:
        areas = load_areas()
        faults = _all_faults(home, tuple(areas.form.questions if questions is None else questions), names_of(areas))
    except ContentFault as fault:
        return [Fault(fault.file, fault.field, "loading", fault.why, severe=True)]
    return sorted(dict.fromkeys(faults), key=lambda fault: (not fault.severe, fault.file, _line_number(fault.where)))


def names_of(areas: Areas) -> frozenset[str]:
    """Return the words in the names of areas, which no shorter word can stand for."""
    return frozenset(word.casefold() for area in areas.all for word in re.findall(r"\w+", area.name))


def _all_faults(home: Path, questions: tuple[Question, ...], names: frozenset[str]) -> list[Fault]:
    contents = [load_content(lang, home) for lang in _languages(home)]
    english = contents[0]
    faults = [
        *_standard(english, home),
        *_missing_pages(english),
        *_missing_questions(english, questions),
        *_missing_errors(english, questions),
        *_pictures(english, home),
        *_unused_words(english),
    ]
    for content in contents:
        faults += [*_easy(content, home, names), *_missing_in_language(content)]
    return faults


def main_report(faults: Iterable[Fault]) -> tuple[str, int]:
    """Return what `portal words check` prints, and its exit code: 1 when a fault is severe."""
    listed = list(faults)
    severe = sum(fault.severe for fault in listed)
    summary = f"{severe} to mend, {len(listed) - severe} to look at. A program cannot tell if a page is easy to read."
    return "\n".join([*(str(fault) for fault in listed), summary]), 1 if severe else 0


def _languages(home: Path) -> list[str]:
    others = sorted(path.name for path in (home / "easyread").iterdir() if path.is_dir() and path.name != HOME)
    return [HOME, *others]


def _line_number(where: str) -> int:
    digits = where.removeprefix("line ")
    return int(digits) if digits.isdigit() else 0


class Source:
    """A file, so that a fault can name its line."""

    def __init__(self, path: Path, shown: str) -> None:
        self.shown = shown
        self._lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    def fault(self, text: str, finding: Finding) -> Fault:
        """Return the finding as a fault at the line that holds the text."""
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        numbers = (number for number, line in enumerate(self._lines, 1) if escaped in line)
        return Fault(self.shown, f"line {next(numbers, 1)}", finding.rule, finding.advice, finding.severe)


def _standard(content: Content, home: Path) -> Iterator[Fault]:
    for page in content.pages.values():
        source = Source(home / "content" / "pages" / f"{page.name}.toml", f"content/pages/{page.name}.toml")
        for text in messages(page):
            for finding in standard_findings(text):
                yield source.fault(text, finding)


def _easy(content: Content, home: Path, names: frozenset[str]) -> Iterator[Fault]:
    folder = f"easyread/{content.lang}"
    explained = frozenset(content.words) | names
    own_pages = (page for page in content.easy_pages.values() if page.lang == content.lang)
    for page in own_pages:
        source = Source(home / folder / f"{page.name}.toml", f"{folder}/{page.name}.toml")
        yield from _texts((page.title, *(block.text for block in page.blocks)), explained, source)
        yield from _whole_page(page, source)
        yield from _first_uses(page, content.words, source)
    for question in content.questions.values():
        if question.lang == content.lang:
            source = Source(home / folder / "apply" / f"{question.key}.toml", f"{folder}/apply/{question.key}.toml")
            yield from _texts(question_texts(question), explained, source)
            yield from _bold_somewhere(question, content.words, source)
    yield from _area_lines(content, home, explained)
    source = Source(home / folder / ERRORS, f"{folder}/{ERRORS}")
    yield from _texts(content.errors.values(), explained, source)
    source = Source(home / folder / "words.toml", f"{folder}/words.toml")
    yield from _texts((word.say for word in dict.fromkeys(content.words.values())), explained, source)


def _texts(texts: Iterable[str], explained: frozenset[str], source: Source) -> Iterator[Fault]:
    for text in texts:
        for finding in easy_findings(text, explained):
            yield source.fault(text, finding)


def _area_lines(content: Content, home: Path, explained: frozenset[str]) -> Iterator[Fault]:
    for path, lines in _area_files(content, home):
        source = Source(path, f"easyread/{content.lang}/areas/{path.name}")
        said = [line.say for line in lines]
        yield from _texts(said, explained, source)
        for text in said:
            for bold in bold_words(text):
                if bold.casefold() not in explained:
                    yield source.fault(text, Finding("unexplained", f"“{bold}” is not in words.toml", severe=True))


def _area_files(content: Content, home: Path) -> Iterator[tuple[Path, tuple[EasyLine, ...]]]:
    for path in toml_files(home / "easyread" / content.lang / "areas"):
        yield path, tuple(line for _, lines in area_file(path, content.pictures) for line in lines)


def _whole_page(page: EasyPage, source: Source) -> Iterator[Fault]:
    total = sum(count_words(plain(block.text)) for block in page.blocks)
    if total > LONG_PAGE:
        yield source.fault(page.title, Finding("page-length", f"{total} words: cut the page in two", severe=False))
    since, before = 0, None
    for block in page.blocks:
        if block.kind != "line":
            since, before = 0, None
            continue
        since += count_words(plain(block.text))
        if since > WORDS_TO_A_HEADING:
            yield source.fault(block.text, Finding("headings", f"{since} words without a heading", severe=False))
            since = 0
        if before == block.picture:
            advice = f"the picture {block.picture} stands twice in a row"
            yield source.fault(block.text, Finding("same-picture", advice, severe=False))
        before = block.picture


def _first_uses(page: EasyPage, words: Mapping[str, Word], source: Source) -> Iterator[Fault]:
    """The first time a hard word stands in a line it is bold, and what it means follows at once."""
    seen: set[str] = set()
    lines = list(page.blocks)
    for number, block in enumerate(lines):
        bold = {word.casefold() for word in bold_words(block.text)}
        for word in _hard_words(block, words):
            if word.word in seen:
                continue
            seen.add(word.word)
            if not word.everyday and not bold.intersection(word.forms):
                advice = f"“{word.word}” is hard: bold at its first use, and explained"
                yield source.fault(block.text, Finding("first-use", advice, severe=True))
        if bold and not _explained_next(block, lines[number + 1 : number + 2]):
            advice = "say what the bold word means in the next sentence or line"
            yield source.fault(block.text, Finding("explain-at-once", advice, severe=False))


def _hard_words(block: EasyBlock, words: Mapping[str, Word]) -> list[Word]:
    if block.kind != "line" or not words:
        return []
    return [words[found] for found in _forms_in(block.text, words)]


def _forms_in(text: str, words: Mapping[str, Word]) -> list[str]:
    # A link leads to the page that explains its words. Longest forms first: "mental health hospital" is one word.
    forms = sorted(words, key=len, reverse=True)
    pattern = r"\b(?:" + "|".join(re.escape(form) for form in forms) + r")\b"
    said = " | ".join(piece.words for piece in pieces(text) if not piece.target)
    return re.findall(pattern, said.casefold())


def _explained_next(block: EasyBlock, after: list[EasyBlock]) -> bool:
    said = plain(block.text)
    last_bold = max(said.rfind(word) for word in bold_words(block.text))
    goes_on = bool(re.search(r"[.?!]\s+\w", said[last_bold:])) or re.search(r"\bis (?:a|an|when|the|like)\b", said)
    return bool(goes_on) or bool(after and after[0].kind == "line")


def _bold_somewhere(question: EasyQuestion, words: Mapping[str, Word], source: Source) -> Iterator[Fault]:
    explained = {word.word for word in question.words}
    for text in question_texts(question):
        for form in _forms_in(text, words) if words else ():
            word = words[form]
            if not word.everyday and word.word not in explained:
                explained.add(word.word)
                advice = f"“{word.word}” is hard: make it bold, so that the page explains it"
                yield source.fault(text, Finding("first-use", advice, severe=True))


def _missing_pages(content: Content) -> Iterator[Fault]:
    for name in sorted(set(content.pages) - set(content.easy_pages)):
        yield Fault(f"easyread/en/{name}.toml", "file", "missing-page", "the page has no Easy Read", severe=True)
    for name in sorted(set(content.easy_pages) - set(content.pages)):
        yield Fault(
            f"content/pages/{name}.toml", "file", "missing-page", "the page has no standard wording", severe=True
        )


def _missing_questions(content: Content, questions: tuple[Question, ...]) -> Iterator[Fault]:
    known: set[str] = set()
    for question in questions:
        yield from question_faults(content, question)
        known |= {question.key, *(other.key for _, other in question.other_words)}
    for key in sorted(set(content.questions) - known):
        advice = "no question has this key"
        yield Fault(f"easyread/en/apply/{key}.toml", "file", "unknown-question", advice, severe=True)


def question_faults(content: Content, question: Question) -> Iterator[Fault]:
    """Yield what is missing of a question's Easy Read, in each of its wordings."""
    for key in (question.key, *(other.key for _, other in question.other_words)):
        file = f"easyread/en/apply/{key}.toml"
        if easy := content.question(key):
            yield from _missing_choices(file, easy, question)
        else:
            yield Fault(file, "file", "missing-question", "the question has no Easy Read", severe=True)


def _missing_errors(content: Content, questions: tuple[Question, ...]) -> Iterator[Fault]:
    for text in dict.fromkeys(sentences_of(questions)):
        if text not in content.errors:
            yield Fault(f"easyread/en/{ERRORS}", "file", "missing-error", f"has no Easy Read: {text}", severe=True)


def _missing_choices(file: str, easy: EasyQuestion, question: Question) -> Iterator[Fault]:
    names = {field.base for field in question.fields}
    for name in sorted({*easy.labels, *easy.hints, *easy.choices} - names):
        yield Fault(file, name, "unknown-field", "the question has no such field", severe=True)
    for field in question.fields:
        told = easy.choices.get(field.name, {})
        values = [choice.value for choice in field.choices]
        for value in values:
            if value not in told:
                yield Fault(file, f"choices.{field.name}.{value}", "missing-choice", "has no Easy Read", severe=True)
        for value in told:
            if value not in values and not field.choices_from:
                yield Fault(file, f"choices.{field.name}.{value}", "unknown-choice", "no such choice", severe=True)


def _missing_in_language(content: Content) -> Iterator[Fault]:
    langs = {name: page.lang for name, page in content.easy_pages.items()}
    langs |= {f"apply/{key}": question.lang for key, question in content.questions.items()}
    for name in sorted(name for name, lang in langs.items() if lang != content.lang):
        file = f"easyread/{content.lang}/{name}.toml"
        yield Fault(file, "file", "not-written", "shown in English until somebody writes it", severe=False)


def _pictures(content: Content, home: Path) -> Iterator[Fault]:
    drawn = home.parent / "static" / "pictures"
    used = {block.picture for page in content.easy_pages.values() for block in page.blocks}
    for question in content.questions.values():
        used |= {question.picture, *(line.picture for line in (*question.help, *question.help_helper))}
        used |= {choice.picture for choices in question.choices.values() for choice in choices.values()}
    used |= {line.picture for _, lines in _area_files(content, home) for line in lines}
    alts: dict[str, str] = {}
    for picture in content.pictures:
        where = f"pictures.{picture.key}"
        if picture.file and not (drawn / picture.file).exists():
            advice = f"static/pictures/{picture.file} is not there"
            yield Fault("content/pictures.toml", where, "missing-drawing", advice, severe=True)
        if picture.alt in alts:
            advice = f"has the same words as {alts[picture.alt]}"
            yield Fault("content/pictures.toml", where, "same-alt", advice, severe=True)
        alts.setdefault(picture.alt, picture.key)
        if picture.key not in used:
            yield Fault("content/pictures.toml", where, "unused-picture", "no Easy Read page shows it", severe=False)


def _unused_words(content: Content) -> Iterator[Fault]:
    used = {word.word for page in content.easy_pages.values() for word in page.words}
    used |= {word.word for question in content.questions.values() for word in question.words}
    for word in dict.fromkeys(content.words.values()):
        if word.word not in used:
            yield Fault("easyread/en/words.toml", word.word, "unused-word", "no page explains it", severe=False)
