"""What is installed is written down: the lock files say what the projects' files ask for, and nothing more private."""

import json
import re
import tomllib
from typing import Any

from tests.support.tree import ROOT, tracked

PACKAGE_HOST = re.compile(r"(pypi|npmjs|pythonhosted|debian|proxy\.golang)\.(org|com)", re.IGNORECASE)
MACHINE_PATH = re.compile(r"(^|[\s\"'`(=])/(work|root|opt/wheels)/", re.MULTILINE)
TEXT = {".py", ".toml", ".md", ".html", ".json", ".js", ".mjs", ".scss", ".txt", ".cfg", ".svg", ".po", "", ".yml"}


def toml(name: str) -> dict[str, Any]:
    """Return a TOML file of the project."""
    return tomllib.loads((ROOT / name).read_text(encoding="utf-8"))


def wanted(requirements: list[str]) -> set[tuple[str, str]]:
    """Return the name and bound of each requirement, extras aside."""
    found = [re.fullmatch(r"([\w.-]+)(?:\[[^]]*])?\s*(.*)", line) for line in requirements]
    return {(match[1].lower().replace("_", "-"), match[2]) for match in found if match}


def locked(entries: list[dict[str, str]]) -> set[tuple[str, str]]:
    """Return the same from the lock."""
    return {(entry["name"], entry.get("specifier", "")) for entry in entries}


def test_uv_lock_is_in_step() -> None:
    asked = toml("pyproject.toml")
    ours = next(package for package in toml("uv.lock")["package"] if package["name"] == "portal")
    assert locked(ours["metadata"]["requires-dist"]) == wanted(asked["project"]["dependencies"])
    assert locked(ours["metadata"]["requires-dev"]["dev"]) == wanted(asked["dependency-groups"]["dev"])


def test_uv_lock_names_only_the_public_index() -> None:
    sources = {package["source"].get("registry") for package in toml("uv.lock")["package"]} - {None}
    assert {PACKAGE_HOST.sub("", str(source)) for source in sources} == {"https:///simple"}


def test_package_lock_is_in_step() -> None:
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    ours = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"][""]
    for group in ("dependencies", "devDependencies"):
        assert ours.get(group) == asked.get(group)


def test_front_end_packages_are_pinned() -> None:
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    versions = asked["dependencies"] | asked["devDependencies"]
    assert {name: version for name, version in versions.items() if not version[0].isdigit()} == {}


def test_no_file_names_a_package_host_or_somebodys_machine() -> None:
    faults = []
    for path in tracked():
        if path.suffix not in TEXT or path.name in {"uv.lock"}:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        faults += [f"{path.relative_to(ROOT)}: {found[0]}" for found in PACKAGE_HOST.finditer(text)]
        faults += [f"{path.relative_to(ROOT)}: {found[0].strip()}" for found in MACHINE_PATH.finditer(text)]
    assert faults == []
