"""Urgent help: whom each number is for, what a closed line says, and in which order the cards stand."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask, render_template

from portal.web.frame.render import picture
from portal.web.frame.urgent import Card, Strip, cards_for, strip_for

STANDARD, EASY = "", "/easy-read"
LONDON = "south-east-london"
LAMBETH, GREENWICH = "E09000022", "E09000011"
CAMHS, OXLEAS, SLAM = "0203 228 5980", "0800 330 8590", "0800 731 2864"
MIDDAY = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
EVENING = datetime(2026, 11, 20, 19, 0, tzinfo=UTC)
LINK = re.compile(r'<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
Show = Callable[..., str]
AtTime = Callable[[datetime], None]


@pytest.fixture
def at(portal: Flask, monkeypatch: pytest.MonkeyPatch) -> AtTime:
    """Give a function that sets the portal's clock."""

    def set_clock(now: datetime) -> None:
        monkeypatch.setitem(portal.extensions, "portal", replace(portal.extensions["portal"], now=lambda: now))

    return set_clock


@contextmanager
def a_page(portal: Flask, level: str = STANDARD) -> Iterator[None]:
    with portal.test_request_context(f"/en{level}/urgent-help"):
        portal.preprocess_request()
        yield


def strip(portal: Flask, *home: str | None) -> Strip:
    with a_page(portal):
        return strip_for(*home)


def cards(portal: Flask, *home: str | None) -> list[Card]:
    with a_page(portal):
        return cards_for(*home)


def numbers(shown: Strip) -> list[str]:
    return [line.number for line in shown.local]


def links(html: str) -> dict[str, str]:
    return {href: " ".join(re.sub(r"<[^>]+>", "", words).split()) for href, words in LINK.findall(html)}


def cards_html(portal: Flask, level: str, *home: str | None) -> str:
    with a_page(portal, level):
        return render_template("inserts/crisis-lines.html", crisis=cards_for(*home))


def names(card: Card) -> list[str]:
    return [line.name for line in card.lines]


def test_a_closed_line_is_not_in_the_strip(portal: Flask, at: AtTime) -> None:
    at(MIDDAY)
    assert numbers(strip(portal, LONDON)) == [OXLEAS, SLAM]
    at(EVENING)
    assert numbers(strip(portal, LONDON)) == [CAMHS, OXLEAS, SLAM]


@pytest.mark.parametrize("level", [STANDARD, EASY])
def test_a_closed_line_on_a_card_gives_111_as_its_own_link(portal: Flask, at: AtTime, level: str) -> None:
    at(MIDDAY)
    html = cards_html(portal, level, LONDON)
    found = links(html)
    assert "Closed now" in html
    assert CAMHS in html
    assert "tel:02032285980" not in found
    assert {words for href, words in found.items() if href == "tel:111"} == {"Call 111"}
    at(EVENING)
    assert "tel:02032285980" in links(cards_html(portal, level, LONDON))


@pytest.mark.parametrize("level", [STANDARD, EASY])
@pytest.mark.parametrize("now", [MIDDAY, EVENING])
def test_a_link_to_a_number_names_that_number_only(portal: Flask, at: AtTime, level: str, now: datetime) -> None:
    at(now)
    with a_page(portal, level):
        html = render_template("urgent/strip.html", urgent=strip_for(LONDON))
    every = links(html) | links(cards_html(portal, level, LONDON))
    for href, words in every.items():
        if href.startswith("tel:"):
            assert href.removeprefix("tel:") in words.replace(" ", "")
            assert "Closed" not in words
            assert href == "tel:111" or not re.search(r"(?<!\d)111(?!\d)", words.replace("18001 111", ""))


def test_the_two_adult_lines_say_for_whom(portal: Flask) -> None:
    said = {line.number: line.note for line in strip(portal, LONDON).local}
    assert said[OXLEAS] == "adults in Bexley, Bromley and Greenwich"
    assert said[SLAM] == "adults in Lambeth, Lewisham and Southwark: choose option 1"
    told = {line.ways[0].number: line.who_for for card in cards(portal) for line in card.lines if line.ways}
    assert told[OXLEAS] == "For adults in Bexley, Bromley and Greenwich."
    assert told[SLAM] == "For adults in Lambeth, Lewisham and Southwark. Choose option 1."


def test_at_home_only_the_age_is_named(portal: Flask) -> None:
    assert [line.note for line in strip(portal, LONDON, GREENWICH).local][-1] == "adults"


@pytest.mark.parametrize(
    ("age_band", "expected"),
    [(None, [CAMHS, SLAM]), ("under_16", [CAMHS]), ("16_17", [CAMHS]), ("18_or_over", [SLAM])],
)
def test_lines_for_another_age_are_left_out(
    portal: Flask, at: AtTime, age_band: str | None, expected: list[str]
) -> None:
    at(EVENING)
    assert numbers(strip(portal, LONDON, LAMBETH, age_band)) == expected
    near = next(card for card in cards(portal, LONDON, LAMBETH, age_band) if card.heading == "Near your home")
    assert [line.ways[0].number for line in near.lines] == expected


@pytest.mark.parametrize("age_band", [None, "under_16", "16_17"])
def test_a_child_reads_of_childline_before_the_lines_for_anyone(portal: Flask, age_band: str | None) -> None:
    shown = cards(portal, None, None, age_band)
    headings = [card.heading for card in shown if not card.folded]
    assert headings[2:] == ["If you are under 19", "Someone to listen"]
    assert names(shown[2]) == ["Childline"]
    assert names(shown[0]) == ["Emergency services, or go to A&E"]
    assert names(shown[1])[0] == "NHS 111, mental health option"


def test_an_adult_reads_of_lines_for_anyone_first(portal: Flask) -> None:
    shown = cards(portal, None, None, "18_or_over")
    assert [card.heading for card in shown if not card.folded][-1] == "Someone to listen"
    assert "Childline" in names(next(card for card in shown if card.heading == "More help"))


def test_the_ways_for_deaf_people_stand_under_one_heading(portal: Flask) -> None:
    deaf = [card for card in cards(portal) if any("BSL" in name or "relay" in name for name in names(card))]
    assert [card.heading for card in deaf] == ["If you are deaf, or cannot speak on the phone"]
    assert len(deaf[0].lines) == 4


def test_every_national_line_is_on_one_card(portal: Flask) -> None:
    every = [line.id for line in portal.extensions["portal"].areas.national.crisis_lines]
    shown = [name for card in cards(portal) if not card.heading.startswith("If you live") for name in names(card)]
    assert len(shown) == len(set(shown)) == len(every)


def test_cards_in_easy_read_have_words_of_their_own(portal: Flask, show: Show) -> None:
    with a_page(portal, EASY):
        crisis = cards_for()
    words = show("crisis-lines", EASY, crisis=crisis)
    assert "Could someone die? Is someone badly hurt?" in words
    assert "for yourself or for someone else" not in words
    assert "Monday to Friday 5pm to 11pm." in words
    assert "Saturday and Sunday 9am to 11pm." in words


def test_111_says_in_short_sentences_whom_it_is_for(portal: Flask, show: Show) -> None:
    words = show("crisis-lines", crisis=cards(portal))
    assert "For anyone of any age. Choose the mental health option." in words
    assert "You can call for yourself or for someone else." in words


@pytest.mark.parametrize("level", [STANDARD, EASY])
@pytest.mark.parametrize("name", ["apply-urgent-now", "apply-urgent-help-first"])
def test_the_way_on_stands_first_and_last(portal: Flask, level: str, name: str) -> None:
    content: Any = portal.extensions["portal"].contents["en"]
    page = content.easy_page(name) if level else content.page(name)
    inserts = [block.name for block in page.blocks if block.kind == "insert"]
    assert inserts == ["go-on", "crisis-lines", "go-on"]


def test_in_easy_read_the_number_stands_right_after_whom_it_is_for(portal: Flask) -> None:
    with a_page(portal, EASY):
        found = cards_for()
        html = "".join(render_template("urgent/card_lines.html", group=card, easy=True) for card in found)
        emergency = found[0]
    words = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert "Is someone badly hurt? Call 999 You can also go" in words
    assert "It is for all ages. Call 111 Choose the mental health option." in words
    assert emergency.heading == "If someone is in danger now"


def test_each_line_of_urgent_help_has_a_picture_in_easy_read(portal: Flask) -> None:
    with a_page(portal, EASY):
        assert [line.name for card in cards_for() for line in card.lines if picture(line.picture) is None] == []
