"""One field on a page, ready to show: what the macros of templates/components go by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup


@dataclass
class ChoiceView:
    """One choice, ready to show."""

    value: str
    label: str | Markup
    hint: str | Markup
    picture: str
    checked: bool
    divider_before: bool


@dataclass
class FieldView:
    """One field, ready to show, with what was typed and what is wrong with it."""

    name: str
    id: str
    kind: str
    label: str | Markup
    hint: str | Markup = ""
    value: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    error: str = ""
    error_parts: tuple[str, ...] = ()
    choices: Sequence[ChoiceView] = ()
    autocomplete: str = ""
    inputmode: str = ""
    spellcheck: bool | None = None
    rows: int = 6
    width: int | None = None
    max_length: int | None = None
    optional: bool = False
    hide_label: bool = False
