from datetime import date

from portal.domain.working_days import add_working_days

CHRISTMAS = {date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)}


def test_five_working_days_from_a_friday_is_the_next_friday() -> None:
    assert add_working_days(date(2026, 11, 20), 5, set()) == date(2026, 11, 27)


def test_a_referral_on_a_saturday_counts_from_monday() -> None:
    assert add_working_days(date(2026, 11, 21), 1, set()) == date(2026, 11, 23)


def test_bank_holidays_do_not_count() -> None:
    assert add_working_days(date(2026, 12, 24), 2, CHRISTMAS) == date(2026, 12, 30)
