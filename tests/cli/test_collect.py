"""`portal collect --bundle`: in a folder with a bundle and nothing else."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from portal.cli import main
from portal.database.engine import make_engine
from portal.database.schema import upgrade
from portal.exports.fhir_check import BundleFault
from portal.referrals.bundle import Places, make_bundle
from portal.sealing.codes import words_code
from tests.support.teams import CHEAP, NOW, a_team, send, signed_in

WORDS = words_code()


@pytest.fixture
def folder(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder that holds a bundle of two referrals and nothing else."""
    engine = make_engine(sqlite_url)
    upgrade(engine)
    team = a_team(engine)
    references = [send(engine).reference for _ in range(2)]
    places = {team.id: Places("The team", "Gloucestershire")}
    made = make_bundle(engine, signed_in(engine, team.people[0]), references, WORDS, places=places, now=NOW, cost=CHEAP)
    engine.dispose()
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "made.dsr-bundle").write_bytes(made)
    monkeypatch.chdir(alone)
    for name in ("PORTAL_INSTANCE", "PORTAL_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return alone


def test_it_writes_every_document_and_says_each_code(folder: Path) -> None:
    result = CliRunner().invoke(main, ["collect", "--bundle", "made.dsr-bundle"], input=f"{WORDS}\n")
    assert result.exit_code == 0, result.output
    assert result.output.count("confirmation code") == 2
    assert WORDS not in result.output
    names = sorted(path.suffix for path in (folder / "collected").rglob("*") if path.is_file())
    assert names == [".csv", ".json", ".json", ".json", ".json", ".pdf", ".pdf"]
    assert {path.name for path in folder.iterdir()} == {"made.dsr-bundle", "collected"}


def test_what_does_not_fit_into_fhir_is_written_all_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_bundle: object) -> None:
        raise BundleFault("Patient.id does not agree with its fullUrl")

    monkeypatch.setattr("portal.exports.files.checked", refuse)
    result = CliRunner().invoke(main, ["collect", "--bundle", "made.dsr-bundle"], input=f"{WORDS}\n")
    assert result.exit_code == 0, result.output
    assert "does not fit into FHIR" in result.output
    assert sorted(path.suffix for path in (folder / "collected").iterdir()) == [".csv", ".json", ".json"]


def test_wrong_words_write_nothing(folder: Path) -> None:
    result = CliRunner().invoke(main, ["collect", "--bundle", "made.dsr-bundle"], input=f"{words_code()}\n")
    assert result.exit_code == 1
    assert "not the words of this bundle" in result.output
    assert not (folder / "collected").exists()


def test_a_folder_that_is_there_is_left_alone(folder: Path) -> None:
    (folder / "collected").mkdir()
    result = CliRunner().invoke(main, ["collect", "--bundle", "made.dsr-bundle"], input=f"{WORDS}\n")
    assert result.exit_code == 1
    assert list((folder / "collected").iterdir()) == []
