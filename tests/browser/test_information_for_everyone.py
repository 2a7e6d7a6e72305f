"""Every information page, in both reading levels: axe-core's every rule, narrow, dark, spaced out, doubled."""

from base64 import b64decode
from io import BytesIO

import pytest
from pypdf import PdfReader

from portal.areas.loading import load_areas
from portal.content.pages import PAGE_NAMES
from tests.browser.looking import Onlooker
from tests.support.browsers import Browser

LEVELS = ["/en/", "/en/easy-read/"]
PAGES = [
    "" if name == "start" else name
    for name in PAGE_NAMES
    if name != "area"
] + [f"areas/{area.id}" for area in load_areas().all]  # fmt: skip
SAMPLE = ["", "colours", "urgent-help", "areas/suffolk-and-north-east-essex", "cookies"]
REST = [pytest.param(page, marks=pytest.mark.whole) for page in PAGES if page not in SAMPLE]

ON_THE_CARD = ["999", "111", "18001 111", "999bsl.co.uk", "85258", "116 123", "0800 1111", "0800 068 4141"]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("page", [*SAMPLE, "nothing-here", *REST])
def test_every_rule_finds_nothing_and_nothing_scrolls_sideways(browser: Browser, level: str, page: str) -> None:
    browser.open(level + page)
    onlooker = Onlooker(browser)
    onlooker.look(level + page)
    onlooker.then_nothing_stands_in_the_way()


@pytest.mark.parametrize("level", LEVELS)
def test_in_the_colours_that_people_choose(browser: Browser, level: str) -> None:
    onlooker = Onlooker(browser)
    for page in SAMPLE:
        browser.open(level + page)
        onlooker.look_in_colours(level + page)
    onlooker.then_nothing_stands_in_the_way()


@pytest.mark.parametrize("level", LEVELS)
def test_with_text_spaced_out_or_doubled_nothing_is_cut_off(browser: Browser, level: str) -> None:
    onlooker = Onlooker(browser)
    for page in SAMPLE:
        browser.open(level + page)
        onlooker.look_stretched(level + page)
    onlooker.then_nothing_stands_in_the_way()


@pytest.mark.parametrize("level", LEVELS)
def test_urgent_help_is_a_card_of_paper_and_a_folded_part_is_printed_too(browser: Browser, level: str) -> None:
    browser.open(level + "urgent-help")
    paper = browser.driver.execute_cdp_cmd("Page.printToPDF", {"paperWidth": 8.27, "paperHeight": 11.69})
    pages = [page.extract_text() for page in PdfReader(BytesIO(b64decode(paper["data"]))).pages]
    two_sides = "".join(pages[:2])
    assert [number for number in ON_THE_CARD if number not in two_sides] == []
    assert "Open now" not in two_sides
