"""Turn the tables of an area file into facts, each with its source."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, cast

from portal.areas.ages import ADULT, ANY_AGE, UNDER_18, Ages
from portal.areas.area import (
    Contact,
    ContactKind,
    CrisisLine,
    HospitalAdvice,
    Opening,
    Promise,
    Rule,
    Service,
    Sharing,
    Signpost,
)
from portal.areas.note import Note, Source
from portal.areas.said import ConsentNote, SocialCare, Step
from portal.areas.table import Table

CONTACT_KINDS = ("phone", "email", "post", "form", "web")
CONSENT_OF = ("anyone", "under-18", "may-not-be-able")
LINE_WAYS = ("phone", "sms", "address", "email", "how")


class Facts:
    """Reads the facts of one file; it knows the file's sources, councils and teams."""

    def __init__(self, top: Table, codes: frozenset[str]) -> None:
        self.top = top
        self.codes = codes
        self.team_ids: frozenset[str] = frozenset()
        self.answers: Mapping[str, Collection[str]] = {}
        self.sources = self._sources()

    def end(self) -> None:
        self.top.end()

    def council_codes(self, table: Table) -> frozenset[str]:
        return table.names("councils", self.codes, "the code of a council of this area")

    def ages_by_group(self, table: Table) -> Ages | None:
        """Return ages that routing can tell apart by an age band: any, under 18, or 18 and over."""
        ages = table.ages()
        if ages not in (None, ANY_AGE, UNDER_18, ADULT):
            table.fault("ages", "teams and rules can be for “any”, “under-18” or “18-and-over”")
        return ages

    def contact(self, table: Table, kinds: Collection[str] = CONTACT_KINDS) -> Contact:
        kind = table.choice("kind", kinds)
        complete = table.flag("complete", True)
        contact = Contact(
            kind=cast(ContactKind, kind),
            value=_contact_value(table, kind),
            complete=complete,
            note=table.optional_text("note"),
            asking=table.optional_text("asking"),
            teams=table.names("teams", self.team_ids, "a team of this area"),
            **table.fact(self.sources),
        )
        if complete and not contact.value:
            table.fault("value", "is missing; where the page lost it, say complete = false and why in note")
        if not complete and not contact.note:
            table.fault("note", "say what is missing")
        table.end()
        return contact

    def note(self, table: Table) -> Note:
        note = Note(**self._words(table))
        table.end()
        return note

    def notes(self, key: str) -> tuple[Note, ...]:
        return tuple(self.note(table) for table in self.top.tables(key))

    def consent_notes(self) -> tuple[ConsentNote, ...]:
        return tuple(self._consent_note(table) for table in self.top.tables("consent_notes"))

    def steps(self) -> tuple[Step, ...]:
        return tuple(self._step(table) for table in self.top.tables("what_happens"))

    def social_care(self) -> tuple[SocialCare, ...]:
        return tuple(self._social_care(table) for table in self.top.tables("social_care"))

    def optional_note(self, key: str) -> Note | None:
        table = self.top.table(key)
        return self.note(table) if self.top.has(key) else None

    def services(self, key: str) -> tuple[Service, ...]:
        return tuple(self._service(table) for table in self.top.tables(key))

    def opening(self) -> Opening | None:
        table = self.top.table("opening")
        if not self.top.has("opening"):
            return None
        hours = table.hours()
        fact = table.fact(self.sources)
        table.end()
        if hours is None:
            table.fault("hours", "is missing")
            return None
        return Opening(hours=hours, **fact)

    def promises(self) -> tuple[Promise, ...]:
        return tuple(self._promise(table) for table in self.top.tables("promises"))

    def sharing(self) -> tuple[Sharing, ...]:
        return tuple(self._sharing(table) for table in self.top.tables("shared_with"))

    def hospital(self) -> HospitalAdvice:
        table = self.top.required_table("hospital")
        advice = HospitalAdvice(
            text=table.text("text"),
            known=table.flag("known", True),
            email=table.email("email"),
            **table.fact(self.sources),
        )
        table.end()
        return advice

    def signpost(self, table: Table) -> Signpost:
        signpost = Signpost(
            id=table.id(),
            title=table.text("title"),
            why=table.text("why"),
            contacts=tuple(self.contact(inner) for inner in table.tables("contacts")),
            next_steps=table.texts("next_steps"),
            **table.fact(self.sources),
        )
        if not signpost.next_steps:
            table.fault("next_steps", "a signpost never ends in nothing: say what to do next")
        table.end()
        return signpost

    def crisis_lines(self) -> tuple[CrisisLine, ...]:
        return tuple(self._crisis_line(table) for table in self.top.tables("crisis_lines"))

    def rules(self, signposts: frozenset[str]) -> tuple[Rule, ...]:
        return tuple(self._rule(table, signposts) for table in self.top.required_tables("rules"))

    def _sources(self) -> dict[str, Source]:
        sources = {}
        tables = self.top.required_table("sources")
        for key in tables.keys():  # noqa: SIM118 - a Table is not a mapping
            table = tables.table(key)
            sources[key] = Source(table.text("title"), table.optional_text("address"), table.text("date"))
            table.end()
        return sources

    def _words(self, table: Table) -> dict[str, Any]:
        return {
            "text": table.text("text"),
            "known": table.flag("known", True),
            "councils": self.council_codes(table),
            **table.fact(self.sources),
        }

    def _consent_note(self, table: Table) -> ConsentNote:
        who: Any = table.choice("who", CONSENT_OF) if table.has("who") else "anyone"
        note = ConsentNote(who=who, general=table.flag("general", False), **self._words(table))
        table.end()
        return note

    def _step(self, table: Table) -> Step:
        when: Any = table.choice("when", ("referral", "added"))
        step = Step(when=when, **self._words(table))
        table.end()
        return step

    def _social_care(self, table: Table) -> SocialCare:
        one = SocialCare(name=table.text("name"), councils=self.council_codes(table), **table.fact(self.sources))
        if not one.councils:
            table.fault("councils", "say which councils’ homes it is for")
        table.end()
        return one

    def _service(self, table: Table) -> Service:
        service = Service(
            name=table.text("name"),
            text=table.text("text"),
            ages=table.ages() or ANY_AGE,
            provider=table.optional_text("provider"),
            address=table.address("address"),
            known=table.flag("known", True),
            councils=self.council_codes(table),
            **table.fact(self.sources),
        )
        table.end()
        return service

    def _promise(self, table: Table) -> Promise:
        channel: Any = table.choice("channel", ("referral", "voicemail"))
        promise = Promise(
            channel=channel,
            working_days=table.number("working_days"),
            text=table.text("text"),
            **table.fact(self.sources),
        )
        table.end()
        return promise

    def _sharing(self, table: Table) -> Sharing:
        when: Any = table.choice("when", ("referral", "added", "without_names"))
        sharing = Sharing(
            when=when, who=table.text("who"), councils=self.council_codes(table), **table.fact(self.sources)
        )
        table.end()
        return sharing

    def _crisis_line(self, table: Table) -> CrisisLine:
        kind: Any = table.choice("kind", ("emergency", "urgent", "listening"))
        line = CrisisLine(
            id=table.id(),
            name=table.text("name"),
            kind=kind,
            for_who=table.text("for_who"),
            ages=table.ages() or ANY_AGE,
            phone=table.phone("phone"),
            option=table.optional_text("option"),
            sms=table.phone("sms"),
            address=table.address("address"),
            email=table.email("email"),
            how=table.optional_text("how"),
            free=table.flag("free", False),
            deaf=table.flag("deaf", False),
            short=table.flag("short", False),
            hours=table.hours(),
            councils=self.council_codes(table),
            **table.fact(self.sources),
        )
        if not any(getattr(line, way) for way in LINE_WAYS):
            table.fault("phone", f"the line has no way to reach it: give one of {', '.join(LINE_WAYS)}")
        table.end()
        return line

    def _rule(self, table: Table, signposts: frozenset[str]) -> Rule:
        rule = Rule(
            name=table.id("name"),
            why=_why(table, "why"),
            why_helper=_why(table, "why_helper"),
            councils=self.council_codes(table),
            ages=self.ages_by_group(table),
            answers=table.answers_to("answers", self.answers),
            team=table.optional_text("team") or None,
            signpost=table.optional_text("signpost") or None,
            **table.fact(self.sources),
        )
        if (rule.team is None) == (rule.signpost is None):
            table.fault("team", "name one team or one signpost")
        if rule.team and rule.team not in self.team_ids:
            table.fault("team", f"“{rule.team}” is not a team of this area")
        if rule.signpost and rule.signpost not in signposts:
            table.fault("signpost", f"“{rule.signpost}” is not a signpost of this area")
        table.end()
        return rule


def _contact_value(table: Table, kind: str) -> str:
    read = {"phone": table.phone, "email": table.email, "web": table.address, "form": table.address}
    return read.get(kind, table.optional_text)("value")


def _why(table: Table, key: str) -> str:
    why = table.text(key)
    if why and not why.startswith("because "):
        speak = "speak to the person" if key == "why" else "speak of “the person”"
        table.fault(key, f"begin with “because ” and {speak}")
    if "{" in why.replace("{council}", ""):
        table.fault(key, "only {council} can be filled in")
    return why
