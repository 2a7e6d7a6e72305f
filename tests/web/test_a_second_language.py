"""In a second language every word that people see is looked up; what nobody has translated says that it is English."""

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal import create_app
from portal.areas.area import Areas
from portal.areas.loading import load_areas
from portal.content.pages import PAGE_NAMES
from portal.content.untranslated import mark, unmarked, with_lang
from portal.domain.answers import Answer
from portal.exports.pdf import Printer
from portal.settings import Settings, SettingsFault
from portal.web.frame.languages import direction, locale_of, own_name
from portal.web.frame.texts import say_number
from tests.exports.reading import Document
from tests.journeys.person import REFERENCE, codes_on
from tests.support.applicants import Applicant
from tests.support.clocks import SetClock
from tests.support.form import QUESTIONS
from tests.support.made_up_language import LANG, Listener, foreign_words_of_document, write_language
from tests.support.people import EAST_SUFFOLK, an_adult, born, helped
from tests.support.portals import strict_app, words_of
from tests.support.returning import Returner

LEVELS = ["", "easy-read/"]
OWN_ADDRESS = sorted(set(PAGE_NAMES) - {"start", "area"})
BY_KEY = {question.key: question for question in QUESTIONS}
WRONG = "Qzx."
LINK = re.compile(r'(?:href|src|action)="(/[^"#?]*)')


@pytest.fixture(scope="module")
def app(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Give the portal in English and in the made-up language, in which no Easy Read is written."""
    folder = tmp_path_factory.mktemp("second-language")
    settings = Settings.from_env(
        {
            "PORTAL_INSTANCE": str(shutil.copytree(demonstration, folder / "instance")),
            "PORTAL_DEMO": "1",
            "PORTAL_LANGUAGES": f"en {LANG}",
            "PORTAL_TRANSLATIONS_DIR": str(write_language(folder / "translations")),
        }
    )
    app = create_app(settings, SetClock())
    app.testing = True
    app.test_client_class = Listener
    yield app
    app.extensions["portal"].engine.dispose()


@pytest.fixture
def client(app: Flask) -> Listener:
    Listener.heard = {}
    client = app.test_client()
    assert isinstance(client, Listener)
    return client


def allowed() -> dict[str, str]:
    """Return what may stand outside the brackets, with the reason."""
    areas = load_areas()
    found = {own_name(LANG): "what the language calls itself"}
    found |= dict.fromkeys(locale_of(LANG).months["format"]["wide"].values(), "a date, as the language writes it")
    found |= dict.fromkeys(locale_of(LANG).days["format"]["wide"].values(), "a date, as the language writes it")
    found |= dict.fromkeys(("OpenMoji", "Creative Commons BY-SA 4.0", "CC BY-SA 4.0"), "the name of a work or licence")
    found["PDF"] = "the name of a kind of file"
    for area in areas.all:
        found[area.name] = "the name of an area"
        found |= dict.fromkeys((team.name for team in area.teams), "the name of a team")
        found |= dict.fromkeys((council.name for council in area.councils), "the name of a place")
        services = (*area.keyworkers, *area.extra_support, *area.local_offers)
        found |= dict.fromkeys((one.provider for one in services), "the name of an organisation")
        contacts = (*area.contacts, *(each for signpost in area.signposts for each in signpost.contacts))
        found |= dict.fromkeys((each.value for each in contacts), "an address")
    parts = [part.strip() for each in contacts_of(areas) for part in each.split(",")]
    return found | dict.fromkeys(parts, "a line of an address")


def contacts_of(areas: Areas) -> Iterator[str]:
    for area in areas.all:
        yield from (each.value for each in area.contacts)


ADDRESS = re.compile(r"\S+[./@]\S+")
"""Web and e-mail addresses are the same in every language."""


def is_allowed(text: str, names: dict[str, str]) -> bool:
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = text.replace(name, " ")
    return not re.search(r"[^\W\d_]{2,}", ADDRESS.sub(" ", text))


def left(client: Listener, *typed: str) -> list[str]:
    """Return what was heard without being allowed; `typed` is what the person wrote, and must come back as it was."""
    names = allowed() | dict.fromkeys(typed, "typed by the person")
    return [f"{text!r} at {where}" for text, where in client.heard.items() if not is_allowed(text, names)]


def pages_from(client: Listener, start: str) -> set[str]:
    """Open every public page that links lead to from here; return their addresses."""
    seen, waiting = {start}, [start]
    while waiting:
        response = client.get(waiting.pop())
        if response.mimetype != "text/html":
            continue
        for found in LINK.findall(words_of(response)):
            address = unescape(found)
            if address.startswith(f"/{LANG}/") and address not in seen and not address.endswith(".pdf"):
                seen.add(address)
                waiting.append(address)
    return seen


def test_every_information_page(client: Listener) -> None:
    pages = pages_from(client, f"/{LANG}/")
    assert {f"/{LANG}/{level}{name}" for level in LEVELS for name in OWN_ADDRESS} <= pages
    assert not left(client), "\n".join(left(client))


RESPONSIBLE: dict[str, Answer] = {
    "parental_responsibility": {"parental_responsibility": "yes"},
    "young_person_view": {"young_person_view": "wants"},
}
PEOPLE = {
    "an adult": an_adult(),
    "a helper": helped(),
    "a parent": helped("parent_carer", date_of_birth=born(9), **RESPONSIBLE),
    "a young person": an_adult(date_of_birth=born(17)),
    "somebody who lives elsewhere": an_adult(postcode={"postcode": "B1 1AA", "no_postcode": []}),
    "somebody in Suffolk": an_adult(
        postcode={"postcode": "NR33 0AA", "no_postcode": []}, council={"council": EAST_SUFFOLK}
    ),
    "a professional": helped("professional", professional_area={"professional_area": "gloucestershire"}),
    "somebody in hospital": an_adult(in_hospital={"in_hospital": "yes"}),
    "somebody who says no": an_adult(consent={"consent": "no"}),
}
MISTAKEN = ("an adult", "a parent")
TYPED = ("SE5 8AF", "NR33 0AA", "B1 1AA", "Zoë O'Brien-Smith & Sons <b>", "Sam Helper", "Advocate", WRONG)


@dataclass
class Mistaken(Applicant):
    """Somebody who first answers nothing, then something that fits nowhere, then what they know."""

    def answer(self, slug: str, answer: Mapping[str, object], query: str = "") -> str:
        """Send three answers, and return the words of the page after the last."""
        if slug.replace("-", "_") in BY_KEY:
            super().answer(slug, {})
            if self.slug == slug:
                fields = BY_KEY[slug.replace("-", "_")].fields
                super().answer(slug, {each.name: WRONG * (1 + each.max_length // len(WRONG)) for each in fields})
            if self.slug != slug:
                self.open(slug)
        return super().answer(slug, answer, query)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("who", PEOPLE)
def test_every_step_of_the_form_and_every_mistake(client: Listener, level: str, who: str) -> None:
    person = (Mistaken if who in MISTAKEN else Applicant)(client, level, lang=LANG)
    person.open("before-you-start")
    person.fill(PEOPLE[who])
    assert not left(client, *TYPED), "\n".join(left(client, *TYPED))


@pytest.mark.parametrize("level", LEVELS)
def test_saving_coming_back_and_leaving(client: Listener, level: str) -> None:
    person = Applicant(client, level, lang=LANG)
    person.open("safe-now")
    person.answer("safe-now", {})
    person.answer("safe-now", {"safe": "no"})
    person.open("go-on")
    person.answer("who", {"who": "me"})
    person.answer(person.slug, {"save": "1"})
    (words,) = codes_on(person.html)
    person.open("come-back")
    for typed in ("", "one two", "one two three four five six seven", words):
        person.answer("come-back", {"words": typed})
    for slug in ("left", "cleared", "lost", "not-kept", "clear", "sent", "urgent-help-first", "my-answers"):
        person.open(slug)
    person.answer("clear", {})
    told = left(client, *words.split(), "one two three four five six seven", "one two")
    assert not told, "\n".join(told)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("who", ["an adult", "a parent"])
def test_sending_and_what_comes_after(client: Listener, level: str, who: str) -> None:
    person = Applicant(client, level, lang=LANG)
    person.send(PEOPLE[who])
    found = REFERENCE.search(person.words)
    assert found, person.words
    codes = codes_on(person.html)
    for slug in ("for-the-person", "sent", "settled"):
        person.open(slug)
    back = Returner(client, level, lang=LANG)
    back.open("lost-code")
    for code in ("", "one two", *codes):
        back.open()
        back.press("", reference=found.group(), code=code)
        for place, typed in (
            ("where-it-stands", {}),
            ("message", {"message": ""}),
            ("message", {"message": WRONG}),
            ("contact", {"phone": "1", "email": "x"}),
            ("tell-me", {"email": "x"}),
            ("take-back", {}),
        ):
            back.open(place)
            if typed or place == "take-back":
                back.press(place, **typed)
    back.open("take-back")
    back.press("take-back", sure="yes")
    back.open("where-it-stands")
    words = [word for code in codes for word in code.split()]
    told = left(client, found.group(), "one two", *TYPED, *words)
    assert not told, "\n".join(told)


@pytest.mark.parametrize("address", [f"/{LANG}/nothing-here", f"/{LANG}/easy-read/areas/nowhere"])
def test_an_error_page(client: Listener, address: str) -> None:
    assert client.get(address).status_code == 404
    assert not left(client), "\n".join(left(client))


PAPERS = ["about", "consent-large-print", "form-gloucestershire", "form-suffolk-and-north-east-essex"]
EASY_PAPERS = ["easy-read/leaflets/consent", "easy-read/leaflets/form-south-east-london"]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give what documents say outside the brackets; typst tells a language only where a whole paragraph has one."""
    heard: list[str] = []
    names = allowed() | dict.fromkeys(TYPED, "typed by the person")
    compile_it = Printer._compile

    def listen(printer: Printer, template: str, data: Mapping[str, Any]) -> bytes:
        heard.extend(text for text in foreign_words_of_document(data) if not is_allowed(text, names))
        return compile_it(printer, template, data)

    monkeypatch.setattr(Printer, "_compile", listen)
    return heard


@pytest.mark.parametrize("name", [*(f"leaflets/{name}" for name in PAPERS), *EASY_PAPERS])
def test_what_is_printed(client: Listener, printed: list[str], name: str) -> None:
    response = client.get(f"/{LANG}/{name}.pdf")
    assert response.status_code == 200
    assert not printed, "\n".join(printed)


def test_a_voice_reads_english_on_paper_as_english(client: Listener) -> None:
    paper = Document(client.get(f"/{LANG}/easy-read/leaflets/consent.pdf").data)
    assert any(node.lang.startswith("en") for node in paper.tree.walk())
    assert "\ufdd0" not in paper.text


@pytest.mark.parametrize("level", LEVELS)
def test_my_answers_on_paper_and_as_text(client: Listener, printed: list[str], level: str) -> None:
    person = Applicant(client, level, lang=LANG)
    person.fill(PEOPLE["an adult"])
    assert client.get(person.address("my-answers.pdf")).status_code == 200
    assert not printed, "\n".join(printed)
    assert "\ufdd0" not in client.get(person.address("my-answers")).get_data(as_text=True)


def test_easy_read_that_nobody_has_written_is_english_and_says_so(client: Listener) -> None:
    page = client.get(f"/{LANG}/easy-read/colours").get_data(as_text=True)
    assert f'<html lang="{LANG}"' in page
    assert '<h1 class="nhsuk-heading-l" lang="en">The colours</h1>' in page


def test_a_language_from_right_to_left_says_how_english_runs(app: Flask) -> None:
    assert with_lang(f"<p>{mark('The colours')}</p>", "rtl") == '<p lang="en" dir="ltr">The colours</p>'
    assert direction("ur") == "rtl"


NEW_PAGE = """
title = "Y lliwiau"
summary = "Lliwiau."
[[blocks]]
say = "Mae lliwiau yn dweud."
picture = "home"
"""


def test_adding_a_language_touches_its_two_folders_and_nothing_else(demonstration: Path, tmp_path: Path) -> None:
    own = tmp_path / "ours"
    (own / "easyread" / LANG).mkdir(parents=True)
    (own / "easyread" / LANG / "colours.toml").write_text(NEW_PAGE, encoding="utf-8")
    environ = {
        "PORTAL_INSTANCE": str(shutil.copytree(demonstration, tmp_path / "instance")),
        "PORTAL_DEMO": "1",
        "PORTAL_LANGUAGES": f"{LANG} en",
        "PORTAL_AREAS_DIR": str(own),
        "PORTAL_TRANSLATIONS_DIR": str(write_language(tmp_path / "translations")),
    }
    with strict_app(Settings.from_env(environ)) as app:
        client = app.test_client()
        assert client.get("/").headers["Location"].endswith(f"/{LANG}/")
        page = client.get(f"/{LANG}/easy-read/colours").get_data(as_text=True)
        assert '<h1 class="nhsuk-heading-l">Y lliwiau</h1>' in page
        assert f'lang="{LANG}" hreflang="{LANG}"' in page
        assert own_name(LANG) in page
        assert client.get("/en/colours").status_code == 200
        assert "⟦" not in client.get("/staff/sign-in").get_data(as_text=True)


@pytest.mark.parametrize("code", ["zz", "qq-QQ"])
def test_a_language_that_nobody_speaks_stops_the_start(settings: Settings, code: str) -> None:
    with pytest.raises(SettingsFault, match=code), strict_app(replace(settings, languages=("en", code))):
        pass


def test_a_number_before_a_noun_takes_the_form_that_the_language_has(app: Flask) -> None:
    with app.test_request_context(f"/{LANG}/"):
        app.preprocess_request()
        told = say_number("%(number)s referral", "%(number)s referrals", 1234)
        assert unmarked(told) == "1,234 referrals"
    with app.test_request_context("/en/"):
        app.preprocess_request()
        assert say_number("%(number)s referral", "%(number)s referrals", 1) == "1 referral"
