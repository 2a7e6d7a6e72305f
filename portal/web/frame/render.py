"""What every page needs, and pages shown from their blocks."""

from collections.abc import Mapping, MutableMapping
from types import MappingProxyType
from typing import Any

from flask import Flask, current_app, g, render_template, url_for
from flask.templating import Environment
from markupsafe import Markup

from portal.areas.sentences import capital
from portal.content.views import PageView, easy_view, page_view
from portal.form.question import N_
from portal.web.frame.languages import direction, is_easy, lang, language_links, level, switch_url
from portal.web.frame.runtime import Runtime, runtime
from portal.web.frame.texts import english, lang_of_code, say_number
from portal.web.frame.texts import say as _
from portal.web.frame.urgent import Strip, strip_for
from portal.web.information.areas import add_area_views

SERVICE_NAME = N_("Ask to join the Dynamic Support Register")
NAV = (
    ("about", N_("About the register"), N_("About the register")),
    ("colours", N_("The colours"), N_("The colours")),
    ("consent", N_("Your choice"), N_("Your choice")),
    ("get-help-to-apply", N_("Get help to ask"), N_("Get help to ask")),
    ("areas", N_("Your area"), N_("Your area")),
)
FOOTER = (
    ("urgent-help", N_("Urgent help")),
    ("who-can-join", N_("Who can join")),
    ("what-happens-next", N_("What happens next")),
    ("follow-up", N_("Follow up your form")),
    ("your-information", N_("Your information")),
    ("in-hospital", N_("If you are in hospital")),
    ("keyworkers", N_("Keyworkers")),
    ("professionals", N_("For professionals")),
    ("privacy", N_("Privacy")),
    ("cookies", N_("Cookies")),
    ("accessibility", N_("Accessibility")),
)


DOORS = {
    "start": "pages.start",
    "apply": "journey.before_you_start",
    "come-back": "journey.come_back",
    "sent": "journey.sent",
    "follow-up": "follow_up.entry",
    "lost-code": "follow_up.lost_code",
}
"""Names that pages link to, and that have a view of their own."""


class PlainGlobals(Environment):
    """Jinja's environment with a plain dict for its globals: importing a macro then costs a third."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what every template knows, with what one template knows besides."""
        return {**self.globals, **(d or {})}


def add_context(app: Flask) -> None:
    """Give every template what the frame of the page needs, and our translations by their quick way."""
    app.jinja_env.globals.update(_=_, say_number=say_number, english=english, capital=capital, view_of=view_of)
    app.jinja_env.globals.update(lang_of_code=lang_of_code)
    settings = app.extensions["portal"].settings
    add_area_views(app, settings.languages, page_url, settings.areas_dir)

    @app.context_processor
    def frame() -> dict[str, Any]:
        held = runtime()
        return {
            **held.frames.of(_frame_key(held), _steady_frame),
            "switch_url": switch_url(),
            "languages": language_links() if len(held.settings.languages) > 1 else [],
            "staff": False,
        }


def _frame_key(held: Runtime) -> tuple[object, ...]:
    """Return what the frame depends on: whatever else changes, these pages share it. Hours count by the minute."""
    minute = held.now().replace(second=0, microsecond=0)
    home = g.get("area_id"), g.get("council"), g.get("age_band")
    return lang(), level(), g.get("page_name"), *home, minute


def _steady_frame() -> dict[str, Any]:
    held = runtime()
    code = lang()
    frame = {
        "lang": code,
        "dir": direction(code),
        "level": level(),
        "easy": is_easy(),
        "service_name": _(SERVICE_NAME),
        "home_url": url_for("pages.start"),
        "nav": _nav(),
        "footer_links": [{"text": _(text), "url": page_url(name)} for name, text in FOOTER],
        "urgent": urgent_strip(),
        "demo": held.settings.demo,
        "nhs_logo": held.settings.nhs_logo,
        "asset": held.assets.asset,
        "picture": picture,
        "page_url": page_url,
        "areas": held.areas,
    }
    parts = {"strip": "urgent/strip.html", "nav": "frame/nav.html", "footer": "frame/footer.html"}
    environment = current_app.jinja_env
    kept = {name: Markup(environment.get_template(path).render(frame)) for name, path in parts.items()}  # noqa: S704  # our own templates escape
    return frame | {"kept": kept}


def _nav() -> list[dict[str, object]]:
    here = g.get("page_name")
    return [
        {"text": _(easy if is_easy() else text), "url": page_url(name), "current": name == here}
        for name, text, easy in NAV
    ]


def urgent_strip() -> Strip:
    """Return the strip of this request: with local lines where a view has said where home is, and for which age."""
    return strip_for(g.get("area_id"), g.get("council"), g.get("age_band"))


def page_url(name: str) -> str:
    """Return the address of a page by its name, in this language and level; also of the doors pages link to."""
    if name in DOORS:
        return url_for(DOORS[name])
    return url_for("pages.page", name=name)


def picture(key: str) -> dict[str, str] | None:
    """Return where a picture lies and what it shows; a deployment's own folder comes first."""
    found = runtime().assets.picture(key)
    return {"url": found.url, "alt": _(found.alt)} if found else None


def view_of(name: str, fill: Mapping[str, str] = MappingProxyType({})) -> PageView:
    """Return a page of this request's language and level, ready to show."""
    content = runtime().contents[lang()]
    if is_easy():
        return easy_view(content.easy_page(name), page_url, fill)
    return page_view(content.page(name), lang(), _, page_url, fill)


def show_page(name: str, *, fill: Mapping[str, str] | None = None, template: str = "", **data: Any) -> str:
    """Render a page from its blocks; `data` is for its inserts."""
    page = view_of(name, fill or {})
    template = template or ("pages/easy_read.html" if is_easy() else "pages/standard.html")
    return render_template(template, page=page, description=page.summary, **data)
