"""Referrals and pages for the documents' tests."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from portal.exports.referral import CoverSheet, Referral, read_referral
from portal.form.document import make_document
from portal.form.question import Question
from portal.form.walk import walk
from tests.support.form import FORM, QUESTIONS, STEPS

TODAY = date(2026, 11, 20)
NIGHT = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
ADULT: Mapping[str, Mapping[str, Any]] = {
    "who": {"who": "me"},
    "needs": {"needs": ["easy_read", "interpreter", "quiet"], "needs_other": "Please speak slowly"},
    "language": {"language": "Bengali"},
    "postcode": {"postcode": "SE5 8AF", "no_postcode": []},
    "council": {"council": "E09000028"},
    "full_name": {"full_name": "Rahima Begum"},
    "date_of_birth": {"day": "1", "month": "2", "year": "2001", "unknown": []},
    "address": {"line1": "2 High Street", "line2": "", "town": "London"},
    "gp": {"gp": "Camberwell Green Surgery", "no_gp": []},
    "disability": {"disability": "both"},
    "diagnosis": {"diagnosis": "waiting"},
    "happening": {
        "happening": ["need_more_help", "home_breaking_down"],
        "happening_words": "আমি ভালো নেই।\nMy brother shouts. I do not sleep.",
    },
    "in_hospital": {"in_hospital": "no"},
    "helps": {"helps": "Music & long walks"},
    "worse": {"worse": ""},
    "contact_way": {"contact_way": "phone"},
    "contact_phone": {"contact_phone": "07700 900123"},
    "leave_message": {"leave_message": "name_only"},
    "contact_time": {"contact_time": ["morning"], "contact_time_words": ""},
    "consent": {"consent": "yes"},
}
HELPED: Mapping[str, Mapping[str, Any]] = {
    **{key: answer for key, answer in ADULT.items() if key not in ("contact_phone", "leave_message")},
    "who": {"who": "parent_carer"},
    "date_of_birth": {"day": "1", "month": "2", "year": "2013", "unknown": []},
    "person_agrees": {"person_agrees": "yes"},
    "parental_responsibility": {"parental_responsibility": "not_sure"},
    "young_person_view": {"young_person_view": "wants", "young_person_words": "I want help"},
    "helper": {
        "helper_name": "Amina Begum",
        "helper_relationship": "Mother",
        "helper_phone": "07700 900456",
        "helper_email": "amina@example.com",
        "helper_needs": "",
    },
    "contact_way": {"contact_way": "someone_else"},
    "contact_person": {"contact_person_name": "Amina, her mother", "contact_person_details": "07700 900456"},
}
PLACES = SimpleNamespace(
    postcode_fault=lambda _text: None,
    candidates=lambda _postcode: [SimpleNamespace(value="E09000028", label="Southwark")],
    found_home=lambda _postcode: None,
    surgeries=lambda _text, _postcode: [],
    surgery=lambda _code: None,
    known=lambda _facts, **_: {},
    areas=lambda: [],
    councils_of=lambda _area: [],
    asks_locally=lambda _council, _key: False,
    signpost=lambda _facts: None,
    team=lambda _facts: "sel",
    is_ready=lambda _team: True,
)


def sealed_document(answers: Mapping[str, Mapping[str, Any]] = ADULT, **changed: Mapping[str, Any]) -> bytes:
    """Return what would be sealed for these answers, of which some may be changed by question."""
    walked = walk(STEPS, {**answers, **changed}, TODAY, PLACES)
    for _ in QUESTIONS:
        if walked.next:
            walked = walk(STEPS, {**walked.answers, **answers, **changed, **_least(walked.next)}, TODAY, PLACES)
    assert walked.is_complete, f"not answered: {walked.next or walked.stop}"
    routing = {
        "team": "sel",
        "area": "south-east-london",
        "reason": "because the person lives in Southwark",
        "steps": ["Home postcode: SE5 8AF.", "Council: Southwark."],
        "register": None,
    }
    return make_document(walked, FORM, lang="en", level="standard", routing=routing)


def _least(question: Question) -> dict[str, dict[str, Any]]:
    """Return the least that a question can be answered with: no, or nothing at all."""
    answer: dict[str, Any] = {}
    for field in question.fields:
        nothing: Any = [] if field.is_many else ""
        answer[field.name] = "no" if field.required and field.choices else nothing
    return {question.key: answer}


def a_cover(reference: str = "AB3-7KM-X2Q", **changed: Any) -> CoverSheet:
    """Return the outside of an envelope."""
    known: dict[str, Any] = {
        "received": NIGHT,
        "team_id": "south-east-london-18-and-over",
        "team": "South East London DSR team, 18 and over",
        "area": "South East London",
        "envelope_id": "5f" * 16,
        "exported": NIGHT,
        "code": "maple river stone",
    }
    return CoverSheet(reference, **{**known, **changed})


def a_referral(
    answers: Mapping[str, Mapping[str, Any]] = ADULT, cover: CoverSheet | None = None, **changed: Mapping[str, Any]
) -> Referral:
    """Return an opened referral."""
    return read_referral(sealed_document(answers, **changed), cover or a_cover())


def with_words(words: Sequence[str]) -> Referral:
    """Return a referral in which somebody typed these words wherever words can be typed, whatever they are."""
    document = json.loads(sealed_document())
    for section in document["sections"]:
        for item in section["items"]:
            item["answers"] = list(words)
    document["name"] = words[0] if words else ""
    document["needs"] = list(words)
    return read_referral(json.dumps(document).encode(), a_cover())
