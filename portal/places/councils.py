"""The names of England's councils, for homes outside our areas too."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "councils.csv"
NATIONS = {"W": "Wales", "S": "Scotland", "N": "Northern Ireland"}


def load_councils(path: Path = TABLE) -> Mapping[str, str]:
    """Return names by ONS code; lines that begin with # are the table's attribution."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(line for line in file if not line.startswith("#"))}


def council_name(names: Mapping[str, str], code: str) -> str:
    """Return the council's name; for a council of another nation, the nation; empty where nobody knows the code."""
    return names.get(code) or NATIONS.get(code[:1], "")
