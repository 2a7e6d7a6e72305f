"""Every sentence of the area files has its Easy Read wording, and none is left over from a sentence that changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.areas.area import Area, Areas, Signpost
from portal.areas.loading import load_areas
from portal.content.area_words import AreaWords, load_area_words
from portal.content.loading import PORTAL
from portal.content.pictures import Pictures, load_pictures
from portal.content.rules import easy_findings
from portal.content.tables import ContentFault

FACT = """
[[facts]]
text = "They have meetings."
[[facts.lines]]
picture = "talk"
say = "They talk."
"""


@pytest.fixture(scope="module")
def pictures() -> Pictures:
    return load_pictures(PORTAL / "content" / "pictures.toml")


@pytest.fixture(scope="module")
def words(pictures: Pictures) -> AreaWords:
    return load_area_words(PORTAL / "easyread" / "en" / "areas", pictures)


@pytest.fixture(scope="module")
def sentences() -> set[str]:
    areas = load_areas()
    return set(all_sentences(areas))


def all_sentences(areas: Areas) -> Iterator[str]:
    yield from of_signpost(areas.national.elsewhere)
    yield from (line.name for line in areas.national.crisis_lines)
    for area in areas.all:
        yield from of_area(area)


def of_signpost(signpost: Signpost) -> Iterator[str]:
    yield from (signpost.title, signpost.why, *signpost.next_steps)
    yield from (contact.note for contact in signpost.contacts if contact.note)


def of_area(area: Area) -> Iterator[str]:
    contacts = (area.page, *area.contacts)
    yield from (text for contact in contacts for text in (contact.note, contact.asking) if text)
    for signpost in area.signposts:
        yield from of_signpost(signpost)
    yield from (sharing.who for sharing in area.shared_with)
    told = (area.professionals, area.hospital, area.sharing_note, area.crisis_note)
    yield from (line.name for line in area.crisis_lines)
    several = (area.promises, area.what_happens, area.keyworkers, area.extra_support, area.local_offers)
    notes = (area.consent_notes, area.who_can_join, area.notes)
    yield from (fact.text for fact in told if fact is not None)
    yield from (fact.text for facts in (*several, *notes) for fact in facts)


def test_every_sentence_has_easy_read_words(words: AreaWords, sentences: set[str]) -> None:
    assert sentences - set(words) == set()


def test_no_wording_is_left_over(words: AreaWords, sentences: set[str]) -> None:
    assert set(words) - sentences == set()


def test_no_line_breaks_a_sure_rule_of_easy_read(words: AreaWords) -> None:
    faults = [
        (line.say, finding.advice)
        for lines in words.values()
        for line in lines
        for finding in easy_findings(line.say, frozenset())
        if finding.severe
    ]
    assert faults == []


def test_a_sentence_is_worded_once(tmp_path: Path, pictures: Pictures) -> None:
    (tmp_path / "a.toml").write_text(FACT + FACT, encoding="utf-8")
    with pytest.raises(ContentFault, match="has its Easy Read wording already"):
        load_area_words(tmp_path, pictures)


def test_an_unknown_picture_stops_the_start(tmp_path: Path, pictures: Pictures) -> None:
    (tmp_path / "a.toml").write_text(FACT.replace("talk", "unicorn"), encoding="utf-8")
    with pytest.raises(ContentFault, match="no picture is called unicorn"):
        load_area_words(tmp_path, pictures)


def test_a_wording_without_lines_stops_the_start(tmp_path: Path, pictures: Pictures) -> None:
    (tmp_path / "a.toml").write_text('[[facts]]\ntext = "They have meetings."\n', encoding="utf-8")
    with pytest.raises(ContentFault, match="lines: is missing"):
        load_area_words(tmp_path, pictures)
