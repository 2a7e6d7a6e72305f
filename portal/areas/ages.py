"""The ages that a team, a line or a rule is for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Ages:
    """Ages from and to, both included; `to` is None for no upper limit."""

    low: int = 0
    high: int | None = None

    def include(self, age: int) -> bool:
        return self.low <= age and (self.high is None or age <= self.high)

    def overlap(self, other: Ages) -> bool:
        return self.include(other.low) or other.include(self.low)

    def name(self) -> str:
        """Return "any age", "under 18", "18 and over" or "11 to 17"."""
        if self.high is None:
            return f"{self.low} and over" if self.low else "any age"
        return f"{self.low} to {self.high}" if self.low else f"under {self.high + 1}"


ANY_AGE = Ages()
UNDER_18 = Ages(0, 17)
ADULT = Ages(18, None)
AGE_GROUPS = (UNDER_18, ADULT)
