"""Styles, scripts and pictures: their addresses and integrity for templates, and the route that serves them.

Everything is read once at the start, so a request touches no file and no path from outside reaches the disk.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, request

from portal.web.frame.access import access

PREFIX = "/static/"
CODINGS = (("br", ".br"), ("gzip", ".gz"))
HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Vary": "Accept-Encoding",
    "X-Content-Type-Options": "nosniff",
}
WORDS = ".txt"
PICTURE_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
}
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


class AssetsFault(Exception):
    """The built styles and scripts are missing or damaged; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One built file: its address, and the integrity value for its tag."""

    url: str
    integrity: str
    alt: str = ""
    is_own: bool = False

    def __str__(self) -> str:
        return self.url


@dataclass(frozen=True, slots=True)
class Stored:
    """The bytes of one file, also compressed where that makes them smaller, by content coding."""

    content_type: str
    etag: str
    bodies: Mapping[str, bytes]


class Assets:
    """What `npm run build` wrote, by its name before hashing."""

    def __init__(self, by_name: Mapping[str, Asset], stored: Mapping[str, Stored]) -> None:
        self._by_name = by_name
        self._stored = stored

    @classmethod
    def load(cls, folder: Path, own_pictures: Path | None = None) -> Assets:
        """Read the build's manifest and every file it names; a deployment's own pictures stand in for ours by key.

        Raises AssetsFault.
        """
        try:
            manifest: dict[str, dict[str, Any]] = json.loads((folder / "manifest.json").read_text("utf-8"))
            by_name = {
                name: Asset(PREFIX + entry["path"], entry["integrity"], entry.get("alt", ""))
                for name, entry in manifest.items()
            }
            stored = {entry["path"]: _read(folder / entry["path"], entry["integrity"]) for entry in manifest.values()}
        except (OSError, ValueError, KeyError, TypeError) as fault:
            raise AssetsFault(
                f"{folder}: the styles and scripts are not built ({fault}). Run: npm run build"
            ) from fault
        for path in _own(own_pictures):
            name, picture = f"pictures/{path.stem}.svg", _read_own(path)
            if name not in by_name:
                raise AssetsFault(f"{path}: no picture of ours has the key {path.stem}")
            place = f"own/{path.stem}.{picture.etag[:12]}{path.suffix}"
            by_name[name] = Asset(PREFIX + place, "", _own_words(path) or by_name[name].alt, is_own=True)
            stored[place] = picture
        return cls(by_name, stored)

    def asset(self, name: str) -> Asset:
        """Return one file for a template. An unknown name is a KeyError: a mistake in a template."""
        return self._by_name[name]

    def url(self, name: str) -> str:
        return self.asset(name).url

    def integrity(self, name: str) -> str:
        return self.asset(name).integrity

    def picture(self, key: str) -> Asset | None:
        """Return a picture of the manifest of pictures, or None where the build does not have it."""
        return self._by_name.get(f"pictures/{key}.svg")

    def stored(self, path: str) -> Stored | None:
        return self._stored.get(path)


def assets_blueprint(assets: Assets) -> Blueprint:
    """Return the route that serves the built files: GET and HEAD, compressed as the browser accepts."""
    blueprint = Blueprint("assets", __name__)

    @access("public")
    def file(path: str) -> Response:
        stored = assets.stored(path)
        if stored is None:
            abort(404)
        return _answer(stored)

    blueprint.add_url_rule(PREFIX + "<path:path>", view_func=file, methods=["GET"], provide_automatic_options=False)
    return blueprint


def _answer(stored: Stored) -> Response:
    coding = next((name for name, _ in CODINGS if name in stored.bodies and request.accept_encodings[name] > 0), "")
    response = Response(stored.bodies[coding], content_type=stored.content_type, headers=HEADERS)
    if coding:
        response.headers["Content-Encoding"] = coding
    response.set_etag(f"{stored.etag}-{coding}" if coding else stored.etag)
    response.make_conditional(request)
    return response


def _own(folder: Path | None) -> list[Path]:
    """Return a deployment's own pictures; a text file is not one, it holds the words of the picture of its name."""
    return sorted(path for path in folder.iterdir() if path.suffix != WORDS) if folder else []


def _own_words(picture: Path) -> str:
    """Return what replaces a deployment's own picture, where it says so in <key>.txt."""
    words = picture.with_suffix(WORDS)
    return " ".join(words.read_text("utf-8").split()) if words.exists() else ""


def _read_own(path: Path) -> Stored:
    if path.suffix not in PICTURE_TYPES:
        raise AssetsFault(f"{path}: a picture is one of {', '.join(PICTURE_TYPES)}")
    body = path.read_bytes()
    return Stored(PICTURE_TYPES[path.suffix], hashlib.sha256(body).hexdigest(), {"": body})


def _read(path: Path, integrity: str) -> Stored:
    body = path.read_bytes()
    bodies = {"": body}
    for coding, suffix in CODINGS:
        packed = path.with_name(path.name + suffix)
        if packed.exists() and packed.stat().st_size < len(body):
            bodies[coding] = packed.read_bytes()
    content_type = TYPES.get(path.suffix) or guess_type(path.name)[0] or "application/octet-stream"
    return Stored(content_type, integrity.removeprefix("sha384-")[:24], bodies)
