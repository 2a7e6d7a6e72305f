"""The form on which somebody chooses to be told that there is news: by email, by text, or not at all."""

from collections.abc import Mapping

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField

from portal.follow_up.tell_of_news import Wish
from portal.form.contact import email_fault, phone_fault
from portal.web.follow_up.forms import EntryView
from portal.web.form.voice import ChoiceView, FieldView
from portal.web.frame.texts import say as _
from portal.web.frame.texts import told


class TellMeForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """How, and where."""

    how = RadioField(choices=[], validate_choice=False)
    email = StringField()
    phone = StringField()


def tell_faults(said: Mapping[str, str], *, can_text: bool) -> dict[str, str]:
    """Return what is wrong."""
    if said["how"] not in {"email", "no", *(["text"] if can_text else [])}:
        return {"how": told("Choose one answer")}
    check = {"email": ("email", email_fault), "text": ("phone", phone_fault)}.get(said["how"])
    if check:
        name, fault_of = check
        fault = fault_of(said[name])
        return {name: told(fault)} if fault else {}
    return {}


def chosen(said: Mapping[str, str]) -> Wish | None:
    """Return where they want to be told; None where they do not."""
    if said["how"] == "email":
        return Wish("email", said["email"])
    return Wish("text", said["phone"]) if said["how"] == "text" else None


def said_of(wish: Wish | None) -> dict[str, str]:
    """Return the form as it was filled in."""
    if wish is None:
        return {"how": "", "email": "", "phone": ""}
    return {
        "how": wish.channel,
        "email": "",
        "phone": "",
        "email" if wish.channel == "email" else "phone": wish.address,
    }


def tell_view(said: Mapping[str, str], faults: Mapping[str, str], *, can_text: bool) -> EntryView:
    """Return the form."""
    words = [("email", _("Yes, by email"), "email")]
    words += [("text", _("Yes, by text message"), "text-message")] if can_text else []
    words += [("no", _("No, do not tell me"), "no")]
    choices = [
        ChoiceView(value, label, "", picture, checked=said.get("how") == value, divider_before=False)
        for value, label, picture in words
    ]
    error = faults.get
    fields = [
        FieldView("how", "how", "radios", _("Shall we tell you?"), error=error("how", ""), choices=choices),
        FieldView(
            "email",
            "email",
            "email",
            _("Your email address"),
            hint=_("Only if you chose email."),
            value=said.get("email", ""),
            error=error("email", ""),
            autocomplete="email",
            spellcheck=False,
        ),
    ]
    if can_text:
        fields.append(
            FieldView(
                "phone",
                "phone",
                "tel",
                _("Your mobile phone number"),
                hint=_("Only if you chose a text message."),
                value=said.get("phone", ""),
                error=error("phone", ""),
                autocomplete="tel",
                spellcheck=False,
            )
        )
    return EntryView(tuple(fields))
