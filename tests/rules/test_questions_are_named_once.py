"""A question is named where it is declared and in the named facts; everybody else asks those, or its roles."""

import ast
from collections.abc import Iterator

from tests.support.form import QUESTIONS
from tests.support.tree import python_files

KEYS = frozenset(question.key for question in QUESTIONS)
NAMED = ("portal/form/questions/", "portal/domain/answers.py", "portal/domain/facts.py")
"""Where questions are declared, and where what their answers mean has a name."""

READERS = frozenset({"text", "ticked", "value", "in_words", "proposal", "question"})
"""What takes a question's key. Keys that are everyday words are looked for there only: `area` is also a kind of kit."""

OTHER_THINGS = {
    ("portal/domain/consent.py", "legal_decision_maker"): "a pathway of consent",
    ("portal/form/question.py", "nhs_number"): "a kind of field",
    ("portal/web/form/progress.py", "professional_area"): "a name in a template",
    ("portal/web/form/progress.py", "age_band"): "a name in a template",
    ("portal/web/frame/render.py", "age_band"): "a name in a template",
}
"""Other things of the same name."""


def named_in(tree: ast.Module) -> Iterator[str]:
    """Yield every key that a file writes out: one of several words anywhere, any as what a reader of answers takes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in KEYS and "_" in str(node.value):
            yield str(node.value)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in READERS:
            yield from (
                str(given.value) for given in node.args if isinstance(given, ast.Constant) and given.value in KEYS
            )


def test_no_other_file_names_a_question() -> None:
    strays = {
        f"{name}: {key}"
        for name, _, tree in python_files("portal")
        if not name.startswith(NAMED)
        for key in named_in(tree)
        if (name, key) not in OTHER_THINGS
    }
    assert strays == set(), "ask a named fact (portal/domain/answers.py), or give the question a role"


def test_no_exception_is_left_over() -> None:
    found = {(name, key) for name, _, tree in python_files("portal") for key in named_in(tree)}
    assert set(OTHER_THINGS) <= found
