"""What pages say of people, teams and sources: no orders, nothing nobody promised, nothing credited wrongly."""

import re
from collections.abc import Iterator

import pytest

from portal.content import Content, load_content
from portal.content.pages import question_texts

ORDER = re.compile(r"\bYou must (say|have|join|come)\b")
NIGHT = re.compile(r"(do not|does not|nobody) reads? (it|them|the form) at night|not read at night", re.IGNORECASE)
STOPS = ("another-place", "team-not-ready", "not-asked-yet", "not-for-this", "place-not-known", "person-says-no")
BOTH = pytest.mark.parametrize("level", ["standard", "easy-read"])


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


def texts_of(content: Content) -> Iterator[tuple[str, str]]:
    """Yield every text of every page, with the page's name."""
    for page in content.pages.values():
        yield from ((page.name, text) for block in page.blocks for text in (block.text, block.title, *block.items))
    for easy in content.easy_pages.values():
        yield from ((easy.name, block.text) for block in easy.blocks)


def words_on(content: Content, name: str, level: str) -> str:
    if level == "standard":
        blocks = content.page(name).blocks
        return " ".join(" ".join((block.text, block.title, *block.items, block.name)) for block in blocks)
    return " ".join(f"{block.text} {block.name}" for block in content.easy_page(name).blocks)


def test_nobody_is_ordered_to_say_yes_or_to_come(content: Content) -> None:
    assert [(name, text) for name, text in texts_of(content) if ORDER.search(text)] == []


def test_no_page_says_when_a_team_reads(content: Content) -> None:
    """When the teams work is not known for most of them."""
    assert [(name, text) for name, text in texts_of(content) if NIGHT.search(text)] == []


def test_a_parents_yes_is_not_credited_to_a_page_that_does_not_speak_of_it(content: Content) -> None:
    blocks = [*content.page("consent").blocks, *content.easy_page("consent").blocks]
    said = [block for block in blocks if "not enough" in block.text]
    assert len(said) == 2
    assert [block for block in said if block.source] == []


@BOTH
def test_the_start_page_says_some_people_and_offers_the_form_before_anything_else(content: Content, level: str) -> None:
    words = words_on(content, "start", level)
    assert "some autistic people and some people with a learning disability" in words
    assert "Without more support they might need to go into a" in words
    blocks = content.page("start").blocks if level == "standard" else content.easy_page("start").blocks
    buttons = next(place for place, block in enumerate(blocks) if block.name == "start-buttons")
    headings = [(place, block.text) for place, block in enumerate(blocks) if block.kind in {"h2", "heading"}]
    assert headings[0][1] == "What will be different if you say yes"
    assert buttons < headings[0][0]


@BOTH
@pytest.mark.parametrize("stop", STOPS)
def test_where_the_form_stops_nothing_untrue_is_said_of_the_answers(content: Content, stop: str, level: str) -> None:
    words = words_on(content, f"apply-{stop}", level)
    assert "We do not keep your answers" not in words
    if stop == "person-says-no":
        assert re.search(r"We (have erased|cleared) what you wrote about (them|the person)", words)
    else:
        assert words.index("nothing-sent") < words.index("answers-in-hand")


@pytest.mark.parametrize("key", ["area", "council", "area_council"])
def test_people_without_a_home_are_asked_where_they_stay(content: Content, key: str) -> None:
    question = content.question(key)
    assert question is not None
    assert "stay" in question.ask
    assert "stay" in question.ask_helper
    assert "stay most" in " ".join(question_texts(question))


def test_a_council_is_more_than_the_bins(content: Content) -> None:
    assert "bins" not in content.words["council"].say
