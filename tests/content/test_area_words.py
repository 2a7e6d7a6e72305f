"""Every sentence of the area files has its Easy Read wording, and none is left over from a sentence that changed."""

from pathlib import Path

import pytest

from portal.areas.loading import load_areas
from portal.areas.sentences import sentences_of
from portal.content.area_words import AreaWords, load_area_words
from portal.content.loading import PORTAL
from portal.content.pictures import Pictures, load_pictures
from portal.content.tables import ContentFault
from portal.linter.rules import easy_findings

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
    return set(sentences_of(areas))


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
