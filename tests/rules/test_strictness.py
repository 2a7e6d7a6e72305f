"""The strict client's own eyes: what makes a page or its headers bad."""

import pytest

from tests.support.headers import check_cookie, check_headers, check_policy
from tests.support.html import BadPage, parse

PAGE = '<!doctype html><html lang="en"><head><title>Colours</title></head><body><h1>Colours</h1>{}</body></html>'
GOOD_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), microphone=()",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
}


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("<p>open<div></p></div>", "line 1"),
        ("<p>Smith & Sons &nosuch; </p>", "line 1"),
        ('<p id="a"></p><p id="a"></p>', "more than once"),
        ('<label for="gone">Name</label>', "points at nothing"),
        ('<a href="#gone">Skip</a>', "points at nothing"),
        ("<h1>Again</h1>", "one h1"),
        ('<p style="color: red">Red</p>', "our policy forbids"),
        ('<p onclick="go()">Go</p>', "our policy forbids"),
        ("<script>go()</script>", "our policy forbids"),
        ('<img src="home.svg">', "no alternative"),
    ],
)
def test_a_bad_page_is_refused(content: str, fault: str) -> None:
    with pytest.raises(BadPage, match=fault):
        parse(PAGE.format(content))


def test_a_good_page_passes() -> None:
    parse(PAGE.format('<label for="name">Name</label><input id="name"><a href="#name">To the name</a>'))


def test_a_page_without_a_language_is_refused() -> None:
    with pytest.raises(BadPage, match="language"):
        parse(PAGE.format("").replace(' lang="en"', ""))


def test_good_headers_pass() -> None:
    check_headers("/en/colours", GOOD_HEADERS, [], secure=False)


@pytest.mark.parametrize("name", GOOD_HEADERS)
def test_each_header_is_missed(name: str) -> None:
    headers = {key: value for key, value in GOOD_HEADERS.items() if key != name}
    with pytest.raises(AssertionError):
        check_headers("/en/colours", headers, [], secure=False)


def test_a_personal_page_that_may_be_stored_is_refused() -> None:
    with pytest.raises(AssertionError, match="may be stored"):
        check_headers("/en/apply/name", GOOD_HEADERS, [], secure=False)


def test_tls_without_hsts_is_refused() -> None:
    with pytest.raises(AssertionError, match="HSTS"):
        check_headers("/en/colours", GOOD_HEADERS, [], secure=True)


def test_an_open_policy_is_refused() -> None:
    with pytest.raises(AssertionError, match="unsafe"):
        check_policy("/", GOOD_HEADERS["Content-Security-Policy"] + "; style-src 'unsafe-inline'")


@pytest.mark.parametrize("cookie", ["a=b; Path=/", "a=b; HttpOnly", "__Host-a=b; HttpOnly; SameSite=Lax; Path=/"])
def test_a_careless_cookie_is_refused(cookie: str) -> None:
    with pytest.raises(AssertionError, match="cookie"):
        check_cookie("/", cookie)
