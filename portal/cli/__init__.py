"""`portal …`: thin commands over acts. What a command needs is imported when it runs, so that help comes at once."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portal.cli.collector import collect
from portal.cli.environment import fail, now, open_database, read_areas, read_folder, read_settings
from portal.cli.people import GROUPS as TEAM_COMMANDS
from portal.cli.place_file import places, route

if TYPE_CHECKING:
    from portal.database.engine import Engine
    from portal.settings import Settings

BETWEEN_ROUNDS = 30
"""Seconds."""


def open_instance() -> tuple[Settings, Engine]:
    """Make what an instance needs and is missing: its folder, secrets and tables."""
    from portal.database.schema import NotThisRelease, upgrade
    from portal.settings import make_secrets

    make_secrets(Path(os.environ.get("PORTAL_INSTANCE") or "instance").resolve())
    settings = read_settings()
    engine = open_database(settings)
    try:
        upgrade(engine)
    except NotThisRelease as fault:
        fail(str(fault))
    return settings, engine


@click.group()
def main() -> None:
    """The Dynamic Support Register self-referral portal."""
    # Whatever these commands write, other users of this machine cannot read.
    os.umask(0o077)


for command in (collect, places, route, *TEAM_COMMANDS):
    main.add_command(command)


@main.command()
def init() -> None:
    """Make the instance folder, its secrets and its database; safe to run again."""
    settings, _engine = open_instance()
    click.echo(f"Ready: {settings.instance}")


@main.command()
def demo() -> None:
    """Prepare a demonstration: made-up teams and staff, written to demo.json in the instance folder."""
    from portal.areas.area import AreaFault
    from portal.areas.loading import load_areas
    from portal.jobs.prepare_demo import DemoSpoilt, prepare_demo
    from portal.settings import DEMO_FILE

    settings, engine = open_instance()
    try:
        made = prepare_demo(
            engine,
            load_areas(settings.areas_dir),
            pepper=settings.pepper,
            out_path=settings.instance / DEMO_FILE,
            now=now(),
        )
    except (AreaFault, DemoSpoilt) as fault:
        fail(str(fault))
    click.echo(f"{len(made)} teams prepared." if made else "The demonstration is ready already.")


@main.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--workers", default=2, show_default=True)
def serve(port: int, host: str, workers: int) -> None:
    """Serve the portal with the production server."""
    from portal.server import serve as run

    read_settings()
    run(host, port, workers)


@main.command()
@click.option("--loop", is_flag=True, help="Go on until the process that started this ends.")
def send(loop: bool) -> None:
    """Do what nobody waits for: erase what is due, remind, and send the mail that says that something waits."""
    from portal.jobs.housekeeping import one_round

    settings, parent = read_settings(), os.getppid()
    engine, sender = open_database(settings), settings.mail.sender(now)
    site = settings.mail.site_in(settings.languages, settings.translations_dir)
    while True:
        done, faults = one_round(engine, sender, site, now, settings.pepper)
        for fault in faults:
            click.echo(fault, err=True)
        if not loop:
            click.echo(_how_mail_stands(engine, done.sent, can_send=sender is not None))
            return
        for _second in range(BETWEEN_ROUNDS):
            time.sleep(1)
            if os.getppid() != parent:
                return


def _how_mail_stands(engine: Engine, sent: int, *, can_send: bool) -> str:
    from portal.jobs.send_mail import how_mail_stands

    stands = how_mail_stands(engine)
    line = f"mail: {sent} sent, {stands.waiting} waiting, {stands.given_up} given up"
    return line if can_send else f"{line} (PORTAL_MAIL is not set, so none is sent)"


@main.command()
@click.option("--json", "as_json", is_flag=True, required=True, help="Print JSON (the only form there is).")
def journey(as_json: bool) -> None:
    """Print every question: key, kind, fields with their names and choices, required or not, in order."""
    from portal.form.document import describe

    if as_json:
        click.echo(json.dumps(describe(read_areas().form), indent=2, ensure_ascii=False))


@main.group()
def areas() -> None:
    """The areas' files."""


@areas.command("check")
def areas_check() -> None:
    """Check every area file; a line for each fault, and exit 1 where there is one."""
    from portal.linter.check_areas import check_areas

    checked = check_areas(read_folder("PORTAL_AREAS_DIR"))
    for fault in checked.faults:
        click.echo(fault)
    for sentence in checked.not_easy:
        click.echo(f"look at: no Easy Read words yet: {sentence}")
    click.echo("The area files are sound." if not checked.faults else f"{len(checked.faults)} faults")
    sys.exit(1 if checked.faults else 0)


@main.group()
def words() -> None:
    """The words of the pages."""


@words.command("check")
def words_check() -> None:
    """Check the Easy Read words; a line for each fault, and exit 1 where one is certain."""
    from portal.linter.words import check, main_report

    text, code = main_report(check())
    click.echo(text)
    sys.exit(code)
