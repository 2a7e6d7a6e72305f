"""Every picture of the site in one place: its key, its words, where it comes from."""

from dataclasses import dataclass

from portal.content.pictures import Picture
from portal.web.frame.languages import lang
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import english
from portal.web.frame.texts import say as _


@dataclass(frozen=True)
class SheetPicture:
    """One picture, ready to show."""

    key: str
    url: str
    alt: str
    source: str
    credit: str


def contact_sheet() -> list[SheetPicture]:
    """Return every picture by its key; one that a deployment replaced says so, and carries no credit of ours."""
    return sorted(map(_shown, runtime().contents[lang()].pictures), key=lambda shown: shown.key)


def _shown(picture: Picture) -> SheetPicture:
    asset = runtime().assets.asset(f"pictures/{picture.key}.svg")
    if asset.is_own:
        return SheetPicture(picture.key, asset.url, _(asset.alt), _("This website’s own picture"), "")
    source = f"OpenMoji {picture.code}" if picture.code else f"static/pictures/{picture.file}"
    return SheetPicture(picture.key, asset.url, _(asset.alt), english(source), english(picture.credit))
