"""A team's key, by epoch: a new seed at each leaver and each quarter, kept only as wraps to those who hold it.

Holders are members (by their member key), the team's recovery kit and, where an area keeps one, the area's. Nothing
here stores or decides: who may hold, and that two members always do, is the caller's rule.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from portal.sealing.keys import KeyPair, SealBroken, info_for, key_id, key_pair, new_seed, public_key, wrap

HolderKind = Literal["member", "recovery", "area"]


@dataclass(frozen=True)
class Epoch:
    """One generation of a team's key; only the public half."""

    team: str
    number: int
    public: bytes
    key_id: str


@dataclass(frozen=True)
class Holder:
    """A public key that may open a team's epoch seed."""

    kind: HolderKind
    public: bytes

    @property
    def key_id(self) -> str:
        """The name of the holder's public key."""
        return key_id(self.public)


@dataclass(frozen=True)
class SeedWrap:
    """An epoch's seed, wrapped to one holder: what the database keeps (wrapped: 1,168 bytes)."""

    team: str
    epoch: int
    epoch_key_id: str
    holder_kind: HolderKind
    holder_key_id: str
    wrapped: bytes


def new_epoch(team: str, number: int, holders: Iterable[Holder]) -> tuple[Epoch, tuple[SeedWrap, ...]]:
    """Make a team's next key and wrap its seed to every holder; the seed itself is not handed out.

    Raises ValueError without holders, since nobody could ever open what is sealed to such a key.
    """
    chosen = tuple(holders)
    if not chosen:
        raise ValueError("A team's key needs at least one holder")
    seed = new_seed()
    public = public_key(seed)
    epoch = Epoch(team, number, public, key_id(public))
    return epoch, tuple(_wrapped_to(holder, epoch, seed) for holder in chosen)


def open_epoch(seed_wrap: SeedWrap, holder_seed: bytes | KeyPair) -> bytes:
    """Return the epoch's seed, with a member's seed or a recovery kit's. Raises SealBroken."""
    holder = key_pair(holder_seed)
    if holder.key_id != seed_wrap.holder_key_id:
        raise SealBroken("This team key is wrapped to another holder")
    info = _wrap_info(
        seed_wrap.team, seed_wrap.epoch, seed_wrap.epoch_key_id, seed_wrap.holder_kind, seed_wrap.holder_key_id
    )
    seed = holder.unwrap(seed_wrap.wrapped, info)
    if key_id(public_key(seed)) != seed_wrap.epoch_key_id:
        raise SealBroken("The wrapped team key is not the key of its epoch")
    return seed


def share_epoch(seed_wrap: SeedWrap, holder_seed: bytes | KeyPair, new_holder: Holder) -> SeedWrap:
    """Let one more hold an epoch's seed, by someone who holds it: how a joiner is approved. Raises SealBroken."""
    seed = open_epoch(seed_wrap, holder_seed)
    public = public_key(seed)
    return _wrapped_to(new_holder, Epoch(seed_wrap.team, seed_wrap.epoch, public, seed_wrap.epoch_key_id), seed)


def _wrapped_to(holder: Holder, epoch: Epoch, seed: bytes) -> SeedWrap:
    info = _wrap_info(epoch.team, epoch.number, epoch.key_id, holder.kind, holder.key_id)
    wrapped = wrap(seed, holder.public, info)
    return SeedWrap(epoch.team, epoch.number, epoch.key_id, holder.kind, holder.key_id, wrapped)


def _wrap_info(team: str, number: int, epoch_key_id: str, holder_kind: str, holder_key_id: str) -> bytes:
    return info_for("dsr/v1/wrap-team-seed", team, number, epoch_key_id, holder_kind, holder_key_id)
