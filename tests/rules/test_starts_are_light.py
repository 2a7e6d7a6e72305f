"""What a start loads: the command line's help next to nothing, the server no tool that only other commands need."""

import subprocess
import sys

from tests.support.tree import ROOT

AFTER_HELP = """
import sys
from portal.cli import main
main(["--help"], standalone_mode=False)
print(*sys.modules, file=sys.stderr)
"""
AFTER_START = "import sys, portal.app; print(*sys.modules, file=sys.stderr)"
FOR_THE_COMMAND_LINE = {"click", "portal"}
NOT_FOR_SERVING = {"alembic", "fhir", "granian", "html5lib", "portal.linter"}


def loaded_by(program: str) -> set[str]:
    """Return the modules that a new Python holds once it has run this program."""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def test_help_loads_the_commands_alone() -> None:
    loaded = loaded_by(AFTER_HELP) - loaded_by("import sys; print(*sys.modules, file=sys.stderr)")
    libraries = {name.partition(".")[0] for name in loaded} - sys.stdlib_module_names
    assert {name for name in libraries if not name.startswith("_")} == FOR_THE_COMMAND_LINE
    assert [name for name in loaded if name.startswith("portal.") and not name.startswith("portal.cli")] == []


def test_the_server_starts_without_the_tools_of_other_commands() -> None:
    loaded = loaded_by(AFTER_START)
    assert {name for name in NOT_FOR_SERVING if name in loaded} == set()
