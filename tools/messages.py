"""Translations: `python -m tools.messages` collects the words and compiles; `… compile` only compiles."""

import sys
from pathlib import Path

from babel.messages.frontend import CommandLineInterface

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "translations"
TEMPLATE = FOLDER / "messages.pot"
KEYWORDS = ["N_", "told", "_l", "ngettext:1,2", "pgettext:1c,2"]

LAYOUT = ["--no-location", "--sort-output", "--omit-header"]


def babel(*arguments: str) -> None:
    """Run one pybabel command."""
    CommandLineInterface().run(["pybabel", "-q", *arguments])  # type: ignore[no-untyped-call]  # Babel has no types here


def collect_into(template: Path) -> None:
    """Write every marked word of the portal into one template."""
    keywords = [part for keyword in KEYWORDS for part in ("-k", keyword)]
    babel("extract", "-F", str(ROOT / "babel.cfg"), *keywords, *LAYOUT, "-o", str(template), str(ROOT / "portal"))


def collect() -> None:
    """Collect every marked word of the portal, and bring each language's catalogue up to date."""
    FOLDER.mkdir(exist_ok=True)
    collect_into(TEMPLATE)
    if has_languages():
        babel("update", "-i", str(TEMPLATE), "-d", str(FOLDER), "--no-fuzzy-matching", "--ignore-pot-creation-date")


def has_languages() -> bool:
    """Tell whether any language has a catalogue yet."""
    return any(FOLDER.glob("*/LC_MESSAGES/*.po"))


def main() -> None:
    """Collect unless only compiling is asked for, then compile."""
    if sys.argv[1:] != ["compile"]:
        collect()
    if has_languages():
        babel("compile", "-d", str(FOLDER), "--statistics")


if __name__ == "__main__":
    main()
