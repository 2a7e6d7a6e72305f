"""Dates, times and lists as the reader's language writes them."""

from collections.abc import Iterable
from datetime import date, time
from typing import Literal

from babel.dates import format_date, format_time
from babel.lists import format_list

from portal.web.frame.languages import HOME_LANGUAGE, lang, locale_of
from portal.web.frame.texts import say as _

WEEKDAY_AND_DATE = "EEEE d MMMM yyyy"


def date_in_words(day: date, *, weekday: bool = False) -> str:
    """Return "27 November 2026", with the weekday before it if asked."""
    if lang() == HOME_LANGUAGE:  # British English in full puts a comma after the weekday, and the NHS does not
        return format_date(day, WEEKDAY_AND_DATE if weekday else "d MMMM yyyy", locale_of(lang()))
    return format_date(day, "full" if weekday else "long", locale_of(lang()))


def clock_time(at: time) -> str:
    """Return a time of day: in English as the NHS writes it (9am, 5:30pm, midday), else as the language does."""
    if at.minute == 0 and at.hour in (0, 12):
        return _("midnight") if at.hour == 0 else _("midday")
    if lang() == HOME_LANGUAGE:
        return format_time(at, "h:mma" if at.minute else "ha", locale=locale_of(lang())).lower()
    return format_time(at, "short", locale=locale_of(lang()))


def in_a_list(names: Iterable[str], style: Literal["or", "standard"] = "standard") -> str:
    """Return names as a list: "Babergh, Ipswich and Mid Suffolk", or with "or" before the last."""
    return format_list(list(names), style, locale_of(lang()))
