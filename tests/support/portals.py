"""The portal inside the test's own process: `instance`, `demo`, `app`, and a client that lets no bad page pass."""

import gzip
import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.test import TestResponse

from portal import app as wiring
from portal.app import create_app
from portal.areas.area import Areas
from portal.content.loading import Content
from portal.sealing import slots
from portal.settings import Settings
from portal.web.frame.runtime import Clock, utc_now
from tests.support.clocks import SetClock
from tests.support.headers import check_headers
from tests.support.html import BadPage, parse
from tests.support.servers import portal_command

TOKEN = re.compile(r'(?<=name="csrf_token" value=")[\w.-]+')
GOOD_PAGES: set[bytes] = set()
UNPACK: dict[str, Callable[[bytes], bytes]] = {"identity": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


class StrictClient(FlaskClient):
    """Parses every HTML answer strictly, and checks the headers of every answer."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send one request and check what comes back."""
        response = super().open(*args, **kwargs)
        path, secure = response.request.path, response.request.scheme == "https"
        check_headers(path, response.headers, response.headers.getlist("Set-Cookie"), secure=secure)
        if response.mimetype == "text/html" and response.request.method != "HEAD" and response.data:
            try:
                look_over(words_of(response))
            except BadPage as fault:
                raise BadPage(f"{response.request.method} {path} ({response.status_code}): {fault}") from fault
        return response


def look_over(page: str) -> None:
    """Parse a page strictly, once: the same words were right a moment ago. Raises BadPage."""
    seen = sha256(TOKEN.sub("", page).encode()).digest()
    if seen not in GOOD_PAGES:
        parse(page)
        GOOD_PAGES.add(seen)


def words_of(response: TestResponse) -> str:
    """Return a page's HTML, unpacked."""
    unpack = UNPACK[response.headers.get("Content-Encoding", "identity")]
    return unpack(response.get_data()).decode()


class Compiled(BytecodeCache):
    """Templates compiled once in a run: every test makes an application of its own, which would compile them anew."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled from the same source."""
        if (code := self._code.get(f"{bucket.key} {bucket.checksum}")) is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._code[f"{bucket.key} {bucket.checksum}"] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """Compile templates, read the portal's own pages and areas, and derive each key of a passphrase, once in a run.

    A deployment's folder is always read.
    """
    compiled, content, areas = Compiled(), cache(wiring.load_content), cache(wiring.load_areas)

    def load_content(lang: str, own: Path | None) -> Content:
        return content(lang) if own is None else content.__wrapped__(lang, own=own)

    def load_areas(folder: Path | None) -> Areas:
        return areas() if folder is None else areas.__wrapped__(folder)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slots, "_root", cache(slots._root))  # hundreds of tests sign the same people in
        patch.setattr(wiring, "load_content", load_content)
        patch.setattr(wiring, "load_areas", load_areas)
        patch.setattr(wiring, "PlainGlobals", partial(wiring.PlainGlobals, bytecode_cache=compiled))
        yield


@pytest.fixture(scope="session")
def demonstration(database: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Prepare a demonstration once; each test works on a copy."""
    folder = tmp_path_factory.mktemp("demonstration")
    portal_command(folder, "demo")
    return folder / "instance"


@pytest.fixture
def instance(tmp_path: Path, demonstration: Path) -> Path:
    """Give an instance folder with demonstration teams, all ready to receive."""
    return Path(shutil.copytree(demonstration, tmp_path / "instance"))


@pytest.fixture
def demo(instance: Path) -> dict[str, Any]:
    """Give what the demonstration's staff sign in with."""
    known: dict[str, Any] = json.loads((instance / "demo.json").read_text(encoding="utf-8"))
    return known


@pytest.fixture
def settings(instance: Path) -> Settings:
    """Give the settings of that instance."""
    return Settings.from_env({"PORTAL_INSTANCE": str(instance), "PORTAL_DEMO": "1"})


@contextmanager
def strict_app(settings: Settings, now: Clock = utc_now) -> Iterator[Flask]:
    """Give the whole application, by this clock, with clients that let no bad page pass; let go of its database."""
    app = create_app(settings, now)
    app.testing = True
    app.test_client_class = StrictClient
    yield app
    app.extensions["portal"].engine.dispose()


@pytest.fixture
def app(settings: Settings, clock: SetClock) -> Iterator[Flask]:
    """Give the whole application, by the test's clock."""
    with strict_app(settings, clock) as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give a strict client of the whole application."""
    return app.test_client()
