"""What is wrong with an answer is said in Easy Read words too, by the checks and by the pages."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from portal.content.easy import load_errors
from portal.content.loading import load_content
from portal.content.tables import ContentFault
from portal.form.validation import sentences_of
from tests.support.form import QUESTIONS
from tests.support.tree import python_files

ERRORS = load_content("en").errors
FAULTS = "FAULT", "NOT_FOUND", "NOTHING_TO_SAVE", "CHOOSE"


def told_by_the_pages() -> Iterator[str]:
    """Yield every sentence that the web room tells: in told(…), or in a constant named as a fault."""
    for name, _text, tree in python_files("portal"):
        if name.startswith("portal/web/"):
            yield from (words for node in ast.walk(tree) for words in _told(node))


def _told(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and _calls(node, "told"):
        yield from _words(node)
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Call) or not _calls(node.value, "N_"):
        return
    if isinstance(node.targets[0], ast.Name) and node.targets[0].id.endswith(FAULTS):
        yield from _words(node.value)


def _calls(node: ast.Call, name: str) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id == name


def _words(node: ast.Call) -> Iterator[str]:
    yield from (str(each.value) for each in node.args[:1] if isinstance(each, ast.Constant))


def test_everything_that_can_be_wrong_has_easy_words_and_nothing_else_has() -> None:
    assert set(ERRORS) == {*sentences_of(QUESTIONS), *told_by_the_pages()}


def test_the_summary_and_the_field_say_it_in_easy_words(client: FlaskClient) -> None:
    token = client.get("/en/easy-read/apply/who").get_data(as_text=True).split('name="csrf_token" value="')[1]
    sent = {"csrf_token": token.split('"')[0]}
    page = client.post("/en/easy-read/apply/who", data=sent)
    words = page.get_data(as_text=True)
    assert page.status_code == 422
    assert words.count("Choose who is filling in this form.") == 2
    assert "Select who is filling in this form" not in words


def test_a_figure_that_the_sentence_does_not_know_stops_the_start(tmp_path: Path) -> None:
    path = tmp_path / "errors.toml"
    path.write_text('[[errors]]\ntext = "From %(low)s"\nsay = "Up to %(high)s"\n', encoding="utf-8")
    with pytest.raises(ContentFault, match="high"):
        load_errors(path)


def test_a_sentence_is_worded_once(tmp_path: Path) -> None:
    path = tmp_path / "errors.toml"
    path.write_text('[[errors]]\ntext = "No"\nsay = "Not"\n' * 2, encoding="utf-8")
    with pytest.raises(ContentFault, match="second time"):
        load_errors(path)
