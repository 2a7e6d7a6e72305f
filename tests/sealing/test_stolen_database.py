"""A stolen database, with the configuration's pepper and all but one thing: a passphrase. It opens nothing."""

from collections.abc import Iterator
from hashlib import sha256

import pytest

from portal.accounts.totp import new_secret as new_totp_secret
from portal.accounts.totp import protect
from portal.sealing.codes import code_digest, words_code
from portal.sealing.drafts import lock, new_secret, row_id, unlock
from portal.sealing.envelope import Recipient, RecipientKind, envelope_id, open_sealed
from portal.sealing.keys import KeyPair, SealBroken, new_seed, public_key
from portal.sealing.kit import new_canary
from portal.sealing.slots import (
    Cost,
    Slot,
    WrongPassphrase,
    generate,
    generate_recovery_code,
    make_slot,
    open_slot,
)
from portal.sealing.teams import Holder, SeedWrap, new_epoch, open_epoch
from tests.sealing.builders import Party, sealed

CANARY = "Zoë Quetzalcoatlus lives at 12 Larkspur Mews"
CHEAP = Cost(memory_kib=64, iterations=1)
PEPPER = bytes(range(32))


class Stored:
    """All that a team's rows hold, and (under `_`) what only people and cookies hold."""

    def __init__(self) -> None:
        self._passphrase, self._recovery_code = generate(), generate_recovery_code()
        self._member, self._kit = new_seed(), new_seed()
        self._cookie, self._follow_up = new_secret(), words_code()
        self.member_public, self.kit_public = public_key(self._member), public_key(self._kit)
        self.slot = make_slot(self._passphrase, PEPPER, self._member, owner="7", cost=CHEAP)
        self.recovery_slot = make_slot(
            self._recovery_code, PEPPER, self._member, owner="7", kind="recovery-code", cost=CHEAP
        )
        self.epoch, self.seed_wraps = new_epoch(
            "gloucestershire", 1, [Holder("member", self.member_public), Holder("recovery", self.kit_public)]
        )
        self.envelope = sealed(
            CANARY.encode(), self._reader("team", self.epoch.public), self._reader("recovery", self.kit_public)
        )
        self.draft = lock(self._cookie, CANARY.encode(), "draft")
        self.session = lock(self._cookie, open_epoch(self.seed_wraps[0], self._member), "session")
        self.session_id = row_id(self._cookie)
        self.follow_up_digest = code_digest(PEPPER, self._follow_up)
        self.totp = protect(new_totp_secret(), PEPPER, "7")
        self.canary = new_canary("gloucestershire", self.kit_public)

    @staticmethod
    def _reader(kind: RecipientKind, public: bytes) -> Party:
        return Party(b"", KeyPair(new_seed()), Recipient.of(kind, public, "gloucestershire", 1))

    def blobs(self) -> list[bytes]:
        """Return every stored value as bytes."""
        return [
            *(self.member_public, self.kit_public, self.epoch.public),
            *(*self.slot, *self.recovery_slot),
            *(wrap.wrapped for wrap in self.seed_wraps),
            *(self.envelope, self.draft, self.session, self.totp, self.canary.wrapped, self.canary.digest),
            *(bytes.fromhex(text) for text in (self.session_id, self.follow_up_digest, envelope_id(self.envelope))),
            *(b"gloucestershire", b"zoe@example.org", PEPPER),
        ]

    def guesses(self) -> Iterator[bytes]:
        """Yield every 32 bytes a thief could cut out, and the hash of every value."""
        for blob in self.blobs():
            yield sha256(blob).digest()
            for start in range(0, len(blob) - 31, 8):
                yield blob[start : start + 32]


STORED = Stored()


def test_the_words_people_wrote_are_in_no_stored_value() -> None:
    words = [word.encode() for word in CANARY.split() if len(word) > 2]
    assert not [word for word in words for blob in STORED.blobs() if word in blob]


def test_no_seed_and_no_code_is_in_a_stored_value() -> None:
    epoch_seed = open_epoch(STORED.seed_wraps[0], STORED._member)
    spoken = [STORED._passphrase, STORED._recovery_code, STORED._follow_up]
    secrets = [STORED._member, STORED._kit, STORED._cookie, epoch_seed, *(text.encode() for text in spoken)]
    assert not [secret for secret in secrets for blob in STORED.blobs() if secret in blob]


def test_nothing_cut_from_it_serves_as_a_key() -> None:
    own = {STORED.member_public, STORED.kit_public, STORED.epoch.public}
    assert not [guess for guess in STORED.guesses() if KeyPair(guess).public in own]


def test_nothing_cut_from_it_opens_a_row() -> None:
    for guess in STORED.guesses():
        with pytest.raises(SealBroken):
            unlock(guess, STORED.draft, "draft")
        with pytest.raises(SealBroken):
            unlock(guess, STORED.session, "session")


@pytest.mark.parametrize("wrap", STORED.seed_wraps, ids=lambda wrap: wrap.holder_kind)
def test_a_key_of_ones_own_opens_neither_team_key_nor_envelope(wrap: SeedWrap) -> None:
    thief = new_seed()
    with pytest.raises(SealBroken):
        open_epoch(wrap, thief)
    with pytest.raises(SealBroken):
        open_sealed(STORED.envelope, thief)


@pytest.mark.parametrize("guess", ["", "password", "zoe@example.org", "gloucestershire", PEPPER.hex()])
def test_the_pepper_without_the_passphrase_opens_no_slot(guess: str) -> None:
    with pytest.raises(WrongPassphrase):
        open_slot(guess, PEPPER, STORED.slot, owner="7")
    with pytest.raises(WrongPassphrase):
        open_slot(guess, PEPPER, STORED.recovery_slot, owner="7", kind="recovery-code")


def test_the_passphrase_without_the_pepper_opens_no_slot() -> None:
    with pytest.raises(WrongPassphrase):
        open_slot(STORED._passphrase, bytes(32), STORED.slot, owner="7")


def test_with_the_passphrase_all_of_it_opens() -> None:
    assert words_behind(STORED._passphrase, STORED.slot) == CANARY


def test_with_the_kit_all_of_it_opens() -> None:
    assert open_sealed(STORED.envelope, STORED._kit).decode() == CANARY
    assert open_sealed(STORED.envelope, open_epoch(STORED.seed_wraps[1], STORED._kit)).decode() == CANARY


def words_behind(passphrase: str, slot: Slot) -> str:
    member = open_slot(passphrase, PEPPER, slot, owner="7")
    return open_sealed(STORED.envelope, open_epoch(STORED.seed_wraps[0], member)).decode()
