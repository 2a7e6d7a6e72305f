"""An NHS number: ten digits, in whatever way they are typed."""

import re


def digits_of(text: str) -> str:
    """Return what was typed without spaces and dashes."""
    return re.sub(r"[\s-]", "", text)


def grouped(text: str) -> str:
    """Return a number as 3, 3 and 4 digits; what is none, unchanged."""
    digits = digits_of(text)
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}" if re.fullmatch(r"\d{10}", digits) else text
