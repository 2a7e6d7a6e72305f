"""Ages, as the law counts them."""

from datetime import date


def age_on(born: date, day: date) -> int:
    """Return the age in whole years on a day.

    A person born on 29 February is a year older on 1 March in a common year.
    """
    had_birthday = (day.month, day.day) >= (born.month, born.day)
    return day.year - born.year - (0 if had_birthday else 1)
