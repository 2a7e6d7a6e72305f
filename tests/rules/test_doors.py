"""The commands that people rely on stand, and are told of."""

import re
import subprocess
import tomllib

import pytest

from tests.support.tree import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PROMISED = ["run", "test", "test-all", "bench", "lint", "assets", "messages", "help"]


def targets() -> list[str]:
    """Return every target of the Makefile."""
    return re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE)


def test_make_alone_lists_every_command() -> None:
    told = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [target for target in targets() if f"make {target} " not in told] == []


@pytest.mark.parametrize("target", PROMISED)
def test_a_promised_command_is_there(target: str) -> None:
    assert target in targets()


@pytest.mark.parametrize("command", ["make run", "make test"])
def test_the_readme_names_the_two_commands(command: str) -> None:
    assert command in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_development_page_names_every_command() -> None:
    page = (ROOT / "docs/development.md").read_text(encoding="utf-8")
    assert [target for target in targets() if f"make {target}" not in page] == []


def test_the_machine_runs_what_a_person_runs() -> None:
    assert "\nmake test" in (ROOT / ".ci/run").read_text(encoding="utf-8")


def test_the_portal_command_is_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"]["portal"] == "portal.cli:main"
