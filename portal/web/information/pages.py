"""The information pages: the same for everybody, so rendered once for each language and level, without a cookie."""

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, abort, g, make_response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.areas.area import Area
from portal.content.pages import PAGE_NAMES
from portal.web.frame.access import access
from portal.web.frame.languages import both_levels
from portal.web.frame.page_cache import keep_this_page
from portal.web.frame.render import show_page
from portal.web.frame.runtime import runtime
from portal.web.frame.urgent import cards_for, changes_with_the_clock
from portal.web.information.contact_sheet import contact_sheet
from portal.web.information.place_sources import place_sources

pages = Blueprint("pages", __name__)

OWN_ADDRESS = frozenset({"start", "area"})
SHOWS_HOURS = frozenset({"urgent-help"})
NAMES_PLACE_FILES = "accessibility"
PUBLIC_FOR = "public, max-age=60"


def on_both_levels(rule: str, endpoint: str, view: object) -> None:
    """Give a view its address in standard wording and in Easy Read."""
    for address, defaults in both_levels(rule):
        pages.add_url_rule(address, endpoint, view, defaults=defaults)  # type: ignore[arg-type]  # any view


@access("public")
def front_door() -> AnyResponse:
    return redirect(url_for("pages.start", lang=runtime().settings.languages[0], level="standard"))


@access("public")
def start() -> Response:
    return _kept("start")


@access("public")
def page(name: str) -> Response:
    if name not in PAGE_NAMES or name in OWN_ADDRESS or name.startswith("apply-"):
        abort(404)
    return _kept(name)


@access("public")
def area_page(area_id: str) -> Response:
    area = runtime().areas.get(area_id)
    if area is None:
        abort(404)
    return _kept("area", area)


def _kept(name: str, area: Area | None = None) -> Response:
    g.page_name = name
    g.area_id = area.id if area else None
    area_id = area.id if area else None
    fill = {"area": area.name} if area else None
    more: dict[str, Any] = {"contact_sheet": contact_sheet()} if name == "pictures" else {}
    if name == NAMES_PLACE_FILES:
        more["place_sources"] = place_sources()
    response = make_response(show_page(name, fill=fill, area=area, crisis=cards_for(area_id), **more))
    response.headers["Cache-Control"] = PUBLIC_FOR
    keep_this_page(_fresh_until(name, area_id))
    return response


def _fresh_until(name: str, area_id: str | None) -> datetime | None:
    """Return until when a page stays as it is.

    Opening hours count by the minute, areas come and go by the day, a newer place file is swapped in at any time.
    """
    held = runtime()
    shown = area_id or held.settings.home_area
    if name in SHOWS_HOURS or name == NAMES_PLACE_FILES or (shown is not None and changes_with_the_clock(shown)):
        return _next_minute(held.now())
    return held.next_midnight() if held.every_area.changes_some_day else None


def _next_minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0) + timedelta(minutes=1)


pages.add_url_rule("/", "front_door", front_door)
on_both_levels("/", "start", start)
on_both_levels("/<name>", "page", page)
on_both_levels("/areas/<area_id>", "area_page", area_page)
