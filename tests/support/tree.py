"""The project's own files, as git tracks them, and their Python syntax trees."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def tracked() -> tuple[Path, ...]:
    """Return every file that is, or is about to be, part of the project; deleted ones are left out."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return tuple(ROOT / name for name in sorted(set(listed.split("\0"))) if name and (ROOT / name).is_file())


def python_files(*folders: str) -> Iterator[tuple[str, str, ast.Module]]:
    """Give the name, text and syntax tree of each Python file under these folders."""
    return (found for found in every_python_file() if found[0].split("/")[0] in folders)


@cache
def every_python_file() -> tuple[tuple[str, str, ast.Module], ...]:
    """Read every Python file once in a run: a score of rules look at them."""
    texts = (
        (path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for path in tracked()
        if path.suffix == ".py"
    )
    return tuple((name, text, ast.parse(text)) for name, text in texts)
