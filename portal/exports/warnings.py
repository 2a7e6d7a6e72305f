"""What a team must know before it gets in touch, so that being in touch harms nobody: for the page and the letter."""

from collections.abc import Iterator

from portal.domain.facts import DANGERS
from portal.exports.referral import Referral
from portal.form.questions.situation import HAPPENING

WHO_MAY_NOT_KNOW = {
    "no": "A parent or carer does not know that they asked for help.",
    "prefer_not": "They did not say whether a parent or carer knows. Act as if nobody knows.",
}
NO_MESSAGE = {
    "no": "Leave no message on their phone.",
    "name_only": "If you leave a message, say only a name and a number to call back.",
}
IN_HOSPITAL = {
    "yes": "They are in a mental health hospital now.",
    "just_left": "They have just left a mental health hospital.",
}


def warnings_of(referral: Referral) -> Iterator[str]:
    """Yield sentences: the ticks that speak of danger, who must not know, how not to leave a message."""
    yield from (f"They ticked: “{words}”" for words in danger_words(referral))
    for question, sentences in (
        ("adult_knows", WHO_MAY_NOT_KNOW),
        ("leave_message", NO_MESSAGE),
        ("in_hospital", IN_HOSPITAL),
    ):
        sentence = sentences.get(referral.told.text(question))
        if sentence:
            yield sentence
    if referral.told.text("safe_contact", "do_not_use"):
        yield "There are numbers, emails or addresses that you must not use. They are below."


def danger_words(referral: Referral) -> list[str]:
    """Return the ticks that speak of danger, as the person saw them."""
    ticked = referral.told.ticked("happening")
    field = next(field for field in HAPPENING.fields if field.name == "happening")
    return [
        choice.label_helper if referral.told.is_helper() and choice.label_helper else choice.label
        for choice in field.choices
        if choice.value in DANGERS and choice.value in ticked
    ]
