"""Every macro in a real browser: axe-core with every rule, size of targets, reflow, spacing, focus, scripts."""

import threading
from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from werkzeug.serving import make_server

from tests.support.browsers import Browser
from tests.templates.gallery import BUILD, create_gallery

PAGES = [f"/{level}/{page}" for level in ("standard", "easy-read") for page in ("gallery", "question", "page", "error")]
SMALL = """
const alone = each => each.parentElement.textContent.trim() === each.textContent.trim();
return [...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary")]
  .filter(each => !each.matches(".nhsuk-skip-link, .nhsuk-card__link"))
  .map(each => [each, each.getBoundingClientRect(), getComputedStyle(each)])
  .filter(([each, box]) => box.width && box.height)
  .filter(([each, box, style]) => style.display !== "inline" || alone(each))
  .filter(([each, box]) => box.width < 44 || box.height < 44)
  .map(([each, box]) => `${each.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)
"""
OUTSIDE = """
return [...document.querySelectorAll("body *")]
  .filter(each => !each.closest(".nhsuk-u-visually-hidden, .nhsuk-skip-link, .nhsuk-table__head"))
  .map(each => [each, each.getBoundingClientRect()])
  .filter(([each, box]) => box.width && (box.right > innerWidth + 1 || box.left < -1))
  .map(([each]) => each.outerHTML.slice(0, 80))
"""
STYLE = "const s = document.createElement('style'); s.textContent = arguments[0]; document.head.append(s)"
SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"


@pytest.fixture(scope="module")
def address(loopback: None) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_gallery(BUILD), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def page(driver: Chrome, address: str) -> Iterator[Browser]:
    browser = Browser(driver, address)
    browser.forget()
    yield browser
    driver.execute_cdp_cmd("Page.setBypassCSP", {"enabled": False})
    browser.forget()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(page: Browser, path: str, scheme: str, width: int) -> None:
    page.width(width)
    page.prefer(prefers_color_scheme=scheme)
    page.open(path)
    assert page.axe() == []


@pytest.mark.parametrize("path", ["/standard/gallery", "/easy-read/page"])
def test_axe_finds_nothing_from_right_to_left_or_with_more_contrast(page: Browser, path: str) -> None:
    page.prefer(prefers_contrast="more")
    page.open(f"{path}?dir=rtl&languages=1&local=1")
    assert page.axe() == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_everything_to_press_is_44_pixels(page: Browser, path: str, width: int) -> None:
    page.width(width)
    page.open(path)
    assert page.driver.execute_script(SMALL) == []


@pytest.mark.parametrize("query", ["", "?dir=rtl&languages=1&local=1"])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_lost_when_text_is_spaced_or_twice_as_large(page: Browser, path: str, query: str) -> None:
    page.driver.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
    for width, style in ((320, ""), (320, SPACING), (640, "html { font-size: 200% !important }")):
        page.width(width)
        page.open(path + query)
        page.driver.execute_script(STYLE, style)
        assert page.driver.execute_script(OUTSIDE) == [], (width, style)


@pytest.mark.parametrize(("level", "most"), [("standard", 225), ("easy-read", 245)])
def test_the_strip_leaves_most_of_a_small_screen(page: Browser, level: str, most: int) -> None:
    page.width(320, 640)
    page.open(f"/{level}/question")
    assert page.find(".app-urgent").size["height"] <= most


def test_easy_read_is_a_quarter_larger_and_never_justified(page: Browser) -> None:
    page.open("/easy-read/page")
    line = page.find(".app-line p")
    assert float(line.value_of_css_property("font-size").removesuffix("px")) >= 20
    assert line.value_of_css_property("text-align") != "justify"
    picture = page.find(".app-line img")
    assert picture.location["x"] < line.location["x"]


def test_after_an_error_the_summary_has_the_focus_and_its_link_leads_to_the_field(page: Browser) -> None:
    page.open("/standard/gallery")
    assert page.driver.switch_to.active_element == page.find(".nhsuk-error-summary")
    page.find('a[href="#date_of_birth-day"]').click()
    assert page.driver.switch_to.active_element == page.find("#date_of_birth-day")


def test_the_focus_is_a_thick_ring_in_two_colours(page: Browser) -> None:
    page.open("/standard/question")
    page.find("body").send_keys(Keys.TAB, Keys.TAB)
    focused = page.driver.switch_to.active_element
    assert focused.tag_name == "a"
    assert focused.value_of_css_property("outline-width") == "3px"
    assert "6px" in focused.value_of_css_property("box-shadow")


def test_none_of_these_clears_the_others_and_they_clear_it(page: Browser) -> None:
    page.open("/standard/gallery")
    boxes = page.find_all("input[name=needs]")
    for box in boxes[:2]:
        box.click()
    boxes[-1].click()
    assert [box.is_selected() for box in boxes] == [False, False, False, True]
    boxes[0].click()
    assert [box.is_selected() for box in boxes] == [True, False, False, False]


def test_a_second_press_within_a_second_is_ignored(page: Browser) -> None:
    page.open("/standard/question")
    script = """
        let sent = 0;
        document.querySelector("form").addEventListener("submit", event => { event.preventDefault(); sent += 1 });
        const button = document.querySelector("[data-once]");
        button.click(); button.click();
        return sent
    """
    assert page.driver.execute_script(script) == 1


def test_without_scripts_there_is_no_print_button_and_everything_else(page: Browser) -> None:
    page.scripts(on=False)
    page.open("/standard/gallery")
    assert not page.find("[data-print]").is_displayed()
    page.find("label[for=who-2]").click()
    assert page.find("#who-2").is_selected()


def test_the_print_button_shows_with_scripts(page: Browser) -> None:
    page.open("/standard/gallery")
    assert page.find("[data-print]").is_displayed()


def test_in_forced_colours_the_focus_and_the_choice_are_seen(page: Browser) -> None:
    page.prefer(forced_colors="active")
    page.open("/standard/question")
    page.driver.find_element(By.ID, "who").send_keys(Keys.SPACE)
    ring = page.find("label[for=who]")
    width = page.driver.execute_script("return getComputedStyle(arguments[0], '::before').outlineWidth", ring)
    assert width == "4px"
