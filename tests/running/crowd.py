"""Many people at once on a running portal: they send what each page asks for, without looking at the pages."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from portal.domain.answers import Answer
from tests.journeys.person import REFERENCE
from tests.support.applicants import TOKEN
from tests.support.form import QUESTIONS
from tests.support.wire import WireClient

AT_ONCE = 16
Given, Done = TypeVar("Given"), TypeVar("Done")


class Hurried:
    """Somebody whose answers fit, page after page."""

    def __init__(self, url: str) -> None:
        self.client = WireClient(url)
        self.token = ""

    def fills(self, answers: Mapping[str, Answer], *, until: str = "") -> "Hurried":
        """Answer every question in order, up to this one; skip the optional ones that have no answer."""
        found = TOKEN.search(self.client.get("/en/apply/safe-now").get_data().decode())
        assert found
        self.token = found.group(1)
        for question in QUESTIONS:
            if question.key == until:
                break
            if question.key in answers or question.is_optional:
                self.posts(question.key.replace("_", "-"), answers.get(question.key, {"skip": "1"}))
        return self

    def posts(self, slug: str, answer: Answer) -> int:
        """Send one answer; return the status."""
        return self.client.post(f"/en/apply/{slug}", {**answer, "csrf_token": self.token}).status_code

    def sends(self) -> str:
        """Send the form and return the reference that the next page shows. Raises httpx.HTTPError if it is cut off."""
        reply = self.client.post("/en/apply/check-answers", {"csrf_token": self.token})
        assert reply.headers.get("Location", "").endswith("/sent"), (reply.status_code, reply.headers.get("Location"))
        found = REFERENCE.search(self.client.get("/en/apply/sent").get_data().decode())
        assert found
        return found.group()


def at_once(act: Callable[[Given], Done], people: Iterable[Given], *, threads: int = AT_ONCE) -> list[Done]:
    """Let everybody do this at the same time; return what each has, in order."""
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(act, people))
