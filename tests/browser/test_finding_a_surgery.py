"""The list of surgeries that fit what somebody typed: for everyone, and without a script."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.places.builder import FILE_NAME, build
from tests.browser.looking import Onlooker
from tests.browser.walking import at_the_last_button
from tests.support.browsers import Browser
from tests.support.official import TODAY, Official
from tests.support.servers import RunningPortal


@pytest.fixture
def surgeries_are_known(server: RunningPortal, sample: Official, tmp_path: Path) -> Iterator[None]:
    """Put a place file into the running portal, until the test is over."""
    built = tmp_path / FILE_NAME
    build(sample.code_point, sample.practices, sample.sub_icbs, built, today=TODAY, sample=True)
    there = server.instance / FILE_NAME
    built.replace(there)
    yield
    there.unlink()


@pytest.mark.usefixtures("surgeries_are_known")
@pytest.mark.parametrize("level", ["", "easy-read/"])
def test_the_list_stands_in_nobodys_way(browser: Browser, level: str) -> None:
    at_the_last_button(browser)
    browser.scripts(on=False)
    browser.open(f"/en/{level}apply/gp")
    browser.find("#gp").send_keys("Highwoods Surgery")
    browser.leave_by(browser.find(".app-buttons button").click)
    assert "Colchester" in browser.find("main").text
    browser.scripts(on=True)
    onlooker = Onlooker(browser)
    onlooker.look("the list of surgeries")
    browser.leave_by(browser.find(".app-buttons button").click)
    assert browser.title.startswith("Error:")
    onlooker.look("the list of surgeries with its error")
    onlooker.then_nothing_stands_in_the_way()
