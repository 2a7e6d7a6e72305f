"""Fill forms in with a real browser, as somebody does who has their answers ready."""

from collections.abc import Mapping

from portal.domain.answers import Answer
from tests.support.browsers import Browser


def fill_in(browser: Browser, answers: Mapping[str, Answer]) -> None:
    """Answer each question that comes, check and send."""
    browser.open("/en/apply/go-on")
    before = ""
    while (slug := browser.path.split("/")[-1].split("?")[0]) != "sent":
        assert slug != before, f"{slug} was not answered: {browser.words}"
        before = slug
        for field, value in answers.get(slug.replace("-", "_"), {}).items():
            answer(browser, field, value)
        # The first button is what Enter presses; on some pages nobody sees it.
        first = browser.find("main form button[type=submit]")
        browser.leave_by(lambda first=first: browser.driver.execute_script("arguments[0].click()", first))


def answer(browser: Browser, field: str, value: object, within: str = "main") -> None:
    """Type or choose one answer."""
    if isinstance(value, list):
        for each in value:
            browser.find(f'{within} [name="{field}"][value="{each}"]').click()
    elif value and browser.find_all(f'{within} [name="{field}"][type=radio]'):
        browser.find(f'{within} [name="{field}"][value="{value}"]').click()
    elif value:
        browser.find(f'{within} [name="{field}"]').send_keys(str(value))
