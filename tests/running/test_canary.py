"""Words that stand in no dictionary go in by every door; they are found nowhere but where their team opens them."""

import base64
import json
import os
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

from portal.domain.answers import Answer
from tests.journeys.staff import staff_of
from tests.running.crowd import Hurried, at_once
from tests.support.people import an_adult, helped
from tests.support.servers import RunningPortal, running_portal
from tests.support.wire import WireClient

pytestmark = pytest.mark.whole

SENT, HALF_WAY, READ = 16, 4, 4
TEAM = "south-east-london-dsr"
NAME, STORY, HELPS, MAIL, LANE, AID, PHONE, GUESS = (
    "Quetzal Ñandú",
    "numbatstory & <wombat>",
    "bilby helps mé",
    "kakapo.post@example.com",
    "11 Dugong Läne",
    "Capybara Aïd",
    "07700 900461",
    "tuatara guess",
)
CANARIES = (NAME, STORY, HELPS, MAIL, LANE, AID, PHONE, GUESS)


def answers_of(number: int) -> dict[str, Answer]:
    """Return one person's answers with a canary in every box; every second one is helped."""
    told: dict[str, Answer] = {
        "full_name": {"full_name": NAME},
        "address": {"line1": LANE, "line2": "", "town": LANE},
        "happening": {"happening": ["feeling_worse"], "happening_words": f"{STORY}\n" * (number + 1)},
        "helps": {"helps": HELPS},
        "contact_email": {"contact_email": MAIL},
        "needs": {"needs": [], "needs_other": AID},
    }
    helper: Answer = {
        "helper_name": AID,
        "helper_relationship": AID,
        "helper_phone": PHONE,
        "helper_email": MAIL,
        "helper_needs": HELPS,
    }
    return an_adult(**told) if number % 2 else helped(**told, helper=helper)


def spellings(words: str) -> Iterator[bytes]:
    """Give words as programs may have left them: encoded, escaped, in base64 wherever it begins, in hexadecimal."""
    for text in {words, words.lower(), words.upper(), max(words.split(), key=len)}:
        yield from (text.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le"))
        for written in (quote(text), quote_plus(text), json.dumps(text)[1:-1], escape(text), ascii(text)[1:-1]):
            yield written.encode()
        yield text.encode().hex().encode()
    for start in range(3):
        coded = base64.b64encode(bytes(start) + words.encode())[4 if start else 0 : -4]
        yield coded
        yield base64.urlsafe_b64encode(bytes(start) + words.encode())[4 if start else 0 : -4]


def found_in(folder: Path, words: tuple[str, ...] = CANARIES) -> list[str]:
    """Return each file under a folder that holds one of these words, however it is spelt."""
    wanted = {spelling for each in words for spelling in spellings(each) if len(spelling) > 5}
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    contents = {path: path.read_bytes() for path in files}
    return [f"{path.name}: {each!r}" for path, content in contents.items() for each in wanted if each in content]


@dataclass
class Aviary:
    """A portal into which the canaries flew, and what came of it."""

    folder: Path
    portal: RunningPortal
    references: list[str]


@pytest.fixture(scope="module")
def aviary(demonstration: Path, tmp_path_factory: pytest.TempPathFactory, loopback: None) -> Iterator[Aviary]:
    """Let everybody in: who sends, who stops half way, who reads, who guesses, who breaks things."""
    folder = tmp_path_factory.mktemp("aviary")
    shutil.copytree(demonstration, folder / "instance")
    with running_portal(folder) as portal:
        references = at_once(lambda n: Hurried(portal.url).fills(answers_of(n)).sends(), range(SENT))
        at_once(lambda n: Hurried(portal.url).fills(answers_of(n), until="contact_way"), range(HALF_WAY))
        staff_read(portal, references[:READ])
        wrong_sign_ins(portal)
        break_things(portal)
        yield Aviary(folder, portal, references)


def staff_read(portal: RunningPortal, references: list[str]) -> None:
    """Sign one of the team in and open some."""
    everybody = staff_of(portal.demo, lambda: WireClient(portal.url), lambda: datetime.now(UTC))  # type: ignore[arg-type,return-value]  # it speaks as the test client does
    reader = next(each for each in everybody if TEAM in each.teams).when_they_sign_in()
    for reference in references:
        reader.when_they_open(reference).then_it_says_word_for_word([NAME, HELPS])


def wrong_sign_ins(portal: RunningPortal) -> None:
    """Type the wrong thing into the wrong box, as people do."""
    email = portal.team(TEAM)["staff"][0]["email"]
    for who, passphrase in ((MAIL, GUESS), (GUESS, GUESS), (email, GUESS), (email, NAME)):
        client = WireClient(portal.url)
        page = client.get("/staff/sign-in").get_data().decode()
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
        data = {"email": who, "passphrase": passphrase, "code": "123456", "csrf_token": token}
        assert client.post("/staff/sign-in", data).status_code == 403


def break_things(portal: RunningPortal) -> None:
    """Provoke every error that somebody outside can, and one that only a broken machine can, words in hand."""
    somebody = Hurried(portal.url).fills(answers_of(1), until="contact_way")
    http, words = somebody.client.http, {"full_name": NAME, "csrf_token": "stale"}
    assert http.post("/en/apply/full-name", data=words).status_code == 400
    assert http.post("/en/apply/clear", data=words).status_code == 400
    assert http.post("/en/apply/full-name", data={"full_name": NAME * 90_000}).status_code == 413
    assert somebody.posts("contact-way", {"contact_way": STORY}) == 422
    assert http.get(f"/en/apply/{quote(NAME)}?{quote(STORY)}={quote(HELPS)}").status_code == 404
    assert http.put("/en/apply/who", content=STORY.encode()).status_code == 405
    assert http.get(f"/staff/referrals/{quote(GUESS)}").status_code in (303, 404)
    assert http.get("/en/", headers={"User-Agent": STORY.encode(), "Referer": GUESS.encode()}).status_code == 200
    torn = b'--x\r\nContent-Disposition: form-data; name="full_name"\r\n\r\n' + NAME.encode()
    assert http.post("/en/apply/full-name", content=torn, headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert Hurried(portal.url).client.http.get("/en/apply/who", headers={"Cookie": f"draft={quote(NAME)}"})
    without_drafts(portal, lambda: somebody.posts("contact-way", {"contact_way": "email"}))


def without_drafts(portal: RunningPortal, act: object) -> None:
    """Do something while the table of drafts is gone, and see it fail inside."""
    connection = sqlite3.connect(portal.instance / "portal.db", isolation_level=None)
    connection.execute("ALTER TABLE draft RENAME TO draft_away")
    try:
        assert act() == 500  # type: ignore[operator]  # it is a function without arguments
    finally:
        connection.execute("ALTER TABLE draft_away RENAME TO draft")
        connection.close()


def test_the_search_finds_every_spelling(tmp_path: Path) -> None:
    for number, spelling in enumerate(spelling for word in CANARIES for spelling in spellings(word)):
        if len(spelling) > 5:
            (tmp_path / str(number)).write_bytes(b"\x00 before " + spelling + b" after")
            assert found_in(tmp_path), spelling
            (tmp_path / str(number)).unlink()


def test_no_canary_is_found_while_the_portal_serves(aviary: Aviary) -> None:
    names = {path.name for path in aviary.folder.rglob("*")}
    assert {"portal.db", "portal.db-wal", "server.log", "secrets.json", "demo.json"} <= names
    assert "OperationalError" in aviary.portal.log.read_text()
    assert found_in(aviary.folder) == []


def test_every_reference_is_another(aviary: Aviary) -> None:
    assert len(set(aviary.references)) == SENT


def test_no_canary_is_found_after_the_portal_was_killed(aviary: Aviary) -> None:
    os.killpg(aviary.portal.process.pid, signal.SIGKILL)
    aviary.portal.process.wait(10)
    assert found_in(aviary.folder) == []
