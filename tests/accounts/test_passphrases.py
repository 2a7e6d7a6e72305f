"""A member's seed opens with the passphrase and the pepper, at the promised cost, and with nothing else."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from portal.sealing.code_words import word_list
from portal.sealing.slots import (
    PROMISED,
    Cost,
    Slot,
    WrongPassphrase,
    cost_of,
    generate,
    generate_recovery_code,
    make_slot,
    open_no_slot,
    open_slot,
)

CHEAP = Cost(memory_kib=64, iterations=1)
PEPPER = b"a pepper of the tests, 32 bytes."
SEED = bytes(range(32))
PASSPHRASE = "orbit lemon canvas river window tiger"
SLOT = make_slot(PASSPHRASE, PEPPER, SEED, owner="7", cost=CHEAP)
COST_BYTES = range(1, 7)  # altered in tests of their own, which keep the work within reason
RFC_9106 = json.loads((Path(__file__).parent / "vectors" / "published.json").read_text())["argon2id"]


def test_argon2id_gives_the_tag_that_rfc_9106_publishes() -> None:
    vector = {name: bytes.fromhex(value) for name, value in RFC_9106.items() if name != "source"}
    argon2 = Argon2id(
        salt=vector["salt"],
        length=32,
        iterations=3,
        lanes=4,
        memory_cost=32,
        ad=vector["associated"],
        secret=vector["secret"],
    )
    assert argon2.derive(vector["password"]) == vector["tag"]


def test_a_slot_is_made_at_the_promised_cost_unless_told_otherwise() -> None:
    slot = make_slot(PASSPHRASE, PEPPER, SEED)
    assert Cost(memory_kib=65536, iterations=3, lanes=1) == PROMISED == cost_of(slot)
    assert open_slot(PASSPHRASE, PEPPER, slot) == SEED


def test_the_passphrase_opens_the_seed() -> None:
    assert open_slot(PASSPHRASE, PEPPER, SLOT, owner="7") == SEED


@pytest.mark.parametrize(
    "typed",
    [
        "Orbit Lemon Canvas River Window Tiger",
        "  orbit lemon   canvas river\twindow tiger\n",
        "orbit-lemon-canvas-river-window-tiger",
    ],
)
def test_capitals_spaces_and_dashes_do_not_matter(typed: str) -> None:
    assert open_slot(typed, PEPPER, SLOT, owner="7") == SEED


@pytest.mark.parametrize(
    "typed", ["", "orbit", "orbit lemon canvas river window", "lemon orbit canvas river window tiger", PASSPHRASE + "s"]
)
def test_another_passphrase_does_not(typed: str) -> None:
    with pytest.raises(WrongPassphrase):
        open_slot(typed, PEPPER, SLOT, owner="7")


def test_a_passphrase_in_another_script_opens_too() -> None:
    slot = make_slot("নদী জানালা বাঘ", PEPPER, SEED, cost=CHEAP)
    assert open_slot("নদী  জানালা-বাঘ", PEPPER, slot) == SEED


def test_without_the_pepper_the_passphrase_opens_nothing() -> None:
    with pytest.raises(WrongPassphrase):
        open_slot(PASSPHRASE, bytes(32), SLOT, owner="7")


def test_a_slot_moved_to_another_member_opens_nothing() -> None:
    with pytest.raises(WrongPassphrase):
        open_slot(PASSPHRASE, PEPPER, SLOT, owner="8")


def test_a_slot_serves_one_kind() -> None:
    with pytest.raises(WrongPassphrase):
        open_slot(PASSPHRASE, PEPPER, SLOT, owner="7", kind="recovery-code")


def test_a_forgotten_passphrase_is_replaced_by_the_recovery_code_and_the_seed_stays() -> None:
    code = generate_recovery_code()
    recovery = make_slot(code, PEPPER, SEED, owner="7", kind="recovery-code", cost=CHEAP)
    seed = open_slot(code, PEPPER, recovery, owner="7", kind="recovery-code")
    renewed = make_slot("another phrase", PEPPER, seed, owner="7", cost=CHEAP)
    assert open_slot("another phrase", PEPPER, renewed, owner="7") == SEED


@pytest.mark.parametrize("part", ["salt", "verifier", "wrapped"])
def test_no_byte_of_a_slot_can_be_altered(part: str) -> None:
    value = getattr(SLOT, part)
    spared = COST_BYTES if part == "wrapped" else ()
    for at in set(range(len(value))) - set(spared):
        broken = value[:at] + bytes([value[at] ^ 1]) + value[at + 1 :]
        with pytest.raises(WrongPassphrase):
            open_slot(PASSPHRASE, PEPPER, SLOT._replace(**{part: broken}), owner="7")


@pytest.mark.parametrize("cost", ["0000004002" + "01", "0000004101" + "01", "0000004001" + "02"])
def test_a_slot_with_another_cost_written_on_it_does_not_open(cost: str) -> None:
    with pytest.raises(WrongPassphrase):
        open_slot(PASSPHRASE, PEPPER, with_head(b"\x01" + bytes.fromhex(cost)), owner="7")


@pytest.mark.parametrize("cost", ["ffffffff0101", "00000040ff01", "000000400001", "000000400100", "0000000101" + "01"])
def test_a_slot_cannot_ask_for_unreasonable_work(cost: str) -> None:
    with pytest.raises(WrongPassphrase, match="more work than any of ours"):
        open_slot(PASSPHRASE, PEPPER, with_head(b"\x01" + bytes.fromhex(cost)), owner="7")


@pytest.mark.parametrize("wrapped", [b"", b"\x01\x00", b"\x02" + SLOT.wrapped[1:]], ids=["empty", "cut", "another"])
def test_a_slot_of_an_unknown_format_is_refused(wrapped: bytes) -> None:
    with pytest.raises(WrongPassphrase, match="format"):
        open_slot(PASSPHRASE, PEPPER, SLOT._replace(wrapped=wrapped), owner="7")


def test_a_slot_unpacks_into_the_three_columns_it_is_kept_in() -> None:
    salt, verifier, wrapped = SLOT
    assert (len(salt), len(verifier), len(wrapped)) == (16, 32, 67)
    assert open_slot(PASSPHRASE, PEPPER, Slot(salt, verifier, wrapped), owner="7") == SEED


def test_the_same_passphrase_makes_a_different_slot_each_time() -> None:
    again = make_slot(PASSPHRASE, PEPPER, SEED, owner="7", cost=CHEAP)
    assert not set(again) & set(SLOT)


def test_a_name_that_nobody_has_is_refused_in_the_same_words() -> None:
    with pytest.raises(WrongPassphrase) as known:
        open_slot("wrong", PEPPER, SLOT, owner="7")
    with pytest.raises(WrongPassphrase) as unknown:
        open_no_slot("wrong", PEPPER, CHEAP)
    assert str(known.value) == str(unknown.value)


def test_a_pepper_that_is_too_short_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="at least 16 bytes"):
        make_slot(PASSPHRASE, b"salt", SEED, cost=CHEAP)


def test_a_kind_of_no_kind_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="passphrase, recovery-code"):
        make_slot(PASSPHRASE, PEPPER, SEED, kind="pin", cost=CHEAP)  # type: ignore[arg-type] - what the types forbid, tried


def test_a_cost_beyond_reason_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="outside what a slot may ask for"):
        make_slot(PASSPHRASE, PEPPER, SEED, cost=Cost(memory_kib=64, iterations=17))


def test_a_generated_passphrase_is_six_words_and_a_recovery_code_eight() -> None:
    known = set(word_list())
    for made, count in ((generate(), 6), (generate_recovery_code(), 8)):
        assert len(made.split()) == count
        assert set(made.split()) <= known
    assert len({generate() for _ in range(100)}) == 100


def test_an_error_never_repeats_the_passphrase() -> None:
    with pytest.raises(WrongPassphrase) as caught:
        open_slot("my secret phrase", PEPPER, SLOT, owner="7")
    assert "secret" not in str(caught.value)


def with_head(head: bytes) -> Slot:
    return SLOT._replace(wrapped=head + SLOT.wrapped[len(head) :])
