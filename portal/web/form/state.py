"""Where the answers of the person in front of us rest: in a sealed draft, or handed back to their own browser.

The draft's row lies under a random key that only this cookie holds. When the form ends in a signpost, nothing stays
with us: the answers go back into a cookie of the person's own, locked under a key that never leaves the server, so that
neither the cookie nor our database alone can be read. Going back and changing an answer makes it a draft again.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from flask import Response, g, request

from portal.domain.answers import Answer, Answers
from portal.drafts.acts import Kept, erase_answers, keep_answer, read_answers, save_answers
from portal.drafts.in_hand import lock_in_hand, open_in_hand
from portal.web.frame.cookies import as_cookie, cookie_bytes, cookie_name, cookie_secret, drop_cookie, set_cookie
from portal.web.frame.languages import lang
from portal.web.frame.runtime import LONDON, runtime

DRAFT_COOKIE = "draft"
IN_HAND_COOKIE = "answers"
KEEP_FOR = timedelta(hours=24)
KEEP_SAVED = timedelta(days=28)
COOKIE_LIMIT = 3800


@dataclass
class FormState:
    """The answers as this request found them. `receipt` is set once the form was sent."""

    secret: bytes | None
    kept: Kept
    in_hand: bool = False
    lost: bool = False

    @property
    def answers(self) -> Answers:
        return self.kept.answers


def load_state() -> FormState:
    """Find this person's answers. A draft that is gone or does not open counts as none, and is said to be lost."""
    secret = cookie_secret(DRAFT_COOKIE)
    held = runtime()
    if secret is not None:
        kept = read_answers(held.engine, secret, held.now())
        if kept is not None:
            if kept.secret != secret:
                g.cookies_to_set = {DRAFT_COOKIE: kept.secret}
            g.saved = kept.saved
            return FormState(kept.secret, kept)
    locked = cookie_bytes(IN_HAND_COOKIE)
    in_hand = open_in_hand(held.settings.secret_key, locked, held.now()) if locked else None
    if in_hand is not None:
        return FormState(None, Kept(in_hand), in_hand=True)
    return FormState(None, Kept({}), lost=secret is not None)


def keep(state: FormState, key: str, answer: Answer) -> FormState:
    """Keep one answer in the draft, beside the others as they now stand there; starts a draft where there is none."""
    held = runtime()
    start_from = state.answers if state.in_hand else {}
    kept = keep_answer(held.engine, state.secret, {key: answer}, held.now(), keep_for=KEEP_FOR, start_from=start_from)
    return use(kept)


def save(state: FormState) -> FormState:
    """Move the answers under a code of plain words, for 28 days: until the end of that day in London."""
    held = runtime()
    until = held.today() + KEEP_SAVED
    kept = save_answers(
        held.engine,
        state.secret,
        held.now(),
        pepper=held.settings.pepper,
        until=until,
        expires_at=datetime.combine(until + timedelta(days=1), time(), LONDON).astimezone(UTC),
        start_from=state.answers,
        code_words=held.code_words.get(lang()),
    )
    return use(kept)


def use(kept: Kept) -> FormState:
    """Let this browser hold the key of these answers."""
    g.cookies_to_set = {DRAFT_COOKIE: kept.secret, IN_HAND_COOKIE: None}
    return FormState(kept.secret, kept)


def leave() -> None:
    """Take every key from this browser; a draft that was saved stays for its code."""
    g.cookies_to_set = {DRAFT_COOKIE: None, IN_HAND_COOKIE: None}


def erase(state: FormState) -> None:
    """Erase the draft here, and the answers in the browser."""
    if state.secret is not None:
        erase_answers(runtime().engine, state.secret, runtime().now())
    g.cookies_to_set = {DRAFT_COOKIE: None, IN_HAND_COOKIE: None}


def hand_back(state: FormState) -> None:
    """Give all answers back to the browser, those that stopped applying too, and erase the draft here.

    Answers that do not fit into its cookie, or that the person saved under a code, stay in the draft, which nobody but
    the person can read: losing them would be worse.
    """
    if len(as_cookie(_locked(state.answers))) > COOKIE_LIMIT or state.kept.saved is not None:
        return
    erase(state)
    hold(state.answers)


def hold(answers: Answers) -> None:
    """Let this browser hold these answers, locked."""
    g.cookies_to_set[IN_HAND_COOKIE] = _locked(answers)


def forget_shown_pages(state: FormState) -> None:
    """Set the cookie anew: browsers then drop the pages that they keep whole for the back button, answers and all."""
    g.cookies_to_set = {DRAFT_COOKIE: state.secret}


def set_cookies(response: Response) -> Response:
    """Set or clear the cookies that this request asked for."""
    for name, value in g.get("cookies_to_set", {}).items():
        if value is not None:
            set_cookie(response, name, value, "Lax", max_age=int(KEEP_FOR.total_seconds()))
        elif cookie_name(name) in request.cookies:
            drop_cookie(response, name, "Lax")
    return response


def _locked(answers: Answers) -> bytes:
    held = runtime()
    return lock_in_hand(held.settings.secret_key, answers, held.now() + KEEP_FOR)
