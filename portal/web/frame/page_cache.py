"""Information pages, rendered once and answered before the framework wakes up.

Only responses that a view has marked with `keep_until` are kept: they carry no cookie and nothing about a person.
Bodies are compressed once. Pages with a form are never compressed: a token beside words that someone typed could be
guessed from the length (BREACH).
"""

import gzip
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import brotli
from flask import Flask, Response, g, request

from portal.cache import Cache, Clock

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

KEEP_AT_MOST = 2000
BROTLI_QUALITY = 9


@dataclass(frozen=True)
class KeptPage:
    """One page, ready to send in each encoding."""

    bodies: dict[str, bytes]
    headers: list[tuple[str, str]]
    etag: str


def keep_this_page(fresh_until: datetime | None = None) -> None:
    """Mark the response of this request as the same for everybody, until a moment or until the next start."""
    g.keep_page = True
    g.keep_until = fresh_until


class PageCache:
    """WSGI middleware that answers kept pages; everything else goes on to the app."""

    def __init__(self, app: Flask, now: Clock) -> None:
        self.next: WSGIApplication = app.wsgi_app
        self.pages: Cache[KeptPage] = Cache(KEEP_AT_MOST, now)
        app.after_request_funcs.setdefault(None, []).insert(0, self._keep)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] in ("GET", "HEAD") and not environ.get("QUERY_STRING"):
            page = self.pages.get(environ.get("PATH_INFO", ""))
            if page is not None:
                return _send(page, environ, start_response)
        return self.next(environ, start_response)

    def _keep(self, response: Response) -> Response:
        if not g.get("keep_page") or response.status_code != 200 or "Set-Cookie" in response.headers:
            return response
        page = _kept(response)
        response.set_etag(page.etag)
        if request.method == "GET" and not request.query_string:
            self.pages.keep(request.path, page, g.keep_until)
        response.make_conditional(request)
        return response


def _kept(response: Response) -> KeptPage:
    plain = response.get_data()
    bodies = {
        "br": brotli.compress(plain, quality=BROTLI_QUALITY),
        "gzip": gzip.compress(plain, 9, mtime=0),
        "identity": plain,
    }
    etag = hashlib.sha256(plain).hexdigest()[:32]
    dropped = {"content-length", "content-encoding", "etag", "date"}
    headers = [(name, value) for name, value in response.headers if name.lower() not in dropped]
    return KeptPage(bodies, headers, etag)


def _send(page: KeptPage, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    encoding = _encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    etag = f'"{page.etag}"'
    if etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        start_response("304 Not Modified", [*_without_type(page.headers), ("ETag", etag)])
        return []
    body = page.bodies[encoding]
    headers = [*page.headers, ("ETag", etag), ("Content-Length", str(len(body)))]
    if encoding != "identity":
        headers.append(("Content-Encoding", encoding))
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _without_type(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() != "content-type"]


def _encoding(accepts: str) -> str:
    """Return the best encoding a client accepts; a quality of zero is a refusal."""
    offered = {}
    for part in accepts.lower().split(","):
        name, _, quality = part.strip().partition(";")
        offered[name.strip()] = quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((encoding for encoding in ("br", "gzip") if offered.get(encoding)), "identity")
