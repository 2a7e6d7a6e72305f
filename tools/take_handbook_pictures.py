"""Play an office from its first day and take the handbook's pictures anew.

`.venv/bin/python -m tools.take_handbook_pictures` after `make setup`. It begins with an empty database.
"""

import tempfile
from pathlib import Path

from tests.browser.handbook_story import PICTURES, Story, acts_of
from tests.browser.office_at_work import HEIGHT, WIDTH, Office
from tests.support.browsers import Browser, new_driver
from tests.support.servers import empty_portal


def main() -> None:
    """Take every picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    driver = new_driver()
    driver.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
    try:
        with tempfile.TemporaryDirectory() as name, empty_portal(Path(name)) as portal:
            browser = Browser(driver, portal.url)
            browser.forget()
            browser.width(WIDTH, HEIGHT)
            for act in acts_of(Story(Office(browser, portal, Path(name)))):
                try:
                    act()
                except Exception:
                    print(browser.path, browser.words)
                    raise
    finally:
        driver.quit()


if __name__ == "__main__":
    main()
