"""One page of each kind of question, and those around them, at both levels; `make test-all` looks at every one."""

from collections.abc import Iterator

import pytest

from tests.browser.looking import Onlooker
from tests.browser.walking import WALKS, somebody
from tests.support.browsers import Browser
from tests.support.form import QUESTIONS

AROUND = {"before-you-start", "safe-now", "check-answers", "sent", "another-place"}


class Glance(Onlooker):
    """Looks at each page once, in the usual colours and unstretched."""

    def look_in_colours(self, what: str) -> None:
        """Leave it to the whole."""

    def look_stretched(self, what: str) -> None:
        """Leave it to the whole."""


def kinds() -> Iterator[tuple[frozenset[str], str]]:
    """Give each question's slug with the kinds of its fields."""
    for question in QUESTIONS:
        yield frozenset(str(field.kind) for field in question.fields), question.key.replace("_", "-")


ONE_OF_EACH = set(dict(reversed([*kinds()])).values()) | AROUND
"""The first question of each mixture of fields."""


@pytest.mark.parametrize("level", ["", "easy-read/"])
def test_no_kind_of_page_stands_in_anybodys_way(browser: Browser, level: str) -> None:
    others = {slug for _, slug in kinds()} - ONE_OF_EACH
    onlooker = Glance(browser, looked_at=others | {f"consent for {known_as}" for known_as in WALKS})
    browser.open(f"/en/{level}")
    for known_as, given in WALKS.items():
        if {what.split(" ")[0] for what in onlooker.looked_at} >= ONE_OF_EACH:
            break
        person = given(somebody(onlooker, level, known_as)).when_they_begin().when_they_answer()
        if person.way.slug == "check-answers":
            person.when_they_send()
    seen = {what.split(" ")[0] for what in onlooker.looked_at}
    assert seen >= ONE_OF_EACH, f"nobody has seen {sorted(ONE_OF_EACH - seen)}"
    onlooker.then_nothing_stands_in_the_way()
