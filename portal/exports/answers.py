"""A person's own answers on paper: standard, large print, or Easy Read with bigger words and a picture a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.exports.blocks import Picture, Style
from portal.exports.leaflet import pictures_data
from portal.exports.letter import section_data
from portal.exports.pdf import Printer, Say
from portal.exports.referral import Section
from portal.form.question import N_

NOTHING = N_("Not answered")


@dataclass(frozen=True)
class AnswerSheet:
    """What the sheet says, in the words of the person's own reading level.

    `intro` are sentences before the answers, `facts` pairs such as "Reference" and "Sent to"; an item's `picture` is a
    key of `pictures`. `footer` stands on every page.
    """

    title: str
    sections: tuple[Section, ...]
    intro: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    lang: str = "en"
    style: Style = Style.STANDARD
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    footer: str = ""
    notice: str = ""


def answers_pdf(printer: Printer, sheet: AnswerSheet, say: Say = str) -> bytes:
    """Return somebody's answers as tagged PDF; nothing of it is kept."""
    data = {
        "lang": sheet.lang,
        "title": sheet.title,
        "style": sheet.style.value,
        "footer": sheet.footer,
        "notice": sheet.notice,
        "intro": sheet.intro,
        "facts": [{"label": label, "value": value} for label, value in sheet.facts],
        "sections": [section_data(section) for section in sheet.sections],
        "labels": {"nothing": say(NOTHING)},
        **pictures_data(sheet.pictures),
    }
    return printer.personal("answers", data, say)
