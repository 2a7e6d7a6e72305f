"""What stays when answers are sent: enough for the pages after sending, and no more."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from portal.domain.follow_up import NOTHING_TOLD, Code, Told


@dataclass(frozen=True)
class Receipt:
    """What stays when answers are sent: enough for the pages after sending, and no more.

    `codes` are here, under the cookie's secret, and nowhere else; `answered` names sections, not answers; `told` is
    the little that those pages go by.
    """

    reference: str
    team_id: str
    area_id: str
    received_at: datetime
    due_on: date | None
    codes: tuple[Code, ...] = ()
    answered: tuple[str, ...] = ()
    told: Told = NOTHING_TOLD

    def to_bytes(self) -> bytes:
        """Return it as JSON, moments and days in ISO 8601."""
        return json.dumps(asdict(self), default=lambda moment: moment.isoformat()).encode()

    @classmethod
    def of(cls, content: bytes) -> "Receipt":
        """Read it back."""
        return cls.of_fields(json.loads(content))

    @classmethod
    def of_fields(cls, fields: Mapping[str, Any]) -> "Receipt":
        """Read it back from its JSON object."""
        return cls(
            str(fields["reference"]),
            str(fields["team_id"]),
            str(fields["area_id"]),
            datetime.fromisoformat(str(fields["received_at"])),
            date.fromisoformat(due) if (due := fields["due_on"]) else None,
            tuple(Code.of_fields(code) for code in fields.get("codes", ())),
            tuple(fields.get("answered", ())),
            Told(**fields.get("told", {})),
        )
