"""What an area says about this person: their consent, what happens with their form, who has social care for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from portal.areas.note import Fact, Names, Note, Problem
from portal.strict import Text


class ConsentNote(Note, frozen=True, kw_only=True):
    """What an area says about consent, and about whose.

    `general`: what this website says for every area already, so it is not repeated beside the question.
    """

    who: Literal["anyone", "under-18", "may-not-be-able"] = "anyone"
    general: bool = False


class Step(Note, frozen=True, kw_only=True):
    """What the team does: with each referral, or once somebody is added to the register."""

    when: Literal["referral", "added"]


class SocialCare(Fact, frozen=True, kw_only=True):
    """The council that has social care for these home councils, where it is not the home council itself."""

    name: Text
    councils: frozenset[str] = frozenset()

    def problems(self, names: Names) -> Iterator[Problem]:
        yield from super().problems(names)
        if not self.councils:
            yield "councils", "say which councils’ homes it is for"
