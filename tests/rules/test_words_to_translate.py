"""A sentence that no translator ever sees would stay English in the middle of a page."""

from pathlib import Path

from tools.messages import TEMPLATE, collect_into


def test_the_template_of_translations_is_in_step(tmp_path: Path) -> None:
    fresh = tmp_path / "messages.pot"
    collect_into(fresh)
    assert fresh.read_text(encoding="utf-8") == TEMPLATE.read_text(encoding="utf-8"), "run: make messages"
