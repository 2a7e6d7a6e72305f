"""A skipped test fails the run, unless it is listed with a reason; what a run leaves out, it counts."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.tree import ROOT

RUN = [sys.executable, "-m", "pytest", "-q", "-p", "tests.support.manners", "-p", "no:cacheprovider"]


def outcome(folder: Path, test: str, *options: str) -> "subprocess.CompletedProcess[str]":
    """Run one test file of its own, away from this project's settings."""
    (folder / "test_it.py").write_text(f"import pytest\n{test}\n")
    (folder / "pytest.ini").write_text(f"[pytest]\npythonpath = {ROOT}\n")
    return subprocess.run([*RUN, *options, str(folder)], cwd=folder, capture_output=True, text=True, check=False)


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


BOTH = "@pytest.mark.whole\ndef test_it(): pass\ndef test_that(): pass"


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "by two workers"])
def test_the_gate_says_how_many_it_leaves(tmp_path: Path, workers: tuple[str, ...]) -> None:
    done = outcome(tmp_path, BOTH, *workers)
    assert done.returncode == 0
    assert "1 passed" in done.stdout
    assert "1 tests of the whole product were left to make test-all" in done.stdout


def test_the_whole_product_leaves_none(tmp_path: Path) -> None:
    done = outcome(tmp_path, BOTH, "--whole")
    assert "2 passed" in done.stdout
    assert "were left" not in done.stdout
