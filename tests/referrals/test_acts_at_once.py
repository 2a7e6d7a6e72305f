"""Two acts on one referral at one instant: one after the other, never half of each, and nobody is left with a fault."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from portal.database.engine import Engine
from portal.referrals.acts import NotOffered, NotYours
from portal.referrals.add_note import add_note
from portal.referrals.answer_offer import open_offer, take_offer
from portal.referrals.offer_transfer import offer_transfer, withdraw_offer
from portal.referrals.open import look_at, open_referral
from portal.referrals.queries import ChangedMeanwhile
from portal.teams.staff import StaffSession
from tests.support.teams import NOW, a_team, send, signed_in

ROUNDS = 5


@pytest.fixture
def giver(engine: Engine) -> StaffSession:
    return signed_in(engine, a_team(engine).people[0])


@pytest.fixture
def taker(engine: Engine) -> StaffSession:
    return signed_in(engine, a_team(engine, "team-b").people[0])


def offered(engine: Engine, giver: StaffSession, taker: StaffSession) -> str:
    """Return a referral that the other team has opened, and may take."""
    reference = send(engine).reference
    offer_transfer(engine, giver, reference, taker.teams[0].id, reason="moved", now=NOW)
    open_offer(engine, taker, reference, NOW)
    return reference


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do all of them at one instant; return what each came to: "done", or the name of what refused it."""
    start = Barrier(len(acts))

    def do(act: Callable[[], object]) -> str:
        start.wait(20)
        try:
            act()
        except (NotYours, NotOffered, ChangedMeanwhile) as refused:
            return type(refused).__name__
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def test_a_note_at_the_instant_of_a_transfer_opens_for_the_team_that_has_the_referral(
    engine: Engine, giver: StaffSession, taker: StaffSession
) -> None:
    for _ in range(ROUNDS):
        reference = offered(engine, giver, taker)
        noted, taken = at_once(
            lambda: add_note(engine, giver, reference, "Rang.", once=reference, now=NOW),  # noqa: B023  # done in the round
            lambda: take_offer(engine, taker, reference, NOW),  # noqa: B023  # the same
        )
        assert taken == "done"
        assert noted in {"done", "NotYours"}
        open_referral(engine, taker, reference, NOW)
        assert [note.text for note in look_at(engine, taker, reference).notes] == ["Rang."] * (noted == "done")


def test_of_taking_and_withdrawing_an_offer_one_happens(
    engine: Engine, giver: StaffSession, taker: StaffSession
) -> None:
    for _ in range(ROUNDS):
        reference = offered(engine, giver, taker)
        came_to = at_once(
            lambda: take_offer(engine, taker, reference, NOW),  # noqa: B023  # done in the round
            lambda: withdraw_offer(engine, giver, reference, NOW),  # noqa: B023  # the same
        )
        assert sorted(came_to) == ["NotOffered", "done"]
        owner, other = (taker, giver) if came_to[0] == "done" else (giver, taker)
        assert open_referral(engine, owner, reference, NOW).content
        with pytest.raises(NotYours):
            open_referral(engine, other, reference, NOW)
