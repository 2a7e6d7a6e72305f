"""A portal that stays the same, and single parts of its pages to look at."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, render_template

from portal.app import create_app
from portal.areas.area import Areas
from portal.settings import Settings

Show = Callable[..., str]


@pytest.fixture(scope="module")
def portal(demonstration: Path) -> Iterator[Flask]:
    app = create_app(Settings.from_env({"PORTAL_INSTANCE": str(demonstration), "PORTAL_DEMO": "1"}))
    yield app
    app.extensions["portal"].engine.dispose()


@pytest.fixture
def areas(portal: Flask) -> Areas:
    found: Areas = portal.extensions["portal"].areas
    return found


@pytest.fixture
def show_html(portal: Flask) -> Show:
    """Give a function that renders one insert at one level, with what its page would give it."""

    def show(name: str, level: str = "", **data: Any) -> str:
        with portal.test_request_context(f"/en{level}/areas"):
            portal.preprocess_request()
            return render_template(f"inserts/{name}.html", **data)

    return show


@pytest.fixture
def show(show_html: Show) -> Show:
    """Give a function that returns the words of one insert, as they are read."""

    def words(name: str, level: str = "", **data: Any) -> str:
        text = unescape(re.sub(r"<[^>]+>", "", show_html(name, level, **data)))
        return " ".join(text.split())

    return words
