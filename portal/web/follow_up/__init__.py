"""Coming back with a reference and a private code: where a form stands, writing again, taking consent back."""

from portal.web.follow_up.views import TOKEN_CHECKED_BY_THE_FORM, follow_up

__all__ = ["TOKEN_CHECKED_BY_THE_FORM", "follow_up"]
