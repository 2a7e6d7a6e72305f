"""What the journey asks about places, answered from the areas' files, the place file and the outward-code table."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from portal.areas.area import Areas
from portal.areas.routing import Codes, Outcome, choose_team, known_answers, local_questions
from portal.domain.answers import FindsTeam
from portal.domain.facts import Facts
from portal.places.councils import council_name, load_councils
from portal.places.outward import Places
from portal.places.place_file import Found, PlaceFile
from portal.places.postcode import NotInEngland, PostcodeFault, normalise
from portal.places.surgeries import Surgery

MOST_SURGERIES = 8


@dataclass(frozen=True)
class Place:
    """A council, an area or a GP surgery to choose."""

    value: str
    label: str


@dataclass(frozen=True)
class FoundHome:
    """The council that the place file gives for a postcode; `name` as it stands in "you live in …"."""

    council: str
    name: str
    ended: bool
    listed: bool


@dataclass(frozen=True)
class Evidence:
    """What the official files say of somebody's home: the postcode in its usual form, its council, local questions."""

    postcode: str
    home: FoundHome | None
    known: Mapping[str, str]


def no_place_file() -> None:
    """Stand for an instance for which nobody has built a place file."""


@dataclass(frozen=True)
class HomeGuide:
    """Answers the journey's questions about places. `ready` names the teams that can receive referrals now."""

    all_areas: Areas
    places: Places
    ready: Callable[[], Collection[str]]
    current: Callable[[], PlaceFile | None] = no_place_file
    council_names: Mapping[str, str] = field(default_factory=load_councils)

    def on(self, day: date) -> "HomeGuide":
        """Return the guide to the areas of one day: a referral goes by the day on which it is sent."""
        areas = self.all_areas.on(day)
        return self if areas is self.all_areas else replace(self, all_areas=areas)

    # Postcodes and councils

    def postcode_fault(self, text: str) -> str | None:
        try:
            normalise(text)
        except NotInEngland:
            return "not_in_england"
        except PostcodeFault:
            return "not_a_postcode"
        return None

    def found_home(self, postcode: str) -> FoundHome | None:
        """Return the council of a postcode; None without a place file, or where it does not know."""
        found = self._found(postcode)
        if found is None:
            return None
        ours = self.all_areas.council(found.council)
        name = ours.in_a_sentence if ours else council_name(self.council_names, found.council)
        return FoundHome(found.council, name, found.ended, found.listed) if name else None

    def candidates(self, postcode: str) -> Sequence[Place]:
        found = self.found_home(postcode)
        if found:
            return [Place(found.council, found.name)]
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

    # GP surgeries

    def surgeries(self, text: str, postcode: str) -> Sequence[Place]:
        """Return the open surgeries that fit what was typed, the likeliest and then the nearest first."""
        file = self.current()
        if file is None or not text.strip():
            return ()
        near = None if self.postcode_fault(postcode) else normalise(postcode)
        return [_told(surgery) for surgery in file.surgeries.search(text, near=near, limit=MOST_SURGERIES)]

    def surgery(self, code: str) -> Place | None:
        """Return one open surgery by its NHS code."""
        surgery = self._surgery(code)
        return _told(surgery) if surgery else None

    # Where the answers lead

    def known(self, facts: Facts, *, confirmed: bool = False) -> Mapping[str, str]:
        """Return the local questions that the official files answer; `confirmed`: with those that are asked anyway."""
        council = facts.council() or ""
        found = self._found(facts.postcode()) if council else None
        surgery = self._surgery(facts.surgery())
        codes = Codes(
            home=_codes(found.sub_icb, found.council) if found and found.listed and found.council == council else (),
            surgery=_codes(surgery.sub_icb, surgery.council) if surgery else (),
        )
        return known_answers(self.all_areas, council, codes, confirmed=confirmed)

    def proposed(self, facts: Facts) -> Facts:
        """Return the facts of somebody who says yes to whatever the place file proposes; their own words stand."""
        home = self.found_home(facts.postcode())
        told = facts.supposing({FindsTeam.COUNCIL: home.council} if home else {})
        return told.supposing(self.known(told, confirmed=True))

    def evidence(self, facts: Facts) -> Evidence:
        """Return what the official files say, with the answers that are asked anyway."""
        postcode = normalise(facts.postcode()) if facts.postcode() else ""
        return Evidence(postcode, self.found_home(postcode), self.known(facts, confirmed=True))

    def outcome(self, facts: Facts) -> Outcome:
        """Return where these answers lead on their day, and why."""
        postcode = facts.postcode()
        codes = [place.value for place in self.candidates(postcode)] if postcode else None
        return choose_team(self.all_areas, facts, candidates=codes, known=self.known(facts))

    def signpost(self, facts: Facts) -> str | None:
        signpost = self.outcome(facts).signpost
        return signpost.id if signpost else None

    def team(self, facts: Facts) -> str | None:
        return self.outcome(facts).team_id

    def is_ready(self, team_id: str) -> bool:
        return team_id in self.ready()

    def _found(self, postcode: str) -> Found | None:
        file = self.current()
        if file is None or self.postcode_fault(postcode):
            return None
        return file.council_of(normalise(postcode))

    def _surgery(self, code: str) -> Surgery | None:
        file = self.current() if code else None
        return file.surgeries.get(code) if file else None


def _told(surgery: Surgery) -> Place:
    return Place(surgery.code, surgery.in_a_line)


def _codes(*codes: str | None) -> tuple[str, ...]:
    return tuple(code for code in codes if code)
