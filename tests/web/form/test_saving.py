"""Save and come back: seven words open the answers on any device for 28 days; nothing typed is lost meanwhile."""

import re

import pytest
from flask import Flask

from portal.database.engine import reading
from portal.limits.rate_limit import AT_ONCE
from tests.support.applicants import Applicant
from tests.support.clocks import SetClock
from tests.support.databases import draft_ids
from tests.support.people import an_adult

WORDS = re.compile(r'<ol class="app-code"[^>]*>(.*?)</ol>', re.DOTALL)
HALF = an_adult(helps=None)


@pytest.fixture
def zoe(app: Flask) -> Applicant:
    """Give Zoë, who has answered up to "what helps"."""
    zoe = Applicant(app.test_client())
    zoe.fill(HALF)
    assert zoe.question == "helps"
    return zoe


@pytest.fixture
def elsewhere(app: Flask) -> Applicant:
    """Give another device."""
    return Applicant(app.test_client())


def rows(app: Flask) -> int:
    with reading(app.extensions["portal"].engine) as session:
        return len(draft_ids(session))


def save(person: Applicant, **typed: object) -> str:
    """Save on the page they look at; return the words of their code."""
    person.answer(person.slug, {**typed, "save": "1"})
    return words_on(person)


def words_on(person: Applicant) -> str:
    """Return the words that they are shown to write down."""
    assert person.slug == "saved", person.words
    found = WORDS.search(person.html)
    assert found
    return " ".join(re.findall(r"<li>(\w+)</li>", found.group(1)))


def come_back(person: Applicant, words: str, **more: str) -> str:
    person.open("come-back")
    return person.answer("come-back", {"words": words, **more})


@pytest.mark.parametrize("level", ["", "easy-read/"])
def test_seven_words_open_the_form_on_another_device(zoe: Applicant, elsewhere: Applicant, level: str) -> None:
    zoe.level = elsewhere.level = level
    words = save(zoe, helps="My dog")
    assert len(words.split()) == 7
    assert "Friday 18 December 2026" in zoe.words
    come_back(elsewhere, words)
    assert elsewhere.question == "worse"
    assert "My dog" in elsewhere.fill(an_adult())


@pytest.mark.parametrize(
    "as_typed",
    [str.upper, lambda w: w.replace(" ", "-"), lambda w: " ".join(f"{n}. {x}," for n, x in enumerate(w.split(), 1))],
)
def test_capitals_dashes_and_numbers_do_not_matter(zoe: Applicant, elsewhere: Applicant, as_typed: object) -> None:
    come_back(elsewhere, as_typed(save(zoe)))  # type: ignore[operator]  # the parameter is a function
    assert elsewhere.question == "helps"


def test_the_order_of_the_words_matters(zoe: Applicant, elsewhere: Applicant) -> None:
    words = save(zoe)
    assert "We do not have answers for these words" in come_back(elsewhere, " ".join(reversed(words.split())))


def test_a_word_that_is_none_of_ours_is_named_by_its_number(elsewhere: Applicant) -> None:
    said = come_back(elsewhere, "zoo abandon xylophones olive tiger cup shy")
    assert "Word 3 is not one of our words" in said
    assert "xylophones" in elsewhere.html
    assert elsewhere.page
    assert elsewhere.page.status_code == 422
    assert 'href="#words"' in elsewhere.html
    assert "<title>Error:" in elsewhere.html


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "Enter the 7 words of your code"), ("zoo tiger", "You entered 2"), ("1 2 3", "Enter the 7")],
)
def test_too_few_words_are_counted(elsewhere: Applicant, typed: str, said: str) -> None:
    assert said in come_back(elsewhere, typed)


def test_the_words_work_until_the_end_of_the_day_that_was_said(
    zoe: Applicant, elsewhere: Applicant, clock: SetClock
) -> None:
    words = save(zoe)
    clock.move_on(days=28, hours=12, minutes=54)
    come_back(elsewhere, words)
    assert elsewhere.question == "helps"
    clock.move_on(days=1)
    assert "We do not have answers" in come_back(Applicant(elsewhere.client), words)


def test_later_answers_are_behind_the_same_words(zoe: Applicant, elsewhere: Applicant, clock: SetClock) -> None:
    words = save(zoe)
    zoe.open("go-on")
    zoe.answer("helps", {"helps": "My dog"})
    clock.move_on(days=20)
    come_back(elsewhere, words)
    assert elsewhere.question == "worse"
    elsewhere.answer("worse", {"worse": "Noise"})
    assert save(elsewhere) == words


def test_what_is_not_finished_is_saved_as_it_is_and_asked_again(zoe: Applicant, elsewhere: Applicant) -> None:
    words = save(zoe, helps="x" * 4001)
    assert "One answer is not finished yet" in zoe.words
    come_back(elsewhere, words)
    assert elsewhere.question == "helps"
    assert "x" * 4001 in elsewhere.html


def test_an_empty_page_is_not_taken_for_skipped(zoe: Applicant, elsewhere: Applicant) -> None:
    come_back(elsewhere, save(zoe, helps=""))
    assert elsewhere.question == "helps"


def test_with_nothing_answered_there_is_nothing_to_save(elsewhere: Applicant) -> None:
    elsewhere.open("who")
    assert "There is nothing to save yet" in elsewhere.answer("who", {"save": "1"})


def test_saving_an_answer_that_ends_the_form_shows_where_to_go(zoe: Applicant, app: Flask) -> None:
    zoe.open("disability?change=1")
    zoe.answer("disability", {"disability": "neither", "save": "1"})
    assert zoe.slug == "not-for-this"
    assert rows(app) == 0


@pytest.mark.parametrize("level", ["", "easy-read/"])
def test_saved_answers_stay_behind_their_words_where_the_form_stops(
    zoe: Applicant, elsewhere: Applicant, level: str
) -> None:
    zoe.level = level
    words = save(zoe)
    zoe.open("disability?change=1")
    said = zoe.answer("disability", {"disability": "neither"})
    assert zoe.slug == "not-for-this"
    assert "You can open them with your 7 words" in said
    assert "only on this device" not in said
    come_back(elsewhere, words)
    assert elsewhere.slug == "not-for-this"


def test_who_is_in_danger_is_shown_urgent_help_with_the_words(app: Flask) -> None:
    person = Applicant(app.test_client())
    person.fill(an_adult(happening=None))
    save(person, happening=["hurt_by_others"])
    assert "999" in person.words


def test_everything_can_be_saved_from_check_answers(app: Flask, elsewhere: Applicant) -> None:
    person = Applicant(app.test_client())
    person.fill(an_adult())
    assert 'action="/en/apply/save"' in person.html
    person.answer("save", {})
    come_back(elsewhere, words_on(person))
    assert elsewhere.slug == "check-answers"


def test_leaving_takes_the_key_from_this_device_alone(zoe: Applicant, elsewhere: Applicant) -> None:
    words = save(zoe)
    zoe.answer("leave", {})
    assert zoe.slug == "left"
    zoe.open("go-on")
    assert zoe.question == "who"
    come_back(elsewhere, words)
    assert elsewhere.question == "helps"


def test_on_this_device_the_words_can_be_seen_again(zoe: Applicant) -> None:
    words = save(zoe)
    zoe.open("saved")
    assert words_on(zoe) == words


def test_without_saved_answers_there_are_no_words_to_see(elsewhere: Applicant) -> None:
    elsewhere.open("saved")
    assert elsewhere.question == "who"


def test_clearing_erases_what_the_words_open(zoe: Applicant, elsewhere: Applicant, app: Flask) -> None:
    words = save(zoe)
    zoe.answer("clear", {})
    assert rows(app) == 0
    assert "We do not have answers" in come_back(elsewhere, words)


def test_sending_uses_the_words_up(zoe: Applicant, elsewhere: Applicant) -> None:
    words = save(zoe)
    zoe.send(an_adult())
    assert zoe.slug == "sent"
    said = come_back(elsewhere, words)
    assert "These answers were sent" in said
    elsewhere.open("go-on")
    assert elsewhere.question == "who"


def test_before_you_start_leads_to_coming_back(elsewhere: Applicant) -> None:
    for level in ("", "easy-read/"):
        elsewhere.level = level
        elsewhere.open("before-you-start")
        assert f'href="/en/{level}apply/come-back"' in elsewhere.html


def test_opening_answers_where_there_are_others_says_so_first(zoe: Applicant) -> None:
    assert "There are other answers on this device" in zoe.open("come-back")


def test_many_wrong_words_slow_down_and_lock_nobody_out(zoe: Applicant, elsewhere: Applicant, clock: SetClock) -> None:
    words = save(zoe)
    wrong = " ".join(reversed(words.split()))
    for _ in range(AT_ONCE):
        assert "We do not have answers" in come_back(elsewhere, wrong)
    assert "You are not locked out" in come_back(elsewhere, words)
    assert elsewhere.page
    assert elsewhere.page.status_code == 429
    waited = re.search(r'name="waited" value="([^"]+)"', elsewhere.html)
    assert waited
    assert words in elsewhere.html
    clock.move_on(seconds=10)
    elsewhere.answer("come-back", {"words": words, "waited": waited.group(1)})
    assert elsewhere.question == "helps"


def test_a_lost_token_on_the_words_page_loses_nothing_typed(zoe: Applicant, elsewhere: Applicant) -> None:
    words = save(zoe)
    page = elsewhere.client.post(elsewhere.address("come-back"), data={"words": words, "csrf_token": "stale"})
    assert page.status_code == 400
    assert words in page.get_data(as_text=True)


# A page left open


def test_a_page_left_open_overnight_keeps_its_answer_on_the_next_click(zoe: Applicant, clock: SetClock) -> None:
    clock.move_on(hours=23, minutes=30)
    zoe.answer("helps", {"helps": "My dog"})
    assert zoe.question == "worse"


@pytest.mark.parametrize("level", ["", "easy-read/"])
def test_after_the_24_hours_what_was_typed_is_shown_again_and_can_be_kept(
    zoe: Applicant, clock: SetClock, level: str
) -> None:
    zoe.level = level
    clock.move_on(hours=25)
    said = zoe.answer("helps", {"helps": "My dog <Rex>\nand my sister"})
    assert "My dog <Rex> and my sister" in said
    assert "nothing wrong" in said
    zoe.answer("helps", {"helps": "My dog <Rex>\nand my sister", "again": "1"})
    assert zoe.question == "who"
    zoe.fill(HALF)
    assert zoe.question == "helps"
    assert "My dog &lt;Rex&gt;\nand my sister</textarea>" in zoe.html


def test_a_device_that_forgot_everything_still_gives_back_what_was_typed(elsewhere: Applicant) -> None:
    page = elsewhere.client.post(
        elsewhere.address("happening"),
        data={"happening": ["police"], "happening_words": "It is loud", "csrf_token": "of yesterday"},
    )
    html = page.get_data(as_text=True)
    assert page.status_code == 409
    assert "It is loud" in html
    assert "The police have been called" in html
    assert 'name="happening"' in html


def test_saying_yes_out_of_turn_is_not_kept(elsewhere: Applicant) -> None:
    elsewhere.open("who")
    elsewhere.answer("consent", {"consent": "yes", "again": "1"})
    assert elsewhere.question == "who"
    elsewhere.fill(an_adult(consent=None))
    assert elsewhere.question == "consent"


def test_another_answer_that_changed_meanwhile_gives_the_typed_one_back(zoe: Applicant) -> None:
    zoe.open("contact-way")
    token = zoe.token()
    zoe.client.post(zoe.address("who"), data={"who": "supporter", "csrf_token": token})
    said = zoe.answer("helps", {"helps": "My dog"})
    assert "Another answer has changed" in said
    assert "My dog" in said
