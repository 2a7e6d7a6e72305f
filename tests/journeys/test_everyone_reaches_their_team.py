"""Made-up people of every area, each by each way that home and age can lead: who opens it, and nobody else."""

from collections.abc import Callable

import pytest

from tests.journeys.person import Person
from tests.journeys.town import Town

NEL, GLOS, CW, SEL = (
    "north-east-london-dsr",
    "gloucestershire-dsr",
    "coventry-and-warwickshire-dsr",
    "south-east-london-dsr",
)
UNDER_18, EAST, WEST, EITHER = (
    "suffolk-under-18",
    "suffolk-adults-east",
    "suffolk-adults-west",
    "suffolk-adults-either-side",
)
NO_GP_THERE = {"gp_north_east_essex": "no"}

Given = Callable[[Person], Person]
PEOPLE: dict[str, tuple[Given, str]] = {
    "a woman in Lambeth": (lambda p: p.given_home("SE5 8AF", "Lambeth"), SEL),
    "a man in Southwark who types his postcode badly": (lambda p: p.given_home(" se58af ", "Southwark"), SEL),
    "a boy of 17 in Bexley": (lambda p: p.given_home("DA5 1AA", "Bexley").given_turned(17), SEL),
    "a man in Hackney": (lambda p: p.given_home("E8 1AA", "Hackney"), NEL),
    "a woman in the City of London": (lambda p: p.given_home("E1 1AA", "City of London"), NEL),
    "a woman in Gloucester": (lambda p: p.given_home("GL1 1AA", "Gloucester"), GLOS),
    "a man in Coventry": (lambda p: p.given_home("CV6 1AA", "Coventry"), CW),
    "a woman in Nuneaton, one of two choices": (lambda p: p.given_home("CV6 1AA", "Nuneaton and Bedworth"), CW),
    "a man in Ipswich": (lambda p: p.given_home("IP1 1AA", "Ipswich", **NO_GP_THERE), EAST),
    "a woman in Felixstowe, not Waveney": (
        lambda p: p.given_home("IP3 0AA", "East Suffolk", waveney="no", **NO_GP_THERE),
        EAST,
    ),
    "a woman who does not know Waveney": (
        lambda p: p.given_home("NR33 0AA", "East Suffolk", waveney="dont_know", **NO_GP_THERE),
        EAST,
    ),
    "a man in West Suffolk without a GP": (
        lambda p: p.given_home("IP33 1AA", "West Suffolk", gp_north_east_essex="no_gp"),
        WEST,
    ),
    "a woman in Babergh, in the east": (
        lambda p: p.given_home("CO10 0AA", "Babergh", suffolk_side="east", **NO_GP_THERE),
        EAST,
    ),
    "a man in Mid Suffolk, in the west": (
        lambda p: p.given_home("IP14 1AA", "Mid Suffolk", suffolk_side="west", gp_north_east_essex="dont_know"),
        WEST,
    ),
    "a woman in Mid Suffolk who does not know the side": (
        lambda p: p.given_home("IP14 1AA", "Mid Suffolk", suffolk_side="dont_know", **NO_GP_THERE),
        EITHER,
    ),
    "a girl of 15 in Babergh, whose side does not matter": (
        lambda p: (
            p.given_home("CO10 0AA", "Babergh", **NO_GP_THERE)
            .given_turned(15)
            .given(adult_knows={"adult_knows": "yes"})
        ),
        UNDER_18,
    ),
    "a boy of 17 in East Suffolk who does not know Waveney": (
        lambda p: p.given_home("NR33 0AA", "East Suffolk", waveney="dont_know", **NO_GP_THERE).given_turned(17),
        UNDER_18,
    ),
    "a woman whose eighteenth birthday is today": (
        lambda p: p.given_home("IP1 1AA", "Ipswich", **NO_GP_THERE).given_turned(18),
        EAST,
    ),
    "a man with no fixed address in Gloucestershire": (
        lambda p: p.given_no_postcode("no_fixed_address").given_chosen("gloucestershire", "Stroud"),
        GLOS,
    ),
    "a woman who does not know her postcode": (
        lambda p: p.given_no_postcode("dont_know").given_chosen("coventry-and-warwickshire", "Rugby"),
        CW,
    ),
    "a man who picks none of the postcode's councils": (
        lambda p: p.given_home("SE5 8AF").given_chosen("south-east-london", "Lewisham"),
        SEL,
    ),
    "somebody of about 40 who does not know their birth date": (
        lambda p: p.given_home("IP33 1AA", "West Suffolk", **NO_GP_THERE).given_age_band("18_or_over"),
        WEST,
    ),
    "somebody of 16 or 17 who does not know their birth date": (
        lambda p: p.given_home("IP33 1AA", "West Suffolk", **NO_GP_THERE).given_age_band("16_17"),
        UNDER_18,
    ),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_each_person_is_opened_by_their_own_team_and_by_nobody_else(town: Town, who: str) -> None:
    given, team = PEOPLE[who]
    person = given(town.person("Zoë O'Brien-Smith & Sons <b>"))
    person.when_they_ask_to_join().then_they_have_a_reference()
    town.then_only(team, opens=person)
