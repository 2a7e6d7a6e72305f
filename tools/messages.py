"""Translations: `python -m tools.messages` collects the words and compiles; `… compile` only compiles.

What the public reads is one template, for translators; what staff alone read is another: their pages are in English.
"""

import sys
from pathlib import Path

from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "translations"
TEMPLATE, STAFF_TEMPLATE = FOLDER / "messages.pot", FOLDER / "staff.pot"
KEYWORDS = ["N_", "told", "_l", "ngettext:1,2", "say_number:1,2", "N_number:1,2", "pgettext:1c,2"]

LAYOUT = ["--no-location", "--sort-output", "--omit-header"]


def babel(*arguments: str) -> None:
    """Run one pybabel command."""
    CommandLineInterface().run(["pybabel", "-q", *arguments])  # type: ignore[no-untyped-call]  # Babel has no types here


def collect_into(template: Path, staff_template: Path) -> None:
    """Write every marked word of the portal into two templates, each word into one."""
    _extract("babel.cfg", template)
    _extract("staff.cfg", staff_template)
    with template.open("rb") as public, staff_template.open("rb") as every:
        shared, staff = read_po(public), read_po(every)
    for message in list(staff):
        if message.id and message.id in shared:
            staff.delete(message.id)
    with staff_template.open("wb") as file:
        write_po(file, staff, no_location=True, omit_header=True, sort_output=True)


def _extract(mapping: str, template: Path) -> None:
    keywords = [part for keyword in KEYWORDS for part in ("-k", keyword)]
    babel("extract", "-F", str(ROOT / mapping), *keywords, *LAYOUT, "-o", str(template), str(ROOT / "portal"))


def collect() -> None:
    """Collect every marked word of the portal, and bring each language's catalogue up to date."""
    FOLDER.mkdir(exist_ok=True)
    collect_into(TEMPLATE, STAFF_TEMPLATE)
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
