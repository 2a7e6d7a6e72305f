"""Who may open an address: said beside each view, and held by tests/rules/test_routes_say_who.py."""

from collections.abc import Callable
from typing import Literal, TypeVar

Audience = Literal["public", "journey", "follow-up", "staff", "health"]
View = TypeVar("View", bound=Callable[..., object])


def access(audience: Audience) -> Callable[[View], View]:
    """Say who may open this view: everyone, a person in a journey, one who came back with
    a code, signed-in staff, or the machine's own checks.
    """

    def mark(view: View) -> View:
        vars(view)["access"] = audience
        return view

    return mark


def audience_of(view: Callable[..., object]) -> str | None:
    """Return who may open this view, or None where nobody has said."""
    audience: str | None = getattr(view, "access", None)
    return audience
