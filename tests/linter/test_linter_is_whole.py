"""Each rule of the words linter has a test that shows it fail, and the styles keep what the linter cannot see."""

import ast
import re
from pathlib import Path

from portal.linter import rules, words
from tests.support.tree import ROOT

NAMES = re.compile(r"[a-z]+(-[a-z]+)*")
MADE = {"Finding": 0, "Fault": 2}
"""Where a rule's name stands among what makes a finding or a fault."""


def rules_of(module: Path) -> set[str]:
    """Return every rule that a module can report."""
    found = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MADE:
            name = node.args[MADE[node.func.id]]
            if isinstance(name, ast.Constant):
                found.add(str(name.value))
    return found


def test_every_rule_is_shown_to_fail() -> None:
    every = rules_of(Path(rules.__file__)) | rules_of(Path(words.__file__))
    shown = set(re.findall(r'"([a-z-]+)"', (ROOT / "tests/linter/test_linter.py").read_text(encoding="utf-8")))
    assert len(every) > 30
    assert all(NAMES.fullmatch(name) for name in every)
    assert every - shown == set()


def test_no_style_makes_words_harder_to_read() -> None:
    ours = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "static" / "scss").glob("*.scss")))
    assert re.findall(r"text-align:\s*justify|font-style:\s*italic|text-transform:\s*uppercase", ours) == []
    body = re.search(r"\.app-root-easy-read \{\s*font-size: (\d+)%", ours)
    assert body is not None
    assert int(body[1]) >= 125
