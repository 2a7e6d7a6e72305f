"""Every sentence of the areas' files that pages show: each has an Easy Read wording, kept by the sentence itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portal.areas.area import Area, Areas, CrisisLine, Signpost

ELSEWHERE = (
    "because your home is outside the areas of this website",
    "because the person’s home is outside the areas of this website",
)
"""Why a home outside the areas is sent on: to the person, and of the person to a helper."""


def sentences_of(areas: Areas) -> Iterator[str]:
    """Yield what the national file and every area's file say in words."""
    yield from sentences_of_national(areas)
    for area in areas.all:
        yield from sentences_of_area(area)


def sentences_of_national(areas: Areas) -> Iterator[str]:
    """Yield what the national file says in words."""
    yield from _of_signpost(areas.national.elsewhere)
    yield from (line.name for line in areas.national.crisis_lines)


def sentences_of_area(area: Area) -> Iterator[str]:
    """Yield what one area's file says in words."""
    contacts = (area.page, *area.contacts)
    yield from (text for contact in contacts for text in (contact.note, contact.asking) if text)
    for signpost in area.signposts:
        yield from _of_signpost(signpost)
    yield from (sharing.who for sharing in area.shared_with)
    told = (area.professionals, area.hospital, area.sharing_note, area.crisis_note)
    yield from (line.name for line in area.crisis_lines)
    several = (area.promises, area.what_happens, area.keyworkers, area.extra_support, area.local_offers)
    notes = (area.consent_notes, area.who_can_join, area.notes)
    yield from (fact.text for fact in told if fact is not None)
    yield from (fact.text for facts in (*several, *notes) for fact in facts)


def _of_signpost(signpost: Signpost) -> Iterator[str]:
    yield from (signpost.title, signpost.why, *signpost.next_steps)
    yield from (contact.note for contact in signpost.contacts if contact.note)


def crisis_words(lines: Iterable[CrisisLine]) -> Iterator[str]:
    """Yield what lines for urgent help say besides their names, in whole sentences."""
    for line in lines:
        placed = {False, bool(line.councils)}
        yield from (who_for(line, placed=each) for each in placed)
        yield from (
            note_of(each, line.option) for each in ("", line.name, *(people_of(line, placed=is_) for is_ in placed))
        )
        yield from (ended(capital(line.option)), ended(line.how))


def people_of(line: CrisisLine, *, placed: bool) -> str:
    """Return whom a line is for; `placed`: with the {places} that it is for."""
    return f"{line.for_who} in {{places}}" if placed else line.for_who


def who_for(line: CrisisLine, *, placed: bool) -> str:
    """Return the sentence that says whom a line is for."""
    return f"For {people_of(line, placed=placed)}."


def note_of(who: str, option: str) -> str:
    """Return the few words beside a number in the strip: whose it is, and what to choose there."""
    return ": ".join(filter(None, (who, option)))


def capital(words: str) -> str:
    """Return words with a capital letter at their beginning."""
    return f"{words[:1].upper()}{words[1:]}"


def ended(words: str) -> str:
    """Return words with one full stop at their end; nothing for none."""
    return f"{words.rstrip('.')}." if words else ""


def services_of(area: Area) -> Iterator[str]:
    """Yield what the services of an area are called."""
    yield from (each.name for several in (area.keyworkers, area.extra_support, area.local_offers) for each in several)


def reasons_of(area: Area) -> Iterator[str]:
    """Yield why a form goes to a team or is sent on: whole sentences, to the person and of the person."""
    for rule in area.rules:
        for why in (rule.why, rule.why_helper):
            yield goes_to(why) if rule.team else sent_on(why)


def goes_to(why: str) -> str:
    """Return the sentence that says to which {team} a form goes, and why; the reason may name the {council}."""
    return f"This goes to the {{team}} {why.rstrip('.')}."


def sent_on(why: str) -> str:
    """Return the sentence that says why no team here takes a form."""
    return f"We say this {why.rstrip('.')}."
