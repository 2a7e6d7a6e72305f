"""An area's facts as templates show them: contacts by team, sources once each, Easy Read lines, dates in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from markupsafe import Markup, escape

from portal.areas.ages import ANY_AGE, Ages
from portal.areas.area import Area, Contact, Council, Icb, Opening, Service, Sharing, Team
from portal.areas.describe import (
    NOT_KNOWN,
    ContactView,
    Sentence,
    another_way,
    consent_notes_for,
    contact_view,
    for_home,
    promise_sentence,
    sharing_for,
    social_care_of,
    steps_after_sending,
)
from portal.areas.note import Fact, Source
from portal.areas.routing import Outcome
from portal.areas.sentences import goes_to, sent_on
from portal.content.area_words import AreaWords, load_all_area_words
from portal.content.inline import render
from portal.web.frame.formats import date_in_words, in_a_list
from portal.web.frame.languages import lang
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import say as _
from portal.web.frame.urgent import hours_text


@dataclass(frozen=True)
class Line:
    """One line of Easy Read with its picture."""

    html: Markup
    picture: str


@dataclass(frozen=True)
class TeamWays:
    """How to reach one team. `missing` are the usual ways we do not know; `reachable` means by phone or e-mail."""

    team: Team
    contacts: tuple[ContactView, ...]
    missing: tuple[str, ...]

    @property
    def reachable(self) -> bool:
        return "phone" not in self.missing or "email" not in self.missing


def add_area_views(app: Flask, languages: Iterable[str], link: Callable[[str], str], own: Path | None = None) -> None:
    """Give templates these views; `link` turns a page's name into its address. Raises ContentFault."""
    words = {code: load_all_area_words(code, own) for code in languages}

    def easy_lines(text: str) -> tuple[Line, ...]:
        return lines_for(text, words[lang()], link)

    app.jinja_env.globals.update(
        ages_text=ages_text,
        another_way=another_way,
        consent_notes_for=consent_notes_for,
        council_names=council_names,
        date_in_words=date_in_words,
        easy_lines=easy_lines,
        has_easy_lines=lambda text: text in words[lang()],
        for_home=for_home,
        icbs_of=icbs_of,
        not_covered=not_covered,
        opening_text=opening_text,
        promise_sentence=promise_sentence,
        reason_in_words=reason_in_words,
        said=said,
        sharing_for=sharing_for,
        social_care_of=social_care_of,
        source_notes=source_notes,
        steps_after_sending=steps_after_sending,
        told_words=told_words,
        ways_of_area=ways_of_area,
        ways_of_team=ways_of_team,
        contact_views=contact_views,
        missing_words=NOT_KNOWN,
    )


def lines_for(text: str, words: AreaWords, link: Callable[[str], str]) -> tuple[Line, ...]:
    """Return the Easy Read lines of an area's sentence, or the sentence as it is where nobody has written them."""
    lines = words.get(text)
    if lines is None:
        return (Line(escape(_(text)), "read"),)
    return tuple(Line(render(line.say, link), line.picture) for line in lines)


def said(sentence: Sentence) -> str:
    """Return a sentence in the reader's language."""
    return str(_(sentence.text, **sentence.values)) if sentence.values else str(_(sentence.text))


def reason_in_words(outcome: Outcome, council: Council | None, helper: bool, team: str = "") -> str:
    """Return why a form goes to a team, or is sent on where no team is named."""
    why = outcome.reason_helper if helper else outcome.reason
    if outcome.rule and outcome.area_id:
        rule = next(each for each in runtime().every_area[outcome.area_id].rules if each.name == outcome.rule)
        why = rule.why_helper if helper else rule.why
    words = _(goes_to(why) if team else sent_on(why))
    return words.replace("{team}", team).replace("{council}", council.in_a_sentence if council else "")


def contact_views(contacts: Iterable[Contact]) -> tuple[ContactView, ...]:
    """Return ways to reach somebody, with the links that use them."""
    return tuple(contact_view(contact) for contact in contacts)


def ways_of_team(area: Area, team: Team, *, sent: bool = False) -> TeamWays:
    """Return how to reach one team of an area; without its own form and how to ask for whoever has sent ours."""
    every = area.contacts_for(team.id)
    contacts = contact_views(c.once_sent() for c in every if c.kind != "form") if sent else contact_views(every)
    known = {contact.kind for contact in contacts if contact.complete}
    return TeamWays(team, contacts, tuple(kind for kind in NOT_KNOWN if kind not in known))


def ways_of_area(area: Area) -> list[TeamWays]:
    """Return how to reach each team; a team whose ways are all named under others is left out."""
    every = [ways_of_team(area, team) for team in area.teams]
    return [ways for ways in every if not _named_elsewhere(ways, every)]


def _named_elsewhere(ways: TeamWays, every: list[TeamWays]) -> bool:
    """Return whether each way belongs to some other team that has fewer ways."""
    smaller = [other for other in every if len(other.contacts) < len(ways.contacts)]
    named = {contact for other in smaller for contact in other.contacts}
    return bool(ways.contacts) and set(ways.contacts) <= named


def source_notes(*facts: Fact | None) -> list[Source]:
    """Return where these facts were read, each source once, in order."""
    return list(dict.fromkeys(fact.source for fact in facts if fact is not None))


def opening_text(opening: Opening | None) -> str:
    """Return when the team works, or an empty text where no source says."""
    if opening is None:
        return ""
    text = hours_text(opening.hours)
    return _("%(hours)s. Closed on Saturday and Sunday", hours=text) if opening.hours.weekends == () else text


def ages_text(ages: Ages) -> str:
    """Return whom a service or team is for, by age; an empty text where it is for every age."""
    if ages == ANY_AGE:
        return ""
    if ages.high is None:
        return _("people aged %(low)s and over", low=ages.low)
    if not ages.low:
        return _("people under %(age)s", age=ages.high + 1)
    return _("people aged %(low)s to %(high)s", low=ages.low, high=ages.high)


def council_names(area: Area, codes: Iterable[str], *, join: str = "or") -> str:
    """Return the councils of an area by name, in its own order: "Babergh, Ipswich or Mid Suffolk"."""
    wanted = frozenset(codes)
    names = [council.in_a_sentence for council in area.councils if council.code in wanted]
    return in_a_list(names, "or" if join == "or" else "standard")


def told_words(area: Area, told: Iterable[Sharing], council: str | None = None) -> list[str]:
    """Return who is told; with the homes for which that holds, while the home council is not known."""
    return [
        _("%(who)s, if you live in %(places)s", who=_(one.who), places=council_names(area, one.councils))
        if one.councils and not council
        else _(one.who)
        for one in told
    ]


def not_covered(area: Area, services: Iterable[Service]) -> frozenset[str]:
    """Return the councils for whose homes none of these services is named."""
    every = frozenset(council.code for council in area.councils)
    covered = [service.councils or every for service in services]
    return every.difference(*covered)


def icbs_of(area: Area) -> Mapping[str, Icb]:
    """Return the integrated care boards of an area's teams, by code."""
    return {team.icb.code: team.icb for team in area.teams}
