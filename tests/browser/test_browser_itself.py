"""The browser and axe-core see what they should: proved on small pages of our own."""

from urllib.parse import quote

import pytest
from selenium.webdriver import Chrome

from tests.support.browsers import Browser

PAGE = """<!doctype html><html lang="en"><head><title>Page</title>
<style>@media (prefers-color-scheme: dark) {{ h1 {{ letter-spacing: 7px }} }}
@media (forced-colors: active) {{ h1 {{ word-spacing: 7px }} }}</style></head>
<body><header><p>Top</p></header><main><h1>Heading</h1>{}</main></body></html>"""


@pytest.fixture
def page(driver: Chrome) -> Browser:
    browser = Browser(driver, "data:text/html,")
    browser.forget()
    return browser


def show(page: Browser, content: str) -> None:
    page.driver.get("data:text/html;charset=utf-8," + quote(PAGE.format(content)))


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ('<img src="a.png">', "image-alt"),
        ('<p style="color: #767676; background: #fff">Grey words</p>', "color-contrast-enhanced"),
        ('<button style="width: 9px; height: 9px; padding: 0">x</button><button>y</button>', "target-size"),
        ("<h3>Skipped a level</h3>", "heading-order"),
        ('<input type="text">', "label"),
        ('<button aria-label="Go">Send the form</button>', "label-content-name-mismatch"),
    ],
)
def test_axe_finds_each_fault_with_every_rule_on(page: Browser, content: str, rule: str) -> None:
    show(page, content)
    assert rule in {finding.rule for finding in page.axe()}


def test_axe_finds_nothing_on_a_good_page(page: Browser) -> None:
    show(page, "<p>Plain words</p>")
    assert page.axe() == []


def test_the_window_can_be_as_narrow_as_a_zoomed_phone(page: Browser) -> None:
    page.width(320)
    show(page, '<div style="width: 300px">fits</div>')
    assert not page.overflows()
    show(page, '<div style="width: 400px">does not fit</div>')
    assert page.overflows()


def test_dark_and_forced_colours_reach_the_page(page: Browser) -> None:
    page.prefer(prefers_color_scheme="dark", forced_colors="active")
    show(page, "")
    heading = page.find("h1")
    assert heading.value_of_css_property("letter-spacing") == "7px"
    assert heading.value_of_css_property("word-spacing") == "7px"


def test_scripts_can_be_forbidden(page: Browser) -> None:
    script = '<p id="p">still</p><script>document.getElementById("p").textContent = "ran"</script>'
    show(page, script)
    assert page.find("#p").text == "ran"
    page.scripts(on=False)
    show(page, script)
    assert page.find("#p").text == "still"


@pytest.mark.parametrize("words", ["অটিজম", "توحد", "🏠"])
def test_every_script_that_people_type_can_be_shown(page: Browser, words: str) -> None:
    show(page, f"<p>{words}</p>")
    assert words in page.words
