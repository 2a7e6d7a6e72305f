"""Coming back over HTTP: the code, where it stands, messages, contact details, and taking consent back to the end."""

import json
from datetime import date
from typing import Any

import pytest
from flask import Flask

from portal.database.engine import reading
from portal.domain.follow_up import Holder, Holders
from portal.drafts.receipt import Receipt
from portal.mail.tables import OutboxRow
from portal.settings import Settings
from tests.support.clocks import SetClock
from tests.support.returning import Returner
from tests.support.staff_member import StaffMember, a_member, receipt_for

TEAM, OTHER = "gloucestershire-dsr", "north-east-london-dsr"
DOCUMENT = {
    "routing": {"reason": "You live in Stroud", "register": None},
    "consent": {"pathway": "own", "reason": "They said yes.", "team_must": None},
    "needs": [],
    "sections": [{"key": "person", "title": "About", "items": [{"key": "a", "question": "Name?", "answers": ["Zoë"]}]}],
}
CONTENT = json.dumps(DOCUMENT).encode()
HELPED = Holders(Holder.PERSON, Holder.HELPER)
CANARY = "I moved to 12 Larkspur Mews & <b>\nমোহাম্মদ 🙂"


@pytest.fixture(params=["", "easy-read/"])
def person(app: Flask, request: pytest.FixtureRequest) -> Returner:
    """Give somebody who is about to come back, at each level."""
    return Returner(app.test_client(), request.param)


@pytest.fixture
def sent(app: Flask) -> Receipt:
    """Give a referral that a helper sent: two codes."""
    return receipt_for(app, TEAM, CONTENT, date(2026, 11, 27), HELPED)


@pytest.fixture
def back(person: Returner, sent: Receipt) -> Returner:
    """Give somebody who has come back with the person's own code."""
    person.come_back(sent)
    assert person.place == "where-it-stands"
    return person


@pytest.fixture
def helper(app: Flask, sent: Receipt) -> Returner:
    """Give somebody who has come back with the helper's code."""
    helper = Returner(app.test_client())
    helper.come_back(sent, sent.codes[1])
    return helper


@pytest.fixture
def member(member: StaffMember, sent: Receipt) -> StaffMember:
    """Give a member of the team who looks at the referral."""
    member.open(f"/staff/referrals/{sent.reference}")
    return member


def opened(member: StaffMember) -> str:
    return member.press(f"{member.path}/open")


EASY = {
    "Enter the reference": "Write the reference",
    "Enter all 7 words": "Write all 7 words",
    "Word 7 is not one of our words": "Word number 7 is not right",
    "do not belong together": "do not go together",
    "too long": "You wrote too much",
    "Enter a phone number": "This phone number is not right",
    "Fill in at least one": "Write something in 1 of the boxes",
    "correct format": "This email address is not right",
    "Choose one of the two": "Choose 1 answer",
}


def said(person: Returner, words: str) -> str:
    """Return how this person's level says that something is wrong."""
    return EASY.get(words, words) if person.level else words


class TestTheCode:
    @pytest.mark.parametrize(
        "spelt", [str.upper, lambda words: words.replace(" ", ", "), lambda words: f" 1 {words}\n"]
    )
    def test_is_read_as_it_was_meant(self, person: Returner, sent: Receipt, spelt: Any) -> None:
        words = spelt(sent.codes[0].words)
        person.come_back(sent, code=words, reference=sent.reference.lower().replace("-", " "))
        assert person.place == "where-it-stands"

    @pytest.mark.parametrize("reference", [None, "4KM-7X2-P9D"])
    def test_wrong_ones_get_the_same_words_whether_the_reference_exists_or_not(
        self, person: Returner, sent: Receipt, reference: str | None
    ) -> None:
        typed = {"code": "able " * 7, "reference": reference or sent.reference}
        pages = []
        for _ in range(5):
            words = person.come_back(sent, **typed)
            pages.append((person.page.status_code, words.replace(typed["reference"], "")))
        assert [status for status, _ in pages] == [403, 403, 403, 403, 429]
        assert said(person, "do not belong together") in pages[0][1]
        assert "Wait 2 seconds" in pages[4][1]
        assert "Error:" in person.html.split("</title>")[0]

    def test_of_another_referral_opens_nothing(self, app: Flask, person: Returner, sent: Receipt) -> None:
        other = receipt_for(app, OTHER, CONTENT)
        person.come_back(sent, other.codes[0])
        assert person.page.status_code == 403

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"reference": ""}, "Enter the reference"),
            ({"reference": "4KM"}, "Enter the reference"),
            ({"code": "able able"}, "Enter all 7 words"),
            ({"code": "able able able able able able qqqq"}, "Word 7 is not one of our words"),
        ],
    )
    def test_what_is_none_is_said_beside_the_field_and_keeps_what_was_typed(
        self, person: Returner, sent: Receipt, typed: dict[str, str], words: str
    ) -> None:
        shown = person.come_back(sent, **typed)
        assert person.page.status_code == 422
        assert shown.count(said(person, words)) == 2
        assert typed.get("reference", sent.reference) in person.html

    def test_a_stale_token_loses_nothing_typed(self, person: Returner, sent: Receipt) -> None:
        person.come_back(sent, csrf_token="stale")
        assert person.page.status_code == 400
        assert sent.codes[0].words in person.html

    def test_a_right_one_opens_also_after_many_wrong_ones(self, person: Returner, sent: Receipt) -> None:
        for _ in range(8):
            person.come_back(sent, code="able " * 7)
        person.come_back(sent)
        assert person.place == "where-it-stands"

    def test_lost_leaves_nobody_stuck(self, person: Returner) -> None:
        assert "/follow-up/without-the-code" in person.open() + person.html
        words = person.open("without-the-code")
        assert "South East London" in words
        assert "0208 176 5565" in words or "020 8176 5565" in words
        assert f"/en/{person.level}apply" in person.html

    def test_has_a_cookie_of_its_own_that_other_sites_cannot_use(self, back: Returner) -> None:
        cookie = back.client.get_cookie("follow-up")
        assert cookie is not None
        assert (cookie.http_only, cookie.same_site, cookie.max_age) == (True, "Strict", None)
        assert back.client.get_cookie("staff") is None

    def test_opens_no_page_of_the_staff(self, back: Returner) -> None:
        cookie = back.client.get_cookie("follow-up")
        assert cookie is not None
        back.client.set_cookie("staff", cookie.value)
        page = back.client.get("/staff/")
        assert page.headers["Location"].startswith("/staff/sign-in")


class TestAVisit:
    PAGES = ("where-it-stands", "message", "contact", "take-back")

    @pytest.mark.parametrize("place", PAGES)
    def test_without_one_every_page_asks_for_the_code(self, person: Returner, place: str) -> None:
        person.open(place)
        assert person.place == "follow-up"

    def test_ends_after_half_an_hour_and_the_page_says_so(self, back: Returner, clock: SetClock) -> None:
        clock.move_on(minutes=29)
        back.open("message")
        clock.move_on(minutes=29)
        assert back.open("message")
        assert back.place == "message"
        clock.move_on(minutes=30)
        assert "You were away for more than 30 minutes" in back.open("message")

    def test_a_message_written_too_slowly_is_not_lost(self, back: Returner, sent: Receipt, clock: SetClock) -> None:
        back.open("message")
        clock.move_on(minutes=45)
        assert "Your message is not sent yet" in back.press("message", message=CANARY)
        back.press("", reference=sent.reference, code=sent.codes[0].words, kept=CANARY)
        assert "Larkspur" in back.html
        assert "We sent your message" in back.press("message", message=CANARY)

    @pytest.mark.parametrize("place", ["message", "contact", "take-back"])
    def test_a_stale_token_changes_nothing_and_loses_nothing_typed(self, back: Returner, place: str) -> None:
        back.open(place)
        words = back.press(place, csrf_token="stale", message=CANARY, note=CANARY, sure="yes")
        assert back.page.status_code == 400
        assert "Select the button again" in words or "press the button again" in words
        assert place == "take-back" or "Larkspur" in words
        assert "Error:" in back.html.split("</title>")[0]

    def test_leaving_ends_it(self, back: Returner) -> None:
        assert "You have left" in back.press("leave")
        assert back.client.get_cookie("follow-up") is None
        back.open("where-it-stands")
        assert back.place == "follow-up"


class TestWhereItStands:
    def test_begins_with_received_and_by_when(self, back: Returner, sent: Receipt) -> None:
        words = back.words
        assert sent.reference in words
        assert "Friday 20 November 2026" in words
        assert "They say they will contact you by Friday 27 November 2026" in words
        assert "Zoë" not in back.html

    def test_shows_what_the_team_did_and_said(self, back: Returner, member: StaffMember) -> None:
        opened(member)
        assert "pened your form" in back.open("where-it-stands")
        member.press(f"{member.path}/tell", news="tried")
        words = back.open("where-it-stands")
        assert "We tried to contact you. We will try again." in words
        assert "They say they will contact you by" not in words
        member.press(f"{member.path}/closed", version="1")
        assert "finished with your form" in back.open("where-it-stands")

    def test_is_told_in_the_order_of_time(self, back: Returner, member: StaffMember, clock: SetClock) -> None:
        back.open("message")
        back.press("message", message="Hello")
        clock.move_on(minutes=1)
        opened(member)
        so_far = back.open("where-it-stands").split("What happened so far")[1]
        assert so_far.index("A message was sent") < so_far.index("pened your form")

    def test_is_the_same_for_the_helper(self, helper: Returner) -> None:
        assert "Friday 20 November 2026" in helper.words
        assert "/follow-up/message" in helper.html
        assert "/follow-up/take-back" not in helper.html


class TestTheHelpersCode:
    @pytest.mark.parametrize("place", ["contact", "take-back"])
    def test_does_not_speak_for_the_person(self, helper: Returner, member: StaffMember, place: str) -> None:
        assert "This code cannot do that" in helper.open(place)
        assert helper.page.status_code == 403
        helper.press(place, sure="yes", phone="07700 900 982")
        assert helper.page.status_code == 403
        assert "Consent taken back" not in member.open(member.path)

    def test_does_not_tell_a_child_who_holds_it_that_she_cannot_say_no(self, helper: Returner) -> None:
        assert "You can always say no" in helper.words
        assert "you can always say no" in helper.open("take-back")

    def test_adds_messages(self, helper: Returner, member: StaffMember) -> None:
        helper.open("message")
        assert "We sent your message" in helper.press("message", message=CANARY)
        assert "With the other code: for someone who helps" in opened(member)


class TestMessages:
    def test_reach_the_team_word_for_word_and_nobody_else(
        self, back: Returner, member: StaffMember, settings: Settings
    ) -> None:
        back.open("message")
        back.press("message", message=CANARY)
        assert "A message was sent to the team" in back.words
        files = [path.read_bytes() for path in settings.instance.rglob("*") if path.is_file()]
        assert [1 for content in files if b"Larkspur" in content] == []
        assert "New message" in member.open("/staff/")
        member.open(f"/staff/referrals/{member_reference(member)}")
        page = opened(member)
        assert "I moved to 12 Larkspur Mews &amp; &lt;b&gt;\nমোহাম্মদ 🙂" in page
        assert "New message" not in member.open("/staff/")

    def test_a_new_one_is_opened_by_an_act_of_its_own(
        self, back: Returner, member: StaffMember, clock: SetClock
    ) -> None:
        opened(member)
        clock.move_on(minutes=1)
        back.open("message")
        back.press("message", message=CANARY)
        assert "Larkspur" not in member.open(member.path)
        assert "New messages came" in member.html
        assert "Larkspur" in opened(member)

    def test_a_double_click_sends_one(self, back: Returner) -> None:
        back.open("message")
        token_page = back.page
        for _ in range(3):
            back.page = token_page
            back.press("message", message=CANARY)
        assert back.words.count("A message was sent to the team") == 1

    @pytest.mark.parametrize(("text", "words"), [("  ", "Write your message"), ("x" * 4001, "too long")])
    def test_none_or_too_much_is_said(self, back: Returner, text: str, words: str) -> None:
        back.open("message")
        assert said(back, words) in back.press("message", message=text)
        assert back.page.status_code == 422

    def test_contact_details_come_under_their_own_names(self, back: Returner, member: StaffMember) -> None:
        back.open("contact")
        assert said(back, "Fill in at least one") in back.press("contact", phone="")
        assert said(back, "correct format") in back.press("contact", email="nobody")
        assert said(back, "Enter a phone number") in back.press("contact", phone="1", note=CANARY)
        assert "Larkspur" in back.html
        assert "We sent your new details" in back.press("contact", phone="07700 900 982", note=CANARY)
        page = opened(member)
        assert "New contact details" in page
        assert "07700 900 982" in page


class TestTakingConsentBack:
    def test_says_first_what_will_happen_and_whom_to_tell(self, back: Returner) -> None:
        words = back.open("take-back")
        assert "your form and your messages" in words
        assert "register" in words
        assert "Gloucestershire" in words
        assert said(back, "Choose one of the two") in back.press("take-back")
        assert back.page.status_code == 422

    def test_no_changes_nothing(self, back: Returner, member: StaffMember) -> None:
        back.open("take-back")
        assert "Nothing has changed" in back.press("take-back", sure="no")
        assert "Consent taken back" not in member.open(member.path)

    def test_from_the_persons_yes_to_the_erased_copy(
        self, app: Flask, back: Returner, member: StaffMember, sent: Receipt
    ) -> None:
        opened(member)
        back.open("take-back")
        words = back.press("take-back", sure="yes")
        assert "told the team" in words
        assert "/follow-up/message" not in back.html
        with reading(app.extensions["portal"].engine) as session:
            assert [row.kind for row in session.query(OutboxRow)][-1] == "referral.consent_taken_back"

        assert "Consent taken back: acknowledge it" in member.open("/staff/")
        page = member.open(f"/staff/referrals/{sent.reference}")
        assert page.index("Consent taken back") < page.index("Received")
        assert "What the person sees" in page
        assert "Acknowledge and erase" in member.open(f"/staff/referrals/{sent.reference}/erase")
        version = member.html.split('name="version" value="')[1].split('"')[0]
        page = member.press(f"/staff/referrals/{sent.reference}/erase", version=version)
        assert "were erased" in page
        assert "Zoë" not in page
        assert "Consent taken back, erased" in member.open("/staff/?show=closed")
        assert ("We cleared the form" if back.level else "erased") in back.open("where-it-stands")

    def test_another_team_cannot_acknowledge_it(
        self, app: Flask, demo: dict[str, Any], clock: SetClock, back: Returner, sent: Receipt
    ) -> None:
        back.open("take-back")
        back.press("take-back", sure="yes")
        stranger = a_member(app, demo, clock, OTHER)
        stranger.sign_in()
        stranger.press(f"/staff/referrals/{sent.reference}/erase")
        assert stranger.page.status_code == 404
        assert "told the team" in back.open("where-it-stands")

    def test_nothing_can_be_erased_before(self, member: StaffMember, sent: Receipt) -> None:
        member.press(f"/staff/referrals/{sent.reference}/erase")
        assert member.page.status_code == 409

    def test_an_address_of_a_page_that_writes_leads_back(self, back: Returner) -> None:
        back.open("take-back")
        back.press("take-back", sure="yes")
        for place in ("message", "contact", "take-back"):
            back.open(place)
            assert back.place == "where-it-stands"


def member_reference(member: StaffMember) -> str:
    """Return the first reference in the queue that they look at."""
    return member.html.split("/staff/referrals/")[1].split('"')[0]
