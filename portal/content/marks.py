"""What both reading levels check in a table: its markup, its inserts, its sources."""

from __future__ import annotations

from portal.content.inline import fault_in
from portal.content.pages import INSERTS, LINKABLE, Source
from portal.content.tables import Table


def checked(table: Table, key: str, text: str) -> str:
    """Return the text when its markup closes and its links lead somewhere. Raises ContentFault."""
    fault = fault_in(text, LINKABLE)
    if fault:
        raise table.fault(key, fault)
    return text


def insert_name(table: Table) -> str:
    """Return the name of a known insert. Raises ContentFault."""
    name = table.text("insert")
    if name not in INSERTS:
        raise table.fault("insert", f"is not a known insert: {name}")
    return name


def source_of(table: Table) -> Source | None:
    """Return where a block's fact comes from, if it says so; a source must carry its date. Raises ContentFault."""
    if table.has("source"):
        return Source(table.text("source"), table.text("source_date"))
    if table.has("source_date"):
        raise table.fault("source_date", "has no source beside it")
    return None
