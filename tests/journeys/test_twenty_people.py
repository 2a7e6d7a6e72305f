"""Twenty people and more, and where each walks the whole way: nobody in the table of consent is left out."""

import importlib

import pytest

PEOPLE = {
    "an autistic woman of 24, in Easy Read, on two devices": "people_come_back.ama_24_saves_in_easy_read",
    "a boy of 15 alone, who loses his code": "people_come_back.jay_15_alone",
    "a child of 15 alone whose parents do not know": "whose_yes_it_is.a_child_alone_may_say_yes",
    "a mother with parental responsibility, who takes it back": "people_come_back.rosa_takes_back",
    "a girl of 13 with the other code, who says no": "people_come_back.mia_13_cannot_take_it_back",
    "a parent who asks for a child of 9": "whose_yes_it_is.a_parent_with_responsibility",
    "a helper without parental responsibility": "whose_yes_it_is.a_helper_without_sure_responsibility",
    "a grandmother who is not sure of it": "people_come_back.a_grandmother_who_is_not_sure",
    "a child who could not say": "whose_yes_it_is.a_child_who_may_not_be_able",
    "a young woman of 16": "whose_yes_it_is.a_young_woman_of_16_today",
    "a boy of 17 whose father fills it in": "people_come_back.dev_17_takes_back",
    "an adult for herself": "whose_yes_it_is.an_adult_says_yes_for_herself",
    "a friend who helps an adult": "whose_yes_it_is.a_friend_helps_an_adult",
    "a man who may not be able to decide": "people_come_back.alan_who_may_not_be_able",
    "an adult nobody certifies": "whose_yes_it_is.an_adult_who_may_not_be_able",
    "a deputy, an attorney": "whose_yes_it_is.somebody_may_decide_by_law",
    "a person who says no, or was not asked": "whose_yes_it_is.without_the_persons_yes_nothing",
    "somebody who says no at the end": "whose_yes_it_is.no_at_the_end_erases_everything",
    "somebody who wants to talk first": "whose_yes_it_is.talk_to_me_first",
    "a man with no fixed address, with his advocate": "people_come_back.kit_without_an_address",
    "a professional": "signposts_leave_answers_in_hand.a_professional_is_shown_the_way",
    "somebody who skips all they may": "people_come_back.somebody_who_skips_everything",
    "somebody with many supporters": "people_come_back.somebody_who_adds_and_removes",
    "somebody who changes an early answer": "people_come_back.somebody_who_first_said_that_they_help",
    "somebody who leaves a page open overnight": "a_page_left_open.the_next_click_keeps",
    "somebody in danger": "whose_yes_it_is.danger_shows_urgent_help",
    "somebody in hospital": "whose_yes_it_is.somebody_in_hospital",
    "somebody who lives elsewhere": "signposts_leave_answers_in_hand.a_signposted_person_is_told",
}


@pytest.mark.parametrize("who", PEOPLE)
def test_each_of_them_walks_the_whole_way(who: str) -> None:
    file, name = PEOPLE[who].split(".")
    scripts = vars(importlib.import_module(f"tests.journeys.test_{file}"))
    assert [each for each in scripts if each.startswith(f"test_{name}")], who
