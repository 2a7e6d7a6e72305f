"""A sentence that no translator ever sees would stay English in the middle of a page."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from portal.areas.loading import load_areas
from portal.areas.sentences import sentences_of
from portal.content.news import load_news
from tools.messages import STAFF_TEMPLATE, TEMPLATE, collect_into


@pytest.fixture(scope="module")
def messages() -> set[str]:
    with TEMPLATE.open("rb") as file:
        return {message.id[0] if isinstance(message.id, tuple) else str(message.id) for message in read_po(file)}


def test_the_templates_of_translations_are_in_step(tmp_path: Path) -> None:
    fresh, fresh_staff = tmp_path / "messages.pot", tmp_path / "staff.pot"
    collect_into(fresh, fresh_staff)
    assert fresh.read_text(encoding="utf-8") == TEMPLATE.read_text(encoding="utf-8"), "run: make messages"
    assert fresh_staff.read_text(encoding="utf-8") == STAFF_TEMPLATE.read_text(encoding="utf-8"), "run: make messages"


def test_a_translator_sees_what_every_area_says(messages: set[str]) -> None:
    assert [text for text in sentences_of(load_areas()) if text not in messages] == []


def test_a_translator_sees_every_line_of_where_a_form_stands(messages: set[str]) -> None:
    assert [line.say for line in load_news().values() if line.say not in messages] == []


def test_a_translator_sees_nothing_that_only_staff_read(messages: set[str]) -> None:
    with STAFF_TEMPLATE.open("rb") as file:
        staff = {str(message.id) for message in read_po(file) if message.id}
    assert staff
    assert staff & messages == set()
