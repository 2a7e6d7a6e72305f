"""What the journey asks about places, answered from the areas' files and the postcode look-up."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from portal.areas.area import Areas
from portal.areas.routing import Outcome, choose_team, local_questions
from portal.domain.facts import Answers
from portal.places.outward import Places
from portal.places.postcode import NotInEngland, PostcodeFault, normalise


@dataclass(frozen=True)
class Place:
    """A council or an area to choose."""

    value: str
    label: str


@dataclass(frozen=True)
class HomeGuide:
    """Answers the journey's questions about places. `ready` names the teams that can receive referrals now."""

    all_areas: Areas
    places: Places
    ready: Callable[[], Collection[str]]

    def postcode_fault(self, text: str) -> str | None:
        try:
            normalise(text)
        except NotInEngland:
            return "not_in_england"
        except PostcodeFault:
            return "not_a_postcode"
        return None

    def candidates(self, postcode: str) -> Sequence[Place]:
        try:
            codes = self.places.candidates(normalise(postcode)).councils
        except PostcodeFault:
            return ()
        councils = [self.all_areas.council(code) for code in codes]
        return [Place(council.code, council.name) for council in councils if council is not None]

    def areas(self) -> Sequence[Place]:
        return [Place(area.id, area.name) for area in self.all_areas.all]

    def councils_of(self, area_id: str) -> Sequence[Place]:
        area = self.all_areas.get(area_id)
        return [Place(council.code, council.name) for council in area.councils] if area else ()

    def asks_locally(self, council: str, question_key: str) -> bool:
        return question_key in local_questions(self.all_areas, council)

    def outcome(self, answers: Answers, today: date) -> Outcome:
        """Return where these answers lead, and why."""
        postcode = str(answers.get("postcode", {}).get("postcode", ""))
        codes = [place.value for place in self.candidates(postcode)] if postcode else None
        return choose_team(self.all_areas, answers, today, candidates=codes)

    def signpost(self, answers: Answers, today: date) -> str | None:
        signpost = self.outcome(answers, today).signpost
        return signpost.id if signpost else None

    def team(self, answers: Answers, today: date) -> str | None:
        return self.outcome(answers, today).team_id

    def is_ready(self, team_id: str) -> bool:
        return team_id in self.ready()
