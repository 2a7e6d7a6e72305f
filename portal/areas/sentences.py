"""Every sentence of the areas' files that pages show: each has an Easy Read wording, kept by the sentence itself."""

from __future__ import annotations

from collections.abc import Iterator

from portal.areas.area import Area, Areas, Signpost


def sentences_of(areas: Areas) -> Iterator[str]:
    """Yield what the national file and every area's file say in words."""
    yield from _of_signpost(areas.national.elsewhere)
    yield from (line.name for line in areas.national.crisis_lines)
    for area in areas.all:
        yield from sentences_of_area(area)


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
