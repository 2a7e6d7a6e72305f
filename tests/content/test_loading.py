"""Content is loaded whole and strictly: a bad file stops the start and names itself and its field."""

from pathlib import Path

import pytest

from portal.content import ContentFault, load_content
from portal.content.pages import Source, messages
from portal.content.views import easy_view, page_view
from tests.support.words_folder import EASY, MANIFEST, QUESTION, WORDS, a_folder, easy_with, standard_with


def link(page: str) -> str:
    return f"/en/{page}"


def test_pages_questions_words_and_pictures_are_loaded(tmp_path: Path) -> None:
    content = load_content(folder=a_folder(tmp_path))
    assert content.page("colours").title == "The colours"
    assert [word.word for word in content.easy_page("colours").words] == ["carer", "doctor"]
    where = content.question("where")
    assert where is not None
    assert where.choices["where"]["home"].say == "At home"
    assert content.question("unknown") is None
    assert content.pictures.get("talk").file == "talk.svg"
    assert content.pictures.get("home").credit == "OpenMoji"


@pytest.mark.parametrize(
    ("block", "field", "why"),
    [
        ('q = "?"', "blocks[2].q", "unknown key"),
        ('source = "https://a/"\nsource_date = "2024"', "blocks[2].kind", "exactly one of"),
        ('p = "One"\ntitle = "Two"', "blocks[2].title", "belongs to a colour"),
        ('colour = "red"\nmeans = "x"\nthen = ["y"]', "blocks[2].title", "is missing"),
        ('p = "One"\nh2 = "Two"', "blocks[2].kind", "exactly one of"),
        ('p = "One"\ncolour_of = "Two"', "blocks[2].colour_of", "unknown key"),
        ("p = 5", "blocks[2].p", "must be a text"),
        ('p = " "', "blocks[2].p", "is empty"),
        ("list = []", "blocks[2].list", "must be a list"),
        ('list = ["One", 2]', "blocks[2].list", "must be a list of texts"),
        ('insert = "moon-phases"', "blocks[2].insert", "not a known insert: moon-phases"),
        ('p = "[Go](page:nowhere)"', "blocks[2].p", "does not exist: page:nowhere"),
        ('p = "A **bold"', "blocks[2].p", "does not close"),
        ('p = "One"\nsource_date = "2024"', "blocks[2].source_date", "no source beside it"),
        ('p = "One"\nsource = "https://a/"', "blocks[2].source_date", "is missing"),
        ('warning = { title = "Stop", texts = "x" }', "blocks[2].warning.texts", "unknown key"),
        ('warning = { title = "Stop" }', "blocks[2].warning.text", "is missing"),
        ('colour = "pink"\ntitle = "Pink"\nmeans = "x"\nthen = ["y"]', "blocks[2].colour", "amber, blue, green, red"),
    ],
)
def test_a_bad_standard_block_names_its_field(tmp_path: Path, block: str, field: str, why: str) -> None:
    with pytest.raises(ContentFault) as fault:
        load_content(folder=a_folder(tmp_path, standard=standard_with(block)))
    assert (fault.value.file, fault.value.field) == ("colours.toml", field)
    assert why in fault.value.why


@pytest.mark.parametrize(
    ("changed", "file", "why"),
    [
        ({"easy": easy_with("A **dragon** comes.")}, "colours.toml", "not explained in words.toml: dragon"),
        ({"easy": EASY.replace('"talk"', '"castle"')}, "colours.toml", "no picture is called castle"),
        ({"easy": EASY.replace('picture = "talk"', "")}, "colours.toml", "is missing"),
        ({"question": QUESTION.replace("ask =", "asks =")}, "where.toml", "asks: unknown key"),
        ({"question": QUESTION.replace("say =", "says =")}, "where.toml", "choices.where.home.says: unknown key"),
        ({"question": QUESTION.replace('say = "At home"', "")}, "where.toml", "choices.where.home.say: is missing"),
        ({"words": WORDS + '["carers"]\nsay = "Again."\n'}, "words.toml", "a second time"),
        ({"words": WORDS.replace("everyday = true", 'everyday = "yes"')}, "words.toml", "true or false"),
        ({"manifest": MANIFEST.replace("1F3E0", "house")}, "pictures.toml", "an OpenMoji code"),
        ({"manifest": MANIFEST.replace("talk.svg", "../talk.svg")}, "pictures.toml", "the name of an SVG"),
        ({"manifest": MANIFEST.replace('alt = "A house"', "")}, "pictures.toml", "is missing"),
        ({"manifest": MANIFEST.replace('"own"\nfile', '"found"\nfile')}, "pictures.toml", "openmoji, own"),
        ({"standard": "title = "}, "colours.toml", "not readable TOML"),
        ({"standard": 'title = "A"\nsummary = "B"'}, "colours.toml", "is missing"),
    ],
)
def test_a_bad_file_names_itself(tmp_path: Path, changed: dict[str, str], file: str, why: str) -> None:
    with pytest.raises(ContentFault, match=why) as fault:
        load_content(folder=a_folder(tmp_path, **changed))
    assert fault.value.file == file


def test_a_page_with_an_unknown_name_is_refused(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    (folder / "content" / "pages" / "secrets.toml").write_text('title = "A"', encoding="utf-8")
    with pytest.raises(ContentFault, match=r"secrets.toml.*not the name of a page"):
        load_content(folder=folder)


def test_another_language_falls_back_to_english_and_says_so(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    own = folder / "easyread" / "pl"
    (own / "apply").mkdir(parents=True)
    (own / "words.toml").write_text('["opiekun"]\nsay = "Osoba, która ci pomaga."\n', encoding="utf-8")
    (own / "colours.toml").write_text(EASY.replace("**carer**", "**opiekun**"), encoding="utf-8")
    content = load_content("pl", folder)
    assert content.easy_page("colours").lang == "pl"
    assert content.easy_page("colours").words[0].say == "Osoba, która ci pomaga."
    where = content.question("where")
    assert where is not None
    assert where.lang == "en"


def test_every_text_of_a_page_is_a_message_once(tmp_path: Path) -> None:
    block = 'warning = { title = "Stop", text = "The colours" }\n[[blocks]]\nlist = ["One", "Two", "One"]'
    page = load_content(folder=a_folder(tmp_path, standard=standard_with(block))).page("colours")
    assert list(messages(page)) == [
        "The colours",
        "What the colours mean.",
        "People decide your colour. [Read about consent](page:consent).",
        "Stop",
        "One",
        "Two",
    ]


def test_a_standard_page_is_shown_in_the_readers_language(tmp_path: Path) -> None:
    fact = 'h2 = "In {area}"\nsource = "https://a/"\nsource_date = "2024"'
    page = load_content(folder=a_folder(tmp_path, standard=standard_with(fact))).page("colours")
    polish = {"The colours": "Kolory", "In {area}": "Obszar {area}"}
    view = page_view(page, "pl", lambda text: polish.get(text, text), link, {"area": "Bow & Sons"})
    assert view.title == "Kolory"
    assert view.blocks[0].html.endswith('<a href="/en/consent">Read about consent</a>.')
    assert view.blocks[1].html == "Obszar Bow &amp; Sons"
    assert view.blocks[1].anchor == "in-area"
    assert view.contents == (view.blocks[1],)
    assert view.blocks[1].source == Source("https://a/", "2024")


def test_an_easy_page_is_shown_with_its_pictures_and_words(tmp_path: Path) -> None:
    view = easy_view(load_content(folder=a_folder(tmp_path)).easy_page("colours"), link)
    assert [block.picture for block in view.blocks] == ["home", "talk"]
    assert view.blocks[0].html == "A <strong>carer</strong> helps you at home."
    assert view.words[0].word == "carer"


def test_the_real_content_loads_with_every_page_in_both_levels() -> None:
    content = load_content()
    assert set(content.pages) == set(content.easy_pages)
    assert len(content.pictures) >= 80
