"""Forms of WTForms, ready to show: a form class says its fields, their words and checks, and the page follows."""

from collections.abc import Iterable, Mapping

from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.fields.core import UnboundField
from wtforms.validators import StopValidation
from wtforms.widgets import HiddenInput

from portal.form.plurals import N_number
from portal.form.question import N_
from portal.web.frame.fields import ChoiceView, FieldView
from portal.web.frame.texts import say, told

TOO_LONG = N_number(
    "Your answer is too long. Use %(most)s character or fewer. You have used %(used)s.",
    "Your answer is too long. Use %(most)s characters or fewer. You have used %(used)s.",
    "most",
)


def cleaned(text: str | None) -> str:
    """Return what was typed: line ends as one sign, no spaces around, nothing else changed."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


class AtMost:
    """Refuses what is longer, and says how long it is; nothing is cut."""

    def __init__(self, most: int) -> None:
        self._most = most

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        if len(field.data) > self._most:
            raise StopValidation(told(TOO_LONG, most=self._most, used=len(field.data)))


class EntryForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """A form whose page is made from its fields.

    Labels, descriptions and messages are sentences to translate; what a field's `render_kw` says is for the page.
    """

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # the same
        """How every field is made."""

        def bind_field(self, form: FlaskForm, unbound: UnboundField, options: dict[str, object]) -> Field:
            """Give each field that is typed into the filter that cleans."""
            if issubclass(unbound.field_class, StringField):
                unbound.kwargs.setdefault("filters", [cleaned])
            return super().bind_field(form, unbound, options)

    def fault(self) -> int:
        """Check what was sent: 0 where it may be acted on, 400 for a stale token, 422 for what is wrong in it.

        Faults then stand beside their fields, and nothing typed is lost.
        """
        if self.validate():
            return 0
        if not self.csrf_token.errors:
            return 422
        for field in self:
            field.errors = []
        self.blame(told("We could not be sure that this came from you. Select the button again"))
        return 400

    def blame(self, words: str, name: str = "") -> None:
        """Put a message beside a field, by default the first."""
        field = self[name] if name else next(iter(self._shown()))
        field.errors = [*field.errors, words]

    @property
    def shown(self) -> tuple[FieldView, ...]:
        """The fields that people see."""
        return tuple(view_of(field) for field in self._shown())

    @property
    def summary(self) -> tuple[Mapping[str, str], ...]:
        """What is wrong, for the top of the page."""
        return tuple({"text": each.error, "href": f"#{each.id}"} for each in self.shown if each.error)

    @property
    def hidden(self) -> Mapping[str, str]:
        """What the page carries along unseen, without the token."""
        unseen = (each for each in self if isinstance(each.widget, HiddenInput) and each is not self.csrf_token)
        return {each.name: each.data for each in unseen if each.data}

    def _shown(self) -> Iterable[Field]:
        return (field for field in self if not isinstance(field.widget, HiddenInput))


def view_of(field: Field) -> FieldView:
    """Return one field, in the reader's language and level."""
    view = FieldView(
        field.name,
        field.id,
        _kind(field),
        say(field.label.text),
        hint=say(field.description),
        error=told(field.errors[0]) if field.errors else "",
        optional=bool(field.flags.optional),
    )
    if isinstance(field, RadioField):
        view.choices = [_choice_view(each, field.data) for each in field.choices]
    elif not isinstance(field, PasswordField):
        view.value = field.data
    for name, value in (field.render_kw or {}).items():
        setattr(view, name, value)
    return view


def words_field() -> TextAreaField:
    """Return the field of a code's seven words, as both ways to come back ask for them."""
    return TextAreaField(
        N_("Your 7 words"),
        description=N_("Write them in order, with a space between. Capital letters do not matter."),
        render_kw={"autocomplete": "off", "spellcheck": False, "rows": 3},
    )


def choice(value: str, label: str, picture: str) -> SelectChoice:
    """Return one choice of radios, with its picture in Easy Read."""
    return SelectChoice(value, label, render_kw={"picture": picture})


def _choice_view(each: SelectChoice, chosen: str | None) -> ChoiceView:
    is_chosen = each.value == chosen
    return ChoiceView(each.value, say(each.label), "", each.render_kw["picture"], is_chosen, divider_before=False)


def _kind(field: Field) -> str:
    if isinstance(field, RadioField):
        return "radios"
    return "textarea" if isinstance(field, TextAreaField) else str(field.widget.input_type)
