"""The portal inside the test's own process: `instance`, `settings`, `app`, and a client that lets no bad page pass."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.headers import check_headers
from tests.support.html import BadPage, parse

if TYPE_CHECKING:
    from portal.settings import Settings

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
def settings(instance: Path) -> "Settings":
    """Give the settings of a demonstration in its own folder."""
    from portal.settings import Settings

    return Settings.from_env({"PORTAL_INSTANCE": str(instance), "PORTAL_DEMO": "1"})


@pytest.fixture
def app(settings: "Settings") -> Flask:
    """Give the whole application."""
    from portal import create_app

    app = create_app(settings)
    app.testing = True
    app.test_client_class = StrictClient
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give a strict client of the whole application."""
    return app.test_client()
