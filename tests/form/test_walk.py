"""The walk: what is asked, what comes next, which answers count."""

from hypothesis import given
from hypothesis import strategies as st

from portal.domain.answers import Answer
from portal.form.choices import choices_of
from portal.form.document import make_document
from portal.form.question import Kind, Question
from portal.form.walk import Walk, walk
from tests.support.form import FORM, QUESTIONS, STEPS
from tests.support.people import (
    BABERGH,
    EAST_SUFFOLK,
    NOT_FOR_EVERYONE,
    TODAY,
    SmallGuide,
    an_adult,
    born,
    facts_of,
    helped,
)


def walked(answers: dict[str, Answer], guide: SmallGuide | None = None) -> Walk:
    return walk(STEPS, answers, TODAY, guide or SmallGuide())


def keys(found: Walk) -> list[str]:
    return [question.key for question in found.answered]


def test_complete_answers_can_be_sent() -> None:
    found = walked(an_adult())
    assert found.is_complete
    assert found.answers == {key: answer for key, answer in an_adult().items() if key not in NOT_FOR_EVERYONE}


def test_nothing_answered_begins_at_who() -> None:
    found = walked({})
    assert found.next is not None
    assert found.next.key == "who"
    assert found.before("who") is None


def test_a_gap_is_where_the_person_goes_next() -> None:
    found = walked(an_adult(full_name=None))
    assert found.next is not None
    assert found.next.key == "full_name"
    assert found.question("consent") is None


def test_an_answer_that_stops_applying_drops_out_by_itself() -> None:
    answers = helped()
    answers["who"] = {"who": "me"}
    assert "helper" not in walked(answers).answers
    assert "person_agrees" not in keys(walked(answers))


def test_going_from_email_to_phone_asks_for_the_number_and_drops_the_address() -> None:
    found = walked(an_adult(contact_way={"contact_way": "phone"}))
    assert found.next is not None
    assert found.next.key == "contact_phone"
    assert "contact_email" not in found.answers


def test_a_letter_to_the_home_address_is_not_asked_twice() -> None:
    answers = an_adult(
        contact_way={"contact_way": "letter"}, address={"line1": "1 High Street", "line2": "", "town": "London"}
    )
    assert walked(answers).is_complete


def test_an_under_16_alone_is_asked_whether_an_adult_knows() -> None:
    found = walked(an_adult(date_of_birth=born(15)))
    assert found.next is not None
    assert found.next.key == "adult_knows"


def test_a_parent_of_an_under_16_is_asked_about_responsibility_and_the_childs_view() -> None:
    found = walked(helped("parent_carer", date_of_birth=born(9)))
    assert found.next is not None
    assert found.next.key == "parental_responsibility"


def test_babergh_adults_are_asked_for_their_side_and_children_are_not() -> None:
    adult = {
        "postcode": {"postcode": "IP1 1AA"}, "council": {"council": BABERGH},
        "gp_north_east_essex": {"gp_north_east_essex": "no"},
    }  # fmt: skip
    assert walked(an_adult(**adult)).next == _question("suffolk_side")
    assert walked(an_adult(**adult, date_of_birth=born(9))).next == _question("adult_knows")


def test_a_colchester_surgery_stops_the_walk_before_any_name_is_asked() -> None:
    answers = an_adult(
        postcode={"postcode": "NR3 1AA"},
        council={"council": EAST_SUFFOLK},
        gp_north_east_essex={"gp_north_east_essex": "yes"},
    )
    found = walked(answers)
    assert found.stop is not None
    assert found.stop.key == "another-place"
    assert "full_name" not in found.answers
    assert not found.is_complete


def test_every_no_of_the_person_stops_the_walk() -> None:
    for said, stop in (("no", "person-says-no"), ("not_asked", "not-asked-yet")):
        found = walked(helped(person_agrees={"person_agrees": said}))
        assert found.stop is not None
        assert found.stop.key == stop


def test_a_team_that_is_not_ready_stops_the_walk() -> None:
    found = walked(an_adult(), SmallGuide(ready=set()))
    assert found.stop is not None
    assert found.stop.key == "team-not-ready"


def test_a_saved_answer_that_no_longer_fits_counts_as_unanswered() -> None:
    found = walked(an_adult(disability={"disability": "a choice of last year"}))
    assert found.next == _question("disability")


def test_an_answer_of_another_shape_counts_as_unanswered() -> None:
    found = walked(an_adult(happening={"happening": "need_more_help"}))
    assert found.next == _question("happening")


def _question(key: str) -> Question:
    return next(question for question in QUESTIONS if question.key == key)


texts = st.text(max_size=40)


def answers_for(question: Question) -> st.SearchStrategy[Answer]:
    """Return what anybody might send for a question: mostly what it offers, sometimes anything at all."""
    fields = {}
    for field in question.fields:
        offered = [choice.value for choice in choices_of(field, facts_of(an_adult()))]
        if field.kind is Kind.CHOICES:
            fields[field.name] = st.lists(st.sampled_from([*offered, "??"]), max_size=3, unique=True)
        elif field.kind is Kind.CHOICE:
            fields[field.name] = st.sampled_from([*offered, "??", ""])
        else:
            fields[field.name] = st.one_of(st.sampled_from(["", "SE5 8AF", "1", "a@b.org", "020 7946 0000"]), texts)
    return st.fixed_dictionaries(fields)


any_answers = st.fixed_dictionaries({}, optional={question.key: answers_for(question) for question in QUESTIONS}).map(
    lambda some: {**an_adult(), **some}
)


@given(any_answers)
def test_the_walk_always_ends_and_seals_only_what_was_asked(answers: dict[str, Answer]) -> None:
    found = walked(answers)
    assert found.is_complete or found.next is not None or found.stop is not None
    assert list(found.answers) == keys(found)
    for question in found.answered:
        assert question.asked_if(found.facts_before(question.key))
    again = walked(dict(found.answers))
    assert keys(again) == keys(found)
    assert again.stop == found.stop


@given(any_answers)
def test_the_same_answers_always_give_the_same_document(answers: dict[str, Answer]) -> None:
    found = walked(answers)
    if not found.is_complete:
        return
    routing = {"team": "team-a", "area": "south", "reason": "because", "register": None}
    first = make_document(found, FORM, lang="en", level="standard", routing=routing)
    assert first == make_document(walked(answers), FORM, lang="en", level="standard", routing=routing)


def test_not_knowing_the_place_stops_with_help_to_find_out() -> None:
    found = walked(an_adult(postcode={"no_postcode": ["dont_know"]}, area={"area": "dont_know"}))
    assert found.stop is not None
    assert found.stop.key == "place-not-known"
