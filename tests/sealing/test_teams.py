"""A team's key opens for whoever holds it, through joiners, leavers and a lost team."""

from dataclasses import replace

import pytest

from portal.sealing.envelope import Recipient, add_wraps, drop_wraps, open_sealed
from portal.sealing.keys import KeyPair, SealBroken, key_id, new_seed, public_key
from portal.sealing.teams import Holder, HolderKind, SeedWrap, new_epoch, open_epoch, share_epoch
from tests.sealing.builders import Party as Reader
from tests.sealing.builders import flipped, sealed, taken_apart


class Person:
    """A holder with a seed."""

    def __init__(self, kind: HolderKind = "member") -> None:
        self.seed = new_seed()
        self.holder = Holder(kind, public_key(self.seed))


ZOE, AMIR, KIT = Person(), Person(), Person("recovery")
EPOCH, WRAPS = new_epoch("gloucestershire", 3, [ZOE.holder, AMIR.holder, KIT.holder])


def test_each_holder_opens_the_same_seed() -> None:
    seeds = {open_epoch(wrap, person.seed) for wrap, person in zip(WRAPS, (ZOE, AMIR, KIT), strict=True)}
    assert len(seeds) == 1
    assert public_key(seeds.pop()) == EPOCH.public


def test_a_recovery_seed_opens_the_teams_key() -> None:
    assert key_id(public_key(open_epoch(WRAPS[2], KIT.seed))) == EPOCH.key_id


def test_the_epoch_says_whose_and_which_it_is() -> None:
    assert (EPOCH.team, EPOCH.number, EPOCH.key_id) == ("gloucestershire", 3, key_id(EPOCH.public))
    assert [wrap.holder_kind for wrap in WRAPS] == ["member", "member", "recovery"]
    assert {len(wrap.wrapped) for wrap in WRAPS} == {1168}


def test_a_key_pair_serves_for_a_seed() -> None:
    assert open_epoch(WRAPS[0], KeyPair(ZOE.seed)) == open_epoch(WRAPS[0], ZOE.seed)


def test_someone_else_opens_nothing() -> None:
    with pytest.raises(SealBroken, match="another holder"):
        open_epoch(WRAPS[0], AMIR.seed)


def test_naming_oneself_on_anothers_wrap_opens_nothing() -> None:
    with pytest.raises(SealBroken, match="another key"):
        open_epoch(replace(WRAPS[0], holder_key_id=AMIR.holder.key_id), AMIR.seed)


@pytest.mark.parametrize(
    "altered",
    [
        replace(WRAPS[0], team="coventry"),
        replace(WRAPS[0], epoch=4),
        replace(WRAPS[0], epoch_key_id="00" * 16),
        replace(WRAPS[0], holder_kind="recovery"),
        replace(WRAPS[0], wrapped=WRAPS[1].wrapped),
        replace(WRAPS[0], wrapped=flipped(WRAPS[0].wrapped, 1100)),
        replace(WRAPS[0], wrapped=WRAPS[0].wrapped[:-1]),
        replace(WRAPS[0], wrapped=b""),
    ],
    ids=["team", "epoch", "epoch-key", "kind", "anothers", "flipped", "cut", "empty"],
)
def test_a_wrap_is_bound_to_its_team_epoch_and_holder(altered: SeedWrap) -> None:
    with pytest.raises(SealBroken):
        open_epoch(altered, ZOE.seed)


def test_a_key_without_holders_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one holder"):
        new_epoch("gloucestershire", 1, [])


def test_a_joiner_approved_by_a_colleague_opens_what_was_already_waiting() -> None:
    waiting = sealed(b"waiting", reader_of_epoch())
    joiner = Person()
    shared = share_epoch(WRAPS[0], ZOE.seed, joiner.holder)
    assert (shared.team, shared.epoch, shared.epoch_key_id) == ("gloucestershire", 3, EPOCH.key_id)
    assert open_sealed(waiting, open_epoch(shared, joiner.seed)) == b"waiting"


def test_only_a_holder_can_share() -> None:
    with pytest.raises(SealBroken, match="another holder"):
        share_epoch(WRAPS[0], Person().seed, Person().holder)


def test_a_leaver_cannot_open_what_comes_after_and_nothing_is_lost_to_those_who_stay() -> None:
    waiting = sealed(b"waiting", reader_of_epoch())
    old_seed = open_epoch(WRAPS[0], ZOE.seed)
    following, wraps = new_epoch("gloucestershire", 4, [AMIR.holder, KIT.holder])
    recipient = Recipient.of("team", following.public, "gloucestershire", 4)
    rewrapped = drop_wraps(add_wraps(waiting, open_epoch(WRAPS[1], AMIR.seed), [recipient]), [EPOCH.key_id])
    assert open_sealed(rewrapped, open_epoch(wraps[0], AMIR.seed)) == b"waiting"
    assert open_sealed(rewrapped, open_epoch(wraps[1], KIT.seed)) == b"waiting"
    with pytest.raises(SealBroken, match="not addressed"):
        open_sealed(rewrapped, old_seed)
    assert taken_apart(rewrapped).body == taken_apart(waiting).body


def reader_of_epoch() -> Reader:
    seed = open_epoch(WRAPS[0], ZOE.seed)
    return Reader(seed, KeyPair(seed), Recipient.of("team", EPOCH.public, EPOCH.team, EPOCH.number))
