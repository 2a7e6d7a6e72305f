"""`portal places …` and `portal route`: the place file, and where it leads."""

from __future__ import annotations

import json
import os
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from portal.cli.environment import fail, read_areas

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from portal.areas.residence import HomeGuide
    from portal.domain.answers import Answer, Answers
    from portal.places.build.builder import Report
    from portal.places.postcode import PostcodeFault

LONDON = ZoneInfo("Europe/London")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def places() -> None:
    """The place file: postcodes and GP surgeries, from the official files."""


@places.command("build")
@click.option(
    "--postcodes", type=FILE, multiple=True, required=True, help="OS Code-Point Open, the ONS directory, or both."
)
@click.option("--gps", type=FILE, required=True, help="NHS epraccur.")
@click.option("--sub-icbs", type=FILE, help="ONS look-up of small areas to sub-ICB locations.")
@click.option("--sample", is_flag=True, help="Let a part of the country through, for tests and trials.")
def places_build(postcodes: tuple[Path, ...], gps: Path, sub_icbs: Path | None, sample: bool) -> None:
    """Build the place file from the official files on this machine."""
    from portal.places.build.builder import build

    report_on(lambda out, today: build(postcodes, gps, sub_icbs, out, today=today, sample=sample))


@places.command("update")
@click.option("--sample", is_flag=True, help="Let a part of the country through, for tests and trials.")
def places_update(sample: bool) -> None:
    """Fetch the official files from their publishers and build the place file from them."""
    from portal.places.build.fetch import update
    from portal.settings import places_addresses

    addresses = places_addresses(os.environ)
    report_on(lambda out, today: update(addresses, out, today=today, sample=sample))


def report_on(make: Callable[[Path, date], Report]) -> None:
    """Make the place file of this instance and say what is in it; where it cannot be made, say why."""
    from portal.places.fault import PlacesFault
    from portal.places.place_file import FILE_NAME
    from portal.settings import instance_folder

    folder = instance_folder(os.environ)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        click.echo(make(folder / FILE_NAME, today_in_london()).in_words())
    except PlacesFault as fault:
        fail(f"Nothing was changed. {fault}")


@click.command()
@click.option("--postcode", default="")
@click.option("--born", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--gp", default="", help="The NHS code of a GP surgery, such as G85001.")
@click.option("--answer", "pairs", multiple=True, metavar="KEY=VALUE", help="An answer, such as council=E09000022.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day of sending; today where not given.")
@click.option("--json", "as_json", is_flag=True)
def route(
    *, postcode: str, born: datetime | None, gp: str, pairs: tuple[str, ...], day: datetime | None, as_json: bool
) -> None:
    """Say which team receives a referral, and why.

    It answers as somebody does who says yes to what the place file proposes; every --answer stands above that.
    A postcode that cannot be used is asked for again, and the command exits with 1.
    """
    from portal.places.postcode import PostcodeFault

    try:
        answers = routing_answers(postcode, born.date() if born else None, gp, pairs)
    except PostcodeFault as fault:
        if as_json:
            click.echo(json.dumps(asked_again(fault), ensure_ascii=False))
        fail(str(fault))
    told = routed(route_guide(), answers, day.date() if day else today_in_london())
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else route_in_words(told))


def routed(guide: HomeGuide, answers: Answers, today: date) -> dict[str, str | None]:
    """Return where the answers lead, as `portal route --json` prints it."""
    from portal.domain.facts import Facts
    from portal.form.values import values_of

    guide = guide.on(today)
    facts = Facts(values_of(guide.all_areas.form.questions, answers), today, guide)
    found = facts.home()
    outcome = guide.outcome(guide.proposed(facts))
    return {
        "outcome": outcome.kind,
        "team": outcome.team_id,
        "area": outcome.area_id,
        "reason": outcome.reason,
        "ask": outcome.ask,
        "signpost": outcome.signpost.id if outcome.signpost else None,
        "register": outcome.register,
        "council": found.council if found else None,
        "rule": outcome.rule,
    }


def asked_again(fault: PostcodeFault) -> dict[str, str | None]:
    """Return what `portal route --json` prints of a postcode that cannot be used."""
    nothing = dict.fromkeys(("team", "area", "signpost", "register", "council", "rule"))
    return {"outcome": "ask", **nothing, "reason": str(fault), "ask": "postcode"}


def route_guide() -> HomeGuide:
    """Return the guide to the areas and places of this instance; without a place file, the outward-code table."""
    from portal.areas.residence import HomeGuide
    from portal.places.current import CurrentPlaces
    from portal.places.outward import Places
    from portal.places.place_file import FILE_NAME
    from portal.settings import instance_folder

    places_now = CurrentPlaces(instance_folder(os.environ) / FILE_NAME)
    places_now.file()
    if places_now.fault and places_now.path.exists():
        fail(places_now.fault)
    if places_now.fault:
        click.echo(places_now.fault, err=True)
    return HomeGuide(read_areas(), Places.load(), frozenset, places_now.file)


def routing_answers(postcode: str, born: date | None, gp: str, pairs: tuple[str, ...]) -> Answers:
    """Return the answers that the options stand for; stops where one cannot be read. Raises PostcodeFault."""
    from portal.domain.answers import FindsTeam
    from portal.places.postcode import normalise

    answers: dict[str, Answer] = {}
    if postcode:
        answers[FindsTeam.POSTCODE] = {FindsTeam.POSTCODE: normalise(postcode)}
    if born:
        answers[FindsTeam.BIRTH_DATE] = {"day": str(born.day), "month": str(born.month), "year": str(born.year)}
    if gp:
        answers[FindsTeam.SURGERY] = {"surgery": gp}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals:
            fail(f"--answer needs KEY=VALUE, not {pair}")
        if key == "no_postcode":
            answers[FindsTeam.POSTCODE] = {key: [value]}
        else:
            answers[key] = {key: value}
    return answers


def route_in_words(told: Mapping[str, str | None]) -> str:
    """Return an outcome for somebody to read."""
    where = told["team"] or told["signpost"] or told["ask"]
    return f"{told['outcome']}: {where} {told['reason'] or ''}".rstrip()


def today_in_london() -> date:
    """Return the day now in London."""
    return datetime.now(LONDON).date()
