"""A client that speaks to a running portal as Flask's test client speaks to one in this process."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass

import httpx
from selenium.webdriver.remote.webdriver import WebDriver

PATIENCE_SECONDS = 60
NO_AUTHORITIES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""A portal on this machine has no certificate; reading everybody's takes longer than a whole form."""


@dataclass(frozen=True)
class WireRequest:
    """What was asked for."""

    path: str


@dataclass(frozen=True)
class WireResponse:
    """What came back, unpacked."""

    status_code: int
    headers: Mapping[str, str]
    data: bytes
    request: WireRequest

    def get_data(self) -> bytes:
        """Return the body."""
        return self.data


class WireClient:
    """One person's connection to a running portal, with cookies of its own."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(
            base_url=url,
            timeout=PATIENCE_SECONDS,
            verify=NO_AUTHORITIES,
            trust_env=False,
            limits=httpx.Limits(max_keepalive_connections=0),  # so that there is nothing to hang up
        )

    def get(self, path: str) -> WireResponse:
        """Ask for a page."""
        return _unpacked(self.http.get(path))

    def post(self, path: str, data: Mapping[str, object]) -> WireResponse:
        """Send a form."""
        return _unpacked(self.http.post(path, data=dict(data)))

    def lend_cookies(self, driver: WebDriver) -> None:
        """Let a browser that already shows a page of this portal be the same person."""
        driver.delete_all_cookies()
        for cookie in self.http.cookies.jar:
            driver.add_cookie({"name": cookie.name, "value": cookie.value or "", "path": "/"})

    def take_cookies(self, driver: WebDriver) -> None:
        """Be the same person as this browser from now on."""
        self.http.cookies.clear()
        for cookie in driver.get_cookies():
            self.http.cookies.set(cookie["name"], cookie["value"])


def _unpacked(response: httpx.Response) -> WireResponse:
    headers = httpx.Headers({name: value for name, value in response.headers.items() if name != "content-encoding"})
    return WireResponse(response.status_code, headers, response.content, WireRequest(response.request.url.path))
