"""Urgent help on every page: the short strip at the top, and the full cards."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import g, url_for

from portal.actions.bank_holidays import bank_holidays
from portal.areas.area import CrisisLine, Source
from portal.areas.crisis import local_lines
from portal.areas.hours import Hours, Span
from portal.web.languages import is_easy
from portal.web.runtime import Runtime, runtime
from portal.web.words import say as _

SAID_BY_NUMBER = frozenset({"999", "nhs-111"})
"""Lines whose number says enough in the strip."""
PICTURES = {"999": "ambulance", "999-bsl": "bsl", "999-text": "text-message", "nhs-111": "phone"}


@dataclass(frozen=True)
class Way:
    """One way to use a line: what to do, with what, and the link that does it."""

    action: str
    number: str
    href: str


@dataclass(frozen=True)
class StripLine:
    """One entry of the strip. `is_open` None: nobody said when it is open, or it always is.

    `brief`: on a phone the number is enough to see, and the note is for screen readers.
    """

    action: str
    number: str
    href: str
    note: str
    is_open: bool | None
    instead: str
    brief: bool


@dataclass(frozen=True)
class Strip:
    """The strip: the page with every line, the national lines in short, and the local ones once the area is known."""

    url: str
    lines: tuple[StripLine, ...]
    local: tuple[StripLine, ...]


@dataclass(frozen=True)
class CardLine:
    """One line on a card."""

    name: str
    who_for: str
    ways: tuple[Way, ...]
    hours_text: str
    is_open: bool | None
    instead: str
    source: Source | None
    picture: str


@dataclass(frozen=True)
class Card:
    """Lines of one kind under one heading."""

    kind: str
    heading: str
    lines: tuple[CardLine, ...]


def strip_for(area_id: str | None = None, council: str | None = None) -> Strip:
    """Return the strip for a page, with local lines where the area or the home council is known."""
    held = runtime()
    national = tuple(
        _strip_line(line, held, "" if line.id in SAID_BY_NUMBER else line.name, brief=not line.option)
        for line in held.areas.national.crisis_lines
        if line.short
    )
    # The strip stands above every question: local lines say for whom, and leave their full names to the cards.
    near = local_lines(held.areas, area_id, council)
    local = tuple(_strip_line(line, held, _places(line, held), brief=False) for line in near if line.phone)
    return Strip(url_for("pages.page", name="urgent-help"), national, local)


def cards_for(area_id: str | None = None, council: str | None = None) -> list[Card]:
    """Return the cards: life at risk first, then urgent, then someone to listen, then near this home."""
    held = runtime()
    national = held.areas.national.crisis_lines
    groups = [
        ("emergency", _("Life is at risk, or someone may be badly hurt"), _of_kind(national, "emergency")),
        ("urgent", _("You need help with your mental health now"), _of_kind(national, "urgent")),
        ("non-urgent", _("Someone to listen"), _of_kind(national, "listening")),
    ]
    for area in held.areas.all if area_id is None and council is None else ():
        groups.append(("urgent", _("If you live in %(area)s", area=area.name), list(area.crisis_lines)))
    groups.append(("urgent", _("Near your home"), list(local_lines(held.areas, area_id, council))))
    return [
        Card(kind, heading, tuple(_card_line(line, held) for line in lines)) for kind, heading, lines in groups if lines
    ]


def changes_with_the_clock(area_id: str | None = None) -> bool:
    """Return whether any line shown has opening hours, so that a kept page goes stale."""
    held = runtime()
    lines = local_lines(held.areas, area_id) if area_id else [x for area in held.areas.all for x in area.crisis_lines]
    return any(line.hours is not None and not line.hours.always for line in lines)


def _of_kind(lines: Sequence[CrisisLine], kind: str) -> list[CrisisLine]:
    return [line for line in lines if line.kind == kind]


def _is_open(line: CrisisLine, held: Runtime) -> bool | None:
    return line.is_open(held.now(), held.today() in bank_holidays())


def _instead() -> str:
    return _("Closed now. Call 111 and choose the mental health option.")


def _strip_line(line: CrisisLine, held: Runtime, who: str, *, brief: bool) -> StripLine:
    way = next(_ways(line), Way("", "", ""))
    is_open = None if line.hours is None or line.hours.always else _is_open(line, held)
    note = ", ".join(filter(None, (who, line.option)))
    instead = _("Closed now. Call 111") if is_open is False else ""
    return StripLine(way.action, way.number, way.href, note, is_open, instead, brief)


def _places(line: CrisisLine, held: Runtime) -> str:
    """Return for whom a local line is: which ages, and in which councils where it is not for the whole area."""
    names = sorted(council.name for code in line.councils if (council := held.areas.council(code)))
    return f"{line.for_who} ({', '.join(names)})" if names and not g.get("council") else line.for_who


def _card_line(line: CrisisLine, held: Runtime) -> CardLine:
    is_open = _is_open(line, held)
    told = ". ".join(text.rstrip(".") for text in (line.how, hours_text(line.hours)) if text)
    return CardLine(
        name=line.name,
        who_for=_for_who(line),
        ways=tuple(_ways(line)),
        hours_text=f"{told}." if told else "",
        is_open=is_open,
        instead=_instead() if is_open is False else "",
        source=None if is_easy() else line.source,
        picture=PICTURES.get(line.id, "phone" if line.phone else "text-message" if line.sms else "computer"),
    )


def _for_who(line: CrisisLine) -> str:
    text = f"For {_places(line, runtime())}." if line.for_who else ""
    return f"{text} {line.option[:1].upper()}{line.option[1:]}.".strip() if line.option else text


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
    parts = (
        (_("Monday to Friday"), hours.weekdays),
        (_("Saturday and Sunday"), hours.weekends),
        (_("bank holidays"), hours.bank_holidays),
    )
    return "; ".join(f"{days} {', '.join(_span(span) for span in spans)}" for days, spans in parts if spans)


def _span(span: Span) -> str:
    return _(
        "%(start)s to %(end)s",
        start=_clock(span.start.hour, span.start.minute),
        end=_clock(span.end.hour, span.end.minute),
    )


def _clock(hour: int, minute: int) -> str:
    """Return an hour as the NHS writes it: 9am, 5:30pm, midday, midnight."""
    if minute == 0 and hour in (0, 12):
        return _("midnight") if hour == 0 else _("midday")
    text = f"{(hour - 1) % 12 + 1}" + (f":{minute:02}" if minute else "")
    return f"{text}{'am' if hour < 12 else 'pm'}"
