"""Made-up people: answers that show the one thing that matters, and a guide to places that needs no files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from portal.domain.answers import Answer
from portal.domain.facts import Facts
from portal.form.values import values_of
from tests.support.form import QUESTIONS

TODAY = date(2026, 11, 20)
LAMBETH, EAST_SUFFOLK, BABERGH = "E09000022", "E07000244", "E07000200"
NAMES = {LAMBETH: "Lambeth", EAST_SUFFOLK: "East Suffolk", BABERGH: "Babergh", "E09000028": "Southwark"}


@dataclass(frozen=True)
class Place:
    value: str
    label: str


@dataclass(frozen=True)
class FoundHome:
    council: str
    name: str
    ended: bool = False
    listed: bool = True


@dataclass
class SmallGuide:
    """Two areas, four councils, one signpost: enough for the journey."""

    ready: set[str] = field(default_factory=lambda: {"team-a", "team-b"})
    homes: Mapping[str, FoundHome] = field(default_factory=dict)
    gps: Mapping[str, str] = field(default_factory=dict)

    def postcode_fault(self, text: str) -> str | None:
        if text.upper().startswith("EH"):
            return "not_in_england"
        return None if any(letter.isdigit() for letter in text) else "not_a_postcode"

    def candidates(self, postcode: str) -> Sequence[Place]:
        if home := self.homes.get(postcode):
            return [Place(home.council, home.name)]
        found = {"SE5": [LAMBETH, "E09000028"], "IP1": [BABERGH], "NR3": [EAST_SUFFOLK]}
        return [Place(code, NAMES[code]) for code in found.get(postcode.upper()[:3], [])]

    def found_home(self, postcode: str) -> FoundHome | None:
        return self.homes.get(postcode)

    def surgeries(self, text: str, postcode: str) -> Sequence[Place]:
        typed = f"{text} {postcode}".casefold().split()
        return [Place(code, line) for code, line in self.gps.items() if text and typed[0] in line.casefold()]

    def surgery(self, code: str) -> Place | None:
        return Place(code, self.gps[code]) if code in self.gps else None

    def known(self, facts: Facts, *, confirmed: bool = False) -> Mapping[str, str]:
        told = {"COLCHESTER": {"gp_north_east_essex": "yes"}, "IPSWICH": {"gp_north_east_essex": "no"}}
        side = {"suffolk_side": "west"} if confirmed and facts.council() == BABERGH else {}
        return {**told.get(facts.surgery(), {}), **side}

    def areas(self) -> Sequence[Place]:
        return [Place("south", "South"), Place("east", "East")]

    def councils_of(self, area_id: str) -> Sequence[Place]:
        codes = {"south": [LAMBETH, "E09000028"], "east": [EAST_SUFFOLK, BABERGH]}.get(area_id, [])
        return [Place(code, NAMES[code]) for code in codes]

    def asks_locally(self, council: str, question_key: str) -> bool:
        return {
            "waveney": council == EAST_SUFFOLK,
            "gp_north_east_essex": council in (EAST_SUFFOLK, BABERGH),
            "suffolk_side": council == BABERGH,
        }.get(question_key, False)

    def signpost(self, facts: Facts) -> str | None:
        if facts.local_answer("gp_north_east_essex") == "yes" or facts.text("waveney") == "yes":
            return "essex"
        elsewhere = facts.text("area") == "elsewhere" or facts.text("area_council") == "none_of_these"
        return "elsewhere" if elsewhere else None

    def team(self, facts: Facts) -> str | None:
        if facts.council() is None or facts.age_band() is None or self.signpost(facts):
            return None
        return "team-a" if facts.council() in (LAMBETH, "E09000028") else "team-b"

    def is_ready(self, team_id: str) -> bool:
        return team_id in self.ready


def born(age: int, *, on: date = TODAY) -> Answer:
    """Return the birth date of somebody who turns this age on the day."""
    return {"day": str(on.day), "month": str(on.month), "year": str(on.year - age), "unknown": []}


NOT_FOR_EVERYONE: dict[str, Answer] = {
    "under_26": {"under_26": "no"},
    "school": {"school": ""},
    "ehc_plan": {"ehc_plan": "does_not_apply"},
    "care": {"care": "no"},
    "nhs_number": {"nhs_number": "999 000 0018"},
}
"""Answers that lie ready for who is young, or knows an NHS number; nobody else is asked."""


def an_adult(**changed: Answer | None) -> dict[str, Answer]:
    """Return complete answers of an adult in Lambeth who asks for herself; None takes an answer away.

    Answers that only others are asked for lie ready beside them.
    """
    answers: dict[str, Answer] = {
        **NOT_FOR_EVERYONE,
        "who": {"who": "me"},
        "needs": {"needs": [], "needs_other": ""},
        "postcode": {"postcode": "SE5 8AF", "no_postcode": []},
        "council": {"council": LAMBETH},
        "full_name": {"full_name": "Zoë O'Brien-Smith & Sons <b>"},
        "date_of_birth": born(30),
        "address": {"line1": "", "line2": "", "town": ""},
        "gp": {"gp": "", "no_gp": []},
        "knows_nhs_number": {"knows_nhs_number": "no"},
        "disability": {"disability": "autism"},
        "diagnosis": {"diagnosis": "diagnosed"},
        "happening": {"happening": ["need_more_help"], "happening_words": ""},
        "in_hospital": {"in_hospital": "no"},
        "helps": {"helps": ""},
        "worse": {"worse": ""},
        "supporters": {},
        "contact_way": {"contact_way": "email"},
        "contact_email": {"contact_email": "zoe@example.com"},
        "safe_contact": {"do_not_use": "", "may_say": ""},
        "contact_time": {"contact_time": [], "contact_time_words": ""},
        "may_talk_to": {"may_talk_to": ""},
        "consent": {"consent": "yes"},
    }
    answers.update({key: value for key, value in changed.items() if value is not None})
    return {key: value for key, value in answers.items() if changed.get(key, ...) is not None}


def helped(who: str = "supporter", **changed: Answer | None) -> dict[str, Answer]:
    """Return complete answers that a helper gave for somebody."""
    extra: dict[str, Answer | None] = {
        "who": {"who": who},
        "person_agrees": {"person_agrees": "yes"},
        "helper": {
            "helper_name": "Sam Helper",
            "helper_relationship": "Advocate",
            "helper_phone": "020 7946 0000",
            "helper_email": "",
            "helper_needs": "",
        },
    }
    return an_adult(**{**extra, **changed})


def facts_of(answers: Mapping[str, Answer], today: date = TODAY) -> Facts:
    """Return the facts of somebody's answers."""
    return Facts(values_of(QUESTIONS, answers), today, SmallGuide())
