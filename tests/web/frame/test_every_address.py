"""Every address by every method: no 5xx, valid HTML, our headers. The strict client checks the last two."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"]
GOOD = {
    "lang": "en",
    "level": "easy-read",
    "page": "colours",
    "area": "gloucestershire",
    "area_id": "gloucestershire",
    "slug": "who",
    "question": "who",
    "reference": "AB3-7KM-X2Q",
}
STRANGE = ["nothing-here", "%00", "..%2f..%2fetc", "'\"<b>", "é", "a" * 2000]


def addresses(app: Flask, value: str | None = None) -> list[str]:
    """Return every address, each gap filled with a good value, or with this one."""
    return sorted({filled(rule, value) for rule in app.url_map.iter_rules()})


def filled(rule: Rule, value: str | None) -> str:
    """Return one rule's address."""
    words = {name: value or GOOD.get(name, "nothing-here") for name in rule.arguments}
    address = rule.rule
    for converter_and_name in [part.split(">")[0] for part in rule.rule.split("<")[1:]]:
        address = address.replace(f"<{converter_and_name}>", words[converter_and_name.split(":")[-1]])
    return address


@pytest.mark.parametrize("method", METHODS)
def test_every_address_answers_every_method(app: Flask, client: FlaskClient, method: str) -> None:
    broken = [
        f"{method} {address}: {response.status_code}"
        for address in addresses(app)
        if (response := client.open(address, method=method)).status_code >= 500
    ]
    assert broken == []


@pytest.mark.parametrize("value", STRANGE)
def test_strange_addresses_are_refused_politely(app: Flask, client: FlaskClient, value: str) -> None:
    broken = [
        f"{method} {address}: {response.status_code}"
        for address in addresses(app, value)
        for method in ("GET", "POST")
        if (response := client.open(address, method=method)).status_code >= 500
    ]
    assert broken == []


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "PROPFIND"])
def test_a_method_nobody_serves_is_refused(app: Flask, client: FlaskClient, method: str) -> None:
    for address in addresses(app):
        assert client.open(address, method=method).status_code in {403, 404, 405}, address


@pytest.mark.parametrize("header", ["Accept-Language", "Cookie", "Accept-Encoding", "If-None-Match", "Referer"])
@pytest.mark.parametrize("value", ["", "\x7f;;=,,q=", "é" * 50, "a=" + "b" * 5000])
def test_strange_headers_are_borne(client: FlaskClient, header: str, value: str) -> None:
    for address in ("/", "/en/", "/en/easy-read/colours", "/en/apply/", "/staff/sign-in"):
        assert client.get(address, headers={header: value.encode().decode("latin-1")}).status_code < 500, address
