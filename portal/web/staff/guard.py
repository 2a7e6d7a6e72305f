"""Who is at work: the staff cookie, and the session that it opens."""

import base64
import binascii
from typing import cast

from flask import current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.accounts.sessions import SECRET_BYTES, load_session
from portal.teams.staff import StaffSession
from portal.web.frame.access import audience_of
from portal.web.frame.runtime import runtime
from portal.web.staff.roles import refusal

COOKIE = "staff"


def require_session() -> Response | tuple[str, int] | None:
    """Load the session; send whoever has none to the sign-in page, unless the view is for everyone.

    A view for other roles answers with a page that says for whom it is.
    """
    g.lang, g.level = "en", "standard"
    secret = _secret()
    g.staff = None if secret is None else load_session(runtime().engine, secret, runtime().now())
    view = current_app.view_functions[request.endpoint or ""]
    if g.staff is None and audience_of(view) != "public":
        return redirect(url_for("staff.sign_in", ended=None if secret is None else 1), 303)
    if g.staff is None or audience_of(view) == "public":
        return None
    if request.endpoint == "staff.queue" and g.staff.areas and not g.staff.teams:
        return redirect(url_for("staff.area", area_id=g.staff.areas[0].area_id), 303)
    return refusal(view, g.staff)


def at_work() -> StaffSession:
    """Return the member at work; only in views for staff."""
    return cast(StaffSession, g.staff)


def hold_cookie(response: Response, secret: bytes) -> Response:
    """Give the session's secret to the browser: for this host and our own pages alone, gone when it is closed."""
    settings = runtime().settings
    response.set_cookie(
        settings.cookie_prefix + COOKIE,
        base64.urlsafe_b64encode(secret).decode("ascii"),
        secure=settings.tls,
        httponly=True,
        samesite="Strict",
    )
    return response


def drop_cookie(response: Response) -> Response:
    """Take the session's secret back, with all else that this site left in the browser."""
    settings = runtime().settings
    response.delete_cookie(settings.cookie_prefix + COOKIE, secure=settings.tls, httponly=True, samesite="Strict")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def _secret() -> bytes | None:
    text = request.cookies.get(runtime().settings.cookie_prefix + COOKIE, "")
    try:
        secret = base64.urlsafe_b64decode(text.encode("ascii"))
    except (ValueError, binascii.Error):
        return None
    return secret if len(secret) == SECRET_BYTES else None
