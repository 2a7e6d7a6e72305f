"""Codes are made in the reader's language where it has words of its own, and read in whichever language they are."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product
from pathlib import Path

import pytest
from flask import Flask

from portal.content.tables import ContentFault
from portal.follow_up.codes import load_code_words
from portal.settings import Settings
from tests.journeys.person import REFERENCE
from tests.support.applicants import Applicant
from tests.support.clocks import SetClock
from tests.support.people import an_adult
from tests.support.portals import strict_app
from tests.support.returning import Returner

SHOWN = re.compile(r'<ol class="app-code"([^>]*)>(.*?)</ol>', re.DOTALL)
HALF = an_adult(helps=None)


def made_up(vowels: str) -> list[str]:
    """Return 2,000 words that nobody speaks, told apart by their first four letters."""
    signs = product("bdfgklmnprstvz", vowels, "bdfgklmnprstvz", vowels)
    return ["".join(word) + "na" for word in islice(signs, 2000)]


WELSH, POLISH = made_up("aeŵŷ"), made_up("iouóą")


def write(folder: Path, lang: str, words: list[str]) -> Path:
    home = folder / "easyread" / lang
    home.mkdir(parents=True, exist_ok=True)
    (home / "code-words.txt").write_text("# made up\n" + "\n".join(words) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def app(settings: Settings, clock: SetClock, tmp_path: Path) -> Iterator[Flask]:
    """Give the portal in English, in two languages with words of their own, and in one without."""
    folder = write(write(tmp_path / "own", "cy", WELSH), "pl", POLISH)
    with strict_app(replace(settings, languages=("en", "cy", "pl", "de"), areas_dir=folder), clock) as app:
        yield app


def saved_by(app: Flask, lang: str) -> tuple[str, str]:
    """Save half a form in a language; return the attributes of the code, and its words."""
    person = Applicant(app.test_client(), lang=lang)
    person.fill(HALF)
    person.answer(person.slug, {"save": "1"})
    found = SHOWN.search(person.html)
    assert found
    return found.group(1), " ".join(re.findall(r"<li>(\w+)</li>", found.group(2)))


def comes_back(app: Flask, lang: str, words: str) -> str:
    """Type words on a new device; return where that leads."""
    person = Applicant(app.test_client(), lang=lang)
    person.open("come-back")
    person.answer("come-back", {"words": words})
    return person.slug


@pytest.mark.parametrize(("lang", "words"), [("cy", WELSH), ("pl", POLISH)])
def test_a_code_is_in_the_language_it_is_read_in(app: Flask, lang: str, words: list[str]) -> None:
    said, code = saved_by(app, lang)
    assert said == ""
    assert len(code.split()) == 7
    assert set(code.split()) <= set(words)


@pytest.mark.parametrize(("made_in", "read_in"), [("en", "cy"), ("cy", "cy"), ("cy", "en"), ("pl", "cy")])
def test_a_code_of_any_language_opens_the_form_in_any(app: Flask, made_in: str, read_in: str) -> None:
    _, code = saved_by(app, made_in)
    numbered = ", ".join(f"{at}. {word.upper()}" for at, word in enumerate(code.split(), 1))
    assert comes_back(app, read_in, numbered) == "helps"
    assert comes_back(app, read_in, " ".join(word[:4] for word in code.split())) == "helps"


def test_accents_can_be_left_out_where_one_word_is_left(app: Flask) -> None:
    _, code = saved_by(app, "cy")
    assert comes_back(app, "cy", code.replace("ŵ", "w").replace("ŷ", "y")) == "helps"


def test_the_order_of_the_words_matters(app: Flask) -> None:
    _, code = saved_by(app, "cy")
    first, *others = code.split()
    assert comes_back(app, "cy", " ".join([*others, first])) == "come-back"


def test_where_a_language_has_no_words_the_code_is_english_and_says_so(app: Flask) -> None:
    assert saved_by(app, "de")[0] == ' lang="en" dir="ltr"'
    assert saved_by(app, "en")[0] == ""


@pytest.mark.parametrize("read_in", ["cy", "en"])
def test_the_code_after_sending_is_in_the_language_and_opens_in_any(app: Flask, read_in: str) -> None:
    person = Applicant(app.test_client(), lang="cy")
    person.send(an_adult())
    found, reference = SHOWN.search(person.html), REFERENCE.search(person.words)
    assert found
    assert reference
    words = re.findall(r"<li>(\w+)</li>", found.group(2))
    assert len(words) == 7
    assert set(words) <= set(WELSH)
    back = Returner(app.test_client(), lang=read_in)
    back.open()
    back.press("", reference=reference[0], code=" ".join(words).upper())
    assert back.place == "where-it-stands"


FAULTS = {
    "too few": (WELSH[:1854], "has 1854 words, and needs 1855 or more"),
    "twice": ([*WELSH, WELSH[7]], f"{WELSH[7]}: stands here twice"),
    "capitals": ([*WELSH, "Zebra"], "Zebra: one word of small letters"),
    "two words": ([*WELSH, "ice cream"], "ice cream: one word"),
    "not composed": ([*WELSH, "caw\u0302l"], "NFC"),
}


@pytest.mark.parametrize(("words", "why"), FAULTS.values(), ids=FAULTS)
def test_a_list_that_is_not_fit_stops_the_start(tmp_path: Path, words: list[str], why: str) -> None:
    with pytest.raises(ContentFault, match=why) as fault:
        load_code_words(write(tmp_path, "cy", words))
    assert fault.value.file == "cy/code-words.txt"


def test_words_that_only_their_ends_tell_apart_are_read_whole(tmp_path: Path) -> None:
    alike = [f"{word[:4]}{end}" for word in WELSH[:1000] for end in ("na", "sta")]
    words = load_code_words(write(tmp_path, "cy", alike))["cy"]
    assert words.meant(alike[1].upper()) == alike[1]
    assert words.meant(alike[1][:4]) is None
