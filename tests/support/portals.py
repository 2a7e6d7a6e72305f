"""The portal inside the test's own process: `instance`, `settings`, `app`, and a client that lets no bad page pass."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal import create_app
from portal.settings import Settings
from portal.store.engine import make_engine
from portal.store.schema import upgrade
from tests.support.headers import check_headers
from tests.support.html import BadPage, parse

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
                parse(words_of(response))
            except BadPage as fault:
                raise BadPage(f"{response.request.method} {path} ({response.status_code}): {fault}") from fault
        return response


def words_of(response: TestResponse) -> str:
    """Return a page's HTML, unpacked."""
    unpack = UNPACK[response.headers.get("Content-Encoding", "identity")]
    return unpack(response.get_data()).decode()


@pytest.fixture
def instance(tmp_path: Path, database: None) -> Path:
    """Give an empty instance folder."""
    folder = tmp_path / "instance"
    folder.mkdir()
    return folder


@pytest.fixture
def settings(instance: Path) -> Settings:
    """Give the settings of a demonstration in its own folder."""
    made_up = {"PORTAL_SECRET_KEY": "5e" * 32, "PORTAL_PEPPER": "9e" * 32, "PORTAL_DEMO": "1"}
    return Settings.from_env({"PORTAL_INSTANCE": str(instance), **made_up})


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """Give the whole application on an empty database."""
    engine = make_engine(settings.database_url)
    upgrade(engine)
    engine.dispose()
    app = create_app(settings)
    app.testing = True
    app.test_client_class = StrictClient
    yield app
    app.extensions["portal"].engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give a strict client of the whole application."""
    return app.test_client()
