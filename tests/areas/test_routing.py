"""Which team, and why: one named case for each rule and outcome."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from portal.areas.area import Areas
from portal.areas.consistency import every_case
from portal.areas.loading import load_areas
from portal.areas.routing import Outcome, choose_team, choose_within, local_questions, registers_of
from portal.domain.answers import Answers
from tests.support.people import facts_of

TODAY = date(2026, 11, 21)
CHILD, ADULT = "2015-05-04", "1990-05-04"
COUNCILS = {
    "City of London": "E09000001",
    "Hackney": "E09000012",
    "Newham": "E09000025",
    "Bexley": "E09000004",
    "Lambeth": "E09000022",
    "Coventry": "E08000026",
    "Rugby": "E07000220",
    "Stroud": "E07000082",
    "Tewkesbury": "E07000083",
    "Colchester": "E07000071",
    "Tendring": "E07000076",
    "Babergh": "E07000200",
    "Mid Suffolk": "E07000203",
    "Ipswich": "E07000202",
    "East Suffolk": "E07000244",
    "West Suffolk": "E07000245",
    "Leicester": "E06000016",
}
UNDER_18 = "suffolk-under-18"
EAST, WEST, EITHER = "suffolk-adults-east", "suffolk-adults-west", "suffolk-adults-either-side"
ESSEX, WAVENEY = "essex-dsr", "norfolk-and-waveney"
NO_GP_THERE = {"gp_north_east_essex": "no"}
NOT_WAVENEY = {**NO_GP_THERE, "waveney": "no"}


@pytest.fixture(scope="module")
def areas() -> Areas:
    return load_areas()


def born(text: str) -> dict[str, str | list[str]]:
    year, month, day = text.split("-")
    return {"day": day, "month": month, "year": year}


def living_in(council: str, birth: str | None = ADULT, **local: str) -> dict[str, dict[str, str | list[str]]]:
    """Answers of someone who gave a postcode and picked one of its councils."""
    answers: dict[str, dict[str, str | list[str]]] = {
        "postcode": {"postcode": "SE5 8AF"},
        "council": {"council": COUNCILS[council]},
    }
    if birth:
        answers["date_of_birth"] = born(birth)
    return answers | {key: {key: value} for key, value in local.items()}


def chosen(areas: Areas, answers: Answers, today: date = TODAY, *, candidates: Sequence[str] | None = None) -> Outcome:
    """Return where these answers lead on a day."""
    return choose_team(areas, facts_of(answers, today), candidates=candidates)


def where(outcome: Outcome) -> str | None:
    return outcome.team_id or outcome.ask or (outcome.signpost.id if outcome.signpost else None)


RULES = [
    # The GP surgery, or the home, in North East Essex comes first, whatever else is true.
    ("Colchester", CHILD, {}, ESSEX, "because you live in Colchester"),
    ("Colchester", None, {}, ESSEX, "because you live in Colchester"),
    ("Tendring", ADULT, {}, ESSEX, "because you live in Tendring"),
    ("Ipswich", ADULT, {"gp_north_east_essex": "yes"}, ESSEX, "because your GP surgery is in Colchester or Tendring"),
    ("Babergh", CHILD, {"gp_north_east_essex": "yes"}, ESSEX, "because your GP surgery is in Colchester or Tendring"),
    (
        "East Suffolk",
        ADULT,
        {"gp_north_east_essex": "yes", "waveney": "yes"},
        ESSEX,
        "because your GP surgery is in Colchester or Tendring",
    ),
    # Waveney.
    (
        "East Suffolk",
        ADULT,
        {**NO_GP_THERE, "waveney": "yes"},
        WAVENEY,
        "because you live in the Waveney part of East Suffolk",
    ),
    (
        "East Suffolk",
        CHILD,
        {**NO_GP_THERE, "waveney": "yes"},
        WAVENEY,
        "because you live in the Waveney part of East Suffolk",
    ),
    # Suffolk, under 18.
    ("Babergh", CHILD, NO_GP_THERE, UNDER_18, "because you are under 18 and live in Babergh"),
    ("West Suffolk", CHILD, NO_GP_THERE, UNDER_18, "because you are under 18 and live in West Suffolk"),
    ("East Suffolk", CHILD, NOT_WAVENEY, UNDER_18, "because you are under 18 and live in East Suffolk"),
    (
        "East Suffolk",
        CHILD,
        {**NO_GP_THERE, "waveney": "dont_know"},
        UNDER_18,
        "because you are under 18 and live in East Suffolk. "
        "You were not sure whether your home is in Waveney, and the team will see that.",
    ),
    # Suffolk, 18 and over.
    ("Ipswich", ADULT, NO_GP_THERE, EAST, "because you are 18 or over and live in Ipswich"),
    ("East Suffolk", ADULT, NOT_WAVENEY, EAST, "because you are 18 or over and live in East Suffolk"),
    (
        "East Suffolk",
        ADULT,
        {**NO_GP_THERE, "waveney": "dont_know"},
        EAST,
        "because you are 18 or over and live in East Suffolk. "
        "You were not sure whether your home is in Waveney, and the team will see that.",
    ),
    ("West Suffolk", ADULT, NO_GP_THERE, WEST, "because you are 18 or over and live in West Suffolk"),
    (
        "Babergh",
        ADULT,
        {**NO_GP_THERE, "suffolk_side": "east"},
        EAST,
        "because you are 18 or over and live in Babergh, and you told us that you live in the east of Suffolk",
    ),
    (
        "Mid Suffolk",
        ADULT,
        {**NO_GP_THERE, "suffolk_side": "west"},
        WEST,
        "because you are 18 or over and live in Mid Suffolk, and you told us that you live in the west of Suffolk",
    ),
    (
        "Mid Suffolk",
        ADULT,
        {**NO_GP_THERE, "suffolk_side": "dont_know"},
        EITHER,
        "because you are 18 or over and live in Mid Suffolk, and you were not sure which side of Suffolk that is",
    ),
    # A GP that is not known, or none, goes by the home.
    (
        "Ipswich",
        ADULT,
        {"gp_north_east_essex": "dont_know"},
        EAST,
        "because you are 18 or over and live in Ipswich",
    ),
    (
        "West Suffolk",
        CHILD,
        {"gp_north_east_essex": "no_gp"},
        UNDER_18,
        "because you are under 18 and live in West Suffolk",
    ),
    # One team for the whole area.
    ("Lambeth", ADULT, {}, "south-east-london-dsr", "because you live in Lambeth"),
    ("Bexley", CHILD, {}, "south-east-london-dsr", "because you live in Bexley"),
    ("Coventry", ADULT, {}, "coventry-and-warwickshire-dsr", "because you live in Coventry"),
    ("Rugby", CHILD, {}, "coventry-and-warwickshire-dsr", "because you live in Rugby"),
    ("Stroud", ADULT, {}, "gloucestershire-dsr", "because you live in Stroud"),
    ("Tewkesbury", None, {}, "gloucestershire-dsr", "because you live in Tewkesbury"),
    ("City of London", ADULT, {}, "north-east-london-dsr", "because you live in the City of London"),
    ("Hackney", ADULT, {}, "north-east-london-dsr", "because you live in Hackney"),
    ("Newham", CHILD, {}, "north-east-london-dsr", "because you live in Newham"),
    # Anywhere else in England.
    ("Leicester", ADULT, {}, "elsewhere", "because your home is outside the areas of this website"),
    # Asked, never guessed.
    ("Ipswich", ADULT, {}, "gp_north_east_essex", ""),
    ("East Suffolk", ADULT, NO_GP_THERE, "waveney", ""),
    ("Babergh", ADULT, NO_GP_THERE, "suffolk_side", ""),
    ("Babergh", ADULT, {"gp_north_east_essex": "perhaps"}, "gp_north_east_essex", ""),
    ("Babergh", None, NO_GP_THERE, "date_of_birth", ""),
    ("Lambeth", None, {}, "date_of_birth", ""),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule[0]}-{rule[1]}-{rule[3]}")
def test_each_rule(areas: Areas, rule: tuple[str, str | None, dict[str, str], str, str]) -> None:
    council, birth, local, *expected = rule
    outcome = chosen(areas, living_in(council, birth, **local))
    assert [where(outcome), outcome.reason] == expected


def test_every_rule_of_every_area_has_its_named_case(areas: Areas) -> None:
    reasons = {reason for *_, reason in RULES}
    for area in areas.all:
        for rule in area.rules:
            names = [council.in_a_sentence for council in area.councils if rule.concerns(council.code)]
            assert {rule.why.replace("{council}", name) for name in names} & reasons, f"{area.id}: {rule.name}"


def test_every_home_age_and_answer_ends_at_a_team_or_a_signpost(areas: Areas) -> None:
    for area in areas.all:
        for case in every_case(area):
            outcome = choose_within(area, case)
            assert outcome.kind in ("team", "signpost")
            assert outcome.reason.startswith("because ")


class TestTheEighteenthBirthday:
    def going_to(self, areas: Areas, birth: str, today: date) -> str | None:
        return where(chosen(areas, living_in("West Suffolk", birth, **NO_GP_THERE), today))

    def test_the_day_before_counts_as_under_18(self, areas: Areas) -> None:
        assert self.going_to(areas, "2008-11-22", TODAY) == UNDER_18

    def test_the_day_itself_counts_as_adult(self, areas: Areas) -> None:
        assert self.going_to(areas, "2008-11-21", TODAY) == WEST

    def test_born_on_29_february_is_adult_on_1_march(self, areas: Areas) -> None:
        assert self.going_to(areas, "2008-02-29", date(2026, 2, 28)) == UNDER_18
        assert self.going_to(areas, "2008-02-29", date(2026, 3, 1)) == WEST

    def test_the_day_of_sending_decides_not_the_day_of_starting(self, areas: Areas) -> None:
        assert self.going_to(areas, "2008-11-22", date(2026, 11, 22)) == WEST

    def test_the_register_changes_on_that_day(self, areas: Areas) -> None:
        outcome = chosen(areas, living_in("Lambeth", "2008-11-22"))
        assert outcome.register == "Lambeth, under 18"
        outcome = chosen(areas, living_in("Lambeth", "2008-11-21"))
        assert outcome.register == "Lambeth, 18 and over"


class TestAnUnknownBirthday:
    def answers(self, band: str | None) -> dict[str, dict[str, str | list[str]]]:
        answers = living_in("West Suffolk", None, **NO_GP_THERE)
        answers["date_of_birth"] = {"day": "", "month": "", "year": "", "unknown": ["unknown"]}
        return answers | ({"age_band": {"age_band": band}} if band else {})

    def test_asks_for_the_age_band(self, areas: Areas) -> None:
        assert chosen(areas, self.answers(None)).ask == "age_band"

    @pytest.mark.parametrize(("band", "team"), [("under_16", UNDER_18), ("16_17", UNDER_18), ("18_or_over", WEST)])
    def test_goes_by_the_band(self, areas: Areas, band: str, team: str) -> None:
        assert chosen(areas, self.answers(band)).team_id == team

    def test_a_band_that_is_not_one_of_ours_is_asked_again(self, areas: Areas) -> None:
        assert chosen(areas, self.answers("forty")).ask == "age_band"

    @pytest.mark.parametrize("birth", ["2030-01-01", "2001-02-30", "x-y-z"])
    def test_a_birth_date_that_cannot_be_is_asked_again(self, areas: Areas, birth: str) -> None:
        answers = living_in("West Suffolk", birth, **NO_GP_THERE)
        assert chosen(areas, answers).ask == "date_of_birth"


class TestTheUsualHome:
    @pytest.mark.parametrize("hospital", ["yes", "just_left", "no", "not_sure"])
    def test_someone_in_hospital_or_placed_away_goes_by_it(self, areas: Areas, hospital: str) -> None:
        answers = living_in("Lambeth") | {
            "in_hospital": {"in_hospital": hospital},
            "address": {"town": "Norwich", "postcode": "NR1 1AA"},
        }
        assert chosen(areas, answers).team_id == "south-east-london-dsr"


class TestFindingTheHome:
    def test_the_postcode_is_asked_first(self, areas: Areas) -> None:
        assert chosen(areas, {}).ask == "postcode"

    def test_then_the_council_to_confirm(self, areas: Areas) -> None:
        answers = {"postcode": {"postcode": "SE5 8AF"}}
        assert chosen(areas, answers).ask == "council"
        assert chosen(areas, answers, candidates=["E09000022"]).ask == "council"

    def test_without_candidates_the_area_is_asked(self, areas: Areas) -> None:
        assert chosen(areas, {"postcode": {"postcode": "M1 1AE"}}, candidates=[]).ask == "area"

    @pytest.mark.parametrize("why", ["dont_know", "no_fixed_address"])
    def test_without_a_postcode_the_area_and_its_council_are_asked(self, areas: Areas, why: str) -> None:
        answers: dict[str, dict[str, str | list[str]]] = {"postcode": {"postcode": "", "no_postcode": [why]}}
        assert chosen(areas, answers).ask == "area"
        answers["area"] = {"area": "gloucestershire"}
        outcome = chosen(areas, answers)
        assert (outcome.ask, outcome.area_id) == ("area_council", "gloucestershire")
        answers["area_council"] = {"area_council": COUNCILS["Stroud"]}
        assert chosen(areas, answers).team_id == "gloucestershire-dsr"

    def test_none_of_the_candidates_asks_for_the_area(self, areas: Areas) -> None:
        answers = living_in("Lambeth") | {"council": {"council": "none_of_these"}}
        assert chosen(areas, answers).ask == "area"

    def test_none_of_the_areas_councils_is_elsewhere(self, areas: Areas) -> None:
        answers = {
            "postcode": {"postcode": "SE5 8AF"},
            "council": {"council": "none_of_these"},
            "area": {"area": "south-east-london"},
            "area_council": {"area_council": "none_of_these"},
        }
        assert where(chosen(areas, answers)) == "elsewhere"

    def test_another_part_of_england_is_elsewhere(self, areas: Areas) -> None:
        answers = {"postcode": {"no_postcode": ["dont_know"]}, "area": {"area": "elsewhere"}}
        assert where(chosen(areas, answers)) == "elsewhere"

    def test_an_area_that_is_no_more_is_asked_again(self, areas: Areas) -> None:
        answers = {"postcode": {"no_postcode": ["dont_know"]}, "area": {"area": "atlantis"}}
        assert chosen(areas, answers).ask == "area"

    def test_the_confirmed_council_counts_before_an_older_answer(self, areas: Areas) -> None:
        answers = living_in("Lambeth") | {
            "area": {"area": "gloucestershire"},
            "area_council": {"area_council": COUNCILS["Stroud"]},
        }
        assert chosen(areas, answers).team_id == "south-east-london-dsr"


def test_a_signpost_never_ends_in_nothing(areas: Areas) -> None:
    signposts = [signpost for area in areas.all for signpost in area.signposts] + [areas.national.elsewhere]
    assert {signpost.id for signpost in signposts} == {ESSEX, WAVENEY, "elsewhere"}
    for signpost in signposts:
        assert signpost.next_steps
        assert signpost.contacts
        assert any("Print or save your answers" in step for step in signpost.next_steps)


@pytest.mark.parametrize(
    ("council", "questions"),
    [
        ("East Suffolk", {"gp_north_east_essex", "waveney"}),
        ("Babergh", {"gp_north_east_essex", "suffolk_side"}),
        ("Mid Suffolk", {"gp_north_east_essex", "suffolk_side"}),
        ("Ipswich", {"gp_north_east_essex"}),
        ("West Suffolk", {"gp_north_east_essex"}),
        ("Colchester", set()),
        ("Lambeth", set()),
        ("Leicester", set()),
    ],
)
def test_local_questions_are_asked_only_where_they_decide(areas: Areas, council: str, questions: set[str]) -> None:
    assert local_questions(areas, COUNCILS[council]) == questions


def test_south_east_london_keeps_twelve_registers_behind_one_team(areas: Areas) -> None:
    names = registers_of(areas["south-east-london"])
    assert len(names) == 12
    assert names[:2] == ("Bexley, under 18", "Bexley, 18 and over")
    assert registers_of(areas["gloucestershire"]) == ()


class TestTwelveTeamsInsteadOfTwelveRegisters:
    @pytest.fixture
    def twelve(self, tmp_path: Path, areas: Areas) -> Areas:
        source = Path(__file__).parents[2] / "portal" / "areas" / "data" / "south-east-london.toml"
        words = source.read_text(encoding="utf-8").replace('registers = ["council", "age"]\n', "")
        start, end = words.index("[[teams]]"), words.index("[[contacts]]")
        parts = [
            part
            for council in areas["south-east-london"].councils
            for ages in ("under-18", "18-and-over")
            for part in (self.team(council.name, council.code, ages), self.rule(council.name, council.code, ages))
        ]
        (tmp_path / "south-east-london.toml").write_text(words[:start] + "\n".join(parts) + words[end:])
        return load_areas(tmp_path)

    def team(self, council: str, code: str, ages: str) -> str:
        return (
            f'[[teams]]\nid = "{council.lower()}-{ages}"\nname = "{council}, {ages}"\nages = "{ages}"\n'
            f'councils = ["{code}"]\nsource = "page"\nicb = {{ code = "QKK", source = "icbs" }}\n'
        )

    def rule(self, council: str, code: str, ages: str) -> str:
        return (
            f'[[rules]]\nname = "{council.lower()}-{ages}"\ncouncils = ["{code}"]\nages = "{ages}"\n'
            f'team = "{council.lower()}-{ages}"\nwhy = "because you live in {{council}}"\n'
            'why_helper = "because the person lives in {council}"\nsource = "page"\n'
        )

    def test_each_is_a_team_of_its_own(self, twelve: Areas) -> None:
        assert len(twelve["south-east-london"].teams) == 12
        outcome = chosen(twelve, living_in("Lambeth", CHILD))
        assert (outcome.team_id, outcome.register) == ("lambeth-under-18", None)
        assert chosen(twelve, living_in("Bexley")).team_id == "bexley-18-and-over"

    def test_the_age_is_asked(self, twelve: Areas) -> None:
        assert chosen(twelve, living_in("Lambeth", None)).ask == "date_of_birth"

    def test_the_other_areas_stay_as_they_are(self, twelve: Areas, areas: Areas) -> None:
        assert twelve["gloucestershire"] == areas["gloucestershire"]


def test_no_reason_that_a_team_reads_speaks_to_the_reader(areas: Areas) -> None:
    for rule in (rule for area in areas.all for rule in area.rules):
        words = rule.why_helper.replace(".", " ").replace(",", " ").split()
        assert not {"you", "your", "You", "Your"} & set(words), rule.why_helper
