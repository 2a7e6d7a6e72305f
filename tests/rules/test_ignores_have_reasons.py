"""Whoever tells a tool to look away says why, in the same line."""

import io
import re
import tokenize

from tests.support.tree import ROOT, python_files

ASIDE = re.compile(r"#\s*(noqa|type:\s*ignore|pragma)(?P<codes>:\s*[A-Z0-9, ]+|\[[a-z, -]+\])?(?P<rest>.*)")
REASON = re.compile(r"\s*[#-]\s*\S+ \S+")
LISTED_CODE = re.compile(r'^\s+"[A-Z]+\d*",')


def asides(text: str) -> list[str]:
    """Return the comments of a file in which a tool is told to look away."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    comments = [token.string for token in tokens if token.type == tokenize.COMMENT]
    return [comment for comment in comments if ASIDE.search(comment)]


def has_reason(comment: str) -> bool:
    """Tell whether it names what it means, and says why."""
    found = ASIDE.search(comment)
    return bool(found and found["codes"] and REASON.match(found["rest"]))


def test_every_aside_names_its_rule_and_its_reason() -> None:
    bare = [
        f"{name}: {comment}"
        for name, text, _ in python_files("portal", "tools", "bench", "tests")
        for comment in asides(text)
        if not has_reason(comment)
    ]
    assert bare == []


def test_every_rule_switched_off_in_pyproject_says_why() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    switched_off = [line for line in lines if LISTED_CODE.match(line)]
    assert switched_off
    assert [line for line in switched_off if "# " not in line] == []


def test_an_aside_without_a_reason_is_caught() -> None:
    assert not has_reason("# noqa")
    assert not has_reason("# noqa: S105")
    assert not has_reason("# type: ignore[attr-defined]")
    assert has_reason("# noqa: S105  # printed on purpose")
    assert has_reason("# noqa: S105 - printed on purpose")
    assert has_reason("# type: ignore[attr-defined]  # the library has no types")
