"""Staff of a portal that begins with nobody in it, in a real browser: who they are, and what each of them types."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.browser.filling_in import answer
from tests.browser.staff_at_work import fresh_code
from tests.support.browsers import Browser
from tests.support.servers import RunningPortal, portal_command

WIDTH, HEIGHT = 1000, 820
KEPT = ("name", "value", "path", "secure", "httpOnly", "sameSite")
LINK = re.compile(r"https?://\S+/staff/invitation/\S+")


@dataclass
class Colleague:
    """Somebody of the office, and what they have on paper, on the phone and in their head."""

    name: str
    email: str
    passphrase: str = ""
    totp_secret: str = ""
    recovery_code: str = ""
    cookies: list[dict[str, Any]] = field(default_factory=list)

    @property
    def code(self) -> str:
        """What their app shows, not used before."""
        return fresh_code(self.totp_secret)


@dataclass
class Office:
    """The browser on everybody's desk, and the command line of whoever runs the server."""

    browser: Browser
    portal: RunningPortal
    folder: Path

    def command(self, *arguments: str) -> str:
        """Run `portal …` on the server; return what it prints."""
        return portal_command(self.folder, *arguments, PORTAL_DEMO="0")

    def link(self, *arguments: str) -> str:
        """Run a command that prints a one-time link; return the link's path."""
        said = LINK.search(self.command(*arguments, "--site", self.portal.url))
        assert said, "no link was printed"
        return said[0].removeprefix(self.portal.url)

    @contextmanager
    def at_desk(self, who: Colleague, path: str = "/staff/") -> Iterator[Browser]:
        """Let a colleague work in their own session, which they find again the next time."""
        driver = self.browser.driver
        self.browser.width(WIDTH, HEIGHT)
        driver.delete_all_cookies()
        # Selenium's own add_cookie refuses a `__Host-` cookie.
        driver.execute_cdp_cmd("Network.setCookies", {"cookies": who.cookies})
        self.browser.open(path)
        if self.browser.path.startswith("/staff/sign-in"):
            self.sign_in(who)
            self.browser.open(path)
        yield self.browser
        who.cookies = self.cookies()

    def sign_in(self, who: Colleague) -> None:
        """Sign in with passphrase and code."""
        self.fill({"email": who.email, "passphrase": who.passphrase, "code": who.code})
        self.browser.press("Sign in")

    def cookies(self) -> list[dict[str, Any]]:
        """Return the cookies that the browser holds."""
        held: list[dict[str, Any]] = self.browser.driver.execute_cdp_cmd("Network.getAllCookies", {})["cookies"]
        return [{"url": self.portal.url} | {k: v for k, v in each.items() if k in KEPT} for each in held]

    def fill(self, fields: Mapping[str, str], form: str = "main") -> None:
        """Type into fields, by their names."""
        for name, value in fields.items():
            answer(self.browser, name, value, form)

    def tick(self, css: str) -> None:
        """Tick a box, or choose, by a click on what may lie under its label."""
        self.browser.driver.execute_script("arguments[0].click()", self.browser.find(css))

    def see_secrets(self, who: Colleague) -> None:
        """Note what the set-up page offers this colleague."""
        offered, secret, code = [node.text for node in self.browser.find_all(".app-secret")]
        who.passphrase, who.totp_secret, who.recovery_code = offered, secret.replace(" ", ""), code

    def finish_set_up(self, who: Colleague) -> None:
        """Do all three things of the set-up page."""
        self.see_secrets(who)
        self.fill({"passphrase": who.passphrase, "code": who.code})
        self.tick("#printed")
        self.browser.press("Finish and sign in")
        who.cookies = self.cookies()

    def join(self, who: Colleague, link: str) -> None:
        """Follow a one-time link to the end."""
        self.browser.forget()
        self.browser.width(WIDTH, HEIGHT)
        self.browser.open(link)
        self.browser.press("Start")
        self.finish_set_up(who)

    def download(self, path: str, **data: str) -> bytes:
        """Send a form that answers with a file, as the colleague at the desk."""
        token = self.browser.find('[name="csrf_token"]').get_attribute("value") or ""
        cookies = "; ".join(f"{each['name']}={each['value']}" for each in self.cookies())
        kind, host = "application/x-www-form-urlencoded", f"localhost:{self.portal.port}"
        headers = {"Cookie": cookies, "Content-Type": kind, "Host": host}
        connection = HTTPConnection("127.0.0.1", self.portal.port, timeout=30)
        connection.request("POST", path, urlencode({**data, "csrf_token": token}), headers)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        assert response.status == 200, (response.status, body[:300])
        return body
