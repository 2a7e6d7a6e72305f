"""Who is at work: the staff cookie, and the session that it opens."""

from typing import cast

from flask import current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.accounts.sessions import load_session
from portal.teams.staff import StaffSession
from portal.web.frame.access import audience_of
from portal.web.frame.cookies import cookie_secret, drop_cookie, set_cookie
from portal.web.frame.runtime import runtime
from portal.web.staff.roles import refusal

COOKIE = "staff"


def require_session() -> Response | tuple[str, int] | None:
    """Load the session; send whoever has none to the sign-in page, unless the view is for everyone.

    A view for other roles answers with a page that says for whom it is.
    """
    g.lang, g.level = "en", "standard"
    secret = cookie_secret(COOKIE)
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
    set_cookie(response, COOKIE, secret, "Strict")
    return response


def clear_browser(response: Response) -> Response:
    """Take the session's secret back, with all else that this site left in the browser."""
    drop_cookie(response, COOKIE, "Strict")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
