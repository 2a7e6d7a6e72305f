"""Cookies that hold bytes: out of reach of scripts and of other sites, and named as this deployment names its own."""

import base64
from typing import Literal

from flask import request
from werkzeug.wrappers import Response

from portal.web.frame.runtime import runtime

SECRET_BYTES = 32
"""What every secret in a cookie has; a row's secret of any other length is refused where it is used."""

SameSite = Literal["Strict", "Lax"]


def cookie_name(name: str) -> str:
    """Return the name under which browsers keep it."""
    return runtime().settings.cookie_prefix + name


def cookie_bytes(name: str) -> bytes | None:
    """Return what this browser's cookie holds; None for none, or one that nobody here made."""
    try:
        return base64.urlsafe_b64decode(request.cookies.get(cookie_name(name), "").encode("ascii")) or None
    except ValueError:
        return None


def cookie_secret(name: str) -> bytes | None:
    """Return the secret in this browser's cookie."""
    value = cookie_bytes(name)
    return value if value and len(value) == SECRET_BYTES else None


def as_cookie(value: bytes) -> str:
    """Return bytes as they stand in a cookie."""
    return base64.urlsafe_b64encode(value).decode("ascii")


def set_cookie(response: Response, name: str, value: bytes, samesite: SameSite, max_age: int | None = None) -> None:
    """Give a cookie to the browser; without an age it is gone when the browser is closed."""
    response.set_cookie(
        cookie_name(name),
        as_cookie(value),
        max_age=max_age,
        secure=runtime().settings.tls,
        httponly=True,
        samesite=samesite,
    )


def drop_cookie(response: Response, name: str, samesite: SameSite) -> None:
    """Take a cookie back from the browser."""
    response.delete_cookie(cookie_name(name), secure=runtime().settings.tls, httponly=True, samesite=samesite)
