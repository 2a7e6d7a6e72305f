"""A real browser, headless: `browser`. Sizes, colours and scripting are set as a person would have them."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from tests.support.axe import Finding, findings
from tests.support.servers import RunningPortal

PAGE_SECONDS = 20
SCRIPT_SECONDS = 60
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-prefers-reduced-motion",
    "--window-size=1280,1024",
]


@dataclass
class Browser:
    """One person's browser on one portal. `driver` is Selenium's own, for whatever has no word here."""

    driver: webdriver.Chrome
    url: str

    def open(self, path: str) -> None:
        """Go to an address of the portal, such as `/en/colours`."""
        self.driver.get(self.url + path)

    @property
    def path(self) -> str:
        """Where the browser is, without the host."""
        return self.driver.current_url.removeprefix(self.url)

    @property
    def title(self) -> str:
        """The page's title."""
        return self.driver.title

    @property
    def words(self) -> str:
        """The words that the page shows."""
        return self.find("body").text

    def find(self, css: str) -> WebElement:
        """Return the first element that fits; fails where there is none."""
        return self.driver.find_element(By.CSS_SELECTOR, css)

    def find_all(self, css: str) -> list[WebElement]:
        """Return every element that fits."""
        return self.driver.find_elements(By.CSS_SELECTOR, css)

    def press(self, words: str) -> None:
        """Press the button or follow the link with these words, and wait for the next page."""
        path = f"//*[self::a or self::button][normalize-space(.)={json.dumps(words, ensure_ascii=False)}]"
        self.leave_by(self.driver.find_element(By.XPATH, path).click)

    def leave_by(self, act: Any) -> None:
        """Do something that leaves this page, and wait until another stands there, its scripts run."""
        before = self.find("html")
        act()
        WebDriverWait(self.driver, PAGE_SECONDS, poll_frequency=0.05).until(lambda _: self._is_gone(before))

    def type_keys(self, *keys: str) -> None:
        """Press keys wherever the focus is."""
        self.driver.switch_to.active_element.send_keys(*keys)

    def tab_to(self, css: str, at_most: int = 120) -> None:
        """Move the focus with the Tab key alone until it stands on this element."""
        wanted = self.find(css)
        for _ in range(at_most):
            if self.driver.switch_to.active_element == wanted:
                return
            self.type_keys(Keys.TAB)
        raise AssertionError(f"{css} was not reached in {at_most} presses of Tab")

    def width(self, pixels: int, height: int = 1024) -> None:
        """Look through a window this wide; 320 is the narrowest that WCAG asks for."""
        size = {"width": pixels, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def prefer(self, **features: str) -> None:
        """Set media features: `prefer(prefers_color_scheme="dark")`, `prefer(forced_colors="active")`; none resets."""
        chosen = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": chosen})

    def scripts(self, *, on: bool) -> None:
        """Let pages run scripts, or not."""
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not on})

    def axe(self) -> list[Finding]:
        """Return what axe-core finds on this page with every rule on."""
        return findings(self.driver)

    def overflows(self) -> bool:
        """Tell whether the page must be scrolled sideways."""
        script = "return document.documentElement.scrollWidth > document.documentElement.clientWidth"
        return bool(self.driver.execute_script(script))

    def forget(self) -> None:
        """Be a new person: no cookies, the usual window, scripts on, no preferences."""
        self.driver.get("about:blank")
        self.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
        self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        self.prefer()
        self.scripts(on=True)

    def _is_gone(self, element: WebElement) -> bool:
        is_complete = self.driver.execute_script("return document.readyState") == "complete"
        return is_complete and bool(self.find("html") != element)


def new_driver() -> webdriver.Chrome:
    """Start a browser: the machine's own driver by name where there is one, else what Selenium fetches."""
    options = Options()
    for flag in FLAGS:
        options.add_argument(flag)
    chromium = shutil.which("chromium")
    if chromium:
        options.binary_location = chromium
    own = shutil.which("chromedriver")
    driver = webdriver.Chrome(options=options, service=Service(own) if own else Service())
    driver.set_page_load_timeout(PAGE_SECONDS)
    driver.set_script_timeout(SCRIPT_SECONDS)
    return driver


@pytest.fixture(scope="session")
def driver(loopback: None) -> Iterator[webdriver.Chrome]:
    """Give one browser process for a worker's whole run."""
    driver = new_driver()
    yield driver
    driver.quit()


@pytest.fixture
def browser(driver: webdriver.Chrome, server: RunningPortal) -> Iterator[Browser]:
    """Give a new person's browser on the shared portal."""
    browser = Browser(driver, server.url)
    browser.forget()
    yield browser
    browser.forget()


@pytest.fixture
def another_browser(server: RunningPortal) -> Iterator[Browser]:
    """Give a second person's browser, with cookies of its own."""
    driver = new_driver()
    yield Browser(driver, server.url)
    driver.quit()
