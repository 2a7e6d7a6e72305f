"""Each library has one home, and the core knows none at all."""

import ast
import sys
from functools import cache

import pytest

from tests.support.tree import python_files

FEATURES = ("audit", "mail", "limits", "teams", "drafts", "referrals", "follow_up", "keys", "accounts", "jobs")
HOMES = {
    "flask": {"web"},
    "flask_babel": {"web"},
    "flask_wtf": {"web"},
    "wtforms": {"web"},
    "werkzeug": {"web"},
    "jinja2": {"web"},
    "sqlalchemy": {"database", *FEATURES},
    "alembic": {"database"},
    "psycopg": {"database"},
    "cryptography": {"sealing", "accounts"},
    "granian": {"server"},
    "typst": {"exports"},
    "notifications_python_client": {"mail"},
    "smtplib": {"mail"},
    "webauthn": {"accounts"},
    "click": {"cli"},
}
STANDARD_LIBRARY_ONLY = {"domain"}
TABLE_OF_CONTENTS = "portal/app.py"  # create_app puts everything together


def room(name: str) -> str:
    """Return which part of the portal a file belongs to."""
    return name.split("/")[1].removesuffix(".py")


@cache
def imported(tree: ast.Module) -> set[str]:
    """Return the outermost name of everything that a file imports from outside."""
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    froms = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and not node.level}
    return {name.split(".")[0] for name in names | froms}


@pytest.mark.parametrize("library", HOMES)
def test_a_library_stays_at_home(library: str) -> None:
    strays = [
        name
        for name, _, tree in python_files("portal")
        if library in imported(tree) and room(name) not in HOMES[library] and name != TABLE_OF_CONTENTS
    ]
    assert strays == [], f"{library} belongs in {sorted(HOMES[library])}"


def test_the_core_knows_only_the_standard_library() -> None:
    known = sys.stdlib_module_names | {"portal"}
    strays = {
        name: sorted(imported(tree) - known)
        for name, _, tree in python_files("portal")
        if room(name) in STANDARD_LIBRARY_ONLY and imported(tree) - known
    }
    assert strays == {}


@pytest.mark.parametrize("clock", ["date.today", "datetime.now", "datetime.utcnow", "time.time"])
def test_the_core_has_no_clock(clock: str) -> None:
    rooms = {"domain", "form", "areas", "places", "sealing"}
    strays = [
        name
        for name, _, tree in python_files("portal")
        if room(name) in rooms
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node).endswith(clock)
    ]
    assert strays == [], "the time is passed in"
