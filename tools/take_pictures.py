"""Take the README's pictures anew: `.venv/bin/python -m tools.take_pictures` after `make setup`."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import pyotp

from tests.browser.filling_in import answer, fill_in
from tests.support.browsers import Browser, new_driver
from tests.support.people import an_adult, helped
from tests.support.servers import RunningPortal, running_portal

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
WIDTH, HALF, HEIGHT = 1000, 640, 820
TEAM = "south-east-london-dsr"


def keep(browser: Browser, name: str) -> None:
    """Keep what the browser shows."""
    browser.driver.save_screenshot(str(PICTURES / f"{name}.png"))


def page(address: str) -> Callable[[Browser, RunningPortal], None]:
    """Return how to show one page, half as wide, so that two stand beside each other."""

    def show(browser: Browser, _portal: RunningPortal) -> None:
        browser.width(HALF, HEIGHT)
        browser.open(address)
        if "apply" in address:
            browser.driver.execute_script("document.querySelector('main').scrollIntoView()")

    return show


def queue(browser: Browser, portal: RunningPortal) -> None:
    for answers in (an_adult(), helped()):
        browser.forget()
        browser.width(WIDTH, HEIGHT)
        fill_in(browser, answers)
    member = portal.team(TEAM)["staff"][0]
    browser.open("/staff/sign-in")
    answer(browser, "email", member["email"])
    answer(browser, "passphrase", member["passphrase"])
    answer(browser, "code", pyotp.TOTP(member["totp_secret"]).now())
    browser.leave_by(browser.find("main form .nhsuk-button").click)


SHOWN: dict[str, Callable[[Browser, RunningPortal], None]] = {
    "start": page("/en/"),
    "start-easy-read": page("/en/easy-read/"),
    "colours": page("/en/colours#green"),
    "colours-easy-read": page("/en/easy-read/colours#part-13"),
    "question": page("/en/apply/who"),
    "question-easy-read": page("/en/easy-read/apply/who"),
    "queue": queue,
}


def main() -> None:
    """Take every picture on a demonstration of its own."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    driver = new_driver()
    try:
        with tempfile.TemporaryDirectory() as folder, running_portal(Path(folder)) as portal:
            for name, show in SHOWN.items():
                browser = Browser(driver, portal.url)
                browser.forget()
                browser.width(WIDTH, HEIGHT)
                show(browser, portal)
                keep(browser, name)
    finally:
        driver.quit()


if __name__ == "__main__":
    main()
