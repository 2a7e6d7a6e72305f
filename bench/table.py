"""One measured thing, the goal it is held against, and the table that `make bench` prints."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


class NotHere(Exception):
    """What a part is measured on is not on this machine; no fault of the portal's."""


@dataclass(frozen=True)
class Measure:
    """A figure with its unit. `goal` is a bound: at most where `lower_is_better`, else at least."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    lower_is_better: bool = True
    note: str = ""

    @property
    def verdict(self) -> str:
        """Tell whether the goal is met."""
        if self.goal is None:
            return ""
        met = self.value <= self.goal if self.lower_is_better else self.value >= self.goal
        return "met" if met else "MISSED"

    @property
    def bound(self) -> str:
        """The goal in signs."""
        if self.goal is None:
            return ""
        return f"{'≤' if self.lower_is_better else '≥'} {figure(self.goal)}"


def figure(value: float) -> str:
    """Return a number with as many digits as it bears."""
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.2f}"


def table(measures: Sequence[Measure]) -> str:
    """Return the whole table."""
    rows = [("", "measured", "unit", "goal", "", "note")]
    rows += [(m.name, figure(m.value), m.unit, m.bound, m.verdict, m.note) for m in measures]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def write(measures: Sequence[Measure], about: dict[str, Any], path: Path) -> None:
    """Write the same as JSON."""
    content = about | {"measures": [asdict(m) | {"verdict": m.verdict} for m in measures]}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
