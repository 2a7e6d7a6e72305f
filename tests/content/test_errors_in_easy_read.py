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


def public_nodes() -> Iterator[ast.AST]:
    """Yield every node of the code of pages that people see."""
    for name, _text, tree in python_files("portal"):
        if name.startswith("portal/web/") and not name.startswith("portal/web/staff/"):
            yield from ast.walk(tree)


def told_by_the_pages() -> Iterator[str]:
    """Yield every sentence that is told(…), checked for by a validator, or a constant named as a fault."""
    for node in public_nodes():
        if isinstance(node, ast.Call) and _calls(node, "told"):
            yield from _words(node)
        elif isinstance(node, ast.Call) and _calls(node, "DataRequired", "ValidationError"):
            yield from (words for each in node.args[:1] for words in _marked(each))
        elif isinstance(node, ast.keyword) and node.arg in ("message", "invalid_choice_message"):
            yield from _marked(node.value)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield from _marked(node.value) if node.targets[0].id.endswith(FAULTS) else ()


def marked_by_the_pages() -> Iterator[str]:
    """Yield every sentence that is marked for translation, whatever it is for."""
    return (words for node in public_nodes() for words in _marked(node))


def _marked(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and _calls(node, "N_"):
        yield from _words(node)
    elif isinstance(node, ast.Call) and _calls(node, "N_number"):
        # Told by the words for several, which stand second.
        yield from (str(each.value) for each in node.args[1:2] if isinstance(each, ast.Constant))


def _calls(node: ast.Call, *names: str) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id in names


def _words(node: ast.Call) -> Iterator[str]:
    yield from (str(each.value) for each in node.args[:1] if isinstance(each, ast.Constant))


def test_everything_that_can_be_wrong_has_easy_words_and_nothing_else_has() -> None:
    wrong = {*sentences_of(QUESTIONS), *told_by_the_pages()}
    assert wrong - set(ERRORS) == set()
    assert set(ERRORS) - wrong - set(marked_by_the_pages()) == set()


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
