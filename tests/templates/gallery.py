"""Every macro in one page, to look at and to check: `python tests/templates/gallery.py` serves it on port 8009.

/<standard|easy-read>/<gallery|question|page|error>?dir=rtl
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from portal.areas.sentences import capital
from portal.web.frame.assets import Assets, assets_blueprint

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "static" / "build"
CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


NOTHING = Markup("")


@dataclass(frozen=True)
class ChoiceView:
    value: str
    label: str
    hint: str = ""
    picture: str = ""
    checked: bool = False
    divider_before: bool | str = False


@dataclass(frozen=True)
class FieldView:
    name: str
    label: str
    kind: str = "text"
    hint: str = ""
    value: str = ""
    values: dict[str, str] = field(default_factory=dict)
    error: str = ""
    error_parts: tuple[str, ...] = ()
    choices: tuple[ChoiceView, ...] = ()
    autocomplete: str = ""
    inputmode: str = ""
    spellcheck: bool = True
    rows: int = 0
    width: int = 0
    max_length: int = 0
    optional: bool = False

    @property
    def id(self) -> str:
        return self.name


@dataclass(frozen=True)
class Line:
    action: str
    number: str
    href: str
    note: str = ""
    brief: bool = False
    is_local: bool = False
    is_open: bool | None = None
    instead: str = ""


@dataclass(frozen=True)
class Block:
    kind: str
    html: Markup = NOTHING
    title: str = ""
    items: tuple[Markup, ...] = ()
    name: str = ""
    picture: str = ""
    anchor: str = ""
    source: dict[str, str] | None = None


NATIONAL = (
    Line("Call", "999", "tel:999", "danger to life", brief=True),
    Line("Call", "111", "tel:111", "mental health option"),
    Line("Text", "85258", "sms:85258", "Shout", brief=True),
    Line("BSL:", "999bsl.co.uk", "https://999bsl.co.uk", ""),
)
LOCAL = (Line("Call", "0203 228 5980", "tel:02032285980", "children"),)


def environment(undefined: type = StrictUndefined) -> Environment:
    """Return Jinja as the portal sets it up, with words left in English."""
    env = Environment(
        loader=FileSystemLoader(ROOT / "portal" / "templates"),
        autoescape=True,
        undefined=undefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_null_translations(newstyle=True)  # type: ignore[attr-defined] - the library has no type for this
    env.globals |= {"english": str, "capital": capital, "say_number": say_number}
    return env


def say_number(one: str, several: str, number: int) -> str:
    """Return the English form of a sentence about a number."""
    return (one if number == 1 else several) % {"number": number}


def frame(assets: Assets, level: str = "standard", **more: Any) -> dict[str, Any]:
    """Return what base.html asks for."""
    easy = level == "easy-read"
    given = {
        "lang": "en",
        "dir": "ltr",
        "level": level,
        "easy": easy,
        "service_name": "Dynamic Support Register: ask to join",
        "home_url": "/standard/gallery",
        "switch_url": "/standard/gallery" if easy else "/easy-read/gallery",
        "languages": [],
        "nav": [
            {"text": text, "url": "/#" + text, "current": text == "Colours"}
            for text in ("About the register", "Who can join", "Colours", "Get help to apply", "Areas")
        ],
        "footer_links": [
            {"text": text, "url": "/#" + text}
            for text in ("Urgent help", "Accessibility", "Privacy", "Cookies", "Pictures and credits")
        ],
        "urgent": {"url": "/urgent", "lines": NATIONAL, "local": ()},
        "demo": True,
        "staff": False,
        "nhs_logo": False,
        "kept": None,
        "has_easy_lines": lambda _text: False,
        "description": "A gallery of every part",
        "has_errors": False,
        "asset": assets.asset,
        "picture": assets.picture,
    }
    return {**given, **more}


def fields(error: str = "", easy: bool = False) -> dict[str, FieldView]:
    """Return one field of each kind, with an error where one is given."""
    choices = (
        ChoiceView("me", "Me", picture="person"),
        ChoiceView("carer", "A parent or carer", "You look after them or live with them", picture="family"),
        ChoiceView("helper", "Someone else who helps", picture="advocate"),
        ChoiceView("dont_know", "I do not know", picture="not-sure", divider_before=True),
    )
    return {
        "text": FieldView(
            "full_name",
            "What is your full name?",
            hint="First name and last name",
            error=error,
            autocomplete="name",
            spellcheck=False,
            width=20,
            value="<b>Sam</b>" if error else "",
        ),
        "tel": FieldView("phone", "Phone number", "tel", autocomplete="tel", width=20, error=error, optional=True),
        "email": FieldView("email", "Email address", "email", autocomplete="email", spellcheck=False),
        "textarea": FieldView(
            "now",
            "What is happening now?",
            "textarea",
            "You can write as much or as little as you like",
            max_length=4000,
            error=error,
        ),
        "radios": FieldView("who", "Who is filling this in?", "radios", error=error, choices=choices),
        "checkboxes": FieldView(
            "needs",
            "What would make this easier for you?",
            "checkboxes",
            "Choose all that help",
            error=error,
            choices=choices,
        ),
        "date": FieldView(
            "date_of_birth",
            "What is your date of birth?",
            "date",
            "For example, 27 3 2007",
            values={"day": "31", "month": "2"},
            error=error,
            error_parts=("month", "year"),
            autocomplete="bday",
        ),
        "select": FieldView(
            "council", "Which council?", "select", choices=(ChoiceView("", "Choose a council"), *choices), error=error
        ),
    }


STANDARD = (
    Block(
        "p",
        Markup(
            "The register is a list of people who need <strong>more support</strong>. See <a href='/x'>the colours</a>."
        ),
    ),
    Block("h2", Markup("What will be different if I say yes?")),
    Block("list", items=(Markup("A team meets to talk about what would help"), Markup("You are asked what you want"))),
    Block("steps", items=(Markup("You send your answers"), Markup("Your local team opens them"))),
    Block("inset", Markup("Saying no does not change the support you have now.")),
    Block(
        "warning", Markup("It is not read at night. Call 111 if you cannot wait."), title="This is not a crisis service"
    ),
    *(
        Block("colour", escape(text), title=title, name=name, items=(Markup("A review of your care and treatment"),))
        for name, title, text in (
            ("green", "Green", "There are some risks, but they are being managed well at the moment."),
            ("amber", "Amber", "Not in crisis yet, but you could be soon without urgent help."),
            ("red", "Red", "In crisis now."),
            ("blue", "Blue", "You are already in a mental health hospital."),
        )
    ),
    Block("insert", name="crisis-lines"),
    Block(
        "p",
        Markup("From the area’s own page."),
        source={"address": "https://www.example.nhs.uk/a/very/long/address/that/goes/on", "date": "June 2024"},
    ),
)
EASY = (
    Block("line", Markup("The <strong>register</strong> is a list."), picture="register"),
    Block("line", Markup("The list helps you get support at home."), picture="home"),
    Block("heading", Markup("Who can see it?")),
    Block("line", Markup("Your local team can open what you write."), picture="team-meeting"),
    Block("line", Markup("You can say no."), picture="say-no"),
    Block("insert", name="crisis-lines"),
)
CRISIS = (
    {
        "kind": "emergency",
        "folded": False,
        "heading": "Call 999 if someone may die or be badly hurt",
        "lines": (
            {
                "name": "Emergency services",
                "who_for": "Anyone",
                "hours_text": "Day and night",
                "is_open": True,
                "times": (),
                "source": None,
                "picture": "ambulance",
                "ways": (Line("Call", "999", "tel:999"), Line("BSL:", "999bsl.co.uk", "https://999bsl.co.uk")),
            },
        ),
    },
    {
        "kind": "urgent",
        "folded": False,
        "heading": "Get help with your mental health now",
        "lines": (
            {
                "name": "NHS 111",
                "who_for": "Anyone",
                "hours_text": "Day and night",
                "is_open": None,
                "times": (),
                "picture": "phone",
                "source": {"title": "NHS", "date": "June 2024"},
                "ways": (Line("Call", "111", "tel:111"), Line("Text relay:", "18001 111", "tel:18001111")),
            },
            {
                "name": "Children’s crisis line",
                "who_for": "Under 18",
                "hours_text": "Weekdays 5pm to 11pm",
                "is_open": False,
                "times": (),
                "source": None,
                "picture": "child",
                "ways": (Line("Call", "0203 228 5980", "tel:02032285980"),),
            },
        ),
    },
)


def words(assets: Assets, name: str, level: str, more: dict[str, Any]) -> str:
    """Render one page of the gallery."""
    env = environment()
    env.loader.searchpath.append(str(Path(__file__).parent))  # type: ignore[union-attr] - the library has no type for this
    given = frame(assets, level, **more)
    easy = level == "easy-read"
    if name == "page":
        page = {
            "title": "About the register",
            "summary": "",
            "blocks": EASY if easy else STANDARD,
            "contents": (),
            "words": ({"word": "Register", "say": "A list of people who may need more help."},),
        }
        template = "pages/easy_read.html" if easy else "pages/standard.html"
        return env.get_template(template).render(given | {"page": page, "crisis": CRISIS})
    if name == "error":
        return env.get_template("errors/error.html").render(given | {"code": 404, "back_url": "", "retry_minutes": 0})
    error = "Select who is filling this in" if name == "gallery" else ""
    given |= {"fields": fields(error, easy), "has_errors": bool(error), "crisis": CRISIS}
    return env.get_template(f"{name}_page.html").render(given)


def create_gallery(build: Path = BUILD) -> Flask:
    """Return the app that shows the gallery under the portal's own content security policy."""
    app = Flask(__name__, static_folder=None)
    assets = Assets.load(build)
    app.register_blueprint(assets_blueprint(assets))

    @app.get("/<level>/<name>")
    def show(level: str, name: str) -> str:
        if level not in {"standard", "easy-read"} or name not in {"gallery", "question", "page", "error"}:
            abort(404)
        more: dict[str, Any] = {"dir": request.args.get("dir", "ltr")}
        if "local" in request.args:
            more["urgent"] = {"url": "/urgent", "lines": NATIONAL, "local": LOCAL}
        if "languages" in request.args:
            more["languages"] = [
                {"code": "en", "name": "English", "url": "#", "current": True, "dir": "ltr"},
                {"code": "pl", "name": "Polski", "url": "#", "current": False, "dir": "ltr"},
                {"code": "ur", "name": "اردو", "url": "#", "current": False, "dir": "rtl"},
            ]
        return words(assets, name, level, more)

    @app.after_request
    def guard(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", CSP)
        return response

    return app


if __name__ == "__main__":
    serve: Callable[..., None] = create_gallery().run
    serve(port=int(sys.argv[1]) if len(sys.argv) > 1 else 8009)
