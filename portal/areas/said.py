"""What an area says about this person: their consent, what happens with their form, who has social care for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from portal.areas.note import Fact, Note


@dataclass(frozen=True, kw_only=True)
class ConsentNote(Note):
    """What an area says about consent, and about whose.

    `general`: what this website says for every area already, so it is not repeated beside the question.
    """

    who: Literal["anyone", "under-18", "may-not-be-able"] = "anyone"
    general: bool = False


@dataclass(frozen=True, kw_only=True)
class Step(Note):
    """What the team does: with each referral, or once somebody is added to the register."""

    when: Literal["referral", "added"]


@dataclass(frozen=True, kw_only=True)
class SocialCare(Fact):
    """The council that has social care for these home councils, where it is not the home council itself."""

    name: str
    councils: frozenset[str]
