"""What every template keeps to: nothing typed becomes HTML, every page is well-formed, errors are found by everyone."""

from dataclasses import fields as fields_of
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.support.html import elements, parse, text_of
from tests.templates import gallery
from tests.templates.gallery import BUILD, ChoiceView, FieldView, create_gallery, environment

TYPED = '<b>Sam</b> & "Jo" <script>alert(1)</script>'
KINDS = ["text", "tel", "email", "textarea", "radios", "checkboxes", "date", "select"]
PAGES = [f"/{level}/{page}" for level in ("standard", "easy-read") for page in ("gallery", "question", "page", "error")]
TEMPLATES = Path(__file__).parents[2] / "portal/templates"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_gallery(BUILD).test_client()


def shown(kind: str, **more: Any) -> str:
    given = {"name": "n", "label": "Question", "kind": kind} | more
    source = '{% from "components/field.html" import field %}{{ field(f) }}'
    return environment().from_string(source).render(f=FieldView(**given))


@pytest.mark.parametrize("kind", KINDS)
def test_what_someone_types_appears_as_text(kind: str) -> None:
    choices = (ChoiceView(TYPED, TYPED, TYPED), ChoiceView("b", "B", divider_before=TYPED))
    page = shown(
        kind, value=TYPED, values=dict.fromkeys(("day", "month", "year"), TYPED), label=TYPED, hint=TYPED, error=TYPED,
        choices=choices,
    )  # fmt: skip
    assert "<b>" not in page
    assert "<script" not in page
    assert "&lt;b&gt;Sam&lt;/b&gt; &amp; &#34;Jo&#34;" in page


def test_typed_words_appear_as_text_in_the_summaries() -> None:
    source = (
        '{% from "components/summary_list.html" import summary_list %}'
        '{% from "components/error_summary.html" import error_summary %}'
        '{{ summary_list([{"key": typed, "value": typed, "href": "/c"}, {"key": "k", "value": [typed]}]) }}'
        '{{ error_summary([{"text": typed, "href": "#n"}]) }}'
    )
    page = environment().from_string(source).render(typed=TYPED)
    assert "<b>" not in page
    assert page.count("&lt;b&gt;Sam") == 5


def test_a_textarea_keeps_the_first_line_break_someone_typed() -> None:
    assert ">\n\nfirst</textarea>" in shown("textarea", value="\nfirst")


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_names_its_hint_and_its_error(kind: str) -> None:
    page = shown(kind, hint="A hint", error="Enter it", choices=(ChoiceView("a", "A"),))
    assert 'aria-describedby="n-hint n-error"' in page
    assert 'id="n-hint"' in page
    assert 'id="n-error"' in page


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_without_error_says_nothing_of_errors(kind: str) -> None:
    assert "error" not in shown(kind, choices=(ChoiceView("a", "A"),)).lower()


@pytest.mark.parametrize("kind", KINDS)
def test_the_error_summary_can_reach_every_field(kind: str) -> None:
    page = shown(kind, error="Enter it", choices=(ChoiceView("a", "A"), ChoiceView("b", "B")))
    assert ('id="n-day"' if kind == "date" else 'id="n"') in page


def test_only_the_parts_of_a_date_that_are_wrong_are_marked() -> None:
    page = shown("date", error="Enter a year", error_parts=("year",))
    assert page.count('aria-invalid="true"') == 1
    assert page.count("nhsuk-input--error") == 1


def test_a_choice_shows_its_picture_in_easy_read_only() -> None:
    field = FieldView("n", "Question", "radios", choices=(ChoiceView("a", "A", picture="home"),))
    source = '{% from "components/field.html" import field %}{{ field(f, pictures=pictures) }}'
    template = environment().from_string(source)
    assert "<img" not in template.render(f=field, pictures=None)
    assert 'src="/home.svg" alt=""' in template.render(f=field, pictures=lambda key: {"url": f"/{key}.svg", "alt": ""})


def test_the_field_macros_need_only_what_the_journey_gives() -> None:
    kept = {field.name for field in fields_of(FieldView)} | {"id"}
    assert kept >= {"name", "label", "hint", "kind", "value", "values", "error", "choices", "optional", "max_length"}


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("query", ["", "?dir=rtl&languages=1&local=1"])
def test_every_page_is_well_formed(client: FlaskClient, path: str, query: str) -> None:
    answer = client.get(path + query)
    assert answer.status_code == 200
    parse(answer.text)


@pytest.mark.parametrize("path", PAGES)
def test_urgent_help_comes_first_in_a_landmark_with_a_heading(client: FlaskClient, path: str) -> None:
    tree = parse(client.get(path).text)
    strip = elements(tree, "section")[0]
    assert strip.get("aria-labelledby") == "urgent-title"
    links = {link.get("href") for link in strip.iter() if link.get("href")}
    assert {"tel:999", "tel:111", "sms:85258", "https://999bsl.co.uk", "/urgent"} <= links
    page = client.get(path).text
    assert page.index('id="urgent-title"') < page.index("<header")


def test_a_closed_line_says_so_and_another_number_is_its_own_link(client: FlaskClient) -> None:
    page = client.get("/standard/page").text
    assert "Closed now" in page
    assert 'href="tel:02032285980"' not in page


def test_staff_pages_carry_no_urgent_strip(client: FlaskClient) -> None:
    with client.application.test_request_context():
        assets = gallery.Assets.load(BUILD)
        page = gallery.words(assets, "question", "standard", {"urgent": None, "staff": True})
    assert "urgent-title" not in page


def test_a_page_with_errors_says_so_in_its_title(client: FlaskClient) -> None:
    tree = parse(client.get("/standard/gallery").text)
    assert text_of(elements(tree, "title")[0]).startswith("Error: Gallery – ")


def test_the_switch_stays_on_the_page_and_says_where_one_is(client: FlaskClient) -> None:
    standard, easy = (client.get(f"/{level}/question").text for level in ("standard", "easy-read"))
    assert 'aria-current="true">Standard</span>' in standard
    assert 'aria-current="true">Easy Read</span>' in easy


@pytest.mark.parametrize("code", [400, 403, 404, 405, 413, 429, 500, 503])
@pytest.mark.parametrize("level", ["standard", "easy-read"])
def test_an_error_page_says_what_to_do_and_where_help_is(code: int, level: str) -> None:
    env = environment()
    given = gallery.frame(gallery.Assets.load(BUILD), level, code=code, back_url="", retry_minutes=0)
    page = env.get_template("errors/error.html").render(given)
    parse(page)
    assert "999" in page
    assert 'href="/urgent"' in page
    assert str(code) not in page.partition("<main")[2]


def test_no_template_marks_anything_as_safe() -> None:
    marked = [str(path) for path in TEMPLATES.rglob("*.html") if "| safe" in path.read_text("utf-8")]
    assert marked == []
