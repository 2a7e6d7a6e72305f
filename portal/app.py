"""The application, put together; it reads like a table of contents."""

import os
from datetime import timedelta

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from portal.areas.loading import load_areas
from portal.areas.residence import HomeGuide
from portal.content.loading import load_content
from portal.database.engine import make_engine
from portal.follow_up.codes import load_code_words
from portal.places.current import CurrentPlaces
from portal.places.outward import Places
from portal.places.place_file import FILE_NAME
from portal.settings import Settings, SettingsFault
from portal.teams.ready_teams import watch_ready_teams
from portal.web.follow_up import TOKEN_CHECKED_BY_THE_FORM, follow_up
from portal.web.follow_up.news import add_news
from portal.web.form.saving import come_back
from portal.web.form.views import journey, step
from portal.web.frame.assets import Assets, assets_blueprint
from portal.web.frame.errors import add_errors
from portal.web.frame.headers import add_headers
from portal.web.frame.health import health
from portal.web.frame.languages import add_languages
from portal.web.frame.page_cache import PageCache
from portal.web.frame.render import PlainGlobals, add_context
from portal.web.frame.runtime import Clock, Runtime, utc_now
from portal.web.frame.texts import add_texts
from portal.web.information.pages import pages
from portal.web.information.pdf_views import paper
from portal.web.staff import staff

MOST_BYTES_SENT = 200_000
__all__ = ["create_app"]


def create_app(settings: Settings | None = None, now: Clock = utc_now) -> Flask:
    """Return the portal, ready to serve. Raises SettingsFault, AreaFault, ContentFault or AssetsFault."""
    settings = settings or Settings.from_env(os.environ)
    app = Flask("portal", static_folder=None)
    app.jinja_environment = PlainGlobals
    # /en and /en/ are one page: a redirect between them would repeat whatever host name the request claims.
    app.url_map.strict_slashes = False
    app.extensions["portal"] = held = make_runtime(settings, now)
    configure(app, settings)
    add_languages(app, settings.languages)
    add_texts(app)
    add_context(app)
    add_news(app, settings.languages, settings.areas_dir)
    add_headers(app, settings)
    add_errors(app)
    # These forms check their own token, so that a stale one loses nothing typed.
    csrf = CSRFProtect(app)
    for view in (step, come_back, *TOKEN_CHECKED_BY_THE_FORM):
        csrf.exempt(view)
    app.register_blueprint(assets_blueprint(held.assets))
    app.register_blueprint(health)
    app.register_blueprint(pages)
    app.register_blueprint(paper)
    app.register_blueprint(journey)
    app.register_blueprint(follow_up)
    app.register_blueprint(staff)
    app.wsgi_app = PageCache(app, now)  # type: ignore[method-assign]  # the documented way to add a middleware
    return app


def make_runtime(settings: Settings, now: Clock) -> Runtime:
    """Read all data files and open the database."""
    areas = load_areas(settings.areas_dir)
    if settings.home_area and settings.home_area not in areas:
        raise SettingsFault(f"PORTAL_HOME_AREA must be one of: {', '.join(sorted(areas))}.")
    areas = areas.beginning_with(settings.home_area)
    places = CurrentPlaces(settings.instance / FILE_NAME)
    engine = make_engine(settings.database_url)
    return Runtime(
        settings=settings,
        every_area=areas,
        contents={lang: load_content(lang, own=settings.areas_dir) for lang in settings.languages},
        any_day_guide=HomeGuide(areas, Places.load(), watch_ready_teams(engine, now), places.file),
        places=places,
        engine=engine,
        assets=Assets.load(settings.build_dir, settings.pictures_dir),
        now=now,
        code_words=load_code_words(settings.areas_dir),
    )


def configure(app: Flask, settings: Settings) -> None:
    """Set what Flask and its extensions read from their configuration."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME=f"{settings.cookie_prefix}form",
        SESSION_COOKIE_SECURE=settings.tls,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(days=1),
        # A page left open overnight still works on the next click.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        MAX_CONTENT_LENGTH=MOST_BYTES_SENT,
        MAX_FORM_PARTS=200,
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.auto_reload = False
