"""Who came back: the follow-up cookie, and the visit that it opens. Not the staff's cookie, and not the form's."""

from typing import cast

from flask import Response, g

from portal.follow_up.visit import Visit, load_visit
from portal.web.frame.cookies import cookie_secret, drop_cookie
from portal.web.frame.cookies import set_cookie as give_cookie
from portal.web.frame.runtime import runtime

COOKIE = "follow-up"


def load() -> None:
    """Find the visit of this request, if there is one."""
    secret = cookie_secret(COOKIE)
    g.had_cookie = secret is not None
    g.visit = None if secret is None else load_visit(runtime().engine, secret, runtime().now())


def visit() -> Visit:
    """Return who came back; only in views that need a visit."""
    return cast(Visit, g.visit)


def set_cookie(response: Response) -> Response:
    """Set or take back the cookie, as this request asked; gone when the browser is closed."""
    match g.get("visit_cookie"):
        case bytes() as secret:
            give_cookie(response, COOKIE, secret, "Strict")
        case "drop":
            drop_cookie(response, COOKIE, "Strict")
    return response
