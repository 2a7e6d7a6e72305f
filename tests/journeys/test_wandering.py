"""People wander: forward, back, about, twice, out of turn. No page breaks, and nothing is sealed that was not asked."""

import json
from collections.abc import Mapping
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.database.engine import Engine
from portal.domain.answers import Answer
from portal.domain.submission import Submission
from portal.drafts.receipt import Receipt
from portal.form.document import as_sealed
from portal.form.question import Kind, Question
from portal.form.walk import walk
from portal.referrals.submit import submit_referral
from tests.journeys.town import NOW, Town
from tests.support.applicants import Applicant
from tests.support.form import QUESTIONS, STEPS
from tests.support.people import an_adult, born, helped

Move = tuple[str, str, Mapping[str, Any]]
KNOWN = [an_adult(), helped(), helped("parent_carer", date_of_birth=born(9)), an_adult(date_of_birth=born(17))]
KEYS = [question.key for question in QUESTIONS]
PAGES = ["go-on", "check-answers", "saved", "left", "sent", "lost", "come-back", "another-place", "urgent-help-first"]
ACTS = ["save", "leave", "clear"]


def any_answer(question: Question) -> st.SearchStrategy[dict[str, Any]]:
    """Return what may be posted to a question: what it offers, something known, or nothing that fits."""
    fields: dict[str, st.SearchStrategy[Any]] = {}
    for field in question.fields:
        offered = [choice.value for choice in field.choices]
        if field.kind is Kind.CHOICES:
            fields[field.name] = st.lists(st.sampled_from([*offered, "??"]), max_size=2)
        elif offered:
            fields[field.name] = st.sampled_from([*offered, "??", ""])
        else:
            fields[field.name] = st.sampled_from(["", "SE5 8AF", "IP1 1AA", "E09000022", "31", "2011", "x" * 160])
    buttons = st.sampled_from([{}, {}, {}, {"skip": "1"}, {"save": "1"}, {"again": "1"}, {"add": "1"}, {"remove": "1"}])
    return st.tuples(st.fixed_dictionaries(fields), buttons).map(lambda both: {**both[0], **both[1]})


moves = st.one_of(
    st.sampled_from(QUESTIONS).flatmap(lambda q: st.tuples(st.just("answer"), st.just(q.key), any_answer(q))),
    st.tuples(st.just("open"), st.sampled_from([*PAGES, *KEYS]), st.just({})),
    st.tuples(st.just("act"), st.sampled_from(ACTS), st.just({})),
    st.tuples(st.just("fill"), st.sampled_from(["0", "1", "2", "3"]), st.just({})),
    st.tuples(st.just("level"), st.sampled_from(["", "easy-read/"]), st.just({})),
)


def make(person: Applicant, move: Move) -> None:
    """Make one move, as a browser would, whatever page stands there."""
    kind, what, answer = move
    if kind == "answer":
        change = "?change=1" if "remove" not in answer and len(answer) % 2 else ""
        person.answer(what.replace("_", "-"), answer, change)
    elif kind == "open":
        person.open(what.replace("_", "-"))
    elif kind == "act":
        person.answer(what, {})
    elif kind == "fill":
        person.fill(KNOWN[int(what)])
    else:
        person.level = what
    assert person.page is None or person.page.status_code < 500, move


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wandered=st.lists(moves, max_size=10), last=st.sampled_from(KNOWN))
def test_wherever_they_wander_only_what_was_asked_is_sealed(
    town: Town, wandered: list[Move], last: dict[str, Answer]
) -> None:
    person, sealed = Applicant(town.app.test_client()), []

    def caught(engine: Engine, secret: bytes, sent: Submission, **known: Any) -> Receipt:
        sealed.append(json.loads(sent.document))
        return submit_referral(engine, secret, sent, **known)

    with patch("portal.web.form.sending.submit_referral", caught):
        for move in wandered:
            make(person, move)
        person.fill(last)
        if person.slug == "check-answers":
            person.answer("check-answers", {})
            assert person.slug == "sent"
            assert len(sealed) == 1
    for document in sealed:
        then_only_what_was_asked(town, document)


def then_only_what_was_asked(town: Town, document: dict[str, Any]) -> None:
    """See that a walk along the sealed answers asks for each of them, in this order, and for nothing else."""
    found = walk(STEPS, document["answers"], NOW.date(), town.app.extensions["portal"].guide)
    assert found.is_complete
    asked = {question.key: question for question in found.answered}
    items = [item for section in document["sections"] for item in section["items"]]
    assert [item["key"] for item in items] == list(asked)
    assert set(document["answers"]) == set(asked)
    for item in items:
        answer = document["answers"][item["key"]]
        assert item["answers"] == as_sealed(asked[item["key"]], found.facts).lines(answer, is_record=True)
