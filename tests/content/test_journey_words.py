"""Every question and every page of the form is there in both voices, and the Easy Read one keeps its house rules."""

import re
from collections.abc import Iterator

import pytest

from portal.content import Content, load_content
from portal.content.inline import plain
from portal.content.pages import JOURNEY_INSERTS, JOURNEY_PAGES, question_texts
from portal.form.question import Choice, Field, Kind, Question, Stop
from portal.linter.words import check
from tests.support.form import QUESTIONS, STEPS

LONGEST_SENTENCE = 15
SKIP = "You can skip this question."
HARD_MARKS = re.compile(r"[;()–—]|\b\w+[’'](?:t|re|ll|ve|m|d)\b|%|\be\.g\.|\bi\.e\.|\betc\b")


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


def by_key(question: Question) -> str:
    return question.key


def static_choices(question: Question) -> Iterator[tuple[Field, Choice]]:
    for field in question.fields:
        for choice in field.choices:
            yield field, choice


def easy_texts(content: Content) -> Iterator[tuple[str, str]]:
    for question in QUESTIONS:
        easy = content.question(question.key)
        assert easy is not None
        yield from ((question.key, text) for text in question_texts(easy))
    for name in JOURNEY_PAGES:
        page = content.easy_page(name)
        yield from ((name, text) for text in (page.title, page.summary, *(block.text for block in page.blocks)))


@pytest.mark.parametrize("question", QUESTIONS, ids=by_key)
def test_a_question_has_its_easy_read_words_and_a_picture(content: Content, question: Question) -> None:
    easy = content.question(question.key)
    assert easy is not None
    assert easy.ask
    assert easy.picture


def test_easy_read_says_in_words_that_a_box_may_stay_empty(content: Content) -> None:
    """Instead of “(optional)”, which is a hard word."""
    said = {
        field.base: easy.hints.get(field.base)
        for question in QUESTIONS
        if not question.is_optional and (easy := content.question(question.key))
        for field in question.fields
        if not field.required and field.name not in question.one_of and field.kind in (Kind.TEXT, Kind.LONG_TEXT)
    }
    assert set(said.values()) == {"You can leave this empty"}


@pytest.mark.parametrize("question", QUESTIONS, ids=by_key)
def test_every_label_has_easy_read_words(content: Content, question: Question) -> None:
    easy = content.question(question.key)
    assert easy is not None
    assert {field.base for field in question.fields if field.label} <= set(easy.labels)


@pytest.mark.parametrize("question", QUESTIONS, ids=by_key)
def test_every_choice_has_easy_read_words(content: Content, question: Question) -> None:
    easy = content.question(question.key)
    assert easy is not None
    without = [
        choice.value
        for field, choice in static_choices(question)
        if choice.value not in easy.choices.get(field.name, {})
    ]
    assert without == []


@pytest.mark.parametrize("question", QUESTIONS, ids=by_key)
def test_easy_read_has_no_field_or_choice_that_is_not_asked(content: Content, question: Question) -> None:
    easy = content.question(question.key)
    assert easy is not None
    fields = {field.base: field for field in question.fields}
    assert {*easy.labels, *easy.hints, *easy.choices} <= set(fields)
    for name, choices in easy.choices.items():
        if fields[name].choices_from is None:
            assert set(choices) == {choice.value for choice in fields[name].choices}


@pytest.mark.parametrize("question", QUESTIONS, ids=by_key)
def test_a_helper_is_spoken_to_wherever_the_standard_wording_does(content: Content, question: Question) -> None:
    easy = content.question(question.key)
    assert easy is not None
    if question.ask_helper:
        assert easy.ask_helper
    if question.hint_helper:
        assert easy.help_helper or {line.say for line in easy.help} <= {SKIP}
    for field, choice in static_choices(question):
        if choice.label_helper:
            assert easy.choices[field.name][choice.value].say_helper, choice.value


@pytest.mark.parametrize("name", JOURNEY_PAGES)
def test_a_page_of_the_form_is_there_in_both_voices(content: Content, name: str) -> None:
    standard, easy = content.page(name), content.easy_page(name)
    inserts = [block.name for block in standard.blocks if block.kind == "insert"]
    assert inserts == [block.name for block in easy.blocks if block.kind == "insert"]


def test_every_stop_and_every_page_between_has_its_words() -> None:
    stops = {f"apply-{step.key}" for step in STEPS if isinstance(step, Stop)}
    between = {"apply-urgent-help-first", "apply-help-in-hospital"}
    assert stops | between <= set(JOURNEY_PAGES)


def test_every_insert_of_the_form_is_used(content: Content) -> None:
    used = {block.name for name in JOURNEY_PAGES for block in content.page(name).blocks if block.kind == "insert"}
    assert used >= JOURNEY_INSERTS


def test_no_sentence_is_long(content: Content) -> None:
    sentences = [
        (where, sentence) for where, text in easy_texts(content) for sentence in re.split(r"(?<=[.?!])\s+", plain(text))
    ]
    assert [(where, each) for where, each in sentences if len(each.split()) > LONGEST_SENTENCE] == []


def test_no_contraction_bracket_dash_or_semicolon(content: Content) -> None:
    assert [(where, text) for where, text in easy_texts(content) if HARD_MARKS.search(plain(text))] == []


def test_a_line_holds_at_most_two_sentences(content: Content) -> None:
    assert [
        (where, text) for where, text in easy_texts(content) if len(re.findall(r"[.?!](?:\s|$)", plain(text))) > 2
    ] == []


def test_the_linter_finds_no_severe_fault_in_the_form() -> None:
    assert [str(fault) for fault in check() if fault.severe and "apply" in fault.file] == []
