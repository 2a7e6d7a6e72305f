"""The names of England's councils, for homes outside our areas too."""

from __future__ import annotations

from collections.abc import Mapping

from portal.places.own_table import DATA, read_table

TABLE = DATA / "councils.csv"
NATIONS = {"W": "Wales", "S": "Scotland", "N": "Northern Ireland"}


def load_councils() -> Mapping[str, str]:
    """Return names by ONS code."""
    return {row["code"]: row["name"] for row in read_table(TABLE)[1]}


def council_name(names: Mapping[str, str], code: str) -> str:
    """Return the council's name; for a council of another nation, the nation; empty where nobody knows the code."""
    return names.get(code) or NATIONS.get(code[:1], "")
