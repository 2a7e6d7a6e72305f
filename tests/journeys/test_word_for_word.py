"""Whatever people type, in whatever script, is what the team reads: not a letter more, less or changed."""

import pytest

from portal.domain.answers import Answer
from tests.journeys.town import Town

SEL = "south-east-london-dsr"
NAMES = {
    "marks": "Zoë O'Brien-Smith & Sons <b>",
    "entities": "Tom &amp; Jerry &lt;3 &#39;",
    "template": "{{ 7*7 }} {% if 1 %} ${x} %(name)s %s",
    "sql": "Robert'); DROP TABLE referral;--",
    "Bengali": "আয়েশা সিদ্দিকা",
    "Arabic": "عائشة بنت أبي بكر",
    "emoji": "Sam 👩🏽‍🦽🏳️‍🌈",
    "combining": "Ze\u0308 A\u030a ᵗⁱⁿʸ",
    "Polish": "Żółć Gęślą",
    "quotes": '"Bob" “the” ‘builder’ `x`',
    "backslash": r"C:\n\t \u0041 \\",
    "long": "Wolfe" * 30,
}
LETTER = "I’m not OK.\n\n  Two  spaces,\ttab & <i>this</i>.\n\nআমি ভালো নেই।\nلست بخير\n🙂 "
LONG = (LETTER * 100)[:3990] + "The end.  "


@pytest.mark.parametrize("script", NAMES)
def test_a_name_stays_as_it_was_typed(town: Town, script: str) -> None:
    person = town.person(NAMES[script]).when_they_ask_to_join()
    assert NAMES[script] in town.then_only(SEL, opens=person).written


def test_every_box_that_can_be_filled_arrives_as_it_was_filled(town: Town) -> None:
    assert len(LONG) == 4000
    everything: dict[str, Answer] = {
        "needs": {"needs": ["bsl", "interpreter", "quiet"], "needs_other": "Please <wait>\n& nod"},
        "language": {"language": "বাংলা"},
        "address": {"line1": "Flat 3 “B”", "line2": "1 & 2 High St", "town": "Camberwell <SE5>"},
        "gp": {"gp": "Dr O'Neill & Partners", "no_gp": []},
        "happening": {"happening": ["need_more_help", "feeling_worse", "police"], "happening_words": LONG},
        "helps": {"helps": LETTER},
        "worse": {"worse": LONG[::-1].strip()},
        "contact_way": {"contact_way": "another_way"},
        "contact_other": {"contact_other": "BSL video relay: <sign> & wave 👋"},
        "contact_time": {"contact_time": ["morning", "any"], "contact_time_words": "not on Tuesdays & Fridays"},
    }
    person = town.person("মোহাম্মদ عائشة Zoë").given(**everything).when_they_ask_to_join()
    reader = town.then_only(SEL, opens=person)
    assert LONG.strip() in [line.split(": ", 1)[-1] for line in reader.written]


@pytest.mark.parametrize(
    ("way", "more"),
    [
        ("phone", {"contact_phone": {"contact_phone": "+44 (0)20 7946 0000"}}),
        ("text", {"contact_phone": {"contact_phone": "07700 900 982"}, "leave_message": {"leave_message": "no"}}),
        (
            "letter",
            {
                "contact_letter": {
                    "letter_line1": "The Old Barn",
                    "letter_line2": "",
                    "letter_town": "Lewes",
                    "letter_postcode": "BN7 1AA",
                }
            },
        ),
        (
            "someone_else",
            {
                "contact_person": {
                    "contact_person_name": "Mum (Siân)",
                    "contact_person_details": "01632 960 001, after 6",
                }
            },
        ),
    ],
)
def test_each_way_to_be_reached_arrives(town: Town, way: str, more: dict[str, Answer]) -> None:
    person = town.person().given(contact_way={"contact_way": way}, leave_message={"leave_message": "name_only"})
    person.given(**more).when_they_ask_to_join().then_they_were_not_asked("contact_email")
    town.then_only(SEL, opens=person)


def test_an_address_that_was_given_is_not_asked_again_for_letters(town: Town) -> None:
    person = town.person().given(
        address={"line1": "1 High Street", "line2": "", "town": "London"}, contact_way={"contact_way": "letter"}
    )
    person.when_they_ask_to_join().then_they_were_not_asked("contact_letter")
    town.then_only(SEL, opens=person)


def test_in_easy_read_the_same_is_sent(town: Town) -> None:
    person = town.person(NAMES["marks"], level="easy-read/").given(helps={"helps": LETTER})
    person.when_they_ask_to_join().then_they_have_a_reference()
    town.then_only(SEL, opens=person).then_they_read("I am autistic", "Email")


def test_a_team_collects_and_the_others_still_see_nothing(town: Town) -> None:
    person = town.person().when_they_ask_to_join()
    town.then_only(SEL, opens=person).when_they_collect(person.reference).then_they_read("Collected")
    for stranger in town.strangers_to(SEL):
        stranger.then_it_does_not_exist_for_them(person.reference)


def test_what_was_sent_is_nowhere_in_the_staffs_lists(town: Town) -> None:
    person = town.person("Unmistakable Name-Here").when_they_ask_to_join()
    assert "Unmistakable" not in town.staff(SEL)._get("/staff/")
    assert "Unmistakable" not in town.staff(SEL)._get(f"/staff/referrals/{person.reference}")
