"""An office from its first day, played as docs/handbook.md says; it stops where the handbook is wrong."""

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path

from portal.domain.answers import Answer
from tests.browser.filling_in import fill_in
from tests.browser.office_at_work import HEIGHT, WIDTH, Colleague, Office
from tests.support.browsers import Browser
from tests.support.people import an_adult, helped

PICTURES = Path(__file__).resolve().parent.parent.parent / "docs" / "pictures" / "handbook"
EAST, WEST, AREA = "suffolk-adults-east", "suffolk-adults-west", "suffolk-and-north-east-essex"
IPSWICH, WEST_SUFFOLK = "E07000202", "E07000245"
AMINA = Colleague("Amina Yusuf", "amina.yusuf@example.nhs.uk")
BEN = Colleague("Ben Carter", "ben.carter@example.nhs.uk")
CAROL = Colleague("Carol Reid", "carol.reid@example.nhs.uk")
DAVID = Colleague("David Osei", "david.osei@example.nhs.uk")
GRACE = Colleague("Grace Obi", "grace.obi@example.nhs.uk")
WENDY = Colleague("Wendy Hall", "wendy.hall@example.nhs.uk")


def somebody(name: str, **changed: Answer | None) -> dict[str, Answer]:
    """Return the answers of a made-up person in Ipswich."""
    said: dict[str, Answer | None] = {
        "full_name": {"full_name": name},
        "postcode": {"postcode": "IP1 1AA", "no_postcode": []},
        "council": {"council": IPSWICH},
        "gp_north_east_essex": {"gp_north_east_essex": "no"},
        "suffolk_side": {"suffolk_side": "east"},
        "needs": {"needs": ["easy_read", "text_not_phone"], "needs_other": ""},
        "contact_way": {"contact_way": "text"},
        "contact_phone": {"contact_phone": "07700 900123"},
        "leave_message": {"leave_message": "yes"},
        "safe_contact": {"do_not_use": "Do not write to my home address", "may_say": "first_name"},
        "happening": {"happening": ["feeling_worse", "crisis_team"], "happening_words": ""},
    }
    return an_adult(**{**said, **changed})


def keep(browser: Browser, name: str, start: str = "", height: int = HEIGHT) -> None:
    """Keep the page from its top, or from the first element that fits `start`, so many pixels high."""
    script = "const at = arguments[0] && document.querySelector(arguments[0]);"
    top = browser.driver.execute_script(script + "return at ? at.getBoundingClientRect().top + scrollY - 24 : 0", start)
    whole = browser.driver.execute_script("return document.documentElement.scrollHeight")
    clip = {"x": 0, "y": top, "width": WIDTH, "height": min(height, whole - top), "scale": 1}
    taken = browser.driver.execute_cdp_cmd(
        "Page.captureScreenshot", {"format": "png", "clip": clip, "captureBeyondViewport": True}
    )
    (PICTURES / f"{name}.png").write_bytes(base64.b64decode(taken["data"]))


def heading(browser: Browser, words: str) -> str:
    """Mark the heading with these words; return how to find it."""
    script = (
        "for (const each of document.querySelectorAll('h1, h2, h3, summary, label, legend'))"
        " if (each.textContent.trim() === arguments[0]) { each.dataset.shown = 'here'; return true }"
    )
    for old in browser.find_all("[data-shown]"):
        browser.driver.execute_script("arguments[0].removeAttribute('data-shown')", old)
    assert browser.driver.execute_script(script, words), f"no heading {words}: {browser.words}"
    return "[data-shown]"


def unfold(browser: Browser, words: str) -> None:
    """Open what is folded away under these words."""
    browser.driver.execute_script(f"document.querySelector('{heading(browser, words)}').closest('details').open = true")


def team_page(team: str = EAST) -> str:
    """Return where a team's page is."""
    return f"/staff/teams/{team}"


class Story:
    """What happens in the office, in the handbook's order."""

    def __init__(self, office: Office) -> None:
        """Begin with nobody there."""
        self.office, self.browser = office, office.browser
        self.kits: dict[str, str] = {}
        self.codes: dict[str, tuple[str, str]] = {}

    def keep(self, name: str, words: str = "", height: int = HEIGHT) -> None:
        """Keep a picture, from the top or from the heading with these words."""
        keep(self.browser, name, heading(self.browser, words) if words else "", height)

    def first_lead(self) -> None:
        """The lead gets a link, sets herself up, and sees what is missing."""
        link = self.office.link("team", "create", EAST, "--lead", AMINA.email, "--name", AMINA.name)
        self.browser.open(link)
        self.keep("invitation", height=720)
        self.browser.press("Start")
        self.office.see_secrets(AMINA)
        self.keep("set-up-passphrase", height=720)
        self.keep("set-up-app", "2. Your authenticator app", 620)
        self.keep("set-up-code", "3. Your recovery code", 520)
        self.office.finish_set_up(AMINA)
        with self.office.at_desk(AMINA, team_page()):
            self.keep("checklist", height=760)

    def kit_of(self, who: Colleague, owner: str, path: str, picture: str = "") -> None:
        """Make a recovery kit in the browser and prove it by its words."""
        with self.office.at_desk(who, path) as browser:
            browser.press("Make the kit")
            if picture:
                self.keep(picture, height=720)
            self.kits[owner] = " ".join(each.text for each in browser.find_all(".app-kit li"))
            browser.press("I have it on paper: go on")
            if picture:
                self.keep(f"{picture}-prove", "Recovery kit", 560)
            self.office.fill({"words": self.kits[owner]}, "form[action$='/kit/prove']")
            browser.press("Prove that the kit opens")

    def colleague(self) -> None:
        """The lead invites a colleague, who sets himself up and is let in; the team is ready."""
        with self.office.at_desk(AMINA, team_page()) as browser:
            self.office.fill({"name": BEN.name, "email": BEN.email})
            self.keep("invite", "Invite somebody", 560)
            browser.press("Make a link")
            link = browser.find(".app-secret").text.removeprefix(self.office.portal.url)
            self.keep("invite-link", height=560)
        self.office.join(BEN, link)
        with self.office.at_desk(AMINA, team_page()) as browser:
            self.keep("let-in", "People", 480)
            browser.press("Let Ben Carter in")
            assert "This team receives referrals." in browser.words, browser.words
            self.keep("ready", height=560)

    def people_write(self) -> None:
        """Three people ask to join."""
        talk = {"consent": {"consent": "talk_to_me"}}
        for name, answers in (
            ("Maya", somebody("Maya Green", **talk)),
            ("Leon", somebody("Leon Marsh")),
            ("Priya", {**somebody("Priya Shah"), **picked(helped(), "who", "person_agrees", "helper")}),
        ):
            self.browser.forget()
            self.browser.width(WIDTH, HEIGHT)
            fill_in(self.browser, answers)
            words = [each.text for each in self.browser.find_all(".app-code:first-of-type li")]
            self.codes[name] = (reference_on(self.browser), " ".join(words[:7]))

    def each_day(self) -> None:
        """Look at the queue, open, take, note, tell, collect, confirm and close."""
        reference = self.codes["Maya"][0]
        with self.office.at_desk(BEN) as browser:
            self.keep("queue")
            browser.press(reference)
            self.keep("sealed", height=900)
            browser.press("Open")
            self.keep("opened", height=900)
            browser.press("Take this referral")
            browser.find("#note").send_keys("Rang on Friday. Maya would like her sister to be there.")
            self.keep("notes", "Notes of the team", 460)
            browser.press("Add the note")
            self.office.tick('[name="news"][value="please_contact"]')
            self.keep("tell", "What the person sees", 700)
            browser.press("Show this message")
            self.keep("collect", "Collect", 480)
            got = self.office.download(f"/staff/referrals/{reference}/export", form="json")
            browser.find('[name="confirmation"]').send_keys(code_in(got))
            browser.press("Collected and checked")
            self.keep("collected", height=640)
            browser.press("Close")
            browser.open("/staff/")
            unfold(browser, "Search by name or reference")
            browser.find('[name="words"]').send_keys("priya")
            browser.press("Unlock and search")
            self.keep("search", height=860)

    def another_team(self) -> None:
        """A second team of the area; its coordinator and an auditor; the area's kit."""
        self.office.join(CAROL, self.office.link(*for_area("coordinator", CAROL)))
        self.office.join(DAVID, self.office.link(*for_area("auditor", DAVID)))
        self.office.join(WENDY, self.office.link("team", "create", WEST, "--lead", WENDY.email, "--name", WENDY.name))
        self.kit_of(WENDY, WEST, team_page(WEST))
        self.kit_of(CAROL, AREA, f"/staff/areas/{AREA}")
        with self.office.at_desk(WENDY, team_page(WEST)) as browser:
            browser.press("Put the area’s kit beside our key")
            assert "This team receives referrals." in browser.words, browser.words
        with self.office.at_desk(AMINA, team_page()) as browser:
            browser.press("Put the area’s kit beside our key")

    def wrong_team(self) -> None:
        """A referral is offered to the other team, which reads it and takes it."""
        reference = self.codes["Leon"][0]
        with self.office.at_desk(BEN, f"/staff/referrals/{reference}") as browser:
            browser.press("Open")
            browser.press("Offer it to another team")
            self.office.fill({"team": WEST, "reason": "lives-elsewhere"})
            self.keep("offer", height=860)
            browser.press("Offer it")
        with self.office.at_desk(WENDY) as browser:
            browser.press("Look at what is offered")
            browser.press(reference)
            self.keep("offered", height=700)
            browser.press("Open")
            browser.press("Take it into our queue")

    def taken_back(self) -> None:
        """The person takes consent back with their code; the team acknowledges and erases."""
        reference, words = self.codes["Priya"]
        browser = self.browser
        browser.forget()
        browser.width(WIDTH, HEIGHT)
        browser.open("/en/follow-up")
        self.office.fill({"reference": reference, "code": words})
        browser.leave_by(browser.find("main form button[type=submit]").click)
        browser.open("/en/follow-up/take-back")
        self.office.tick('[name="sure"][value="yes"]')
        browser.leave_by(browser.find("main form button[type=submit]").click)
        with self.office.at_desk(BEN) as browser:
            browser.press(reference)
            self.keep("taken-back", height=900)
            browser.press("Acknowledge and erase")
            self.keep("erase", height=680)
            browser.press("Acknowledge and erase")

    def own_things(self) -> None:
        """Ben forgets his passphrase, gets a new phone, and leaves."""
        browser = self.browser
        browser.forget()
        browser.width(WIDTH, HEIGHT)
        browser.open("/staff/sign-in")
        browser.press("I forgot my passphrase")
        self.keep("forgotten", height=820)
        fresh = "plain new words for ben today"
        self.office.fill(
            {"email": BEN.email, "recovery_code": BEN.recovery_code, "code": BEN.code, "passphrase": fresh}
        )
        browser.press("Change my passphrase")
        BEN.passphrase, BEN.recovery_code, BEN.cookies = fresh, browser.find(".app-secret").text, []
        with self.office.at_desk(BEN, "/staff/account") as browser:
            self.keep("account", height=620)
        with self.office.at_desk(AMINA, team_page()) as browser:
            unfold(browser, "Ben Carter leaves, lost their way in, or becomes a lead")
            self.keep("leaver", "People", 1000)
            browser.press("Remove Ben Carter now")
            assert "Ben Carter" not in browser.words, browser.words

    def nobody_left(self) -> None:
        """A new lead comes when nobody can let her in, and gets the team's key by the kit."""
        self.office.join(GRACE, self.office.link("team", "create", EAST, "--lead", GRACE.email, "--name", GRACE.name))
        with self.office.at_desk(GRACE, team_page()) as browser:
            unfold(browser, "Nobody is left to let you in?")
            self.keep("use-kit", "Recovery kit", 620)
            self.office.fill({"words": self.kits[EAST]}, "form[action$='/kit/use']")
            browser.press("Get the team’s key by the kit")
            browser.open(f"/staff/referrals/{self.codes['Maya'][0]}")
            browser.press("Open")
            assert "Maya Green" in browser.words, browser.words

    def others(self) -> None:
        """What a coordinator and an auditor see."""
        with self.office.at_desk(CAROL, f"/staff/areas/{AREA}") as browser:
            self.keep("area", height=900)
            unfold(browser, "A team has stopped: hand its referrals over")
            self.keep("hand-over", "A team has stopped: hand its referrals over", 820)
        with self.office.at_desk(DAVID, "/staff/log") as browser:
            browser.press("Check that the log is whole")
            self.keep("log", height=900)


def for_area(role: str, who: Colleague) -> tuple[str, ...]:
    """Return the command that invites somebody for the area."""
    return ("team", "invite-to-area", AREA, role, "--email", who.email, "--name", who.name)


def picked(answers: dict[str, Answer], *names: str) -> dict[str, Answer]:
    """Return some of these answers."""
    return {name: answers[name] for name in names}


def reference_on(browser: Browser) -> str:
    """Return the reference that the page after sending shows."""
    found = re.search(r"\b[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}\b", browser.words)
    assert found, browser.words
    return found[0]


def code_in(document: bytes) -> str:
    """Return the confirmation code in a JSON copy."""
    found: list[str] = []

    def look(value: object) -> None:
        if isinstance(value, dict):
            for name, each in value.items():
                if "confirm" in name and isinstance(each, str):
                    found.append(each)
                look(each)
        elif isinstance(value, list):
            for each in value:
                look(each)

    look(json.loads(document))
    return found[0]


def acts_of(story: Story) -> list[Callable[[], None]]:
    """Return what happens, in order."""
    return [
        story.first_lead,
        lambda: story.kit_of(AMINA, EAST, team_page(), "kit"),
        story.colleague,
        story.people_write,
        story.each_day,
        story.another_team,
        story.wrong_team,
        story.taken_back,
        story.own_things,
        story.nobody_left,
        story.others,
    ]
