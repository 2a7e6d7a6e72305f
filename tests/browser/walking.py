"""People who between them see every page of the form, with an onlooker who looks at each page once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast
from zoneinfo import ZoneInfo

from portal.domain.answers import Answer
from tests.browser.looking import Onlooker
from tests.journeys.browsing import InABrowser
from tests.journeys.person import Person
from tests.journeys.ways import OverHttp
from tests.support.applicants import Applicant
from tests.support.browsers import Browser
from tests.support.form import QUESTIONS
from tests.support.wire import WireClient

REQUIRED = {question.key.replace("_", "-") for question in QUESTIONS if not question.is_optional}
NEVER_TWICE = {"consent", "sent", "another-place", "help-in-hospital"}
"""Pages that say something else for each area; the others look the same for everybody."""
SAMPLE = {"who", "safe-now", "date-of-birth", "happening", "check-answers", "sent", "another-place"}
"""Pages that are looked at in other colours and with stretched text as well: one of each kind."""

Given = Callable[[Person], Person]
CHILD: dict[str, Answer] = {
    "parental_responsibility": {"parental_responsibility": "not_sure"},
    "young_person_view": {"young_person_view": "unsure", "young_person_words": ""},
}
LETTER: Answer = {"letter_line1": "1 High St", "letter_line2": "", "letter_town": "", "letter_postcode": "GL5 1AA"}
MUM: Answer = {"contact_person_name": "Mum", "contact_person_details": "01632 960001"}
NO_GP_THERE = {"gp_north_east_essex": "no"}

WALKS: dict[str, Given] = {
    "a woman with an interpreter, in danger, on a ward, on neither side of Suffolk": lambda p: (
        p.given_home("IP14 1AA", "Mid Suffolk", suffolk_side="dont_know", **NO_GP_THERE)
        .given_age_band("18_or_over")
        .given(
            needs={"needs": ["interpreter", "bsl"], "needs_other": ""},
            language={"language": "বাংলা"},
            happening={"happening": ["hurt_myself", "police"], "happening_words": ""},
            in_hospital={"in_hospital": "yes"},
            contact_way={"contact_way": "phone"},
            contact_phone={"contact_phone": "01632 960001"},
            leave_message={"leave_message": "no"},
        )
    ),
    "a girl near Lowestoft who says no": lambda p: (
        p.given_home("NR33 0AA", "East Suffolk", waveney="dont_know", **NO_GP_THERE)
        .given_turned(15)
        .given(
            adult_knows={"adult_knows": "prefer_not"},
            contact_way={"contact_way": "someone_else"},
            contact_person=MUM,
            consent={"consent": "no"},
        )
    ),
    "a carer in Stroud who knows no postcode": lambda p: (
        p.given_no_postcode("dont_know")
        .given_chosen("gloucestershire", "Stroud")
        .given_a_helper("parent_carer", "may_not_be_able", legal_decision_maker={"legal_decision_maker": "attorney"})
        .given(contact_way={"contact_way": "letter"}, contact_letter=LETTER, consent={"consent": "talk_to_me"})
    ),
    "a friend of a child in Hackney": lambda p: (
        p.given_home("E8 1AA", "Hackney")
        .given_turned(9)
        .given_a_helper("supporter", **CHILD)
        .given(contact_way={"contact_way": "someone_else"}, contact_person=MUM)
    ),
    "a man in Lambeth by video relay": lambda p: p.given(
        contact_way={"contact_way": "another_way"},
        contact_other={"contact_other": "BSL by video relay"},
        in_hospital={"in_hospital": "just_left"},
    ),
    "a young woman in Coventry who knows her NHS number": lambda p: (
        p.given_home("CV1 1AA", "Coventry")
        .given_turned(19)
        .given(knows_nhs_number={"knows_nhs_number": "yes"}, under_26={"under_26": "yes"})
    ),
    "a professional": lambda p: p.given(
        who={"who": "professional"}, professional_area={"professional_area": "south-east-london"}
    ),
    "a man in Colchester": lambda p: p.given_home("CO1 1AA", "Colchester"),
    "a woman in Manchester": lambda p: p.given_home("M1 1AA").given_chosen("elsewhere"),
    "a man who does not know where he lives": lambda p: p.given_no_postcode("dont_know").given_chosen("dont_know"),
    "a helper of somebody who says no": lambda p: p.given_a_helper("supporter", "no"),
    "a helper who has not asked": lambda p: p.given_a_helper("parent_carer", "not_asked"),
    "somebody with neither": lambda p: p.given(disability={"disability": "neither"}),
}


@dataclass
class Overseen(OverHttp):
    """Somebody quick; whenever they reach a page that nobody has looked at, the onlooker opens it in a browser."""

    onlooker: Onlooker = field(kw_only=True)
    known_as: str = field(kw_only=True)

    def open(self, slug: str) -> None:
        super().open(slug)
        self.look()

    def answer(self, answer: Answer) -> None:
        super().answer(answer)
        self.look()

    def send(self) -> None:
        super().send()
        self.look()

    def press(self, slug: str, **data: str) -> None:
        """Send something that is no answer, such as "clear"."""
        self.applicant.answer(slug, data)
        self.look()

    def look(self) -> None:
        """Let the onlooker see this page, and where it asks something, what it says when nothing is answered."""
        slug = self.slug
        what = f"{slug} for {self.known_as}" if slug in NEVER_TWICE else slug
        if what in self.onlooker.looked_at:
            return
        browser, client = self.onlooker.browser, self.applicant.client
        assert isinstance(client, WireClient)
        client.lend_cookies(browser.driver)
        browser.open(self.applicant.address(slug))
        assert browser.path.endswith(slug), f"the browser is at {browser.path}, not {slug}"
        self.onlooker.look(what)
        if slug in SAMPLE:
            self.onlooker.look_in_colours(what)
            self.onlooker.look_stretched(what)
        if slug in REQUIRED | {"safe-now", "come-back"}:
            browser.leave_by(browser.find("main form[novalidate] .app-buttons button").click)
            assert browser.title.startswith("Error:"), browser.title
            self.onlooker.look(f"{what} with its error")


def somebody(onlooker: Onlooker, level: str, known_as: str = "") -> Person:
    """Give a new person with an onlooker at their shoulder."""
    applicant = Applicant(WireClient(onlooker.browser.url), level)  # type: ignore[arg-type]  # as the test client
    way = Overseen(applicant, onlooker=onlooker, known_as=known_as)
    return Person(way, datetime.now(UTC).astimezone(ZoneInfo("Europe/London")).date())


def at_the_last_button(browser: Browser, **answers: Answer) -> Person:
    """Give somebody in this browser, before the last button: the form was filled in elsewhere, quickly."""
    client = WireClient(browser.url)
    today = datetime.now(UTC).astimezone(ZoneInfo("Europe/London")).date()
    quick = Person(OverHttp(Applicant(client)), today)  # type: ignore[arg-type]  # as the test client
    quick.given(**answers).when_they_begin().when_they_answer().then_they_are_at("check-answers")
    browser.open("/en/")
    client.lend_cookies(browser.driver)
    return Person(InABrowser(browser), quick.today, quick.answers).when_they_go_to("check-answers")


def see_every_page(browser: Browser, level: str) -> Onlooker:
    """Let all of them walk as far as they come; return what the onlooker noted."""
    onlooker = Onlooker(browser)
    browser.open(f"/en/{level}")
    for known_as, given in WALKS.items():
        person = given(somebody(onlooker, level, known_as)).when_they_begin().when_they_answer()
        if person.way.slug == "check-answers":
            person.when_they_send()
    see_who_leaves(onlooker, level)
    return onlooker


def see_who_leaves(onlooker: Onlooker, level: str) -> None:
    """Let somebody who is not safe save what they have, leave, look for it again, and clear it."""
    person = somebody(onlooker, level).when_they_begin(safe="no").then_they_are_at("urgent-now")
    way = cast(Overseen, person.when_they_go_to("who").way)
    way.press("who", who="me", save="1")
    person.then_they_are_at("saved")
    way.press("leave")
    person.then_they_are_at("left").when_they_go_to("come-back").when_they_go_to("safe-now")
    way.press("clear")
    person.then_they_are_at("cleared").when_they_go_to("lost")
