"""`portal …`: thin commands over actions."""

import json
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import click

from portal.areas.area import AreaFault
from portal.areas.loading import load_areas
from portal.cli.collector import collect
from portal.cli.people import GROUPS as TEAM_COMMANDS
from portal.cli.place_file import fail, places, read_folder, route
from portal.database.engine import Engine, make_engine
from portal.database.schema import upgrade
from portal.form.document import describe
from portal.jobs.housekeeping import one_round
from portal.jobs.prepare_demo import DemoSpoilt, prepare_demo
from portal.jobs.send_mail import how_mail_stands
from portal.linter.check_areas import check_areas
from portal.linter.words import check as check_words
from portal.linter.words import main_report
from portal.settings import DEMO_FILE, Settings, SettingsFault, make_secrets

BETWEEN_ROUNDS = 30
"""Seconds."""


def read_settings() -> Settings:
    """Return the settings of this environment, or stop with a plain sentence."""
    try:
        return Settings.from_env(os.environ)
    except SettingsFault as fault:
        fail(str(fault))


def open_instance() -> Settings:
    """Make what an instance needs and is missing: its folder, secrets and tables."""
    make_secrets(Path(os.environ.get("PORTAL_INSTANCE") or "instance").resolve())
    settings = read_settings()
    upgrade(make_engine(settings.database_url))
    return settings


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
    click.echo(f"Ready: {open_instance().instance}")


@main.command()
def demo() -> None:
    """Prepare a demonstration: made-up teams and staff, written to demo.json in the instance folder."""
    settings = open_instance()
    engine = make_engine(settings.database_url)
    try:
        made = prepare_demo(
            engine,
            load_areas(settings.areas_dir),
            pepper=settings.pepper,
            out_path=settings.instance / DEMO_FILE,
            now=datetime.now(UTC),
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
    from portal.server import serve as run  # noqa: PLC0415  # the server is loaded only to serve

    read_settings()
    run(host, port, workers)


@main.command()
@click.option("--loop", is_flag=True, help="Go on until the process that started this ends.")
def send(loop: bool) -> None:
    """Do what nobody waits for: erase what is due, remind, and send the mail that says that something waits."""
    settings, parent = read_settings(), os.getppid()
    engine, sender = make_engine(settings.database_url), settings.mail.sender(_now)
    while True:
        done, faults = one_round(engine, sender, settings.mail.site, _now, settings.pepper)
        for fault in faults:
            click.echo(fault, err=True)
        if not loop:
            click.echo(_how_mail_stands(engine, done.sent, can_send=sender is not None))
            return
        for _second in range(BETWEEN_ROUNDS):
            time.sleep(1)
            if os.getppid() != parent:
                return


def _now() -> datetime:
    return datetime.now(UTC)


def _how_mail_stands(engine: Engine, sent: int, *, can_send: bool) -> str:
    stands = how_mail_stands(engine)
    line = f"mail: {sent} sent, {stands.waiting} waiting, {stands.given_up} given up"
    return line if can_send else f"{line} (PORTAL_MAIL is not set, so none is sent)"


@main.command()
@click.option("--json", "as_json", is_flag=True, required=True, help="Print JSON (the only form there is).")
def journey(as_json: bool) -> None:
    """Print every question: key, kind, fields with their names and choices, required or not, in order."""
    if as_json:
        click.echo(json.dumps(describe(), indent=2, ensure_ascii=False))


@main.group()
def areas() -> None:
    """The areas' files."""


@areas.command("check")
def areas_check() -> None:
    """Check every area file; a line for each fault, and exit 1 where there is one."""
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
    text, code = main_report(check_words())
    click.echo(text)
    sys.exit(code)
