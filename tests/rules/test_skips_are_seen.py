"""A skipped test fails the run, unless it is listed with a reason."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.tree import ROOT

RUN = [sys.executable, "-m", "pytest", "-q", "-p", "tests.support.manners", "-p", "no:cacheprovider"]


def outcome(folder: Path, test: str) -> "subprocess.CompletedProcess[str]":
    """Run one test file of its own, away from this project's settings."""
    (folder / "test_it.py").write_text(f"import pytest\n{test}\n")
    (folder / "pytest.ini").write_text(f"[pytest]\npythonpath = {ROOT}\n")
    return subprocess.run([*RUN, str(folder)], cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "test",
    [
        "@pytest.mark.skip(reason='later')\ndef test_it(): pass",
        "def test_it(): pytest.skip('not here')",
        "@pytest.mark.xfail\ndef test_it(): assert False",
        "pytest.importorskip('no_such_module')\ndef test_it(): pass",
    ],
)
def test_a_skipped_test_fails_the_run(tmp_path: Path, test: str) -> None:
    done = outcome(tmp_path, test)
    assert done.returncode not in {0, 5}
    assert "SKIPPED IN SILENCE" in done.stdout


def test_a_run_without_skips_passes(tmp_path: Path) -> None:
    assert outcome(tmp_path, "def test_it(): pass").returncode == 0
