"""What a team must know before it gets in touch, so that being in touch harms nobody: for the page and the letter."""

from collections.abc import Iterator

from portal.exports.referral import Referral
from portal.form.wording import Reader, Voice


def warnings_of(referral: Referral) -> Iterator[str]:
    """Yield sentences: the ticks that speak of danger as the person saw them, then what else the questions warn of."""
    told, voice = referral.told, Voice(Reader.of(referral.told))
    questions = referral.form.questions
    chosen = [each for question in questions for each in question.chosen(told)]
    yield from (
        f"They ticked: “{voice.choice(field, choice.value)}”" for field, choice in chosen if choice.means_danger
    )
    for question in questions:
        yield from (choice.warns for _, choice in question.chosen(told) if choice.warns)
        yield from (field.warns for field in question.fields if field.warns and told.text(question.key, field.name))
