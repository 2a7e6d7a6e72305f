"""Coming back after sending: who holds which private code, and what each code may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.facts import Facts


class Right(StrEnum):
    """What a code may do. Both see where the referral stands and add messages."""

    FULL = "full"
    """Also changes contact details and takes consent back."""

    LIMITED = "limited"


class Holder(StrEnum):
    """Whose a code is, seen from whoever filled in the form."""

    YOU = "you"
    PERSON = "person"
    YOU_AS_PARENT = "you_as_parent"
    PARENT = "parent"
    CHILD_OR_PARENT = "child_or_parent"
    HELPER = "helper"
    CHILD_OR_HELPER = "child_or_helper"


@dataclass(frozen=True)
class Holders:
    """Whose the full code is and, after a helper's journey, whose the limited one."""

    full: Holder
    limited: Holder | None = None


@dataclass(frozen=True)
class Told:
    """The few answers that the pages after sending go by: local urgent help, what was chosen, and by whom.

    They rest in the receipt: under the cookie's secret, for 24 hours.
    """

    council: str = ""
    age_band: str = ""
    talk_first: bool = False
    may_not_be_able: bool = False
    helper: str = ""


NOTHING_TOLD = Told()


def told_of(facts: Facts) -> Told:
    """Return what the pages after sending go by."""
    return Told(
        facts.council() or "",
        facts.age_band() or "",
        facts.wants_to_talk_first(),
        facts.may_not_be_able_to_decide(),
        facts.helper_name(),
    )


def holders_of(facts: Facts) -> Holders:
    """Return who gets which code. Who may say yes may take it back: for a child, whoever has parental responsibility.

    A child of under 16 who said yes themselves, helped by somebody without parental responsibility, shares the full
    code with a parent: the team may find that they understand enough to decide (Gillick competence).
    """
    if not facts.is_helper():
        return Holders(Holder.YOU)
    if not facts.is_under_16():
        return Holders(Holder.PERSON, Holder.HELPER)
    if facts.has_parental_responsibility():
        return Holders(Holder.YOU_AS_PARENT, Holder.CHILD_OR_HELPER)
    return Holders(Holder.CHILD_OR_PARENT if facts.person_says_yes() else Holder.PARENT, Holder.HELPER)


@dataclass(frozen=True)
class Code:
    """A private code in plain words, what it may do and whose it is."""

    words: str
    right: Right
    holder: Holder

    @classmethod
    def of_fields(cls, fields: Mapping[str, str]) -> "Code":
        """Read it back from its JSON object."""
        return cls(fields["words"], Right(fields["right"]), Holder(fields["holder"]))
