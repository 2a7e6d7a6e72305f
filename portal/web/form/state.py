"""Where the answers of the person in front of us rest: in a sealed draft, or handed back to their own browser.

The draft's row lies under a random key that only this cookie holds. When the form ends in a signpost, nothing stays
with us: the answers go back into a cookie of the person's own, locked under a key that never leaves the server, so that
neither the cookie nor our database alone can be read. Going back and changing an answer makes it a draft again.
"""

import base64
import json
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from flask import Response, g, request

from portal.domain.answers import Answer, Answers
from portal.drafts.acts import Kept, erase_answers, keep_answer, read_answers, save_answers
from portal.sealing import drafts
from portal.sealing.keys import SealBroken, derive
from portal.settings import Settings
from portal.web.frame.runtime import LONDON, Runtime, runtime

DRAFT_COOKIE = "draft"
IN_HAND_COOKIE = "answers"
KEEP_FOR = timedelta(hours=24)
KEEP_SAVED = timedelta(days=28)
COOKIE_LIMIT = 3800
LONGEST_IN_HAND = 200_000


@dataclass
class State:
    """The answers as this request found them. `receipt` is set once the form was sent."""

    secret: bytes | None
    kept: Kept
    in_hand: bool = False
    lost: bool = False

    @property
    def answers(self) -> Answers:
        return self.kept.answers


def load_state() -> State:
    """Find this person's answers. A draft that is gone or does not open counts as none, and is said to be lost."""
    secret = _cookie_bytes(DRAFT_COOKIE)
    held = runtime()
    if secret is not None:
        kept = read_answers(held.engine, secret, held.now())
        if kept is not None:
            if kept.secret != secret:
                g.cookies_to_set = {DRAFT_COOKIE: kept.secret}
            g.saved = kept.saved
            return State(kept.secret, kept)
    in_hand = _answers_in_hand(held)
    if in_hand is not None:
        return State(None, Kept(in_hand), in_hand=True)
    return State(None, Kept({}), lost=secret is not None)


def keep(state: State, key: str, answer: Answer) -> State:
    """Keep one answer in the draft, beside the others as they now stand there; starts a draft where there is none."""
    held = runtime()
    secret = state.secret or drafts.new_secret()
    start_from = state.answers if state.in_hand else {}
    kept = keep_answer(held.engine, secret, {key: answer}, held.now(), keep_for=KEEP_FOR, start_from=start_from)
    return use(kept)


def save(state: State) -> State:
    """Move the answers under a code of plain words, for 28 days: until the end of that day in London."""
    held = runtime()
    until = held.today() + KEEP_SAVED
    kept = save_answers(
        held.engine,
        state.secret or drafts.new_secret(),
        held.now(),
        pepper=held.settings.pepper,
        until=until,
        expires_at=datetime.combine(until + timedelta(days=1), time(), LONDON).astimezone(UTC),
        start_from=state.answers,
    )
    return use(kept)


def use(kept: Kept) -> State:
    """Let this browser hold the key of these answers."""
    g.cookies_to_set = {DRAFT_COOKIE: kept.secret, IN_HAND_COOKIE: None}
    return State(kept.secret, kept)


def leave() -> None:
    """Take every key from this browser; a draft that was saved stays for its code."""
    g.cookies_to_set = {DRAFT_COOKIE: None, IN_HAND_COOKIE: None}


def erase(state: State) -> None:
    """Erase the draft here, and the answers in the browser."""
    if state.secret is not None:
        erase_answers(runtime().engine, state.secret, runtime().now())
    g.cookies_to_set = {DRAFT_COOKIE: None, IN_HAND_COOKIE: None}


def hand_back(state: State) -> None:
    """Give all answers back to the browser, those that stopped applying too, and erase the draft here.

    Answers that do not fit into its cookie, or that the person saved under a code, stay in the draft, which nobody but
    the person can read: losing them would be worse.
    """
    if len(_locked(runtime(), state.answers)) > COOKIE_LIMIT or state.kept.saved is not None:
        return
    erase(state)
    hold(state.answers)


def hold(answers: Answers) -> None:
    """Let this browser hold these answers, locked."""
    g.cookies_to_set[IN_HAND_COOKIE] = base64.urlsafe_b64decode(_locked(runtime(), answers))


def forget_shown_pages(state: State) -> None:
    """Set the cookie anew: browsers then drop the pages that they keep whole for the back button, answers and all."""
    g.cookies_to_set = {DRAFT_COOKIE: state.secret}


def set_cookies(response: Response) -> Response:
    """Set or clear the cookies that this request asked for."""
    settings = runtime().settings
    for name, value in g.get("cookies_to_set", {}).items():
        full = settings.cookie_prefix + name
        if value is None:
            if full in request.cookies:
                response.delete_cookie(full, secure=settings.tls, httponly=True, samesite="Lax")
            continue
        response.set_cookie(
            full,
            base64.urlsafe_b64encode(value).decode("ascii"),
            max_age=int(KEEP_FOR.total_seconds()),
            secure=settings.tls,
            httponly=True,
            samesite="Lax",
        )
    return response


def _cookie_bytes(name: str) -> bytes | None:
    text = request.cookies.get(runtime().settings.cookie_prefix + name, "")
    try:
        value = base64.urlsafe_b64decode(text.encode("ascii"))
    except ValueError:
        return None
    return value if name != DRAFT_COOKIE or len(value) == drafts.SECRET_BYTES else None


def _key(settings: Settings) -> bytes:
    return derive(settings.secret_key, b"dsr/v1/answers-in-hand")


def _locked(held: Runtime, answers: Answers) -> str:
    content = {"until": (held.now() + KEEP_FOR).isoformat(), "answers": answers}
    packed = zlib.compress(json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode(), 9)
    return base64.urlsafe_b64encode(drafts.lock(_key(held.settings), packed, "draft")).decode("ascii")


def _answers_in_hand(held: Runtime) -> Answers | None:
    value = _cookie_bytes(IN_HAND_COOKIE)
    if not value:
        return None
    try:
        packed = drafts.unlock(_key(held.settings), value, "draft")
    except SealBroken:
        return None
    content: dict[str, Any] = json.loads(zlib.decompressobj().decompress(packed, LONGEST_IN_HAND))
    answers: Answers = content["answers"]
    return answers if held.now() < datetime.fromisoformat(content["until"]) else None
