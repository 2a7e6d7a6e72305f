"""No line of Python names an area, a council, a team or an area's own question: all of them are data of their area."""

import ast
import re

from portal.areas.loading import load_areas
from tests.support.tree import python_files

AREAS = load_areas()
EVERYWHERE = {"and", "north", "south", "east", "west", "london"}
"""Words in the names of areas that mean something elsewhere too."""


def names() -> set[str]:
    """Return the names that the areas' files tell, in small letters."""
    of_areas = {word for area in AREAS.all for word in re.findall(r"\w+", area.name.casefold())} - EVERYWHERE
    of_councils = {council.name.casefold() for area in AREAS.all for council in area.councils}
    return of_areas | of_councils | {team.id for team in AREAS.teams} | {each.key for each in AREAS.questions}


def said_in(tree: ast.Module) -> str:
    """Return the code without its docstrings and comments, where a name may stand as an example."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            node.body = [*node.body[1:], ast.Pass()]
    return ast.unparse(tree).casefold().replace("_", " ")


NAMED = re.compile(r"\b(" + "|".join(re.escape(name.replace("_", " ")) for name in sorted(names())) + r")\b")


def test_no_line_of_code_names_a_place() -> None:
    found = {
        name: sorted({each[0] for each in NAMED.finditer(said_in(tree))})
        for name, text, tree in python_files("portal")
        if NAMED.search(text.casefold().replace("_", " "))
    }
    assert {name: said for name, said in found.items() if said} == {}


def test_the_rule_sees_names_in_code_and_lets_examples_stand() -> None:
    assert NAMED.search(said_in(ast.parse("asked_about_waveney = 1")))
    assert not NAMED.search(said_in(ast.parse('def f():\n    """For example, Babergh."""\n    # Waveney')))
