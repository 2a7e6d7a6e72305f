"""Save and come back: a code of plain words opens the answers on any device, for 28 days.

A guess has one chance in 2^77 for each saved draft, which no speed helps. Wrong codes are slowed down all the same, and
nobody is locked out by it: docs/decisions/0013-seven-words-to-come-back.md.
"""

from dataclasses import dataclass
from datetime import date

from flask import redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import Field, HiddenField
from wtforms.validators import ValidationError

from portal.drafts.come_back import MustWait
from portal.drafts.come_back import come_back as open_with_words
from portal.follow_up.codes import CODE_WORDS
from portal.form.plurals import N_number
from portal.form.question import N_
from portal.web.form.progress import page_data, show_page, url_of_next, walk_now
from portal.web.form.state import leave, load_state, save, use
from portal.web.form.voice import wording_of
from portal.web.frame.access import access
from portal.web.frame.entry import EntryForm, words_field
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import told


@dataclass(frozen=True)
class SavedView:
    """The code's words in order, and the last day on which they open the answers."""

    words: tuple[str, ...]
    until: date


class WordsForm(EntryForm):
    """The words that somebody wrote down; `waited` says since when these same words have been waiting."""

    words = words_field()
    waited = HiddenField()

    def validate_words(self, field: Field) -> None:
        """Refuse what can be no code, and say what to mend."""
        words = runtime().read_words(field.data)
        if words.wrong_word:
            raise ValidationError(
                told("Word %(number)s is not one of our words. Check its spelling", number=words.wrong_word)
            )
        if not words.count:
            raise ValidationError(told(ENTER_ALL, most=CODE_WORDS))
        if not words.code:
            raise ValidationError(told(OTHER_COUNT, most=CODE_WORDS, count=words.count))


@access("journey")
def save_here() -> Response:
    """Save from a page that asks nothing."""
    state = load_state()
    if state.kept.receipt or not state.answers:
        return redirect(url_for("journey.go_on"))
    save(state)
    return redirect(url_for("journey.saved"))


@access("journey")
def saved() -> str | Response:
    """Show the code, to write down or print; on this device it can be shown again."""
    state = load_state()
    if state.kept.saved is None:
        return redirect(url_for("journey.go_on"))
    found = walk_now(state)
    unfinished = runtime().form.by_key.get(request.args.get("unfinished", ""))
    return show_page(
        "apply-saved",
        "journey/saved.html",
        saved=SavedView(tuple(state.kept.saved.code.split()), state.kept.saved.until),
        unfinished=wording_of(unfinished, found.facts).ask() if unfinished else "",
        in_danger=any(question.is_danger(found.facts) for question in found.answered),
        **page_data(found),
    )


@access("journey")
def leave_here() -> Response:
    """Take the key of saved answers from this browser."""
    if load_state().kept.saved is None:
        return redirect(url_for("journey.go_on"))
    leave()
    return redirect(url_for("journey.left"))


@access("journey")
def left() -> str:
    return show_page("apply-left", "journey/settled.html")


@access("journey")
def come_back() -> str | Response | tuple[str, int]:
    """Open saved answers with their words."""
    form = WordsForm()
    if request.method != "POST":
        return words_page(form)
    if status := form.fault():
        return words_page(form), status
    held = runtime()
    try:
        kept = open_with_words(
            held.engine,
            held.read_words(form.words.data).code,
            form.waited.data,
            held.now(),
            limit=held.wrong_codes,
            secret_key=held.settings.secret_key,
            pepper=held.settings.pepper,
        )
    except MustWait as wait:
        form.waited.data = wait.stamp
        form.blame(told(WAIT, seconds=wait.seconds))
        return words_page(form), 429
    if kept is None or kept.receipt:
        sent = told("These answers were sent. The team has them, and the words open nothing now")
        form.blame(sent if kept else told(NOT_FOUND))
        return words_page(form), 422
    return redirect(url_of_next(walk_now(use(kept))))


WAIT = N_number(
    "Many wrong words are being tried just now. Wait %(seconds)s second, then select the button again. "
    "You are not locked out",
    "Many wrong words are being tried just now. Wait %(seconds)s seconds, then select the button again. "
    "You are not locked out",
    "seconds",
)
ENTER_ALL = N_number("Enter the %(most)s word of your code", "Enter the %(most)s words of your code", "most")
OTHER_COUNT = N_number(
    "Your code has %(most)s word. You entered %(count)s", "Your code has %(most)s words. You entered %(count)s", "most"
)
NOT_FOUND = N_(
    "We do not have answers for these words. Check each word and their order. "
    "Answers are gone after 28 days, and when they were sent or cleared"
)


def words_page(form: WordsForm) -> str:
    state = load_state()
    return show_page(
        "apply-come-back",
        has_errors=bool(form.summary),
        form=form,
        has_answers=bool(state.answers) and not state.in_hand,
        **page_data(walk_now(state)),
    )
