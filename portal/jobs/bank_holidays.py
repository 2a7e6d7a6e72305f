"""Bank holidays in England, from the list that GOV.UK publishes, as the library carries it: no network."""

from datetime import date
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays


@cache
def bank_holidays() -> frozenset[date]:
    """Return every known bank holiday in England and Wales (2012 to 2028 in the release we lock)."""
    known = BankHolidays(use_cached_holidays=True)
    return frozenset(day["date"] for day in known.get_holidays(division=BankHolidays.ENGLAND_AND_WALES))
