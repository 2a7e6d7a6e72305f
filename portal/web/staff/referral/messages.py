"""Messages that came after the referral, ready to show, and what the person was shown."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from portal.domain.follow_up import Right
from portal.referrals.open import Message, NewsLine
from portal.web.follow_up.news import news
from portal.web.frame.fields import ChoiceView, FieldView
from portal.web.frame.texts import say as _
from portal.web.staff.formatting import moment_words

TITLES = {"message": "Message", "contact": "New contact details"}


@dataclass(frozen=True)
class MessageView:
    """One message. `lines` are pairs of what it is and what was written; none where it does not open."""

    title: str
    when: str
    who: str
    lines: tuple[tuple[str, str], ...]
    is_broken: bool = False


def message_views(messages: Sequence[Message]) -> list[MessageView]:
    """Return the messages as they read; one that is not understood is shown as it is."""
    return [_view(message) for message in messages]


def _view(message: Message) -> MessageView:
    when = moment_words(message.received_at)
    if message.content is None:
        return MessageView(_("Message"), when, "", (), is_broken=True)
    try:
        document = json.loads(message.content)
        lines = tuple((_(str(name)), str(text)) for name, text in document["lines"].items())
        return MessageView(_(TITLES[document["kind"]]), when, _who(document["right"]), lines)
    except (ValueError, KeyError, TypeError, AttributeError):
        text = message.content.decode("utf-8", errors="replace")
        return MessageView(_("Message"), when, "", ((_("As it was sent"), text),))


def _who(right: str) -> str:
    if right == Right.FULL:
        return _("With the person’s own code, or the code of someone with parental responsibility")
    return _("With the other code: for someone who helps, or for a child under 16")


def shown_rows(lines: Sequence[NewsLine]) -> list[dict[str, str]]:
    """Return what the person was shown, and when."""
    known = news()
    return [
        {"key": moment_words(line.at), "value": _(known[line.key].say) if line.key in known else line.key}
        for line in lines
    ]


def tell_view(error: str = "") -> FieldView:
    """Return the choice of what to show the person."""
    choices = [ChoiceView(key, _(each.say), "", "", False, False) for key, each in news().items() if each.team_says]
    ask = _("Show the person a message")
    hint = _("On their follow-up page. It is always one of these, so that it is safe if someone else sees it.")
    return FieldView("news", "news", "radios", ask, hint=hint, error=error, choices=choices)
