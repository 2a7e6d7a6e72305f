"""A page left open over lunch, over night, over a weekend: what was kept, and what is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.town import Town, found_town
from tests.support.clocks import SetClock

TYPED = "I began to write this before lunch, and & <went> out."


@pytest.fixture
def slow_town(instance: Path, clock: SetClock) -> Iterator[Town]:
    """Give a town of its own, by this clock."""
    town = found_town(instance, clock)
    yield town
    town.app.extensions["portal"].engine.dispose()


@pytest.mark.parametrize("hours", [1, 16, 23])
def test_the_next_click_keeps_what_stands_on_the_page(slow_town: Town, clock: SetClock, hours: int) -> None:
    person = slow_town.person("আয়েশা")
    del person.answers["contact_way"]
    person.when_they_begin().when_they_answer().when_they_go_to("helps")
    clock.move_on(hours=hours)
    person.way.answer({"helps": TYPED})
    person.given(contact_way={"contact_way": "email"}, helps={"helps": TYPED}).when_they_go_to("contact-way")
    person.when_they_answer().then_they_read(TYPED, "আয়েশা")


def test_each_click_begins_the_24_hours_anew(slow_town: Town, clock: SetClock) -> None:
    person = slow_town.person().when_they_begin().when_they_answer()
    for _ in range(3):
        clock.move_on(hours=20)
        person.when_they_go_to("helps")
        person.way.answer({"helps": TYPED})
    person.when_they_go_to("check-answers").then_they_are_at("check-answers").then_they_read(TYPED)


def test_after_24_hours_it_is_said_kindly_that_nothing_is_left(slow_town: Town, clock: SetClock) -> None:
    person = slow_town.person("আয়েশা").when_they_begin().when_they_answer()
    clock.move_on(hours=25)
    person.way.send()
    person.then_they_are_at("lost").then_they_read("You have done nothing wrong")
    assert "আয়েশা" not in person.way.words
