"""Made-up people whom no team here can take: told where to go, answers in hand, nothing sent and nothing kept."""

from collections.abc import Callable

import pytest

from tests.journeys.person import Person
from tests.journeys.town import Town

ESSEX, NORFOLK, ELSEWHERE = "Essex.DSR@essex.gov.uk", "norfolk.gov.uk/article/40828", "area has a register too"
SUFFOLK = "suffolk-and-north-east-essex"

Given = Callable[[Person], Person]
PEOPLE: dict[str, tuple[Given, str]] = {
    "a man at home in Colchester": (lambda p: p.given_home("CO1 1AA", "Colchester"), ESSEX),
    "a girl of 12 at home in Tendring": (lambda p: p.given_home("CO16 0AA", "Tendring").given_turned(12), ESSEX),
    "a woman in Ipswich whose GP is in Colchester": (
        lambda p: p.given_home("IP1 1AA", "Ipswich", gp_north_east_essex="yes"),
        ESSEX,
    ),
    "a man in Lowestoft whose GP is in Tendring": (
        lambda p: p.given_home("NR33 0AA", "East Suffolk", gp_north_east_essex="yes"),
        ESSEX,
    ),
    "a woman at home in Waveney": (
        lambda p: p.given_home("NR33 0AA", "East Suffolk", gp_north_east_essex="no", waveney="yes"),
        NORFOLK,
    ),
    "a man in Manchester": (lambda p: p.given_home("M1 1AA").given_chosen("elsewhere"), ELSEWHERE),
    "a woman in none of the councils of her postcode": (
        lambda p: p.given_home("CO10 0AA").given_chosen("elsewhere"),
        ELSEWHERE,
    ),
    "a man without a fixed address, elsewhere": (
        lambda p: p.given_no_postcode("no_fixed_address").given_chosen("elsewhere"),
        ELSEWHERE,
    ),
    "a woman in none of the councils of the area she chose": (
        lambda p: p.given_no_postcode("dont_know").given_chosen("gloucestershire"),
        ELSEWHERE,
    ),
}


@pytest.mark.parametrize("level", ["", "easy-read/"])
@pytest.mark.parametrize("who", PEOPLE)
def test_a_signposted_person_is_told_where_to_go_and_nothing_is_kept(town: Town, who: str, level: str) -> None:
    given, told = PEOPLE[who]
    person = given(town.person(level=level)).given(
        needs={"needs": ["quiet"], "needs_other": "Ring <twice> & wait 🐈"},
    )
    person.when_they_begin().when_they_answer()
    person.then_they_are_at("another-place").then_they_read(told)
    person.then_they_hold_their_answers().then_they_can_save_their_answers()
    town.then_nothing_was_kept()


def test_a_postcode_in_wales_is_an_error_and_not_a_dead_end(town: Town) -> None:
    person = town.person().given_home("CF10 1AA", "Gloucester")
    person.when_they_begin().when_they_answer()
    person.then_they_are_at("postcode").then_they_read("This postcode is not in England")
    person.given_home("GL1 1AA", "Gloucester").when_they_answer().when_they_send()
    town.then_only("gloucestershire-dsr", opens=person)


@pytest.mark.parametrize("typed", ["nonsense", "SE5", "0800 1111", "🏠"])
def test_what_is_no_postcode_is_said_beside_the_field(town: Town, typed: str) -> None:
    person = town.person().given_home(typed, "Lambeth")
    person.when_they_begin().when_they_answer()
    person.then_they_are_at("postcode").then_they_read("Enter a full postcode, like SE5 8AF")


def test_a_professional_is_shown_the_way_for_professionals(town: Town) -> None:
    person = town.person().given(
        who={"who": "professional"}, professional_area={"professional_area": "north-east-london"}
    )
    person.when_they_begin().when_they_answer()
    person.then_they_are_at("for-professionals").then_they_read("North East London", "DDSR", "Nothing has been sent")
    assert town.kept()[1] == town.before[1]


def test_somebody_with_neither_is_told_who_the_register_is_for(town: Town) -> None:
    person = town.person("আয়েশা").given(disability={"disability": "neither"})
    person.when_they_begin().when_they_answer()
    person.then_they_are_at("not-for-this").then_they_read("A GP can talk with you", "111")
    person.then_they_hold_their_answers().then_they_can_save_their_answers()
    town.then_nothing_was_kept()


def test_a_signposted_person_can_go_back_and_go_on(town: Town) -> None:
    person = town.person().given_home("IP1 1AA", "Ipswich", gp_north_east_essex="yes")
    person.when_they_begin().when_they_answer().then_they_are_at("another-place")
    person.given(gp_north_east_essex={"gp_north_east_essex": "no"}).when_they_go_to("gp-north-east-essex")
    person.when_they_answer().when_they_send()
    town.then_only("suffolk-adults-east", opens=person)
