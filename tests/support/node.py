"""Node, for what the build and the second implementation are written in."""

import os
import shutil
import sys
from pathlib import Path

import pytest


def node() -> str:
    """Return where node is: on the PATH, or beside Python. Fails where there is none."""
    beside_python = str(Path(sys.executable).parent)
    found = shutil.which("node", path=os.pathsep.join([os.environ.get("PATH", ""), beside_python]))
    if found is None:
        pytest.fail("This test needs node on the PATH or in .venv/bin")
    return found
