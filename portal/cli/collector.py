"""`portal collect`: open a sealed bundle on a machine without the database, and write its documents."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import click

from portal.cli.environment import fail, now, read_areas

if TYPE_CHECKING:
    from portal.exports.referral import Referral

ASK = "The seven words of the bundle, or the 24 words of a recovery kit or of your team’s offline key"


@click.command()
@click.option("--bundle", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True)
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("collected"),
    show_default=True,
    help="A new folder for the documents.",
)
def collect(bundle: Path, folder: Path) -> None:
    """Open a sealed bundle and write its letters, JSON, FHIR and one table. Needs no database and no network."""
    from portal.referrals.bundle import NotABundle, open_bundle
    from portal.sealing.codes import NotACode
    from portal.sealing.keys import SealBroken
    from portal.sealing.kit import KitFault
    from portal.sealing.slots import WrongPassphrase

    if folder.exists():
        fail(f"{folder} is there already: name a new folder with --to")
    words = click.prompt(ASK, hide_input=True)
    try:
        opened = open_bundle(bundle.read_bytes(), words, now())
    except (NotABundle, NotACode, KitFault) as fault:
        fail(str(fault))
    except WrongPassphrase:
        fail("These are not the words of this bundle")
    except SealBroken as fault:
        fail(f"A sealed letter does not open: {fault}")
    folder.mkdir(mode=0o700, parents=True)
    referrals = [each.referral for each in opened]
    _write(referrals, folder)
    for each in opened:
        if each.messages:
            (folder / f"{each.referral.cover.reference}-messages.txt").write_text("\n\n".join(each.messages), "utf-8")
    for referral in referrals:
        click.echo(f"{referral.cover.reference}: confirmation code {referral.cover.code}")
    click.echo(f"{len(referrals)} written to {folder}. Type each code on the referral’s page once its copy is checked.")


def _write(referrals: list[Referral], folder: Path) -> None:
    from portal.exports.fhir_check import BundleFault
    from portal.exports.files import as_csv, as_json, as_zip
    from portal.exports.fonts import Fonts, FontsFault
    from portal.exports.pdf import Printer
    from portal.settings import Settings

    questions = read_areas().form.questions
    try:
        whole = as_zip(referrals, questions, Printer(Fonts.load(Settings.build_dir / "fonts")))
    except (FontsFault, BundleFault) as fault:
        why = "one does not fit into FHIR" if isinstance(fault, BundleFault) else "this machine has no fonts for PDF"
        click.echo(f"JSON and the table alone are written: {why}.", err=True)
        for referral in referrals:
            (folder / f"{referral.cover.reference}.json").write_bytes(as_json(referral))
        (folder / "referrals.csv").write_bytes(as_csv(referrals, questions))
        return
    with ZipFile(io.BytesIO(whole)) as archive:
        archive.extractall(folder)
