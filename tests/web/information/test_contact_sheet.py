"""`/en/pictures`: every picture with its key, its words and where it comes from, a deployment's own ones too."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.app import create_app
from portal.content.loading import PORTAL
from portal.content.pictures import load_pictures
from portal.settings import Settings

PICTURES = load_pictures(PORTAL / "content" / "pictures.toml")


@pytest.mark.parametrize("level", ["", "easy-read/"])
def test_every_picture_is_there_with_its_words_and_who_drew_it(client: FlaskClient, level: str) -> None:
    page = client.get(f"/en/{level}pictures").get_data(as_text=True)
    shown = re.findall(r'<p>([^<]+)</p>\s*<p class="app-source"><span[^>]*>([^<]+)</span><br>([^<]+)<', page)
    assert shown == [
        (each.alt, each.key, f"OpenMoji {each.code}" if each.code else f"static/pictures/{each.file}")
        for each in sorted(PICTURES, key=lambda each: each.key)
    ]


def test_a_deployments_own_picture_stands_there_and_in_easy_read(app: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "register.png").write_bytes(b"\x89PNG made up")
    (folder / "register.txt").write_text("Our own list,\nwith photos\n", encoding="utf-8")
    settings: Settings = app.extensions["portal"].settings
    own = create_app(Settings(**{**vars(settings), "pictures_dir": folder})).test_client()
    sheet = own.get("/en/pictures").get_data(as_text=True)
    assert re.search(r'src="/static/own/register\.[0-9a-f]+\.png"', sheet)
    assert "Our own list, with photos" in sheet
    assert "This website’s own picture" in sheet
    easy = own.get("/en/easy-read/").get_data(as_text=True)
    assert re.search(r'src="/static/own/register\.[0-9a-f]+\.png" alt="Our own list, with photos"', easy)
