"""Who came back: the follow-up cookie, and the visit that it opens. Not the staff's cookie, and not the form's."""

import base64
from typing import cast

from flask import Response, g, request

from portal.follow_up.visit import Visit, load_visit
from portal.sealing.drafts import SECRET_BYTES
from portal.web.frame.runtime import runtime

COOKIE = "follow-up"


def load() -> None:
    """Find the visit of this request, if there is one."""
    secret = _secret()
    g.had_cookie = secret is not None
    g.visit = None if secret is None else load_visit(runtime().engine, secret, runtime().now())


def visit() -> Visit:
    """Return who came back; only in views that need a visit."""
    return cast(Visit, g.visit)


def set_cookie(response: Response) -> Response:
    """Set or take back the cookie, as this request asked; gone when the browser is closed."""
    settings = runtime().settings
    name = settings.cookie_prefix + COOKIE
    match g.get("visit_cookie"):
        case bytes() as secret:
            value = base64.urlsafe_b64encode(secret).decode("ascii")
            response.set_cookie(name, value, secure=settings.tls, httponly=True, samesite="Strict")
        case "drop":
            response.delete_cookie(name, secure=settings.tls, httponly=True, samesite="Strict")
    return response


def _secret() -> bytes | None:
    text = request.cookies.get(runtime().settings.cookie_prefix + COOKIE, "")
    try:
        secret = base64.urlsafe_b64decode(text.encode("ascii"))
    except ValueError:
        return None
    return secret if len(secret) == SECRET_BYTES else None
