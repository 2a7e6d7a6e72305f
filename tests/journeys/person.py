"""A made-up person who fills in the form: what is given, what they do, what they then see."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from portal.areas.loading import load_areas
from portal.domain.answers import Answer
from portal.form.question import Kind
from tests.journeys.ways import Row, Way, rows_of
from tests.support.form import QUESTIONS
from tests.support.people import an_adult, born, helped

REFERENCE = re.compile(r"\b[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}\b")
TYPED = {
    field.name
    for question in QUESTIONS
    for field in question.fields
    if field.kind not in (Kind.CHOICE, Kind.CHOICES, Kind.DATE_PART)
}
OPTIONAL = {question.key for question in QUESTIONS if question.is_optional}
SKIP: Answer = {"skip": "1"}
INTERRUPTIONS = ("urgent-help-first", "help-in-hospital")


CODE = re.compile(r'<ol class="app-code"[^>]*>(.*?)</ol>', re.DOTALL)
WORD = re.compile(r"<li>([a-z]+)</li>")


def codes_on(html: str) -> list[str]:
    """Return the codes of seven words that a page shows, in its order."""
    return [" ".join(WORD.findall(found)) for found in CODE.findall(html)]


@cache
def council_code(name: str) -> str:
    """Return the ONS code of one of our councils, by its name."""
    return next(council.code for area in load_areas().all for council in area.councils if council.name == name)


@dataclass
class Person:
    """Somebody made up, with answers that all fit until something else is given."""

    way: Way
    today: date
    answers: dict[str, Answer] = field(default_factory=an_adult)
    reference: str = ""
    checked: list[Row] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    # Given

    def given(self, **answers: Answer) -> "Person":
        """Have these answers ready, whatever they are."""
        self.answers.update(answers)
        return self

    def given_name(self, name: str) -> "Person":
        return self.given(full_name={"full_name": name})

    def given_home(self, postcode: str, council: str = "", **local: str) -> "Person":
        """Live there; `local` answers what is asked in that area only, such as `waveney="no"`."""
        self.given(postcode={"postcode": postcode, "no_postcode": []})
        self.given(council={"council": council_code(council) if council else "none_of_these"})
        return self.given(**{key: {key: value} for key, value in local.items()})

    def given_no_postcode(self, why: str) -> "Person":
        """Have no postcode to give: "dont_know" or "no_fixed_address"."""
        return self.given(postcode={"postcode": "", "no_postcode": [why]})

    def given_chosen(self, area: str, council: str = "", **local: str) -> "Person":
        """Choose their area by its id, and their council by its name, or none of those shown."""
        self.given(area={"area": area})
        self.given(area_council={"area_council": council_code(council) if council else "none_of_these"})
        return self.given(**{key: {key: value} for key, value in local.items()})

    def given_turned(self, age: int) -> "Person":
        """Turn this age today."""
        return self.given(date_of_birth=born(age, on=self.today))

    def given_age_band(self, band: str) -> "Person":
        """Not know their birth date, only about how old they are."""
        unknown: Answer = {"day": "", "month": "", "year": "", "unknown": ["unknown"]}
        return self.given(date_of_birth=unknown, age_band={"age_band": band})

    def given_a_helper(self, who: str, agrees: str = "yes", **more: Answer) -> "Person":
        """Be helped: `who` is "parent_carer" or "supporter", `agrees` what the helper says of the person's yes."""
        told = helped(who)
        self.given(who={"who": who}, person_agrees={"person_agrees": agrees}, helper=told["helper"])
        return self.given(**more)

    # When

    def when_they_begin(self, *, safe: str = "yes") -> "Person":
        """Open the form, read what comes before it and say whether they are safe."""
        self.way.open("before-you-start")
        self.way.open("safe-now")
        self.way.answer({"safe": safe})
        return self

    def when_they_answer(self) -> "Person":
        """Answer each question as it comes, for as long as they have an answer; skip what they may skip."""
        answered: set[str] = set()
        while (key := self.way.slug.replace("-", "_")) in self.answers.keys() | OPTIONAL and key not in answered:
            self.seen.append(key)
            answered.add(key)
            self.way.answer(self.answers.get(key, SKIP))
            while self.way.slug in INTERRUPTIONS:
                self.seen.append(self.way.slug)
                self.way.go_on()
        self.seen.append(self.way.slug)
        return self

    def when_they_go_to(self, slug: str) -> "Person":
        """Go back to a page, or forward to one, by its address."""
        self.way.open(slug)
        return self

    def when_they_send(self) -> "Person":
        """Look at every answer once more, and send."""
        assert self.way.slug == "check-answers", f"stopped at {self.way.slug}: {self.way.words}"
        self.checked = rows_of(self.way.html)
        self.way.send()
        found = REFERENCE.search(self.way.words)
        assert found, self.way.words
        self.reference = found.group()
        return self

    def when_they_ask_to_join(self) -> "Person":
        """Go all the way, from before you start to sent."""
        return self.when_they_begin().when_they_answer().when_they_send()

    def when_they_save(self) -> str:
        """Save on the page they look at; return the seven words that they write down."""
        self.way.answer({"save": "1"})
        (words,) = codes_on(self.way.html)
        return words

    def when_they_come_back_with(self, words: str) -> "Person":
        """Enter the seven words of a form that was saved."""
        self.way.open("come-back")
        self.way.answer({"words": words})
        return self

    # Then

    @property
    def codes(self) -> list[str]:
        """The private codes on the page they look at."""
        return codes_on(self.way.html)

    def then_they_are_at(self, slug: str) -> "Person":
        assert self.way.slug == slug, f"they are at {self.way.slug}: {self.way.words}"
        return self

    def then_they_read(self, *words: str) -> "Person":
        for each in words:
            assert each in self.way.words, f"{each!r} is not said at {self.way.slug}: {self.way.words}"
        return self

    def then_they_were_shown(self, slug: str) -> "Person":
        assert slug in self.seen
        return self

    def then_they_were_not_asked(self, *keys: str) -> "Person":
        assert not set(keys) & set(self.seen)
        return self

    def then_they_have_a_reference(self) -> "Person":
        return self.then_they_are_at("sent").then_they_read(self.reference)

    def then_they_hold_their_answers(self) -> "Person":
        """See everything they typed so far on this page, to print or save."""
        shown = [line for row in rows_of(self.way.html) for line in row.lines]
        for text in self.typed(self.seen):
            assert text in shown, f"{text!r} is not in their hand"
        return self

    def then_they_can_save_their_answers(self) -> "Person":
        """Have them as a text file too."""
        page = self.way.html
        assert "/apply/my-answers" in page
        text = self.way.read("my-answers")
        for typed in self.typed(self.seen):
            assert typed in text, f"{typed!r} is not in the file"
        return self

    def said(self) -> list[str]:
        """Return every line of what they sent: as typed, and choices in the words that they checked.

        In Easy Read the choices have words of their own; the team reads the standard ones.
        """
        typed = list(self.typed(self.seen))
        chosen = [line for row in self.checked for line in row.lines]
        for text in typed:
            assert text in chosen, f"{text!r} did not stand on the page to check"
        return typed if self.way.is_easy else chosen

    def typed(self, keys: list[str]) -> Iterator[str]:
        """Give each text that they typed in answer to these questions, but for spaces around it."""
        for key in keys:
            for name, value in self.answers.get(key, {}).items():
                if isinstance(value, str) and value.strip() and name in TYPED:
                    yield value.strip()
