"""The forms of those who come back: code, message, contact details, taking consent back."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField

from portal.follow_up.codes import read_reference, read_words
from portal.form.contact import email_fault, phone_fault
from portal.web.form.voice import ChoiceView, FieldView
from portal.web.frame.texts import say as _
from portal.web.frame.texts import told

LONGEST_MESSAGE = 4000
LONGEST_LINE = 300


class CodeForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """Reference and code; `kept` is a message that waits until the code was entered again."""

    reference = StringField()
    code = TextAreaField()
    kept = TextAreaField()


class MessageForm(FlaskForm):  # type: ignore[misc]  # the same
    """A message; `once` names this form, so that sending it twice is harmless."""

    message = TextAreaField()
    once = StringField()


class ContactForm(FlaskForm):  # type: ignore[misc]  # the same
    """New contact details, and `once` as above."""

    phone = StringField()
    email = StringField()
    address = TextAreaField()
    note = TextAreaField()
    once = StringField()


class TakeBackForm(FlaskForm):  # type: ignore[misc]  # the same
    """Yes, take it back; or no, keep it."""

    sure = RadioField(choices=[], validate_choice=False)


@dataclass(frozen=True)
class EntryView:
    """A form on its page. `kept` is a message that waits for the code; `note` says why the page shows."""

    fields: tuple[FieldView, ...]
    once: str = ""
    kept: str = ""
    note: str = ""

    @property
    def errors(self) -> tuple[Mapping[str, str], ...]:
        """What is wrong, for the summary."""
        return tuple({"text": each.error, "href": f"#{each.id}"} for each in self.fields if each.error)


def typed(form: FlaskForm, *names: str) -> dict[str, str]:
    """Return what was typed: line ends as one sign, no spaces around, nothing else changed."""
    return {name: _cleaned(form[name].data) for name in names}


def once_of(form: FlaskForm) -> str:
    """Return this form's own name, as the page gave it; a new one where it gave none."""
    return _cleaned(form.once.data)[:64] or new_once()


def new_once() -> str:
    """Return a new name for a form."""
    return secrets.token_hex(16)


def token_fault(form: FlaskForm) -> str:
    """Return what to say where the page's token is stale; empty where it holds."""
    if form.validate():
        return ""
    return told("We could not be sure that this came from you. Select the button again")


def code_faults(said: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with the form of reference and code; it says nothing of whether they exist."""
    faults: dict[str, str] = {}
    if not read_reference(said["reference"]):
        faults["reference"] = told("Enter the reference. It has 9 letters and numbers, like 4KM-7X2-P9D")
    words = read_words(said["code"])
    if words.wrong_word:
        faults["code"] = told("Word %(number)s is not one of our words. Check its spelling", number=words.wrong_word)
    elif not words.code:
        faults["code"] = told("Enter all 7 words of the code, with a space between")
    return faults


def code_view(said: Mapping[str, str], faults: Mapping[str, str], *, kept: str = "", note: str = "") -> EntryView:
    """Return the form of reference and code."""
    fields = (
        FieldView(
            "reference",
            "reference",
            "text",
            _("Reference"),
            hint=_("It has 9 letters and numbers. Capital letters and dashes do not matter."),
            value=said.get("reference", ""),
            error=faults.get("reference", ""),
            autocomplete="off",
            spellcheck=False,
            width=20,
        ),
        FieldView(
            "code",
            "code",
            "textarea",
            _("Your 7 words"),
            hint=_("Write them in order, with a space between. Capital letters do not matter."),
            value=said.get("code", ""),
            error=faults.get("code", ""),
            autocomplete="off",
            spellcheck=False,
            rows=3,
        ),
    )
    return EntryView(fields, kept=kept, note=note)


def message_faults(text: str) -> dict[str, str]:
    """Return what is wrong with a message."""
    if not text:
        return {"message": told("Write your message")}
    return {"message": _too_long(text, LONGEST_MESSAGE)} if len(text) > LONGEST_MESSAGE else {}


def message_view(text: str = "", faults: Mapping[str, str] | None = None, once: str = "") -> EntryView:
    """Return the form of a message."""
    field = FieldView(
        "message",
        "message",
        "textarea",
        _("Your message"),
        value=text,
        error=(faults or {}).get("message", ""),
        rows=8,
        max_length=LONGEST_MESSAGE,
    )
    return EntryView((field,), once or new_once())


def contact_faults(said: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with new contact details."""
    if not any(said.values()):
        return {"phone": told("Fill in at least one of the boxes")}
    limits = {"phone": LONGEST_LINE, "email": LONGEST_LINE, "address": 1000, "note": 1000}
    faults = {name: _too_long(said[name], most) for name, most in limits.items() if len(said[name]) > most}
    for name, fault_of in (("email", email_fault), ("phone", phone_fault)):
        fault = fault_of(said[name]) if said[name] else None
        if fault:
            faults.setdefault(name, told(fault))
    return faults


def contact_view(said: Mapping[str, str], faults: Mapping[str, str], once: str = "") -> EntryView:
    """Return the form of new contact details."""
    labels = {
        "phone": ("tel", _("New phone number"), ""),
        "email": ("email", _("New email address"), ""),
        "address": ("textarea", _("New address for letters"), ""),
        "note": (
            "textarea",
            _("Anything else about contacting you"),
            _("For example, a number or an address that the team must not use any more."),
        ),
    }
    fields = tuple(
        FieldView(
            name,
            name,
            kind,
            label,
            hint=hint,
            value=said.get(name, ""),
            error=faults.get(name, ""),
            spellcheck=None if name == "note" else False,
            rows=4,
            optional=True,
        )
        for name, (kind, label, hint) in labels.items()
    )
    return EntryView(fields, once or new_once())


def take_back_view(error: str = "", *, easy: bool = False) -> EntryView:
    """Return the question that confirms."""
    ask = _("What do you want to do?") if easy else _("Do you want to take back your consent now?")
    yes = _("Say no now") if easy else _("Yes, take back my consent")
    no = _("Go back and change nothing") if easy else _("No, keep it as it is")
    choices = [ChoiceView("yes", yes, "", "say-no", False, False), ChoiceView("no", no, "", "go-back", False, False)]
    return EntryView((FieldView("sure", "sure", "radios", ask, error=error, choices=choices),))


def _cleaned(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def _too_long(text: str, most: int) -> str:
    return told(
        "Your answer is too long. Use %(most)s characters or fewer. You have used %(used)s.",
        most=f"{most:,}",
        used=f"{len(text):,}",
    )
