"""`portal team …`, `portal kit …`, `portal audit …`: what an office does at a command line, thin over acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from portal.cli.environment import fail, now, open_database, read_settings

if TYPE_CHECKING:
    from portal.database.engine import Engine
    from portal.teams.invite import AreaWork, Invited


def _engine() -> Engine:
    return open_database(read_settings())


@click.group()
def team() -> None:
    """Teams, and the first people in them."""


@team.command("create")
@click.argument("team_id")
@click.option("--lead", required=True, help="The lead's work e-mail address.")
@click.option("--name", required=True, help="The lead's name.")
@click.option("--site", default="http://127.0.0.1:8000", show_default=True, help="Where the portal is reached.")
def team_create(team_id: str, lead: str, name: str, site: str) -> None:
    """Set up a team of an area's file, if it is not there yet, and print a one-time link for its lead."""
    from portal.areas.loading import load_areas
    from portal.audit.queries import SYSTEM
    from portal.database.engine import writing
    from portal.teams.create_team import create_team
    from portal.teams.invite import AlreadyHere, NotAnAddress, invite_to_team
    from portal.teams.queries import get_team

    settings = read_settings()
    try:
        found = load_areas(settings.areas_dir).of_team(team_id)
    except KeyError:
        fail(f"No area's file has a team {team_id}.")
    with writing(open_database(settings)) as session:
        if get_team(session, team_id) is None:
            create_team(session, team_id, found.id, found.team(team_id).name, now())
        try:
            invited = invite_to_team(session, team_id, lead, name, "lead", now=now(), actor=SYSTEM)
        except (AlreadyHere, NotAnAddress) as fault:
            fail(f"Not invited: {fault}.")
    _print_link(invited, site)


@team.command("invite-to-area")
@click.argument("area_id")
@click.argument("role", type=click.Choice(["coordinator", "auditor"]))
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--site", default="http://127.0.0.1:8000", show_default=True, help="Where the portal is reached.")
def invite_for_area(area_id: str, role: AreaWork, email: str, name: str, site: str) -> None:
    """Print a one-time link for an area's coordinator or auditor; neither holds a key."""
    from portal.areas.loading import load_areas
    from portal.audit.queries import SYSTEM
    from portal.database.engine import writing
    from portal.teams.invite import AlreadyHere, NotAnAddress, invite_to_area

    settings = read_settings()
    if load_areas(settings.areas_dir).get(area_id) is None:
        fail(f"There is no area {area_id}.")
    with writing(open_database(settings)) as session:
        try:
            invited = invite_to_area(session, area_id, email, name, role, now=now(), actor=SYSTEM)
        except (AlreadyHere, NotAnAddress) as fault:
            fail(f"Not invited: {fault}.")
    _print_link(invited, site)


@team.command("list")
def team_list() -> None:
    """Print every team: ready or not, and how many hold its key."""
    from portal.database.engine import reading
    from portal.teams.health import standing_of
    from portal.teams.queries import names_of_teams

    with reading(_engine()) as session:
        for team_id in sorted(names_of_teams(session)):
            standing = standing_of(session, team_id)
            state = "ready" if standing.is_ready else "not ready"
            held = "keeps its key offline" if standing.has.is_offline else f"{standing.has.holders} hold the key"
            click.echo(f"{team_id}\t{state}\t{held}")


@team.command("tidy")
def team_tidy() -> None:
    """Erase what was collected and confirmed 30 days ago; tell areas of what nobody collected in time."""
    from portal.jobs.remind_about_keys import remind_about_keys
    from portal.referrals.erase_collected import erase_collected, escalate_uncollected

    engine = _engine()
    erased, late = erase_collected(engine, now()), escalate_uncollected(engine, now())
    remind_about_keys(engine, now())
    click.echo(f"{len(erased)} erased, {len(late)} uncollected and escalated")


def _print_link(invited: Invited, site: str) -> None:
    if not invited.token:
        click.echo(f"{invited.name} has an account here already, and has joined.")
        return
    click.echo(f"Give this link to {invited.name}. It works once, for 7 days:")
    click.echo(f"{site.rstrip('/')}/staff/invitation/{invited.token}")


@click.group()
def kit() -> None:
    """Recovery kits, made and tried away from the network."""


@kit.command("make")
def kit_make() -> None:
    """Print a new kit's 24 words and its public half; needs no database and keeps nothing."""
    _print_new_seed("Write these 24 words on paper, numbered, and lock them away:")


def _print_new_seed(tell: str) -> None:
    from portal.sealing.keys import new_seed, public_key
    from portal.sealing.kit import kit_words

    seed = new_seed()
    click.echo(tell)
    for number, word in enumerate(kit_words(seed), start=1):
        click.echo(f"{number:2} {word}")
    click.echo("The public half, which may be copied to the portal's machine:")
    click.echo(public_key(seed).hex())


@kit.command("make-team-key")
def make_team_key() -> None:
    """Print a team's offline key as 24 words, and its public half; needs no database and keeps nothing.

    Proved in the team's pages with "portal kit answer", it becomes the team's key, and opens bundles by its words.
    """
    _print_new_seed("Write these 24 words on paper, numbered. They are your team's only key to its referrals:")


@kit.command("canary")
@click.argument("owner")
@click.option("--area", "is_area", is_flag=True, help="OWNER is an area, not a team.")
def kit_canary(owner: str, is_area: bool) -> None:
    """Print the drill of a team's or area's newest kit, to be opened where the words are."""
    from portal.database.engine import reading
    from portal.teams.queries import newest_kit

    with reading(_engine()) as session:
        row = newest_kit(session, "area" if is_area else "recovery", owner)
    if row is None:
        fail(f"{owner} has no recovery kit.")
    click.echo(row.canary_wrapped.hex())


@kit.command("answer")
@click.argument("owner")
@click.argument("canary", metavar="CANARY")
def kit_answer(owner: str, canary: str) -> None:
    """Open a drill with the words, typed in and not shown; prints the answer. Needs no database."""
    from portal.sealing.keys import SealBroken
    from portal.sealing.kit import Canary, KitFault, open_canary, seed_of

    words = click.prompt("The 24 words", hide_input=True)
    try:
        seed = seed_of(words)
        answer = open_canary(Canary("", bytes.fromhex(canary), b""), owner, seed)
    except (KitFault, ValueError) as fault:
        fail(str(fault))
    except SealBroken:
        fail("This kit does not open this drill.")
    click.echo(answer.hex())


@click.group()
def audit() -> None:
    """The log."""


@audit.command("verify")
@click.option(
    "--noted", metavar="LINE:HASH", help="A head that was noted earlier and must still be there, or a mark from a mail."
)
def audit_verify(noted: str | None) -> None:
    """Check every line of the log; prints its head, or the first wrong line and exit 1."""
    from portal.audit.queries import AuditBroken, Head, verify
    from portal.database.engine import reading

    line, _colon, digest = (noted or "").rpartition(":")
    if noted and not (digest and (line or "0").isdigit()):
        fail("--noted needs LINE:HASH, as printed by an earlier check, or the mark from a mail.")
    with reading(_engine()) as session:
        try:
            head = verify(session, Head(int(line or 0), digest) if noted else None)
        except AuditBroken as fault:
            fail(f"The log was tampered with: {fault}.")
    click.echo(f"{head.line}:{head.hash}")


GROUPS = (team, kit, audit)
