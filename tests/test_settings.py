"""A setting that cannot be used stops the start with a plain sentence."""

from pathlib import Path

import pytest

from portal.settings import Settings, SettingsFault, make_secrets

SECRETS = {"PORTAL_SECRET_KEY": "5e" * 32, "PORTAL_PEPPER": "9e" * 32}


def read(folder: Path, **more: str) -> Settings:
    return Settings.from_env({"PORTAL_INSTANCE": str(folder), **SECRETS, **more})


def test_a_misspelt_setting_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsFault, match="PORTAL_DATABSE_URL"):
        read(tmp_path, PORTAL_DATABSE_URL="sqlite://")


def test_a_missing_secret_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsFault, match="portal init"):
        Settings.from_env({"PORTAL_INSTANCE": str(tmp_path)})


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsFault, match="PORTAL_PEPPER must be 64"):
        read(tmp_path, PORTAL_PEPPER="abc")


def test_made_secrets_are_for_this_user_alone_and_stay(tmp_path: Path) -> None:
    make_secrets(tmp_path)
    before = (tmp_path / "secrets.json").read_text()
    make_secrets(tmp_path)
    assert (tmp_path / "secrets.json").read_text() == before
    assert (tmp_path / "secrets.json").stat().st_mode & 0o077 == 0
    assert len(Settings.from_env({"PORTAL_INSTANCE": str(tmp_path)}).pepper) == 32


def test_a_real_instance_is_served_over_tls_unless_said_otherwise(tmp_path: Path) -> None:
    assert read(tmp_path).tls
    assert read(tmp_path).cookie_prefix == "__Host-"
    assert not read(tmp_path, PORTAL_TLS="0").tls


def test_demonstration_teams_make_a_demonstration(tmp_path: Path) -> None:
    (tmp_path / "demo.json").write_text("{}")
    assert read(tmp_path).demo
    with pytest.raises(SettingsFault, match="demonstration teams"):
        read(tmp_path, PORTAL_DEMO="0")


def test_an_area_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsFault, match="nowhere"):
        read(tmp_path, PORTAL_AREAS_DIR=str(tmp_path / "nowhere"))
