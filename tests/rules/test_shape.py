"""A file that no longer fits in the head has become two files."""

import ast

import pytest

from tests.support.tree import python_files

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
LONG_FOR_A_REASON: dict[str, str] = {}  # file, or file::function: why

PYTHON = [name for name, _, _ in python_files("portal", "tools", "bench", "tests")]


def functions(tree: ast.Module) -> list[tuple[str, int]]:
    """Return each function's name and its length in lines."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [(node.name, (node.end_lineno or node.lineno) - node.lineno + 1) for node in found]


def test_no_file_is_too_long() -> None:
    long = {
        name: len(text.splitlines())
        for name, text, _ in python_files("portal", "tools", "bench", "tests")
        if len(text.splitlines()) > LONGEST_FILE and name not in LONG_FOR_A_REASON
    }
    assert long == {}


def test_no_function_is_too_long() -> None:
    long = {
        f"{name}::{function}": lines
        for name, _, tree in python_files("portal", "tools", "bench", "tests")
        for function, lines in functions(tree)
        if lines > LONGEST_FUNCTION and f"{name}::{function}" not in LONG_FOR_A_REASON
    }
    assert long == {}


def test_every_exception_is_still_needed() -> None:
    known = set(PYTHON) | {f"{name}::{f}" for name, _, tree in python_files("portal") for f, _ in functions(tree)}
    assert set(LONG_FOR_A_REASON) <= known


@pytest.mark.parametrize("vague", ["utils", "helpers", "misc", "common", "manager"])
def test_no_file_has_a_name_that_says_nothing(vague: str) -> None:
    assert [name for name in PYTHON if vague in name.rsplit("/", 1)[-1].removesuffix(".py").split("_")] == []


def test_no_test_sleeps() -> None:
    sleepers = [
        name
        for name, _, tree in python_files("tests")
        if not name.startswith("tests/support/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"time.sleep", "sleep"}
    ]
    assert sleepers == []
