"""The README's map and the glossary are of this tree."""

import re

from tests.support.tree import ROOT, tracked

MAP = (ROOT / "README.md").read_text(encoding="utf-8").split("## The map")[1].split("```")[1]


def folders(under: str) -> set[str]:
    """Return the folders that hold something of ours, right under this one."""
    inside = [path.relative_to(ROOT / under) for path in tracked() if path.is_relative_to(ROOT / under)]
    return {path.parts[0] for path in inside if len(path.parts) > 1 and not path.parts[0].startswith(".")}


def test_every_room_of_the_portal_is_on_the_map_and_no_other() -> None:
    assert set(re.findall(r"^  (\w+)/", MAP, re.MULTILINE)) == folders("portal")


def test_every_other_folder_is_on_the_map_and_no_other() -> None:
    assert set(re.findall(r"^(\w+)/", MAP, re.MULTILINE)) == folders(".")


def test_every_file_that_the_glossary_names_is_there() -> None:
    named = re.findall(r"`([\w/]+(?:\.py|/))`", (ROOT / "docs/glossary.md").read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / "portal" / name).exists()] == []
