"""The one strict reader of our TOML: a table becomes a typed structure, or a fault that names its file and its field.

A structure is a msgspec.Struct that forbids unknown fields. What is missing, of another kind, not among the choices or
not known stops the reading of its table, in a sentence that whoever keeps the file can act on.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import inspect

Text = Annotated[str, msgspec.Meta(pattern=r"\S")]
"""A text that says something: never empty."""
Table = TypeVar("Table", bound=msgspec.Struct)

KINDS = {
    "str": "a text",
    "bool": "true or false",
    "int": "a whole number",
    "array": "a list",
    "object": "a table",
    "date": "a date such as 2026-04-01, without quotation marks",
}
STEP = re.compile(r"\.(\w+)|\[(\d+)\]")
NAMED = re.compile(r"(unknown|missing required) field `(.+?)`")
NAMED_WHY = {"unknown": "unknown key; check its spelling", "missing required": "is missing"}
NOTHING: Mapping[str, str] = {}


class TableFault(ValueError):
    """A file that cannot be used: which file, which field, and what to do."""

    def __init__(self, file: str, field: str, why: str) -> None:
        super().__init__(f"{file}: {field}: {why}")
        self.file = file
        self.field = field
        self.why = why


def read_toml(path: Path, fault: type[TableFault]) -> dict[str, Any]:
    """Return a whole file. Raises the fault, which names the file."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise fault(path.name, "file", "is missing") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise fault(path.name, "file", f"is not readable TOML: {why}") from why


def toml_files(folder: Path) -> list[Path]:
    """Return the TOML files of a folder, by name; none where the folder does not exist."""
    return sorted(folder.glob("*.toml"))


def read_table(
    data: Any,
    kind: type[Table],
    *,
    file: str,
    fault: type[TableFault],
    where: str = "",
    says: Mapping[str, str] = NOTHING,
) -> Table:
    """Return a table as a structure. Raises the fault.

    `where` is the table's own place in its file, empty for the whole file. `says` are the sentences of the structure's
    patterns: “…” is not an ONS code.
    """
    try:
        return msgspec.convert(data, kind, builtin_types=(date,))
    except msgspec.ValidationError as error:
        field, why = _in_words(str(error), data, kind, says)
        raise fault(file, joined(where, field), why) from None


def joined(where: str, field: str) -> str:
    """Return the place of a field in its file: promises[1].text."""
    return f"{where}.{field}".strip(".").replace(".[", "[")


def numbered(key: str, tables: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """Yield each table of a list with its place in the file."""
    return ((f"{key}[{number}]", table) for number, table in enumerate(tables, 1))


def _in_words(error: str, data: Any, kind: type, says: Mapping[str, str]) -> tuple[str, str]:
    """Return the field and the sentence of msgspec's first complaint."""
    complaint, _, path = error.partition(" - at `$")
    steps = [name or int(place) for name, place in STEP.findall(path)]
    if named := NAMED.search(complaint):
        return _field([*steps, named[2]]), NAMED_WHY[named[1]]
    value = _at(data, steps)
    if complaint.startswith("Invalid enum value"):
        return _field(steps), f"“{value}” is not one of: {', '.join(_choices(kind, steps))}"
    if pattern := re.search(r"matching regex (.+)$", complaint):
        return _field(steps), _unlike(pattern[1], value, says)
    if steps and isinstance(steps[-1], int) and not isinstance(value, dict):
        return _field(steps[:-1]), "must be a list of texts, none empty"
    return _field(steps), _other_kind(complaint)


def _other_kind(complaint: str) -> str:
    if "of length" in complaint:
        return "must be a list with something in it"
    if ">=" in complaint:
        return f"must be {complaint.rpartition(' ')[2]} or more"
    expected = re.search(r"Expected `(\w+)", complaint)
    return f"must be {KINDS.get(expected[1] if expected else '', 'of another kind')}"


def _unlike(pattern: str, value: Any, says: Mapping[str, str]) -> str:
    if not str(value).strip():
        return "is empty"
    known = {repr(regex): sentence for regex, sentence in says.items()}
    return f"“{value}” {known.get(pattern, 'is not written as it should be')}"


def _field(steps: Sequence[str | int]) -> str:
    """Return a.b[1], as people count."""
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")


def _at(data: Any, steps: Sequence[str | int]) -> Any:
    for step in steps:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return ""
    return data


def _choices(kind: type, steps: Sequence[str | int]) -> list[str]:
    """Return the words that a field may say."""
    found: Any = inspect.type_info(kind)
    for step in steps:
        while isinstance(found, inspect.UnionType):
            found = next(each for each in found.types if not isinstance(each, inspect.NoneType))
        if isinstance(found, inspect.StructType):
            found = next(each.type for each in found.fields if each.encode_name == step)
        else:
            found = found.item_type
    while isinstance(found, inspect.UnionType):
        found = next(each for each in found.types if not isinstance(each, inspect.NoneType))
    return [str(value) for value in found.values]
