"""Urgent help on every page: the short strip at the top, and the full cards."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from flask import url_for

from portal.areas.ages import ANY_AGE
from portal.areas.area import CrisisLine
from portal.areas.crisis import for_age, local_lines
from portal.areas.hours import Hours, Span
from portal.areas.note import Source
from portal.areas.sentences import capital, ended, note_of, people_of, who_for
from portal.domain.answers import AgeBand
from portal.form.question import N_
from portal.jobs.bank_holidays import bank_holidays
from portal.web.frame.formats import clock_time, in_a_list
from portal.web.frame.languages import is_easy
from portal.web.frame.runtime import Runtime, runtime
from portal.web.frame.texts import say as _

SAID_BY_NUMBER = frozenset({"999", "nhs-111"})
"""Lines whose number says enough in the strip."""
LAST_AGE_OF_CHILDREN = 20
"""A line that ends by then is one for children: it comes before those for anyone."""
PICTURES = {
    "999": "call-999",
    "999-bsl": "video-sign",
    "nhs-111": "call-111",
    "18001-111": "text-relay",
    "111-signvideo": "video-sign",
    "111-online": "website",
    "samaritans": "listen",
    "childline": "young-person",
}


@dataclass(frozen=True)
class Way:
    """One way to use a line: what to do, with what, and the link that does it."""

    action: str
    number: str
    href: str


@dataclass(frozen=True)
class StripLine:
    """One entry of the strip. `brief`: on a phone the number is enough to see, and the note is for screen readers."""

    action: str
    number: str
    href: str
    note: str
    brief: bool
    is_local: bool = False


@dataclass(frozen=True)
class Strip:
    """The strip: the page with every line, the national lines in short, and the local ones once the area is known."""

    url: str
    lines: tuple[StripLine, ...]
    local: tuple[StripLine, ...]


@dataclass(frozen=True)
class CardLine:
    """One line on a card. `is_open` None: nobody said when it is open. `times`: when, if that is not always."""

    name: str
    who_for: str
    ways: tuple[Way, ...]
    hours_text: str
    times: tuple[str, ...]
    is_open: bool | None
    source: Source | None
    picture: str


@dataclass(frozen=True)
class Card:
    """Lines of one kind under one heading. `folded`: for few people, so only its heading shows at first."""

    kind: str
    heading: str
    lines: tuple[CardLine, ...]
    folded: bool = False


def strip_for(area_id: str | None = None, council: str | None = None, age_band: str | None = None) -> Strip:
    """Return the strip for a page, with the local lines that are open where the area or the home council is known.

    `age_band` is the person's, as in AgeBand: once it is known, lines for another age are left out.
    """
    held = runtime()
    national = tuple(
        _strip_line(line, _(_national_note(line)), brief=not line.option)
        for line in held.areas.national.crisis_lines
        if line.short and not _is_closed(line, held)
    )
    # The strip stands above every question: local lines say for whom, and leave their full names to the cards.
    # A closed line is left out: 111 stands there already.
    here = area_id or (None if council else held.settings.home_area)
    near = local_lines(held.areas, here, council, age_band)
    local = tuple(
        replace(_strip_line(line, _local_note(line, held, council), brief=False), is_local=True)
        for line in near
        if line.phone and not _is_closed(line, held)
    )
    return Strip(url_for("pages.page", name="urgent-help"), national, local)


def cards_for(area_id: str | None = None, council: str | None = None, age_band: str | None = None) -> list[Card]:
    """Return the cards by who reads them: life at risk, urgent, near this home, children, deaf people, anyone.

    `age_band` is the person's, as in AgeBand: once it is known, lines for another age are left out.
    """
    held = runtime()
    lines = for_age(held.areas.national.crisis_lines, age_band)
    rest = [line for line in lines if not line.deaf]
    children = [] if age_band == AgeBand.ADULT else [line for line in rest if _is_for_children(line)]
    rarer = [line for line in rest if _is_rarer(line) and line not in children]
    usual = [line for line in rest if line not in children and line not in rarer]
    groups = [
        ("emergency", _emergency_heading(), _of_kind(usual, "emergency"), False),
        ("urgent", _("You need help with your mental health now"), _of_kind(usual, "urgent"), False),
        ("urgent", _("Near your home"), local_lines(held.areas, area_id, council, age_band), False),
        ("non-urgent", _children_heading(children), children, False),
        ("", _("If you are deaf, or cannot speak on the phone"), [line for line in lines if line.deaf], True),
        ("non-urgent", _("Someone to listen"), _of_kind(usual, "listening"), False),
        ("", _("More help"), rarer, True),
    ]
    for area in held.areas.all if area_id is None and council is None else ():
        groups.append(("", _("If you live in %(area)s", area=area.name), for_age(area.crisis_lines, age_band), True))
    return [
        Card(kind, heading, tuple(_card_line(line, held, council) for line in lines), folded)
        for kind, heading, lines, folded in groups
        if lines
    ]


def changes_with_the_clock(area_id: str | None = None) -> bool:
    """Return whether any line shown has opening hours, so that a kept page goes stale."""
    held = runtime()
    lines = local_lines(held.areas, area_id) if area_id else [x for area in held.areas.all for x in area.crisis_lines]
    return any(line.hours is not None and not line.hours.always for line in lines)


def _of_kind(lines: Iterable[CrisisLine], kind: str) -> list[CrisisLine]:
    return [line for line in lines if line.kind == kind]


def _is_for_children(line: CrisisLine) -> bool:
    return line.ages.high is not None and line.ages.high <= LAST_AGE_OF_CHILDREN


def _emergency_heading() -> str:
    return _("If someone is in danger now") if is_easy() else _("Life is at risk, or someone may be badly hurt")


def _children_heading(lines: Iterable[CrisisLine]) -> str:
    ages = [line.ages.high for line in lines if line.ages.high is not None]
    return _("If you are under %(age)s", age=max(ages) + 1) if ages else ""


def _is_rarer(line: CrisisLine) -> bool:
    """Return whether fewer people use a line: it is for some ages only."""
    return not line.short and line.ages != ANY_AGE


def _is_open(line: CrisisLine, held: Runtime) -> bool | None:
    return line.is_open(held.now(), held.today() in bank_holidays())


def _is_closed(line: CrisisLine, held: Runtime) -> bool:
    return _is_open(line, held) is False


def _strip_line(line: CrisisLine, note: str, *, brief: bool) -> StripLine:
    way = next(_ways(line), Way("", "", ""))
    return StripLine(way.action, way.number, way.href, note, brief)


def _national_note(line: CrisisLine) -> str:
    return note_of("" if line.id in SAID_BY_NUMBER else line.name, line.option)


def _local_note(line: CrisisLine, held: Runtime, council: str | None) -> str:
    """Return for whom a line is, in which councils where it is not for the whole area, and what to choose there."""
    places = _places(line, held, council)
    return _(note_of(people_of(line, placed=bool(places)), line.option)).replace("{places}", places)


def _places(line: CrisisLine, held: Runtime, council: str | None) -> str:
    """Return the councils that a line is for; empty where they are told already, or it is for the whole area."""
    names = sorted(found.in_a_sentence for code in line.councils if (found := held.areas.council(code)))
    return "" if council else in_a_list(names)


def _card_line(line: CrisisLine, held: Runtime, council: str | None) -> CardLine:
    places = _places(line, held, council)
    who = _(who_for(line, placed=bool(places))).replace("{places}", places)
    return CardLine(
        name=line.name,
        who_for=" ".join(filter(None, (who, _(ended(capital(line.option)))))),
        ways=tuple(_ways(line)),
        hours_text=" ".join(filter(None, (_(ended(line.how)), f"{hours_text(line.hours)}."))),
        times=() if line.hours is None or line.hours.always else tuple(_times(line.hours)),
        is_open=_is_open(line, held),
        source=None if is_easy() else line.source,
        picture=PICTURES.get(line.id, "phone" if line.phone else "text-message" if line.sms else "computer"),
    )


def _ways(line: CrisisLine) -> Iterator[Way]:
    if line.phone:
        yield Way(_("Call"), line.phone, "tel:" + line.phone.replace(" ", ""))
    if line.sms:
        yield Way(_("Text"), line.sms, "sms:" + line.sms.replace(" ", ""))
    if line.address:
        yield Way(_("Go to"), line.address.removeprefix("https://").removeprefix("www."), line.address)
    if line.email:
        yield Way(_("Email"), line.email, f"mailto:{line.email}")


def hours_text(hours: Hours | None) -> str:
    """Return when something is open, in words; closed days are not named."""
    if hours is None:
        return _("We do not know when this is open")
    if hours.always:
        return _("Open day and night, every day")
    return "; ".join(_times(hours))


def _times(hours: Hours) -> Iterator[str]:
    parts = (
        (N_("Monday to Friday %(times)s"), hours.weekdays),
        (N_("Saturday and Sunday %(times)s"), hours.weekends),
        (N_("bank holidays %(times)s"), hours.bank_holidays),
    )
    yield from (_(days, times=", ".join(map(_span, spans))) for days, spans in parts if spans)


def _span(span: Span) -> str:
    return _("%(start)s to %(end)s", start=clock_time(span.start), end=clock_time(span.end))
