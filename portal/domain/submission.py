"""What is sent of a complete form."""

from dataclasses import dataclass
from datetime import date

from portal.domain.counting import Counted
from portal.domain.follow_up import NOTHING_TOLD, Holders, Told


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What somebody sends: the document, for whom it is, and what its envelope, its row and its receipt say of it.

    `answered` are the keys of the sections with an answer; `holders` are those who get a code to come back with.
    """

    team_id: str
    area_id: str
    document: bytes
    form_version: int
    schema_hash: str
    due_on: date | None
    counted: Counted
    holders: Holders
    answered: tuple[str, ...] = ()
    told: Told = NOTHING_TOLD
