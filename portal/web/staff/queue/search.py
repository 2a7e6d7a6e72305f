"""The queue after unlocking: names, search, registers, and who seems to be there twice. Only in one answer's memory."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from portal.exports.referral import read_referral
from portal.referrals.queue import DeskLine
from portal.referrals.unlock import Unlocked
from portal.web.staff.referral.letter import NO_COVER, consent_heading


@dataclass(frozen=True)
class Named:
    """A line of the queue with whose it is; `heading` is there where consent is to be checked or talked about first.

    `twins` are other referrals with the same name and date of birth.
    """

    line: DeskLine
    name: str
    born: date | None
    register: str
    heading: str = ""
    is_broken: bool = False
    twins: tuple[str, ...] = ()


def named_lines(unlocked: Iterable[Unlocked]) -> list[Named]:
    """Return whose each line is; one that does not open, or is of an unknown form, has no name."""
    lines = [_named(each) for each in unlocked]
    twins: dict[tuple[str, date], list[str]] = {}
    for each in lines:
        if each.name and each.born:
            twins.setdefault((folded(each.name), each.born), []).append(each.line.reference)
    return [_with_twins(each, twins) for each in lines]


def matching(lines: Sequence[Named], words: str, register: str) -> list[Named]:
    """Return the lines whose name holds these words or whose reference is this, of this register if one is chosen."""
    wanted, reference = folded(words), _signs(words)
    return [
        each
        for each in lines
        if (not register or each.register == register)
        and (wanted in folded(each.name) or (bool(reference) and reference in _signs(each.line.reference)))
    ]


def folded(name: str) -> str:
    """Return a name as it is compared: without capitals and doubled spaces."""
    return " ".join(name.casefold().split())


def _signs(text: str) -> str:
    return "".join(sign for sign in text.upper() if sign.isalnum())


def _named(unlocked: Unlocked) -> Named:
    if unlocked.content is None:
        return Named(unlocked.line, "", None, "", is_broken=True)
    referral = read_referral(unlocked.content, NO_COVER)
    if referral.unread:
        return Named(unlocked.line, "", None, "")
    return Named(unlocked.line, referral.name, referral.told.birth_date(), referral.register, consent_heading(referral))


def _with_twins(each: Named, twins: Mapping[tuple[str, date], list[str]]) -> Named:
    if not each.name or each.born is None:
        return each
    others = tuple(reference for reference in twins[folded(each.name), each.born] if reference != each.line.reference)
    return replace(each, twins=others) if others else each
