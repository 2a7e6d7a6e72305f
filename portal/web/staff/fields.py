"""Fields of the team's pages, ready to show, and what was typed into them."""

from collections.abc import Mapping, Sequence

from flask import request

from portal.web.frame.fields import ChoiceView, FieldView

LONGEST = 2000


def typed(*names: str) -> dict[str, str]:
    """Return what was typed, cut where nothing of ours is that long."""
    return {name: request.form.get(name, "").replace("\x00", "").strip()[:LONGEST] for name in names}


def text_field(
    name: str, label: str, hint: str = "", *, value: str = "", error: str = "", kind: str = "text"
) -> FieldView:
    """Return a field to type into."""
    return FieldView(
        name, name.replace("_", "-"), kind, label, hint=hint, value=value, error=error, spellcheck=False, rows=4
    )


def code_field(label: str, hint: str, error: str = "") -> FieldView:
    """Return the field of a six-digit code."""
    return FieldView(
        "code",
        "code",
        "text",
        label,
        hint=hint,
        error=error,
        autocomplete="one-time-code",
        inputmode="numeric",
        width=10,
    )


def choice_field(name: str, label: str, choices: Mapping[str, str], *, chosen: str = "", error: str = "") -> FieldView:
    """Return radios."""
    views = [
        ChoiceView(value, words, "", "", checked=value == chosen, divider_before=False)
        for value, words in choices.items()
    ]
    return FieldView(name, name.replace("_", "-"), "radios", label, error=error, choices=views)


def errors_of(fields: Sequence[FieldView]) -> list[dict[str, str]]:
    """Return the lines of the error summary."""
    return [{"text": each.error, "href": f"#{each.id}"} for each in fields if each.error]
