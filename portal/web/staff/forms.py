"""The forms of the staff's side: their fields, words and checks. What only an act can find out, the act says."""

from collections.abc import Mapping
from typing import Any

from wtforms import EmailField, Field, PasswordField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired

from portal.accounts.set_up import FEWEST_LETTERS
from portal.form.plurals import N_number
from portal.form.question import N_
from portal.web.frame.entry import EntryForm, choice, cleaned
from portal.web.frame.texts import say as _

LONGEST = 2000
AS_TYPED = {"spellcheck": False}
NEVER_AGAIN = {"value": ""}
"""What was typed is not shown again."""

SIX_DIGITS = {**NEVER_AGAIN, "autocomplete": "one-time-code", "inputmode": "numeric", "width": 10}


def short(text: str | None) -> str:
    """Return what was typed, cut where nothing of ours is that long."""
    return cleaned(text)[:LONGEST]


def line(label: str, checks: list[Any] | None = None, *, hint: str = "", kind: type[Field] = StringField) -> Field:
    """Return a field to type into, as it is: nothing corrects its spelling."""
    more = {"rows": 4} if kind is TextAreaField else {}
    return kind(label, checks, description=hint, filters=[short], render_kw={**AS_TYPED, **more})


def code(hint: str, checks: list[Any] | None = None) -> Field:
    """Return the field of a six-digit code."""
    return StringField(N_("6-digit code"), checks, description=hint, filters=[short], render_kw=SIX_DIGITS)


def secret_words(label: str, hint: str = "") -> Field:
    """Return the field of a kit's words."""
    kw = {**AS_TYPED, **NEVER_AGAIN, "rows": 4}
    return TextAreaField(label, description=hint, filters=[short], render_kw=kw)


def current() -> Field:
    """Return the field for the passphrase that is asked again."""
    hint = N_("We ask again, in case somebody else sits at your desk.")
    return line(N_("Your passphrase now"), hint=hint, kind=PasswordField)


TOO_MANY_TRIES = N_number(
    "Too many tries. Wait %(seconds)s second, then try again",
    "Too many tries. Wait %(seconds)s seconds, then try again",
    "seconds",
)


class SignInForm(EntryForm):
    """Who signs in; a passkey takes the place of the code. The passphrase and the code are never shown again."""

    email = EmailField(
        N_("Email address"),
        [DataRequired(N_("Enter your email address"))],
        filters=[short],
        render_kw={"autocomplete": "username", **AS_TYPED},
    )
    passphrase = PasswordField(
        N_("Passphrase"),
        [DataRequired(N_("Enter your passphrase"))],
        description=N_("Capital letters and dashes do not matter."),
        filters=[short],
        render_kw={"autocomplete": "current-password"},
    )
    code = code(
        N_("From the app on your phone. Each code works once."),
        [DataRequired(N_("Enter the 6-digit code from your app"))],
    )


class SetUpForm(EntryForm):
    """Somebody's first passphrase, and the first code of their app."""

    passphrase = line(
        N_("Type your passphrase"),
        hint=N_("Type the words above, or your own. Capital letters and dashes do not matter."),
        kind=PasswordField,
    )
    code = code(N_("The app shows it once it has read the picture."))


class ForgottenForm(EntryForm):
    """A new passphrase, by the printed recovery code."""

    email = line(N_("Email address"), kind=EmailField)
    recovery_code = StringField(
        N_("Your recovery code"),
        id="recovery-code",
        description=N_("Eight words, on the paper that you printed."),
        filters=[short],
        render_kw={**AS_TYPED, **NEVER_AGAIN},
    )
    code = code(N_("From the app on your phone."))
    passphrase = line(N_("Your new passphrase"), kind=PasswordField)

    def __init__(self, **known: Any) -> None:
        super().__init__(**known)
        self.passphrase.description = _("Six plain words are best. %(fewest)s letters or more.", fewest=FEWEST_LETTERS)


class PassphraseForm(EntryForm):
    """Another passphrase."""

    current = current()
    passphrase = line(
        N_("New passphrase"),
        hint=N_("Type the words above, or your own. Capital letters and dashes do not matter."),
        kind=PasswordField,
    )


class AuthenticatorForm(EntryForm):
    """Another app for codes."""

    code = code(N_("The app shows it once it has read the picture."))
    current = current()


class CurrentForm(EntryForm):
    """The passphrase alone."""

    current = current()


class PasskeyForm(EntryForm):
    """A passkey that the browser has made, and its name."""

    name = line(N_("A name for it"), hint=N_("So that you know which is which, like “work laptop”."))
    current = current()


class InviteForm(EntryForm):
    """A colleague to invite."""

    name = line(N_("Name"))
    email = line(N_("Work email address"))
    role = RadioField(
        N_("What they are"),
        choices=[
            choice("member", N_("Member: works with referrals"), ""),
            choice("lead", N_("Lead: also looks after the team"), ""),
        ],
        default="member",
        validate_choice=False,
    )


class WordsForm(EntryForm):
    """The 24 words of a kit. Several stand on one page, each with an id of its own."""

    words = secret_words(
        N_("The words of the kit"), N_("24 words, from the paper. Numbers and line breaks do not matter.")
    )


class PublicHalfForm(EntryForm):
    """The public half of what was made away from the network."""

    public = TextAreaField(N_("The public half"), render_kw={**AS_TYPED, "rows": 4})


class DrillForm(EntryForm):
    """The answer to a drill, worked out away from the network."""

    answer = line(N_("The answer to the drill"))


class NewTeamForm(EntryForm):
    """A team of the area's file that is not set up yet."""

    team = RadioField(N_("Which team?"), invalid_choice_message=N_("Select a team that is not set up yet"))


class HandOverForm(EntryForm):
    """Two teams of an area, and the words of its kit."""

    from_team = RadioField(N_("The team that has stopped"), id="from-team", validate_choice=False)
    to_team = RadioField(N_("The team that takes over"), id="to-team", validate_choice=False)
    words = secret_words(N_("The words of the area’s kit"))


class OfferForm(EntryForm):
    """The team that a referral is offered to, and why."""

    team = RadioField(N_("To which team?"), [DataRequired(N_("Select a team"))], validate_choice=False)
    reason = RadioField(N_("Why?"), [DataRequired(N_("Select a reason"))], validate_choice=False)


class MarkForm(EntryForm):
    """A mark of the log."""

    mark = line(N_("A mark from an earlier mail"), hint=N_("You can leave this empty."))


def among(field: Field, choices: Mapping[str, str]) -> None:
    """Give radios their choices."""
    field.choices = [choice(value, words, "") for value, words in choices.items()]


def shown(form: EntryForm) -> dict[str, Any]:
    """Return what a page with this form needs."""
    return {"fields": form.shown, "errors": form.summary, "has_errors": bool(form.summary)}
