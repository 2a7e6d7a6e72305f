import pytest

from portal.domain.referral import MoveRefused, State, move


def test_a_waiting_referral_can_be_collected() -> None:
    assert move(State.WAITING, State.COLLECTED) is State.COLLECTED


def test_staying_is_harmless() -> None:
    assert move(State.CLOSED, State.CLOSED) is State.CLOSED


def test_a_closed_referral_never_goes_back_to_waiting() -> None:
    with pytest.raises(MoveRefused, match="closed cannot become waiting"):
        move(State.CLOSED, State.WAITING)
