"""The staff's side over HTTP: sign in, queue, open, collect, print, sign out; another team's is not found."""

import json
from datetime import date
from typing import Any

import pytest
from flask import Flask

from portal.app import create_app
from portal.audit.queries import verify
from portal.audit.tables import AuditRow
from portal.database.engine import reading
from portal.settings import Settings
from tests.support.clocks import SetClock
from tests.support.html import elements, parse, text_of
from tests.support.staff_member import StaffMember, a_member, referral_for

TEAM, OTHER = "gloucestershire-dsr", "north-east-london-dsr"
WORDS = "Zoë O'Brien-Smith & Sons <b>\nমোহাম্মদ   محمد 🙂"
DOCUMENT = {
    "form": 1,
    "schema": "5f" * 32,
    "language": "en",
    "level": "standard",
    "routing": {
        "team": TEAM,
        "area": "gloucestershire",
        "reason": "The person lives in Stroud",
        "register": "Lambeth, 18+",
    },
    "consent": {"pathway": "talk_first", "reason": "They asked to talk first.", "team_must": "Talk to the person."},
    "needs": ["British Sign Language (BSL)"],
    "name": "Zoë",
    "sections": [
        {"key": "who", "title": "This form", "items": [{"key": "needs", "question": "Needs?", "answers": ["BSL"]}]},
        {
            "key": "situation",
            "title": "What is happening",
            "items": [
                {"key": "happening", "question": "What is happening now?", "answers": [WORDS]},
                {"key": "gp", "question": "Which surgery?", "answers": []},
            ],
        },
    ],
    "answers": {},
}
CONTENT = json.dumps(DOCUMENT, ensure_ascii=False).encode()


def log(app: Flask, event: str) -> list[AuditRow]:
    with reading(app.extensions["portal"].engine) as session:
        verify(session)
        return session.query(AuditRow).filter(AuditRow.event == event).all()


class TestSigningIn:
    def test_leads_to_the_queue(self, member: StaffMember) -> None:
        assert "Gloucestershire Dynamic Support Register team" in member.html
        assert "Nothing is waiting." in member.html

    @pytest.mark.parametrize("wrong", [{"passphrase": "no"}, {"code": "000000"}, {"email": "nobody@example.org"}])
    def test_never_says_which_was_wrong(self, visitor: StaffMember, wrong: dict[str, str]) -> None:
        page = visitor.sign_in(**wrong)
        assert visitor.page.status_code == 403
        assert "Error:" in page.split("</title>")[0]
        assert page.count("The email address, passphrase or code is not right") == 2
        assert visitor.known["passphrase"] not in page

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("email", "Enter your email address"),
            ("passphrase", "Enter your passphrase"),
            ("code", "Enter the 6-digit code from your app"),
        ],
    )
    def test_says_what_is_missing_beside_the_field_and_above(self, visitor: StaffMember, name: str, words: str) -> None:
        page = visitor.sign_in(**{name: "  "})
        assert page.count(words) == 2
        assert f'href="#{name}"' in page

    def test_keeps_the_address_that_was_typed_and_nothing_else(self, visitor: StaffMember) -> None:
        page = visitor.sign_in(passphrase="not the one")
        assert f'value="{visitor.known["email"]}"' in page
        assert "not the one" not in page

    def test_asks_for_patience_after_many_failures(self, visitor: StaffMember) -> None:
        for _ in range(9):
            page = visitor.sign_in(passphrase="no")
        assert visitor.page.status_code == 403
        page = visitor.press("/staff/sign-in", email=visitor.known["email"], passphrase="no", code="1")
        assert visitor.page.status_code == 429
        assert "Too many tries. Wait 3" in page

    def test_a_spent_code_is_refused(self, visitor: StaffMember) -> None:
        visitor.sign_in()
        code = visitor.code()
        visitor.client.delete_cookie("staff")
        visitor.open("/staff/sign-in")
        visitor.press("/staff/sign-in", email=visitor.known["email"], passphrase=visitor.known["passphrase"], code=code)
        assert visitor.page.status_code == 403

    def test_a_form_without_its_token_is_refused(self, visitor: StaffMember) -> None:
        assert visitor.client.post("/staff/sign-in", data=visitor.known).status_code == 400

    def test_the_cookie_is_for_this_host_and_our_own_pages_alone(self, visitor: StaffMember) -> None:
        visitor.sign_in()
        cookie = visitor.client.get_cookie("staff")
        assert cookie is not None
        assert (cookie.http_only, cookie.same_site, cookie.max_age, cookie.path) == (True, "Strict", None, "/")

    def test_over_tls_the_cookie_is_tied_to_the_host(self, settings: Settings, demo: dict[str, Any]) -> None:
        secure = Settings.from_env({"PORTAL_INSTANCE": str(settings.instance), "PORTAL_TLS": "1"})
        clock = SetClock()
        app = create_app(secure, clock)
        visitor = a_member(app, demo, clock, TEAM)
        visitor.client.environ_base["wsgi.url_scheme"] = "https"
        visitor.sign_in()
        assert visitor.client.get_cookie("__Host-staff") is not None
        app.extensions["portal"].engine.dispose()


class TestSessions:
    @pytest.mark.parametrize("path", ["/staff/", "/staff/referrals/4KM-7X2-P9D"])
    def test_without_one_every_page_leads_to_the_sign_in(self, visitor: StaffMember, path: str) -> None:
        visitor.open(path)
        assert visitor.path == "/staff/sign-in"
        assert "You were signed out" not in visitor.html

    @pytest.mark.parametrize("path", ["/staff/sign-out", "/staff/referrals/4KM-7X2-P9D/open"])
    def test_without_one_no_act_is_done(self, visitor: StaffMember, path: str) -> None:
        visitor.open("/staff/sign-in")
        visitor.press(path)
        assert visitor.path == "/staff/sign-in"

    def test_it_ends_after_fifteen_idle_minutes_and_the_page_says_so(
        self, member: StaffMember, clock: SetClock
    ) -> None:
        clock.move_on(minutes=15)
        assert "You were signed out" in member.open("/staff/")
        assert member.path == "/staff/sign-in"

    def test_it_lasts_while_it_is_used_but_eight_hours_at_most(self, member: StaffMember, clock: SetClock) -> None:
        for _ in range(33):
            clock.move_on(minutes=14)
            member.open("/staff/")
            assert member.path == "/staff/"
        clock.move_on(minutes=14)
        member.open("/staff/")
        clock.move_on(minutes=5)
        member.open("/staff/")
        assert member.path == "/staff/sign-in"

    def test_signing_out_ends_it_and_clears_the_browser(self, app: Flask, member: StaffMember) -> None:
        cookie = member.client.get_cookie("staff")
        assert cookie is not None
        member.press("/staff/sign-out")
        assert member.path == "/staff/sign-in"
        assert member.page.history[0].headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
        assert member.client.get_cookie("staff") is None
        member.client.set_cookie("staff", cookie.value)
        member.open("/staff/")
        assert member.path == "/staff/sign-in"
        assert len(log(app, "staff.signed_out")) == 1

    @pytest.mark.parametrize("value", ["", "x", "é", "AAAA", "A" * 44, "=" * 3000, "A" * 43 + "="])
    def test_a_made_up_cookie_opens_nothing(self, visitor: StaffMember, value: str) -> None:
        visitor.client.set_cookie("staff", value)
        visitor.open("/staff/")
        assert visitor.path == "/staff/sign-in"

    def test_who_is_signed_in_is_led_on_from_the_sign_in_page(self, member: StaffMember) -> None:
        member.open("/staff/sign-in")
        assert member.path == "/staff/"


class TestQueue:
    @pytest.mark.parametrize(
        ("due_on", "words"),
        [
            (None, "No set day"),
            (date(2026, 11, 20), "Today"),
            (date(2026, 11, 21), "Tomorrow"),
            (date(2026, 11, 27), "By Fri 27 Nov. 5 working days left"),
            (date(2026, 11, 19), "Overdue: was due Thu 19 Nov. 1 working day late"),
        ],
    )
    def test_says_by_when_in_words(self, app: Flask, member: StaffMember, due_on: date | None, words: str) -> None:
        reference = referral_for(app, TEAM, CONTENT, due_on)
        page = member.open("/staff/")
        rows = [text_of(row) for row in elements(parse(page), "tr")]
        (row,) = [row for row in rows if reference in row]
        assert words in row
        assert "Fri 20 Nov, 11:05" in row
        assert "Waiting" in row

    def test_shows_no_name_and_no_word_of_what_is_sealed(self, app: Flask, member: StaffMember) -> None:
        reference = referral_for(app, TEAM, CONTENT)
        member.open(f"/staff/referrals/{reference}")
        member.press(f"/staff/referrals/{reference}/open")
        assert "Zoë" not in member.open("/staff/")

    def test_shows_only_the_members_own_teams(
        self, app: Flask, demo: dict[str, Any], clock: SetClock, member: StaffMember
    ) -> None:
        mine, theirs = referral_for(app, TEAM, CONTENT), referral_for(app, OTHER, CONTENT)
        stranger = a_member(app, demo, clock, OTHER)
        stranger.sign_in()
        assert (mine in member.open("/staff/"), theirs in member.html) == (True, False)
        assert (mine in stranger.open("/staff/"), theirs in stranger.html) == (False, True)

    def test_somebody_of_two_teams_sees_both(self, app: Flask, demo: dict[str, Any], clock: SetClock) -> None:
        visitor = a_member(app, demo, clock, "suffolk-adults-either-side")
        references = [
            referral_for(app, team, CONTENT) for team in ("suffolk-adults-east", "suffolk-adults-either-side")
        ]
        visitor.sign_in()
        assert all(reference in visitor.html for reference in references)

    def test_puts_what_is_due_first_first(self, app: Flask, member: StaffMember) -> None:
        days = [None, date(2026, 11, 27), date(2026, 11, 19)]
        late, soon, none = reversed([referral_for(app, TEAM, CONTENT, day) for day in days])
        page = member.open("/staff/")
        assert page.index(late) < page.index(soon) < page.index(none)


class TestReferral:
    @pytest.fixture
    def reference(self, app: Flask) -> str:
        """Give a referral that waits."""
        return referral_for(app, TEAM, CONTENT, date(2026, 11, 27))

    @pytest.fixture
    def opened(self, member: StaffMember, reference: str) -> StaffMember:
        """Give a member who has opened it."""
        member.open(f"/staff/referrals/{reference}")
        member.press(f"/staff/referrals/{reference}/open")
        assert member.path == f"/staff/referrals/{reference}"
        return member

    def test_looking_opens_nothing(self, app: Flask, member: StaffMember, reference: str) -> None:
        page = member.open(f"/staff/referrals/{reference}")
        assert "This referral is sealed" in page
        assert "Zoë" not in page
        assert log(app, "referral.opened") == []

    def test_opened_it_reads_word_for_word(self, opened: StaffMember) -> None:
        said = ["".join(node.itertext()) for node in elements(parse(opened.html), "p")]
        assert WORDS in said

    def test_consent_and_needs_stand_before_everything_else(self, opened: StaffMember) -> None:
        page = opened.html
        order = [
            "They want the team to talk to them first",
            "Talk to the person.",
            "British Sign Language (BSL)",
            "Lambeth, 18+",
            "The person lives in Stroud",
            "What is happening now?",
        ]
        assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)
        assert "Needs?" not in page

    def test_opened_once_it_can_be_read_again_and_printed(self, app: Flask, opened: StaffMember) -> None:
        assert "Zoë" in opened.open(opened.path)
        assert "data-print" in opened.html
        assert len(log(app, "referral.opened")) == 1

    def test_a_colleague_opens_it_for_themselves(
        self, app: Flask, demo: dict[str, Any], clock: SetClock, opened: StaffMember
    ) -> None:
        colleague = a_member(app, demo, clock, TEAM, 1)
        colleague.sign_in()
        assert "This referral is sealed" in colleague.open(opened.path)

    def test_no_answer_stands_in_the_title_or_the_address(self, opened: StaffMember) -> None:
        title = text_of(elements(parse(opened.html), "title")[0])
        assert "Zoë" not in title + opened.path

    @pytest.mark.parametrize("act", ["", "/open", "/collected"])
    def test_another_teams_is_not_found(
        self, app: Flask, demo: dict[str, Any], clock: SetClock, reference: str, act: str
    ) -> None:
        stranger = a_member(app, demo, clock, OTHER)
        stranger.sign_in()
        path = f"/staff/referrals/{reference}{act}"
        page = stranger.press(path) if act else stranger.open(path)
        assert stranger.page.status_code == 404
        assert reference not in page
        assert log(app, "referral.opened") == log(app, "referral.state_changed") == []

    @pytest.mark.parametrize("name", ["nothing-here", "4km-7x2-p9d", "4KM-7X2-P9D", "%00", "x" * 3000])
    def test_what_does_not_exist_is_not_found(self, member: StaffMember, name: str) -> None:
        member.open(f"/staff/referrals/{name}")
        assert member.page.status_code == 404

    def test_collected_it_moves_to_done(self, app: Flask, opened: StaffMember, reference: str) -> None:
        page = opened.press(f"{opened.path}/collected", version="1")
        assert "Collected" in page
        assert "Mark as collected" not in page
        assert reference not in opened.open("/staff/")
        assert reference in opened.open("/staff/?show=collected")
        assert [line.subject for line in log(app, "referral.state_changed")] == [reference]

    def test_who_saw_an_older_state_is_told(self, app: Flask, opened: StaffMember) -> None:
        page = opened.press(f"{opened.path}/collected", version="7")
        assert opened.page.status_code == 409
        assert "A colleague changed this referral" in page
        assert log(app, "referral.state_changed") == []

    def test_a_document_of_an_unknown_form_is_shown_as_it_is(self, app: Flask, member: StaffMember) -> None:
        reference = referral_for(app, TEAM, b'{"form": 9, "note": "Zo\xc3\xab & co"}')
        member.open(f"/staff/referrals/{reference}")
        assert "Zoë &amp; co" in member.press(f"/staff/referrals/{reference}/open")

    def test_its_pages_carry_no_urgent_strip_and_no_public_menu(self, opened: StaffMember) -> None:
        assert "app-urgent" not in opened.html
        assert "The colours" not in opened.html
