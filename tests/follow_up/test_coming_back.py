"""Private codes: what each opens, what no code opens, and how wrong ones are met."""

from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.database.engine import Engine, reading
from portal.database.schema import metadata
from portal.domain.follow_up import Code, Holder, Holders, Right
from portal.follow_up.visit import IDLE, CodeRefused, Visit, come_back, leave, load_visit
from portal.referrals.queries import get_standing
from portal.sealing.codes import reference, words_code
from portal.sealing.drafts import new_secret
from portal.sealing.private_codes import digest_of
from tests.support.teams import NOW, PEPPER, a_draft, a_team, send

HELPED = Holders(Holder.PERSON, Holder.HELPER)
NOBODYS = "4KM-7X2-P9D"


@pytest.fixture
def ready(engine: Engine) -> Engine:
    """Give a database with a team that receives."""
    a_team(engine)
    return engine


def returned(engine: Engine, code: Code, number: str) -> Visit:
    return come_back(engine, number, code.words, PEPPER, NOW)


def seconds_of_wrong(engine: Engine, number: str, tries: int) -> list[int]:
    """Try wrong codes; return how long each is told to wait."""
    waits = []
    for _ in range(tries):
        with pytest.raises(CodeRefused) as refused:
            come_back(engine, number, words_code(), PEPPER, NOW)
        waits.append(refused.value.seconds)
    return waits


def test_who_asks_for_themselves_gets_one_code_that_does_everything(ready: Engine) -> None:
    receipt = send(ready)
    (code,) = receipt.codes
    assert (code.right, code.holder) == (Right.FULL, Holder.YOU)
    assert returned(ready, code, receipt.reference).right is Right.FULL


def test_after_a_helpers_journey_there_are_two_codes_with_different_rights(ready: Engine) -> None:
    receipt = send(ready, holders=HELPED)
    assert [(code.right, code.holder) for code in receipt.codes] == [
        (Right.FULL, Holder.PERSON),
        (Right.LIMITED, Holder.HELPER),
    ]
    assert [returned(ready, code, receipt.reference).right for code in receipt.codes] == [Right.FULL, Right.LIMITED]


def test_a_replayed_send_shows_the_same_codes(ready: Engine) -> None:
    secret = a_draft(ready)
    assert send(ready, secret, holders=HELPED) == send(ready, secret, holders=Holders(Holder.YOU))


def test_no_code_opens_another_referral(ready: Engine) -> None:
    receipts = [send(ready, holders=HELPED) for _ in range(3)]
    for mine, other in product(receipts, repeat=2):
        for code in mine.codes:
            if mine is other:
                assert returned(ready, code, other.reference).reference == mine.reference
            else:
                with pytest.raises(CodeRefused):
                    returned(ready, code, other.reference)


BOUND = st.tuples(st.builds(words_code), st.sampled_from(Right), st.builds(reference))


@given(BOUND, BOUND)
def test_a_digest_holds_for_one_code_one_right_and_one_referral(
    one: tuple[str, Right, str], other: tuple[str, Right, str]
) -> None:
    digests = {digest_of(code, right, PEPPER, number) for code, right, number in (one, other)}
    assert (len(digests) == 1) is (one == other)
    code, _right, number = one
    assert digest_of(code, Right.FULL, PEPPER, number) != digest_of(code, Right.LIMITED, PEPPER, number)


def test_codes_are_kept_as_digests_only(ready: Engine) -> None:
    words = [code.words for code in send(ready, holders=HELPED).codes]
    with reading(ready) as session:
        rows = [
            str(dict(row)) for table in metadata.sorted_tables for row in session.execute(table.select()).mappings()
        ]
    assert [code for code in words for row in rows if code in row] == []


def test_the_database_does_not_tell_who_had_a_helper(ready: Engine) -> None:
    for holders in (HELPED, Holders(Holder.YOU)):
        receipt = send(ready, holders=holders)
        with reading(ready) as session:
            row = get_standing(session, receipt.reference)
        assert row is not None
        assert {len(row.follow_up_digest or ""), len(row.helper_digest or "")} == {64}


def test_a_reference_that_nobody_has_is_met_in_the_same_way(ready: Engine) -> None:
    known = send(ready).reference
    assert seconds_of_wrong(ready, known, 7) == seconds_of_wrong(ready, NOBODYS, 7) == [0, 0, 0, 0, 2, 2, 2]


def test_wrong_codes_slow_that_reference_alone_and_never_the_right_code(ready: Engine) -> None:
    mine, other = send(ready), send(ready)
    seconds_of_wrong(ready, mine.reference, 6)
    assert seconds_of_wrong(ready, other.reference, 1) == [0]
    assert returned(ready, mine.codes[0], mine.reference)
    assert seconds_of_wrong(ready, mine.reference, 1) == [0]


def test_the_wait_grows_to_a_minute(ready: Engine) -> None:
    number, moment, waits = send(ready).reference, NOW, []
    for _ in range(12):
        with pytest.raises(CodeRefused) as refused:
            come_back(ready, number, words_code(), PEPPER, moment)
        waits.append(refused.value.seconds)
        moment += timedelta(seconds=refused.value.seconds)
    assert waits == [0, 0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60]


def test_a_visit_ends_after_half_an_hour_without_use_and_goes_on_while_it_is_used(ready: Engine) -> None:
    receipt = send(ready)
    visit = returned(ready, receipt.codes[0], receipt.reference)
    later = NOW + IDLE - timedelta(minutes=1)
    assert load_visit(ready, visit.secret, later) == visit
    assert load_visit(ready, visit.secret, later + IDLE - timedelta(minutes=1)) == visit
    assert load_visit(ready, visit.secret, later + 3 * IDLE) is None


def test_leaving_ends_it_and_another_secret_opens_nothing(ready: Engine) -> None:
    receipt = send(ready)
    visit = returned(ready, receipt.codes[0], receipt.reference)
    assert load_visit(ready, new_secret(), NOW) is None
    leave(ready, visit)
    leave(ready, visit)
    assert load_visit(ready, visit.secret, NOW) is None
