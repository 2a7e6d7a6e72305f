"""Read and write the tables that come with the portal: CSV, below lines with # that say what it was made from."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

DATA = Path(__file__).parent / "data"


def read_table(path: Path) -> tuple[list[str], list[Mapping[str, str]]]:
    """Return what is said above the table, and its rows by column."""
    lines = path.read_text(encoding="utf-8").splitlines()
    said = [line.lstrip("# ") for line in lines if line.startswith("#")]
    return said, list(csv.DictReader(line for line in lines if not line.startswith("#")))


def write_table(path: Path, said: str, rows: Iterable[Sequence[str]]) -> None:
    """Write a table; its first row names the columns."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(f"# {line}\n" for line in said.splitlines())
        csv.writer(file, lineterminator="\n").writerows(rows)
