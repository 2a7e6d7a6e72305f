"""The team's desk over HTTP: lists, taking, notes, searching by name, collecting, bundles."""

import io
import json
from datetime import date, timedelta
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import event, insert

from portal.audit.tables import AuditRow
from portal.database.engine import reading, writing
from portal.referrals.bundle import open_bundle
from portal.referrals.erase_collected import erase_collected
from portal.referrals.tables import ReferralRow
from tests.support.clocks import MORNING, SetClock
from tests.support.html import elements, parse, text_of
from tests.support.staff_member import BORN, StaffMember, a_document, a_member, referral_for

TEAM, OTHER = "gloucestershire-dsr", "north-east-london-dsr"


@pytest.fixture
def reference(app: Flask) -> str:
    """Give a referral that waits."""
    return referral_for(app, TEAM, a_document(), date(2026, 11, 27))


def opened(member: StaffMember, reference: str) -> str:
    member.open(f"/staff/referrals/{reference}")
    return member.press(f"/staff/referrals/{reference}/open")


def events(app: Flask, name: str) -> list[AuditRow]:
    with reading(app.extensions["portal"].engine) as session:
        return session.query(AuditRow).filter(AuditRow.event == name).all()


def test_taken_it_is_in_progress_with_a_name_and_back_again(member: StaffMember, reference: str) -> None:
    member.open(f"/staff/referrals/{reference}")
    assert "Give it back" in member.press(f"/staff/referrals/{reference}/take", version="1")
    page = member.open("/staff/?show=in-progress")
    assert reference in page
    assert member.known["name"] in page
    assert reference not in member.open("/staff/")
    member.open(f"/staff/referrals/{reference}")
    member.press(f"/staff/referrals/{reference}/give-back", version="2")
    assert reference in member.open("/staff/")


def test_two_members_at_once_never_overwrite_each_other(
    app: Flask, demo: dict[str, Any], clock: SetClock, member: StaffMember, reference: str
) -> None:
    colleague = a_member(app, demo, clock, TEAM, 1)
    colleague.sign_in()
    for each in (member, colleague):
        each.open(f"/staff/referrals/{reference}")
    member.press(f"/staff/referrals/{reference}/take", version="1")
    page = colleague.press(f"/staff/referrals/{reference}/take", version="1")
    assert colleague.page.status_code == 409
    assert "A colleague changed this referral" in page
    assert f"Take it over from {member.known['name']}" in page
    assert len(events(app, "referral.taken_up")) == 1

    for each in (member, colleague):
        opened(each, reference)
        each.press(f"/staff/referrals/{reference}/note", note=f"Note of {each.known['name']}", once="1")
    member.press(f"/staff/referrals/{reference}/collected", version="2")
    for stale in ({"version": "2"}, {}):
        colleague.press(f"/staff/referrals/{reference}/closed", **stale)
        assert colleague.page.status_code == 409
    page = member.open(f"/staff/referrals/{reference}")
    assert [f"Note of {each.known['name']}" in page for each in (member, colleague)] == [True, True]
    assert reference in member.open("/staff/?show=collected")


def test_a_note_is_read_by_a_colleague_and_never_typed_twice(
    app: Flask, demo: dict[str, Any], clock: SetClock, member: StaffMember, reference: str
) -> None:
    opened(member, reference)
    for _ in range(2):
        member.press(f"/staff/referrals/{reference}/note", note="Rang <b>Zoë</b>", once="1")
    colleague = a_member(app, demo, clock, TEAM, 1)
    colleague.sign_in()
    assert "Rang" not in colleague.open(f"/staff/referrals/{reference}")
    page = opened(colleague, reference)
    assert page.count("Rang &lt;b&gt;Zoë&lt;/b&gt;") == 1
    assert "Write a note" in member.press(f"/staff/referrals/{reference}/note", note=" ", once="2")
    assert member.page.status_code == 422


def test_a_form_that_the_sealed_page_does_not_have_says_to_open_it_first(member: StaffMember, reference: str) -> None:
    member.open(f"/staff/referrals/{reference}")
    page = member.press(f"/staff/referrals/{reference}/note", note=" ", once="1")
    assert member.page.status_code == 422
    assert "Open this referral first" in page


def test_what_was_collected_and_erased_says_so_and_offers_nothing(
    app: Flask, member: StaffMember, reference: str, clock: SetClock
) -> None:
    token = member.open(f"/staff/referrals/{reference}").split('name="csrf_token" value="')[1].split('"')[0]
    opened(member, reference)
    raw = member.client.post(f"/staff/referrals/{reference}/export", data={"form": "json", "csrf_token": token})
    code = raw.get_json()["outside"]["confirmation_code"]
    member.press(f"/staff/referrals/{reference}/confirm", confirmation=code)
    erase_collected(app.extensions["portal"].engine, clock() + timedelta(days=31))
    page = member.open(f"/staff/referrals/{reference}")
    assert "the sealed copy here was erased" in page
    main = elements(parse(page), "main")[0]
    assert [text_of(node) for node in elements(main, "button")] == ["Sign out"]
    for act in ("open", "take", "closed", "confirm", "export", "note"):
        data = {"confirmation": code, "form": "json", "note": "Words", "version": "9", "once": "1"}
        page = member.press(f"/staff/referrals/{reference}/{act}", **data)
        assert member.page.status_code == 409, act
        assert "colleague changed" not in page, act
        assert "does not open" not in page, act


def test_before_contact_what_must_be_known_stands_first(app: Flask, member: StaffMember) -> None:
    reference = referral_for(
        app,
        TEAM,
        a_document(
            happening={"happening": ["hurt_myself", "police"]},
            adult_knows={"adult_knows": "no"},
            leave_message={"leave_message": "no"},
            who={"who": "me"},
        ),
    )
    page = opened(member, reference)
    order = [
        "Before you contact",
        "I have hurt myself, or I think about it",
        "A parent or carer does not know",
        "Leave no message",
        "Large print",
        "Phone call",
        "Why consent is valid",
        "Because the person lives in Stroud",
    ]
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)
    copies = [node for node in elements(parse(page), "button") if node.get("data-copy")]
    assert copies
    assert all(node.get("hidden") is not None for node in copies)


class TestSearching:
    def test_finds_by_name_and_leaves_no_name_behind(self, app: Flask, member: StaffMember, reference: str) -> None:
        other = referral_for(app, TEAM, a_document("Bo Other"))
        member.open("/staff/")
        page = member.press("/staff/search", words="  zoë  quetzal ")
        assert (reference in page, other in page, "Zoë Quetzal" in page) == (True, False, True)
        assert "Zoë" not in text_of(elements(parse(page), "title")[0]) + member.path
        assert "Zoë" not in member.open("/staff/")
        (line,) = events(app, "queue.unlocked")
        assert json.loads(line.detail)["count"] == 2
        assert "Zo" not in line.detail

    def test_finds_by_a_part_of_the_reference(self, member: StaffMember, reference: str) -> None:
        member.open("/staff/")
        assert reference in member.press("/staff/search", words=reference[:7].replace("-", " ").lower())

    def test_says_when_it_did_not_look_at_all_of_them(
        self, app: Flask, member: StaffMember, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("Al One", "Bo Other"):
            referral_for(app, TEAM, a_document(name))
        member.open("/staff/")
        assert "were searched" not in member.press("/staff/search", words="")
        for home in ("portal.referrals.unlock", "portal.web.staff.queue.pages"):
            monkeypatch.setattr(f"{home}.MOST", 1)
        assert "Only the 1 that are due first were searched." in member.press("/staff/search", words="")

    def test_hints_at_the_same_person_twice(self, app: Flask, member: StaffMember, reference: str) -> None:
        twin = referral_for(app, TEAM, a_document("ZOË  quetzal"))
        other = referral_for(app, TEAM, a_document(born={**BORN, "year": "2002"}))
        member.open("/staff/")
        page = member.press("/staff/search", words="")
        assert page.count("Same name and date of birth as") == 2
        assert f"Same name and date of birth as {twin}" in page
        assert f"Same name and date of birth as {reference}" in page
        assert f"date of birth as {other}" not in page

    def test_never_reaches_another_teams(self, app: Flask, member: StaffMember) -> None:
        theirs = referral_for(app, OTHER, a_document())
        member.open("/staff/")
        assert theirs not in member.press("/staff/search", words="")

    def test_an_address_cannot_ask_for_it(self, member: StaffMember) -> None:
        member.open("/staff/search?words=Zoe")
        assert member.path == "/staff/"

    def test_filters_by_register(self, app: Flask, demo: dict[str, Any], clock: SetClock) -> None:
        team = next(each["id"] for each in demo["teams"] if each["area"] == "south-east-london")
        member = a_member(app, demo, clock, team)
        member.sign_in()
        document = json.loads(a_document())
        document["routing"]["register"] = "Lambeth, 18 and over"
        mine = referral_for(app, team, json.dumps(document).encode())
        other = referral_for(app, team, a_document("Bo Other"))
        member.open("/staff/")
        page = member.press("/staff/search", words="", register="Lambeth, 18 and over")
        assert (mine in page, other in page) == (True, False)


class TestCollecting:
    @pytest.mark.parametrize(
        ("form", "begins", "ending"),
        [("pdf", b"%PDF", "pdf"), ("json", b"{", "json"), ("csv", b"\xef\xbb\xbf", "csv"), ("fhir", b"{", "fhir.json")],
    )
    def test_gives_one_out_named_by_its_reference_alone(
        self, app: Flask, member: StaffMember, reference: str, *, form: str, begins: bytes, ending: str
    ) -> None:
        opened(member, reference)
        token = member.html.split('name="csrf_token" value="')[1].split('"')[0]
        answer = member.client.post(f"/staff/referrals/{reference}/export", data={"form": form, "csrf_token": token})
        assert answer.status_code == 200, answer.get_data(as_text=True)
        assert answer.get_data().startswith(begins)
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{reference}.{ending}"'
        assert answer.headers["Cache-Control"] == "no-store"
        (line,) = events(app, "referral.exported")
        assert json.loads(line.detail)["form"] == form

    def test_its_code_confirms_it_and_a_wrong_one_does_not(
        self, app: Flask, member: StaffMember, reference: str
    ) -> None:
        opened(member, reference)
        token = member.html.split('name="csrf_token" value="')[1].split('"')[0]
        answer = member.client.post(f"/staff/referrals/{reference}/export", data={"form": "json", "csrf_token": token})
        code = json.loads(answer.get_data())["outside"]["confirmation_code"]
        for wrong in ("", "000-000", "nonsense"):
            member.press(f"/staff/referrals/{reference}/confirm", confirmation=wrong)
            assert member.page.status_code == 422
        member.press(f"/staff/referrals/{reference}/confirm", confirmation=code.lower().replace("-", " "))
        assert reference in member.open("/staff/?show=collected")
        assert len(events(app, "referral.confirmed")) == 1

    def test_gives_many_out_in_one_zip_that_opens_sealed_too(
        self, app: Flask, member: StaffMember, reference: str, clock: SetClock
    ) -> None:
        other = referral_for(app, TEAM, a_document("Bo Other"))
        member.open("/staff/")
        token = member.html.split('name="csrf_token" value="')[1].split('"')[0]
        ticked = {"csrf_token": token, "reference": [reference, other]}
        answer = member.client.post("/staff/collect", data=ticked)
        names = ZipFile(io.BytesIO(answer.get_data())).namelist()
        assert {f"pdf/{reference}.pdf", f"fhir/{other}.json", "csv/referrals.csv"} <= set(names)

        page = member.client.post("/staff/bundle", data=ticked).get_data(as_text=True)
        words = page.split('name="words" value="')[1].split('"')[0]
        answer = member.client.post("/staff/bundle/file", data={**ticked, "words": words})
        raw = answer.get_data()
        assert b"Quetzal" not in raw
        assert {each.referral.name for each in open_bundle(raw, words, clock())} == {"Zoë Quetzal", "Bo Other"}

    @pytest.mark.parametrize("path", ["/staff/collect", "/staff/bundle", "/staff/bundle/file"])
    def test_nothing_ticked_or_another_teams_gives_nothing(self, app: Flask, member: StaffMember, path: str) -> None:
        theirs = referral_for(app, OTHER, a_document())
        member.open("/staff/")
        assert "Tick the referrals" in member.press(path)
        words = "abandon ability able about above absent absorb"
        member.press(path, reference=theirs, words=words)
        assert theirs not in member.html or path == "/staff/bundle"
        assert events(app, "referral.exported") == []


def many(app: Flask, count: int) -> None:
    """Let so many more referrals wait; nothing of them is ever opened."""
    plain = {"team_id": TEAM, "received_at": MORNING, "state": "waiting", "bucket": 4, "version": 1}
    sealed = {"team_key_id": "k", "key_ids": "k", "envelope": b"sealed"}
    rows = [{"reference": f"{number:03}-{count:04}-00", **plain, **sealed} for number in range(count)]
    with writing(app.extensions["portal"].engine) as session:
        session.execute(insert(ReferralRow), rows)


def test_a_thousand_rows_cost_what_ten_do(app: Flask, member: StaffMember) -> None:
    engine, asked, lines = app.extensions["portal"].engine, [], []

    def cost() -> tuple[int, int]:
        asked.clear()
        page = member.open("/staff/")
        lines.append(len(elements(elements(parse(page), "tbody")[-1], "tr")))
        return len(asked), sum("envelope" in statement for statement in asked)

    many(app, 10)
    event.listen(engine, "before_cursor_execute", lambda *known: asked.append(known[2]))
    with_ten = cost()
    many(app, 990)
    assert cost() == with_ten
    assert with_ten[1] == 0
    assert lines == [10, 50]
    assert "Waiting (1000)" in member.html
    assert "Next page" in member.html
