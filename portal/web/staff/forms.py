"""The one form of the staff's side: signing in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_wtf import FlaskForm
from wtforms import StringField

from portal.web.frame.fields import FieldView
from portal.web.frame.texts import say as _

LONGEST = 300


class SignInForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """What somebody typed to sign in; the passphrase and the code are never shown again."""

    email = StringField()
    passphrase = StringField()
    code = StringField()

    def typed(self) -> Mapping[str, str]:
        """Return what was typed, cut where nothing of ours is that long."""
        return {each.name: (each.data or "").strip()[:LONGEST] for each in (self.email, self.passphrase, self.code)}


@dataclass(frozen=True)
class SignInView:
    """The page: its fields, and what is wrong."""

    fields: tuple[FieldView, ...]
    errors: tuple[Mapping[str, str], ...] = field(default=())


def missing(typed: Mapping[str, str], *, has_passkey: bool = False) -> dict[str, str]:
    """Return a message for each field that was left empty; a passkey takes the place of the code."""
    messages = {
        "email": _("Enter your email address"),
        "passphrase": _("Enter your passphrase"),
        "code": _("Enter the 6-digit code from your app"),
    }
    if has_passkey:
        del messages["code"]
    return {name: message for name, message in messages.items() if not typed.get(name)}


def sign_in_view(email: str = "", faults: Mapping[str, str] | None = None) -> SignInView:
    """Return the page with these faults, beside their fields and in the summary."""
    faults = faults or {}
    fields = (
        FieldView(
            "email",
            "email",
            "email",
            _("Email address"),
            value=email,
            error=faults.get("email", ""),
            autocomplete="username",
            spellcheck=False,
        ),
        FieldView(
            "passphrase",
            "passphrase",
            "password",
            _("Passphrase"),
            hint=_("Capital letters and dashes do not matter."),
            error=faults.get("passphrase", ""),
            autocomplete="current-password",
        ),
        FieldView(
            "code",
            "code",
            "text",
            _("6-digit code"),
            hint=_("From the app on your phone. Each code works once."),
            error=faults.get("code", ""),
            autocomplete="one-time-code",
            inputmode="numeric",
            width=10,
        ),
    )
    errors = tuple({"text": each.error, "href": f"#{each.id}"} for each in fields if each.error)
    return SignInView(fields, errors)
