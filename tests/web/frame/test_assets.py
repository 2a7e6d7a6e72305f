"""The built files as a browser gets them."""

import base64
import hashlib
import json
from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.web.frame.assets import Assets, AssetsFault, assets_blueprint

CSS = b"body { color: #212b32 }\n" * 40


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tiny = b"<svg/>"
    for name, body in {"portal.abc.css": CSS, "pictures/home.def.svg": tiny}.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(body)
        file.with_name(file.name + ".br").write_bytes(brotli.compress(body) + b"" if len(body) > 10 else b"x" * 99)
    manifest = {
        "portal.css": {"path": "portal.abc.css", "integrity": sri(CSS)},
        "pictures/home.svg": {"path": "pictures/home.def.svg", "integrity": sri(tiny), "alt": "A house"},
    }
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    return tmp_path


@pytest.fixture
def client(folder: Path) -> FlaskClient:
    app = Flask(__name__, static_folder=None)
    app.register_blueprint(assets_blueprint(Assets.load(folder)))
    return app.test_client()


def sri(body: bytes) -> str:
    return "sha384-" + base64.b64encode(hashlib.sha384(body).digest()).decode()


def test_a_template_gets_address_integrity_and_alternative_text(folder: Path) -> None:
    assets = Assets.load(folder)
    assert assets.url("portal.css") == "/static/portal.abc.css"
    assert assets.integrity("portal.css") == sri(CSS)
    home = assets.picture("home")
    assert home is not None
    assert (home.url, home.alt) == ("/static/pictures/home.def.svg", "A house")
    assert assets.picture("unknown") is None


def test_a_name_no_build_has_is_a_mistake(folder: Path) -> None:
    with pytest.raises(KeyError):
        Assets.load(folder).asset("portal.cs")


def test_without_a_build_the_start_stops_and_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(AssetsFault, match="Run: npm run build"):
        Assets.load(tmp_path)


def test_a_damaged_manifest_stops_the_start(folder: Path) -> None:
    (folder / "manifest.json").write_text('{"portal.css": {}}')
    with pytest.raises(AssetsFault, match="not built"):
        Assets.load(folder)


def test_a_file_is_kept_for_good_and_guarded(client: FlaskClient) -> None:
    answer = client.get("/static/portal.abc.css")
    assert answer.data == CSS
    assert answer.content_type == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("accepts", "coding"),
    [("br, gzip", "br"), ("gzip", None), ("br;q=0, gzip", None), ("", None), ("identity", None)],
)
def test_a_browser_gets_a_coding_it_accepts(client: FlaskClient, accepts: str, coding: str | None) -> None:
    answer = client.get("/static/portal.abc.css", headers={"Accept-Encoding": accepts})
    assert answer.headers.get("Content-Encoding") == coding
    assert (brotli.decompress(answer.data) if coding == "br" else answer.data) == CSS


def test_a_coding_that_is_larger_is_not_used(client: FlaskClient) -> None:
    answer = client.get("/static/pictures/home.def.svg", headers={"Accept-Encoding": "br"})
    assert answer.data == b"<svg/>"
    assert answer.content_type == "image/svg+xml"


def test_each_coding_has_its_own_etag_and_an_unchanged_file_is_not_sent_again(client: FlaskClient) -> None:
    plain = client.get("/static/portal.abc.css")
    packed = client.get("/static/portal.abc.css", headers={"Accept-Encoding": "br"})
    assert plain.headers["ETag"] != packed.headers["ETag"]
    again = client.get("/static/portal.abc.css", headers={"If-None-Match": plain.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_head_has_the_length_and_no_body(client: FlaskClient) -> None:
    answer = client.head("/static/portal.abc.css")
    assert answer.data == b""
    assert answer.headers["Content-Length"] == str(len(CSS))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_but_reading(client: FlaskClient, method: str) -> None:
    assert client.open("/static/portal.abc.css", method=method).status_code == 405


@pytest.mark.parametrize(
    "path",
    ["manifest.json", "portal.css", "../manifest.json", "..%2fmanifest.json", "/etc/passwd", "portal.abc.css.br"],
)
def test_only_files_of_the_manifest_are_served(client: FlaskClient, path: str) -> None:
    assert client.get(f"/static/{path}").status_code in {404, 308}


def test_a_deployments_own_picture_stands_in_for_ours(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "home.png").write_bytes(b"\x89PNG made up")
    picture = Assets.load(folder, own).picture("home")
    assert picture is not None
    assert picture.url.startswith("/static/own/home.")
    assert picture.url.endswith(".png")
    assert picture.alt == Assets.load(folder).asset("pictures/home.svg").alt


def test_an_own_picture_that_nothing_shows_is_named(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "hom.png").write_bytes(b"x")
    with pytest.raises(AssetsFault, match="hom"):
        Assets.load(folder, own)
