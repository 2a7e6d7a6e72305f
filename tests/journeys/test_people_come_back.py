"""People who save, come back, follow up, change their mind: from the first page to what the team then sees."""

from portal.domain.answers import Answer
from tests.journeys.afterwards import when_they_acknowledge
from tests.journeys.person import SKIP, Person
from tests.journeys.town import Town

SEL = "south-east-london-dsr"
EASY = "easy-read/"
NEVER_MIND = ("needs", "gp", "address", "helps", "worse", "supporters", "safe_contact", "contact_time", "may_talk_to")
RESPONSIBLE: dict[str, Answer] = {
    "parental_responsibility": {"parental_responsibility": "yes"},
    "young_person_view": {"young_person_view": "wants", "young_person_words": ""},
}
NOT_SURE = {**RESPONSIBLE, "parental_responsibility": {"parental_responsibility": "not_sure"}}
SOMEBODY: Answer = {"supporter_name_1": "Aunt Efua", "supporter_role_1": "aunt", "supporter_phone_1": ""}
TWO: Answer = {**SOMEBODY, "supporter_name_2": "Mr Jones", "supporter_role_2": "", "supporter_phone_2": ""}


def a_mother_of_a_girl_of_13(town: Town) -> Person:
    return town.person("Mia").given_turned(13).given_a_helper("parent_carer", **RESPONSIBLE)


def test_ama_24_saves_in_easy_read_and_finishes_on_another_device(town: Town) -> None:
    ama = town.person("Ama Mensah", level=EASY).given_turned(24)
    happening = ama.answers.pop("happening")
    ama.when_they_begin().when_they_answer().then_they_are_at("happening")
    words = ama.when_they_save()
    ama.then_they_read("The words work until Friday 18 December 2026", "localhost/en/easy-read/apply/come-back")
    at_her_sisters = town.elsewhere(ama).given(happening=happening)
    at_her_sisters.when_they_come_back_with(words).then_they_are_at("happening")
    at_her_sisters.when_they_answer().when_they_send().then_they_have_a_reference()
    reader = town.staff(SEL).when_they_open(at_her_sisters.reference)
    assert "Ama Mensah" in reader.written


def test_jay_15_alone_in_gloucester_loses_his_code_and_is_not_stuck(town: Town) -> None:
    jay = town.person("Jay").given_turned(15).given(adult_knows={"adult_knows": "no"})
    jay.given_home("GL1 1AA", "Gloucester").when_they_ask_to_join()
    jay.then_they_read("Your private code", "We do not have a phone number for this team", "social worker")
    lost = town.nobody()
    lost.open("without-the-code")
    for words in ("you can still say no", "Gloucestershire", "GP, social worker or advocate", "send the form again"):
        assert words in lost.words


def test_rosa_takes_back_what_she_asked_for_her_daughter_and_the_team_erases_it(town: Town) -> None:
    rosa = a_mother_of_a_girl_of_13(town).when_they_ask_to_join()
    hers, _mias = rosa.codes
    team = town.staff(SEL).when_they_open(rosa.reference)
    team.then_they_read("Someone who says that they have parental responsibility said yes")
    back = town.back(rosa, hers).when_they_take_it_back()
    back.then_they_read("Consent was taken back", "It still has to confirm this")
    when_they_acknowledge(team, rosa.reference).then_they_read("were erased")
    back.when_they_look_again().then_they_read("erased")


def test_mia_13_cannot_take_it_back_with_her_code_and_still_says_no(town: Town) -> None:
    rosa = a_mother_of_a_girl_of_13(town).when_they_ask_to_join()
    mia = town.back(rosa, rosa.codes[1], level=EASY)
    mia.then_they_read("You can always say no.").then_they_cannot("take-back", "contact")
    mia.when_they_write("I do not want this. Mia").then_they_read("We sent your message")
    town.staff(SEL).when_they_open(rosa.reference).then_they_read("I do not want this. Mia", "or for a child under 16")


def test_a_grandmother_who_is_not_sure_leaves_the_other_code_with_the_parent(town: Town) -> None:
    nan = town.person("Leo").given_turned(15).given_a_helper("parent_carer", "may_not_be_able", **NOT_SURE)
    nan.when_they_ask_to_join().then_they_read("The code for someone with parental responsibility")
    parents, hers = nan.codes
    town.back(nan, hers).then_they_cannot("contact")
    town.back(nan, parents).when_they_give_a_new_phone_number("07700 900 982").then_they_read(
        "We sent your new details"
    )
    town.staff(SEL).when_they_open(nan.reference).then_they_read("New contact details", "07700 900 982")


def test_dev_17_takes_back_what_his_father_filled_in(town: Town) -> None:
    father = town.person("Dev Shah").given_turned(17).given_a_helper("parent_carer").when_they_ask_to_join()
    devs, fathers = father.codes
    town.back(father, fathers).then_they_cannot("take-back")
    dev = town.back(father, devs, level=EASY).when_they_take_it_back()
    dev.then_they_read("told the team")
    town.staff(SEL).when_they_go_to("/staff/").then_they_read("Consent taken back: acknowledge it")


def test_alan_who_may_not_be_able_to_decide_gets_a_page_of_his_own(town: Town) -> None:
    decides: dict[str, Answer] = {"legal_decision_maker": {"legal_decision_maker": "dont_know"}}
    sister = town.person("Alan West", level=EASY).given_a_helper("supporter", "may_not_be_able", **decides)
    sister.when_they_ask_to_join()
    his = sister.codes[0]
    sister.when_they_go_to("for-the-person").then_they_read("Sam Helper filled in a form about you", "You can say no")
    assert sister.codes == [his]
    town.staff(SEL).when_they_open(sister.reference).when_they_show_the_person("tried", sister.reference)
    town.back(sister, his).then_they_read("We tried to contact you. We will try again.")


def test_kit_without_an_address_in_suffolk_gets_help_from_an_advocate(town: Town) -> None:
    kit = town.person("Kit Moss").given_no_postcode("no_fixed_address").given_a_helper("supporter")
    kit.given_chosen(
        "suffolk-and-north-east-essex", "Mid Suffolk", gp_north_east_essex="no_gp", suffolk_side="dont_know"
    )
    kit.when_they_ask_to_join().then_they_read("The person’s own code", "Your code, as the helper")
    town.back(kit, kit.codes[1]).when_they_write("He sleeps at the night shelter now.")
    reader = town.staff("suffolk-adults-either-side").when_they_open(kit.reference)
    reader.then_they_read("He sleeps at the night shelter now.", "They have no fixed address")


def test_somebody_who_skips_everything_and_tells_it_in_their_own_words(town: Town) -> None:
    person = town.person("Sam").given(**dict.fromkeys(NEVER_MIND, SKIP))
    person.given(happening={"happening": [], "happening_words": "I cannot do this any more."})
    person.when_they_ask_to_join()
    reader = town.staff(SEL).when_they_open(person.reference)
    reader.then_it_says_word_for_word(["I cannot do this any more."])


def test_somebody_who_adds_and_removes_those_who_support_them(town: Town) -> None:
    person = town.person("Sam")
    del person.answers["supporters"]
    person.when_they_begin().when_they_answer().when_they_go_to("supporters")
    person.way.answer({**SOMEBODY, "add": "1"})
    person.way.answer({**TWO, "remove": "1"})
    person.given(supporters={"supporter_name_1": "Mr Jones"}).when_they_answer().when_they_send()
    written = town.staff(SEL).when_they_open(person.reference).written
    assert any("Mr Jones" in line for line in written)
    assert not any("Aunt Efua" in line for line in written)


def test_somebody_who_first_said_that_they_help_says_yes_anew_for_themselves(town: Town) -> None:
    person = town.person("Zoë").given_a_helper("supporter")
    person.when_they_begin().when_they_answer().then_they_are_at("check-answers").when_they_go_to("who?change=1")
    person.way.answer({"who": "me"})
    person.given(who={"who": "me"}).when_they_go_to("go-on").then_they_are_at("consent")
    person.when_they_answer().when_they_send()
    reader = town.staff(SEL).when_they_open(person.reference).then_they_read("They said yes.")
    assert not any("Sam Helper" in line for line in reader.written)
