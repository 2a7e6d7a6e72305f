"""What is known about one area. Every fact says where it was read, and when that page was written."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Literal

from msgspec import Meta, field
from msgspec.structs import replace

from portal.areas.ages import ANY_AGE, Ages
from portal.areas.hours import Hours
from portal.areas.kinds import ADDRESS, EMAIL, PHONE, SAYS, Address, Email, Id, OnsCode, Phone
from portal.areas.note import Fact, Names, Note, Problem, by_group, unknown_answers
from portal.areas.questions import LocalQuestion, form_with
from portal.areas.said import ConsentNote, SocialCare, Step
from portal.form.questions import Form
from portal.strict import TableFault, Text

VALUES = {"phone": PHONE, "email": EMAIL, "web": ADDRESS, "form": ADDRESS}
"""How the value of a contact is written, by its kind."""
LINE_WAYS = ("phone", "sms", "address", "email", "how")


class AreaFault(TableFault):
    """An area file that cannot be used: which file, which field, and what to do."""


class Council(Fact, frozen=True, kw_only=True):
    """A district, borough or unitary council, by its ONS code."""

    code: OnsCode
    name: Text
    in_words: Text = ""
    also: tuple[Text, ...] = ()

    @property
    def in_a_sentence(self) -> str:
        """Return the name as it stands in "you live in …": "the City of London"."""
        return self.in_words or self.name


class Icb(Fact, frozen=True, kw_only=True):
    """The integrated care board a team answers to; `since` is None where no source says."""

    code: Text
    name: Text = ""
    since: date | None = None


class Team(Fact, frozen=True, kw_only=True):
    """A team with its own queue and its own key."""

    id: Id
    name: Text
    area_id: str
    ages: Ages
    councils: frozenset[str] = frozenset()
    icb: Icb
    staffed_by: tuple[str, ...] = ()
    """Teams whose staff run this one together; in a demonstration, the first of each belongs to it as well."""

    def problems(self, names: Names) -> Iterator[Problem]:
        yield from super().problems(names)
        yield from by_group(self.ages)

    def everywhere(self, councils: frozenset[str]) -> Team:
        """Return the team as one for all of these councils."""
        return replace(self, councils=councils)


ContactKind = Literal["phone", "email", "post", "form", "web"]


class Contact(Fact, frozen=True, kw_only=True):
    """One way to reach a team. `complete` is False where the copy of the page lost part (or all) of it."""

    kind: ContactKind
    value: Text = ""
    complete: bool = True
    note: Text = ""
    asking: Text = ""
    """What to say when asking to join this way; of no use to somebody who has sent the form."""
    teams: frozenset[str] = frozenset()
    """Empty: for the whole area."""

    def problems(self, names: Names) -> Iterator[Problem]:
        yield from super().problems(names)
        pattern = VALUES.get(self.kind)
        if self.value and pattern and not re.search(pattern, self.value):
            yield "value", f"“{self.value}” {SAYS[pattern]}"
        if self.complete and not self.value:
            yield "value", "is missing; where the page lost it, say complete = false and why in note"
        if not self.complete and not self.note:
            yield "note", "say what is missing"

    def once_sent(self) -> Contact:
        """Return it for somebody who has asked already."""
        return replace(self, asking="")


class Opening(Fact, frozen=True, kw_only=True):
    """When the team works."""

    hours: Hours


class Promise(Fact, frozen=True, kw_only=True):
    """How soon the team says it answers, counted from a referral or from a voicemail."""

    channel: Literal["referral", "voicemail"]
    working_days: Annotated[int, Meta(ge=1)]
    text: Text


class Sharing(Fact, frozen=True, kw_only=True):
    """Who is told, at which point, and for which home councils (none named: all of them)."""

    when: Literal["referral", "added", "without_names"]
    who: Text
    councils: frozenset[str] = frozenset()


class Service(Fact, frozen=True, kw_only=True):
    """A service that can help beside the register: keyworkers, autism workers, a local offer."""

    name: Text
    text: Text
    ages: Ages = ANY_AGE
    provider: Text = ""
    address: Address = ""
    known: bool = True
    councils: frozenset[str] = frozenset()


class HospitalAdvice(Fact, frozen=True, kw_only=True):
    """What to do for someone who is in a mental health hospital now."""

    text: Text
    known: bool = True
    email: Email = ""


class Signpost(Fact, frozen=True, kw_only=True):
    """Where to go when no team here can take it. Never a dead end: `next_steps` is never empty."""

    id: Id
    title: Text
    why: Text
    contacts: tuple[Contact, ...] = ()
    next_steps: tuple[Text, ...] = ()

    def problems(self, names: Names) -> Iterator[Problem]:
        if not self.next_steps:
            yield "next_steps", "a signpost never ends in nothing: say what to do next"
        for number, contact in enumerate(self.contacts, 1):
            yield from ((f"contacts[{number}].{field}", why) for field, why in contact.problems(names))


class CrisisLine(Fact, frozen=True, kw_only=True):
    """Urgent help. `hours` is None where no source we trust says when it is open."""

    id: Id
    name: Text
    kind: Literal["emergency", "urgent", "listening"]
    for_who: Text
    ages: Ages = ANY_AGE
    phone: Phone = ""
    option: Text = ""
    sms: Phone = ""
    address: Address = ""
    email: Email = ""
    how: Text = ""
    free: bool = False
    deaf: bool = False
    short: bool = False
    hours: Hours | None = None
    councils: frozenset[str] = frozenset()

    def problems(self, names: Names) -> Iterator[Problem]:
        yield from super().problems(names)
        if not any(getattr(self, way) for way in LINE_WAYS):
            yield "phone", f"the line has no way to reach it: give one of {', '.join(LINE_WAYS)}"

    def is_open(self, now: datetime, bank_holiday: bool) -> bool | None:
        """Say whether the line is open at this aware moment; None where its hours are not known."""
        return None if self.hours is None else self.hours.is_open(now, bank_holiday)


class Rule(Fact, frozen=True, kw_only=True):
    """Where a person goes. The first rule of an area that fits wins; nothing named means it fits everyone.

    `why` speaks to the person, `why_helper` of "the person", to helpers and staff.
    """

    name: Id
    why: Text
    why_helper: Text
    councils: frozenset[str] = frozenset()
    ages: Ages | None = None
    answers: dict[str, str] = field(default_factory=dict)
    team: str | None = None
    signpost: str | None = None

    def problems(self, names: Names) -> Iterator[Problem]:
        yield from super().problems(names)
        yield from by_group(self.ages)
        yield from unknown_answers("answers", self.answers, names)
        for key, why in (("why", self.why), ("why_helper", self.why_helper)):
            if not why.startswith("because "):
                speak = "speak to the person" if key == "why" else "speak of “the person”"
                yield key, f"begin with “because ” and {speak}"
            if "{" in why.replace("{council}", ""):
                yield key, "only {council} can be filled in"
        if (self.team is None) == (self.signpost is None):
            yield "team", "name one team or one signpost"
        if self.team and self.team not in names.teams:
            yield "team", f"“{self.team}” is not a team of this area"
        if self.signpost and self.signpost not in names.signposts:
            yield "signpost", f"“{self.signpost}” is not a signpost of this area"

    def concerns(self, council: str) -> bool:
        return not self.councils or council in self.councils


@dataclasses.dataclass(frozen=True, kw_only=True)
class Area:
    """One area as its file tells it, from the first to the last day on which that holds (None: no end)."""

    id: str
    name: str
    file: str
    page: Contact
    councils: tuple[Council, ...]
    teams: tuple[Team, ...]
    rules: tuple[Rule, ...]
    questions: tuple[LocalQuestion, ...] = ()
    signposts: tuple[Signpost, ...] = ()
    contacts: tuple[Contact, ...] = ()
    opening: Opening | None = None
    promises: tuple[Promise, ...] = ()
    what_happens: tuple[Step, ...] = ()
    shared_with: tuple[Sharing, ...] = ()
    sharing_note: Note | None = None
    crisis_lines: tuple[CrisisLine, ...] = ()
    crisis_note: Note | None = None
    professionals: Note
    keyworkers: tuple[Service, ...] = ()
    extra_support: tuple[Service, ...] = ()
    local_offers: tuple[Service, ...] = ()
    hospital: HospitalAdvice
    consent_notes: tuple[ConsentNote, ...] = ()
    social_care: tuple[SocialCare, ...] = ()
    who_can_join: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()
    registers: tuple[str, ...] | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    @cached_property
    def form(self) -> Form:
        """What a home of this area is asked at most."""
        return form_with(self.questions)

    def asked_in(self, council: str) -> tuple[LocalQuestion, ...]:
        """Return this area's own questions for a home in this council, in order."""
        return tuple(question for question in self.questions if council in question.councils)

    def holds_on(self, day: date) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_to or day)

    def ever_beside(self, other: Area) -> bool:
        """Say whether there is a day on which both hold."""
        starts = [area.valid_from for area in (self, other) if area.valid_from]
        ends = [area.valid_to for area in (self, other) if area.valid_to]
        return not starts or not ends or max(starts) <= min(ends)

    def team(self, team_id: str) -> Team:
        return next(team for team in self.teams if team.id == team_id)

    def signpost(self, signpost_id: str) -> Signpost:
        return next(signpost for signpost in self.signposts if signpost.id == signpost_id)

    def council(self, code: str) -> Council | None:
        return self._councils.get(code)

    @cached_property
    def _councils(self) -> Mapping[str, Council]:
        return {council.code: council for council in self.councils}

    def contacts_for(self, team_id: str) -> tuple[Contact, ...]:
        return tuple(contact for contact in self.contacts if not contact.teams or team_id in contact.teams)

    def promise(self, channel: str) -> Promise | None:
        return next((promise for promise in self.promises if promise.channel == channel), None)


@dataclasses.dataclass(frozen=True, kw_only=True)
class National:
    """What holds for all of England: crisis lines, and the signpost for homes outside the areas."""

    crisis_lines: tuple[CrisisLine, ...]
    elsewhere: Signpost


@dataclasses.dataclass(frozen=True)
class Areas(Mapping[str, Area]):
    """Every area by its id, in the order of their names.

    `at_other_times` holds areas that are not open to referrals on the day asked for: their teams are still known.
    """

    all: tuple[Area, ...]
    national: National
    at_other_times: tuple[Area, ...] = ()

    @cached_property
    def questions(self) -> tuple[LocalQuestion, ...]:
        """Every area's own questions, of every time, always in the same order."""
        areas = sorted((*self.all, *self.at_other_times), key=lambda area: area.file)
        return tuple({question.key: question for area in areas for question in area.questions}.values())

    @cached_property
    def form(self) -> Form:
        """Everything that is asked, with the areas' own questions in their places."""
        return form_with(self.questions)

    def on(self, day: date) -> Areas:
        """Return the areas as they are on one day."""
        everything = (*self.all, *self.at_other_times)
        now = tuple(area for area in everything if area.holds_on(day))
        if now == self.all:
            return self
        return Areas(now, self.national, tuple(area for area in everything if not area.holds_on(day)))

    @property
    def changes_some_day(self) -> bool:
        """Whether an area begins or ends on a day."""
        return any(area.valid_from or area.valid_to for area in (*self.all, *self.at_other_times))

    def beginning_with(self, area_id: str | None) -> Areas:
        """Return the same areas, with one of them before the others."""
        return dataclasses.replace(self, all=tuple(sorted(self.all, key=lambda area: area.id != area_id)))

    def __getitem__(self, area_id: str) -> Area:
        for area in (*self.all, *self.at_other_times):
            if area.id == area_id:
                return area
        raise KeyError(area_id)

    def __iter__(self) -> Iterator[str]:
        return (area.id for area in self.all)

    def __len__(self) -> int:
        return len(self.all)

    def of_council(self, code: str) -> Area | None:
        return self._homes.get(code)

    @cached_property
    def _homes(self) -> Mapping[str, Area]:
        return {council.code: area for area in self.all for council in area.councils}

    def of_team(self, team_id: str) -> Area:
        """Return the area a team belongs to. Raises KeyError."""
        for area in (*self.all, *self.at_other_times):
            if any(team.id == team_id for team in area.teams):
                return area
        raise KeyError(team_id)

    def team(self, team_id: str) -> Team:
        """Return one team. Raises KeyError."""
        return self.of_team(team_id).team(team_id)

    @property
    def teams(self) -> tuple[Team, ...]:
        """Return every team of every time, once."""
        everybody = {team.id: team for area in (*self.at_other_times, *self.all) for team in area.teams}
        first = [team.id for area in self.all for team in area.teams]
        return tuple(everybody[team_id] for team_id in dict.fromkeys((*first, *everybody)))

    def council(self, code: str) -> Council | None:
        area = self.of_council(code)
        return area.council(code) if area else None
