"""The walk: what was asked, what comes next, which answers count.

Nothing about a person's position is stored. The walk starts at the first question every time, goes on while each
question is answered, and everything else follows from it: next page, back link, may-this-page-be-visited,
check-your-answers, and exactly the answers that are sealed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from portal.domain.answers import Answer, Answers, Value
from portal.domain.facts import Facts, Guide
from portal.form.question import ABOUT, Question, Step, Stop
from portal.form.validation import faults_of
from portal.form.values import value_of


@dataclass(frozen=True)
class Walk:
    """One walk. `answers` holds only what was asked and is usable, as it was typed; `facts` knows what it is worth.

    `next` is the first question without an answer.
    """

    answered: tuple[Question, ...]
    answers: Answers
    next: Question | None
    stop: Stop | None
    facts: Facts

    @property
    def is_complete(self) -> bool:
        """Whether everything that applies is answered, so that the form can be checked and sent."""
        return self.next is None and self.stop is None

    @property
    def visitable(self) -> tuple[Question, ...]:
        """The questions whose pages may be opened now, in order."""
        return self.answered if self.next is None else (*self.answered, self.next)

    @property
    def sections(self) -> tuple[str, ...]:
        """The keys of the sections in which something was answered, in the order asked."""
        answered = (question.section for question in self.answered if any(self.answers[question.key].values()))
        return tuple(dict.fromkeys(answered))

    def question(self, key: str) -> Question | None:
        """Return a question that may be visited, or None."""
        return next((question for question in self.visitable if question.key == key), None)

    def before(self, key: str) -> Question | None:
        """Return the question asked before this one, or None for the first."""
        return _neighbour(self.visitable, key, -1)

    def after(self, key: str) -> Question | None:
        """Return the question asked after this one, or None for the last."""
        return _neighbour(self.visitable, key, +1)

    def facts_before(self, key: str) -> Facts:
        """Return the facts as they stood when this question was asked."""
        earlier = takewhile(lambda question: question.key != key, self.answered)
        return replace(self.facts, values={each.key: self.facts.values[each.key] for each in earlier})


def is_about_something_else(question: Question, answer: Answer, facts: Facts) -> bool:
    """Say whether an answer was given about something that has changed since, so that it is asked anew."""
    return question.about is not None and answer.get(ABOUT) not in (None, question.about(facts))


def _neighbour(questions: Sequence[Question], key: str, step: int) -> Question | None:
    places = {question.key: place for place, question in enumerate(questions)}
    place = places[key] + step
    return questions[place] if 0 <= place < len(questions) else None


def walk(steps: Sequence[Step], answers: Mapping[str, Answer], today: date, guide: Guide) -> Walk:
    """Walk from the first question while each is answered."""
    kept: dict[str, Answer] = {}
    values: dict[str, Mapping[str, Value]] = {}
    facts = Facts(values, today, guide)
    answered: list[Question] = []
    for step in steps:
        if isinstance(step, Stop):
            if step.when(facts):
                return Walk(tuple(answered), kept, None, step, facts)
            continue
        if not step.asked_if(facts):
            continue
        answer = answers.get(step.key)
        # A saved answer that no longer fits its question counts as unanswered, so nothing breaks when questions change.
        if answer is None or faults_of(step, answer, facts) or is_about_something_else(step, answer, facts):
            return Walk(tuple(answered), kept, step, None, facts)
        kept[step.key], values[step.key] = answer, value_of(step, answer)
        answered.append(step)
    return Walk(tuple(answered), kept, None, None, facts)


def place_of(steps: Sequence[Step], answers: Answers) -> list[Step]:
    """Return the questions that tell of nobody and were answered: what may be kept after the person said no."""
    return [step for step in steps if isinstance(step, Question) and step.tells_of_nobody and step.key in answers]
