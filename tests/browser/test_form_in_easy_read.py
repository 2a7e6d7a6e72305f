"""Every page of the form in Easy Read: each question, its errors, each stop, by axe-core's every rule."""

import pytest

from portal.form.question import Stop
from tests.browser.walking import see_every_page
from tests.support.browsers import Browser
from tests.support.form import QUESTIONS, STEPS

LEVEL = "easy-read/"
OTHERS = {
    *("before-you-start", "safe-now", "urgent-now", "urgent-help-first", "help-in-hospital", "check-answers", "sent"),
    *("saved", "left", "come-back", "cleared", "lost"),
}
NOT_NOW = {"team-not-ready"}
"""Every team of a demonstration is ready."""


@pytest.mark.whole
def test_no_page_stands_in_anybodys_way(browser: Browser) -> None:
    onlooker = see_every_page(browser, LEVEL)
    seen = {what.split(" ")[0] for what in onlooker.looked_at}
    questions = {question.key.replace("_", "-") for question in QUESTIONS}
    stops = {step.key for step in STEPS if isinstance(step, Stop)} - NOT_NOW
    assert questions | stops <= seen, f"nobody has seen {sorted((questions | stops) - seen)}"
    assert seen >= OTHERS, f"nobody has seen {sorted(OTHERS - seen)}"
    onlooker.then_nothing_stands_in_the_way()
