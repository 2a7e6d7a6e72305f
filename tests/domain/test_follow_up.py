"""Whose code is whose: the person's own, a parent's, the helper's."""

import pytest

from portal.domain.answers import Answer
from portal.domain.follow_up import Holder, Holders, holders_of
from tests.support.people import an_adult, born, facts_of, helped

RESPONSIBLE = {"parental_responsibility": "yes"}
NOT_SURE = {"parental_responsibility": "not_sure"}
CANNOT = {"person_agrees": "may_not_be_able"}


@pytest.mark.parametrize(
    ("answers", "holders"),
    [
        (an_adult(), Holders(Holder.YOU)),
        (an_adult(date_of_birth=born(15)), Holders(Holder.YOU)),
        (helped(), Holders(Holder.PERSON, Holder.HELPER)),
        (helped(person_agrees=CANNOT), Holders(Holder.PERSON, Holder.HELPER)),
        (helped("parent_carer", date_of_birth=born(16)), Holders(Holder.PERSON, Holder.HELPER)),
        (
            helped("parent_carer", date_of_birth=born(9), parental_responsibility=RESPONSIBLE),
            Holders(Holder.YOU_AS_PARENT, Holder.CHILD_OR_HELPER),
        ),
        (
            helped(date_of_birth=born(15), parental_responsibility=NOT_SURE),
            Holders(Holder.CHILD_OR_PARENT, Holder.HELPER),
        ),
        (
            helped(date_of_birth=born(15), parental_responsibility=NOT_SURE, person_agrees=CANNOT),
            Holders(Holder.PARENT, Holder.HELPER),
        ),
    ],
)
def test_who_may_say_yes_gets_the_full_code(answers: dict[str, Answer], holders: Holders) -> None:
    assert holders_of(facts_of(answers)) == holders
