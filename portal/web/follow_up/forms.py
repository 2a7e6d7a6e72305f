"""The forms of those who come back: code, message, contact details, being told of news, taking consent back."""

import secrets
from collections.abc import Callable
from typing import Any

from wtforms import EmailField, Field, HiddenField, RadioField, StringField, TelField, TextAreaField
from wtforms.validators import DataRequired, Optional, ValidationError

from portal.follow_up.codes import read_reference
from portal.follow_up.tell_of_news import Wish
from portal.form.contact import email_fault, phone_fault
from portal.form.question import N_
from portal.web.frame.entry import AtMost, EntryForm, choice, cleaned, words_field
from portal.web.frame.languages import lang, level
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import told

LONGEST_MESSAGE = 4000
LONGEST_LINE = 300
LONGEST_NOTE = 1000
LONGEST_ONCE = 64
CONTACT_LINES = {
    "phone": N_("New phone number"),
    "email": N_("New email address"),
    "address": N_("New address for letters"),
    "note": N_("Anything else about contacting them"),
}


def once_only(name: str | None) -> str:
    """Return a form's own name, by which sending it twice is harmless: as the page gave it, or a new one."""
    return cleaned(name)[:LONGEST_ONCE] or secrets.token_hex(16)


def is_usable(fault_of: Callable[[str], str | None]) -> Callable[[EntryForm, Field], None]:
    """Return the validator of a rule that gives the sentence about what is wrong."""

    def check(_form: EntryForm, field: Field) -> None:
        if fault := fault_of(field.data):
            raise ValidationError(fault)

    return check


class CodeForm(EntryForm):
    """Reference and code; `kept` is a message that waits until the code was entered again.

    What is wrong says nothing of whether they exist.
    """

    reference = StringField(
        N_("Reference"),
        description=N_("It has 9 letters and numbers. Capital letters and dashes do not matter."),
        render_kw={"autocomplete": "off", "spellcheck": False, "width": 20},
    )
    code = words_field()
    kept = HiddenField()

    def validate_reference(self, field: Field) -> None:
        """Refuse what can be no reference."""
        if not read_reference(field.data):
            raise ValidationError(told("Enter the reference. It has 9 letters and numbers, like 4KM-7X2-P9D"))

    def validate_code(self, field: Field) -> None:
        """Refuse what can be no code, and name the word that is to blame."""
        words = runtime().read_words(field.data)
        if words.wrong_word:
            raise ValidationError(
                told("Word %(number)s is not one of our words. Check its spelling", number=words.wrong_word)
            )
        if not words.code:
            raise ValidationError(told("Enter all 7 words of the code, with a space between"))


class MessageForm(EntryForm):
    """A message."""

    message = TextAreaField(
        N_("Your message"),
        [DataRequired(N_("Write your message")), AtMost(LONGEST_MESSAGE)],
        render_kw={"rows": 8, "max_length": LONGEST_MESSAGE},
    )
    once = HiddenField(filters=[once_only])


class ContactForm(EntryForm):
    """New contact details: at least one."""

    phone = TelField(
        N_("New phone number"),
        [Optional(), AtMost(LONGEST_LINE), is_usable(phone_fault)],
        render_kw={"spellcheck": False},
    )
    email = EmailField(
        N_("New email address"),
        [Optional(), AtMost(LONGEST_LINE), is_usable(email_fault)],
        render_kw={"spellcheck": False},
    )
    address = TextAreaField(
        N_("New address for letters"),
        [Optional(), AtMost(LONGEST_NOTE)],
        render_kw={"spellcheck": False, "rows": 4},
    )
    note = TextAreaField(
        N_("Anything else about contacting you"),
        [Optional(), AtMost(LONGEST_NOTE)],
        description=N_("For example, a number or an address that the team must not use any more."),
        render_kw={"rows": 4},
    )
    once = HiddenField(filters=[once_only])

    def lines(self) -> dict[str, str]:
        """Return what was filled in, by what each of it is for the team."""
        return {words: self[name].data for name, words in CONTACT_LINES.items() if self[name].data}

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each box that was filled in, and that one was."""
        is_valid = bool(super().validate(extra_validators))
        if is_valid and not self.lines():
            self.blame(told("Fill in at least one of the boxes"))
            return False
        return is_valid


class TellMeForm(EntryForm):
    """Whether somebody is told that there is news: by email, by text, or not at all."""

    how = RadioField(N_("Shall we tell you?"), invalid_choice_message=N_("Choose one answer"))
    email = EmailField(
        N_("Your email address"),
        description=N_("Only if you chose email."),
        render_kw={"autocomplete": "email", "spellcheck": False},
    )
    phone = TelField(
        N_("Your mobile phone number"),
        description=N_("Only if you chose a text message."),
        render_kw={"autocomplete": "tel", "spellcheck": False},
    )

    def __init__(self, wish: Wish | None, *, can_text: bool) -> None:
        chosen = {"how": wish.channel, "email" if wish.channel == "email" else "phone": wish.address} if wish else {}
        super().__init__(data=chosen)
        by_text = [choice("text", N_("Yes, by text message"), "text-message")] if can_text else []
        self.how.choices = [
            choice("email", N_("Yes, by email"), "email"),
            *by_text,
            choice("no", N_("No, do not tell me"), "no"),
        ]
        if not can_text:
            del self.phone

    def validate_email(self, field: Field) -> None:
        """Check the address where it was chosen."""
        if self.how.data == "email":
            is_usable(email_fault)(self, field)

    def validate_phone(self, field: Field) -> None:
        """Check the number where it was chosen."""
        if self.how.data == "text":
            is_usable(phone_fault)(self, field)

    def wish(self) -> Wish | None:
        """Return where they want to be told; None where they do not."""
        match self.how.data:
            case "email":
                return Wish("email", self.email.data, lang(), level())
            case "text":
                return Wish("text", self.phone.data, lang(), level())
        return None


class TakeBackForm(EntryForm):
    """Yes, take it back; or no, keep it."""

    sure = RadioField(invalid_choice_message=N_("Choose one of the two"))

    def __init__(self, *, easy: bool) -> None:
        super().__init__()
        ask = N_("What do you want to do?") if easy else N_("Do you want to take back your consent now?")
        yes = N_("Say no now") if easy else N_("Yes, take back my consent")
        no = N_("Go back and change nothing") if easy else N_("No, keep it as it is")
        self.sure.label.text = ask
        self.sure.choices = [choice("yes", yes, "say-no"), choice("no", no, "go-back")]
