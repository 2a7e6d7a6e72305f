"""The same words in a real browser: with a mouse, or by keyboard alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from portal.domain.answers import Answer
from tests.support.browsers import Browser
from tests.support.wire import WireClient

FOCUS_SHOWS = """
    const el = document.activeElement;
    const shown = (node, part) => {
        const style = getComputedStyle(node, part);
        const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
        return outlined || style.boxShadow !== "none";
    };
    const label = el.labels && el.labels[0];
    const box = el.getBoundingClientRect();
    return {
        seen: shown(el, null) || Boolean(label && (shown(label, null) || shown(label, "::before"))),
        inside: box.bottom > 0 && box.top < innerHeight,
    };
"""


@dataclass
class InABrowser:
    """Somebody with a mouse and a keyboard."""

    browser: Browser
    level: str = ""

    @property
    def slug(self) -> str:
        return self.browser.path.split("?")[0].split("#")[0].rsplit("/", 1)[-1]

    @property
    def words(self) -> str:
        return " ".join(self.browser.find("main").text.split())

    @property
    def html(self) -> str:
        return self.browser.driver.page_source

    @property
    def is_easy(self) -> bool:
        return bool(self.level)

    def open(self, slug: str) -> None:
        self.browser.open(f"/en/{self.level}apply/{slug}")

    def read(self, slug: str) -> str:
        client = WireClient(self.browser.url)
        client.take_cookies(self.browser.driver)
        return client.get(f"/en/{self.level}apply/{slug}").get_data().decode()

    def answer(self, answer: Answer) -> None:
        if "skip" in answer:
            return self.go("Skip this question")
        for name, value in answer.items():
            self.put(name, value)
        return self.go("Continue")

    def go_on(self) -> None:
        self.browser.leave_by(self.browser.find('main a.nhsuk-button[href$="/go-on"]').click)

    def send(self) -> None:
        self.go("Send to the team")

    def go(self, words: str) -> None:
        """Press the button that leads on."""
        self.browser.leave_by(self.button(words).click)

    def button(self, words: str) -> WebElement:
        """Return the button of this page that says so to everybody."""
        shown = self.browser.find_all("main button:not([aria-hidden])")
        return next(each for each in shown if each.text.strip() == words)

    def put(self, name: str, value: str | Sequence[str]) -> None:
        """Put an answer into the controls of this name."""
        for control in self.controls(name):
            if control.get_attribute("type") in ("radio", "checkbox"):
                wanted = control.get_attribute("value") in ([value] if isinstance(value, str) else value)
                if wanted != control.is_selected() and (wanted or control.get_attribute("type") == "checkbox"):
                    self.pick(control)
            elif isinstance(value, str) and control.get_property("value") != value:
                self.write(control, value)

    def controls(self, name: str) -> list[WebElement]:
        """Return the controls that carry an answer's name."""
        return self.browser.driver.find_elements(By.NAME, name)

    def pick(self, control: WebElement) -> None:
        """Choose or unchoose it by its label, as people do."""
        self.browser.find(f'label[for="{control.get_attribute("id")}"]').click()

    def write(self, control: WebElement, text: str) -> None:
        """Replace what stands in a box; by one insertion, since a driver has no keys for emoji."""
        control.click()
        control.send_keys(Keys.CONTROL, "a")
        if text:
            self.browser.driver.execute_cdp_cmd("Input.insertText", {"text": text})
        else:
            control.send_keys(Keys.DELETE)


@dataclass
class ByKeyboard(InABrowser):
    """Somebody who uses Tab, arrows, Space and Enter alone, and must see where they are."""

    def answer(self, answer: Answer) -> None:
        self.skip_to_main()
        InABrowser.answer(self, answer)

    def go_on(self) -> None:
        self.skip_to_main()
        self.tab_until('main a.nhsuk-button[href$="/go-on"]')
        self.browser.leave_by(lambda: self.browser.type_keys(Keys.ENTER))

    def send(self) -> None:
        self.skip_to_main()
        InABrowser.send(self)

    def go(self, words: str) -> None:
        self.tab_to(self.button(words))
        self.browser.leave_by(lambda: self.browser.type_keys(Keys.ENTER))

    def skip_to_main(self) -> None:
        """Take the skip link, the first stop of every page."""
        self.browser.type_keys(Keys.TAB)
        assert self.focus.get_attribute("href").endswith("#maincontent"), self.focus.get_attribute("outerHTML")
        self.sees_the_focus()
        self.browser.type_keys(Keys.ENTER)

    def pick(self, control: WebElement) -> None:
        if control.get_attribute("type") == "checkbox":
            self.tab_to(control)
            self.browser.type_keys(Keys.SPACE)
            return
        name = control.get_attribute("name")
        self.tab_until(f'input[name="{name}"]')
        if self.focus == control:
            self.browser.type_keys(Keys.SPACE)
        for _ in range(30):
            if self.focus == control:
                break
            self.browser.type_keys(Keys.ARROW_DOWN)
            self.sees_the_focus()
        assert control.is_selected()

    def write(self, control: WebElement, text: str) -> None:
        self.tab_to(control)
        self.browser.type_keys(Keys.CONTROL, "a")
        self.browser.type_keys(text or Keys.DELETE)

    def tab_to(self, element: WebElement, at_most: int = 60) -> None:
        """Press Tab until the focus stands on this element; it shows at every stop."""
        for _ in range(at_most):
            if self.focus == element:
                return
            self.browser.type_keys(Keys.TAB)
            self.sees_the_focus()
        raise AssertionError(f"not reached by Tab: {element.get_attribute('outerHTML')}")

    def tab_until(self, css: str, at_most: int = 60) -> None:
        """Press Tab until the focus stands on an element that fits."""
        for _ in range(at_most):
            if self.focus in self.browser.find_all(css):
                return
            self.browser.type_keys(Keys.TAB)
            self.sees_the_focus()
        raise AssertionError(f"not reached by Tab: {css}")

    @property
    def focus(self) -> WebElement:
        """Return the element that has the focus."""
        return self.browser.driver.switch_to.active_element

    def sees_the_focus(self) -> None:
        """Check that the focus is marked, and on the part of the page that shows."""
        found = self.browser.driver.execute_script(FOCUS_SHOWS)
        assert found == {"seen": True, "inside": True}, (found, self.focus.get_attribute("outerHTML")[:300])
