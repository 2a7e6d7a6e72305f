"""A telephone number and an email address, as anybody types them: one rule for the form, follow-up and staff."""

import re

from phonenumbers import NumberParseException, ValidationResult, is_possible_number_with_reason, parse

from portal.form.question import N_

EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
LONGEST_EMAIL = 254
"""Characters of an email address that can be delivered (RFC 5321)."""

NO_EMAIL = N_("Enter an email address in the correct format, like name@example.com")
NO_PHONE = N_("Enter a phone number, like 01632 960001 or 07700 900 982")


def email_fault(text: str) -> str | None:
    """Return the sentence to translate that says what is wrong with an email address; None where it is usable."""
    address = text.strip()
    return None if len(address) <= LONGEST_EMAIL and EMAIL.fullmatch(address) else NO_EMAIL


def phone_fault(text: str) -> str | None:
    """Return the sentence to translate that says what is wrong with a number; None where it can be one."""
    try:
        possible = is_possible_number_with_reason(parse(text.strip(), "GB")) == ValidationResult.IS_POSSIBLE
    except NumberParseException:
        possible = False
    return None if possible else NO_PHONE
