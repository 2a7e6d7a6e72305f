"""Each bad answer gets a sentence that says how to mend it."""

import pytest

from portal.domain.answers import Answer
from portal.form.question import Question
from portal.form.validation import faults_of
from tests.support.form import QUESTIONS
from tests.support.people import an_adult, facts_of, helped

BY_KEY = {question.key: question for question in QUESTIONS}


def said(key: str, answer: Answer, answers: dict[str, Answer] | None = None) -> list[str]:
    faults = faults_of(BY_KEY[key], answer, facts_of(answers or an_adult()))
    return [fault.message % {name: as_written(figure) for name, figure in fault.figures.items()} for fault in faults]


def as_written(figure: object) -> str:
    """Return a figure as English pages write it: the form gives numbers, and each language writes them its own way."""
    return f"{figure:,}" if isinstance(figure, int) else str(figure)


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (("", "", ""), "Enter your date of birth, or say that you do not know it"),
        (("", "3", "2007"), "Date of birth must include a day"),
        (("27", "", "2007"), "Date of birth must include a month"),
        (("27", "3", ""), "Date of birth must include a year"),
        (("32", "3", "2007"), "The day must be a number from 1 to 31"),
        (("27", "13", "2007"), "The month must be a number from 1 to 12"),
        (("27", "3", "07"), "The year must be a number from 1900 to 2026"),
        (("27", "March", "2007"), "The month must be a number from 1 to 12"),
        (("٢", "3", "2007"), "The day must be a number from 1 to 31"),
        (("31", "2", "2007"), "This date does not exist. Check the day and the month"),
        (("21", "11", "2026"), "Date of birth must be in the past"),
    ],
)
def test_a_birth_date_that_cannot_be(parts: tuple[str, str, str], sentence: str) -> None:
    answer = dict(zip(("day", "month", "year"), parts, strict=True))
    assert said("date_of_birth", answer) == [sentence]


def test_an_unknown_birth_date_is_an_answer() -> None:
    assert said("date_of_birth", {"day": "", "month": "", "year": "", "unknown": ["unknown"]}) == []


def test_a_baby_born_today_is_a_person() -> None:
    assert said("date_of_birth", {"day": "20", "month": "11", "year": "2026"}) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("nonsense", "Enter a full postcode, like SE5 8AF"),
        ("EH1 1AA", "This postcode is not in England. This service is for people who live in England"),
    ],
)
def test_a_postcode_that_cannot_be(text: str, sentence: str) -> None:
    assert said("postcode", {"postcode": text}) == [sentence]


def test_no_postcode_needs_a_reason_which_is_then_enough() -> None:
    assert said("postcode", {"postcode": "", "no_postcode": []}) == [
        "Enter your postcode, or say that you do not know it or have no fixed address"
    ]
    assert said("postcode", {"postcode": "", "no_postcode": ["no_fixed_address"]}) == []


def test_a_helper_is_asked_for_the_persons_postcode() -> None:
    assert "Enter the person’s postcode" in said("postcode", {}, helped())[0]


@pytest.mark.parametrize("number", ["07700 900 982", "+44 20 7946 0000", "01632 960001", "(020) 7946-0000"])
def test_phone_numbers_in_any_format_are_taken(number: str) -> None:
    assert said("contact_phone", {"contact_phone": number}) == []


@pytest.mark.parametrize("number", ["12", "phone me", "07700"])
def test_a_phone_number_that_cannot_be(number: str) -> None:
    assert said("contact_phone", {"contact_phone": number}) == [
        "Enter a phone number, like 01632 960001 or 07700 900 982"
    ]


@pytest.mark.parametrize("address", ["zoe", "zoe@", "zoe@example", "zoe @example.com", "@example.com"])
def test_an_email_address_that_cannot_be(address: str) -> None:
    assert said("contact_email", {"contact_email": address}) == [
        "Enter an email address in the correct format, like name@example.com"
    ]


def test_a_text_that_is_too_long_says_by_how_much() -> None:
    assert said("helps", {"helps": "x" * 4001}) == [
        "Your answer is too long. Use 4,000 characters or fewer. You have used 4,001."
    ]
    assert said("helps", {"helps": "x" * 4000}) == []


def test_a_choice_that_was_not_offered_is_refused() -> None:
    assert said("who", {"who": "the queen"}) == ["Choose from the list"]
    assert said("council", {"council": "E07000200"}) == ["Choose from the list"]


def test_ticks_or_words_are_enough_for_what_is_happening() -> None:
    assert said("happening", {"happening": [], "happening_words": "It is too loud here"}) == []
    assert said("happening", {"happening": [], "happening_words": "  "}) == [
        "Choose what is happening, or tell us in your own words"
    ]


def test_a_helper_gives_one_way_to_reach_them() -> None:
    answer = {"helper_name": "Sam", "helper_relationship": "Aunt", "helper_phone": "", "helper_email": ""}
    assert said("helper", answer, helped()) == ["Enter a phone number or an email address for yourself"]


@pytest.mark.parametrize("number", ["9990000018", "999 000 0018", "999-000-0026", " 999 0000034 "])
def test_an_nhs_number_is_taken_with_spaces_and_dashes(number: str) -> None:
    assert said("nhs_number", {"nhs_number": number}) == []


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("999 123 4567", "Check the NHS number. One of the numbers may be wrong"),
        ("999 000 001", "An NHS number is 10 numbers long, like 999 000 0018"),
        ("999 000 00189", "An NHS number is 10 numbers long, like 999 000 0018"),
        ("999 000 OO18", "An NHS number has only numbers in it, like 999 000 0018"),
        (
            "QQ 12 34 56 C",
            "This looks like a National Insurance number. An NHS number is 10 numbers, like 999 000 0018",
        ),
    ],
)
def test_an_nhs_number_that_cannot_be(number: str, sentence: str) -> None:
    assert said("nhs_number", {"nhs_number": number}) == [sentence]


@pytest.mark.parametrize(
    "answer",
    [
        {"happening": {"happening": [], "happening_words": "My flat is too loud"}},
        {"needs": {"needs": [], "needs_other": "Please write big"}},
        {"contact_time": {"contact_time": [], "contact_time_words": "After my bus at 4"}},
    ],
)
def test_own_words_are_enough_where_there_are_ticks(answer: dict[str, Answer]) -> None:
    ((key, words),) = answer.items()
    assert said(key, words) == []
    assert "own words" in (BY_KEY[key].hint or "").lower()


@pytest.mark.parametrize("question", [question for question in QUESTIONS if question.is_optional], ids=lambda q: q.key)
def test_skipping_is_an_answer_to_everything_optional(question: Question) -> None:
    assert said(question.key, {}) == []
