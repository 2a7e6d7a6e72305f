"""What can be printed: each document opens, has its title, and is the same for everybody."""

from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader

from portal.areas.loading import load_areas
from tests.exports.reading import Document
from tests.support.applicants import Applicant

NAMES = ["about", "consent", *(f"form-{area.id}" for area in load_areas().all)]
ADDRESSES = [
    *(f"/en/leaflets/{name}{style}.pdf" for name in NAMES for style in ("", "-large-print")),
    *(f"/en/easy-read/leaflets/{name}.pdf" for name in NAMES),
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_document_opens_and_has_a_title(portal: Flask, address: str) -> None:
    answer = portal.test_client().get(address)
    assert answer.status_code == 200
    assert answer.content_type == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith('inline; filename="')
    assert answer.headers["Cache-Control"].startswith("public")
    assert answer.data.startswith(b"%PDF")
    about = PdfReader(BytesIO(answer.data)).metadata
    assert about is not None
    assert about.title


@pytest.mark.parametrize("name", ["nothing", "form-nowhere", "gloucestershire", "start"])
def test_a_document_that_is_not_there_is_not_found(portal: Flask, name: str) -> None:
    assert portal.test_client().get(f"/en/leaflets/{name}.pdf").status_code == 404


@pytest.mark.parametrize("level", ["", "/easy-read"])
def test_the_page_names_every_document_of_its_level(portal: Flask, level: str) -> None:
    page = portal.test_client().get(f"/en{level}/leaflets").text
    told = [address for address in ADDRESSES if ("/easy-read/" in address) == bool(level)]
    assert [address for address in told if f'href="{address}"' not in page] == []


def test_the_form_says_urgent_help_and_whom_it_is_shared_with(portal: Flask) -> None:
    body = portal.test_client().get("/en/leaflets/form-gloucestershire.pdf").data
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)
    assert "999" in words
    assert "Who they may share it with" in words


@pytest.mark.parametrize("level", ["", "/easy-read"])
def test_nobody_keeps_a_persons_own_answers(portal: Flask, level: str) -> None:
    answer = portal.test_client().get(f"/en{level}/apply/my-answers.pdf")
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Cache-Control"] == "no-store"
    about = PdfReader(BytesIO(answer.data)).metadata
    assert about is not None
    assert about.title == "Your answers"


def test_own_answers_in_easy_read_have_the_pictures_of_their_questions(portal: Flask) -> None:
    person = Applicant(portal.test_client(), "easy-read/")
    person.open("who")
    person.answer("who", {"who": "me"})
    document = Document(person.client.get("/en/easy-read/apply/my-answers.pdf").data)
    assert [figure.alt for figure in document.all("Figure")] == ["A form with tick boxes and a pen"]
    assert "Who is filling in this form?" in document.flat
