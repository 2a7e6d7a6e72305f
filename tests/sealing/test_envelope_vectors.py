"""The published envelopes open here, and in a second implementation that shares no code with ours."""

import json
import subprocess
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from portal.sealing.envelope import envelope_id, open_sealed
from portal.sealing.keys import KeyPair, SealBroken
from tests.sealing.builders import a_party, flipped, sealed
from tests.support.node import node

HERE = Path(__file__).parent
PUBLISHED_FILE = HERE / "vectors" / "envelope-v1.json"
PUBLISHED_HASH = "c9636c1498ea93353ac2b36c866df7e66fcec8180a562b780deed0b3bfef7ee1"
PUBLISHED = json.loads(PUBLISHED_FILE.read_text(encoding="utf-8"))
SEEDS = {name: bytes.fromhex(key["seed"]) for name, key in PUBLISHED["keys"].items()}
OPENS = PUBLISHED["opens"]
REFUSED = PUBLISHED["refused"]


def published_envelope(number: int) -> bytes:
    envelope: str = OPENS[number]["envelope"]
    return b64decode(envelope)


def altered(vector: dict[str, Any]) -> bytes:
    envelope = published_envelope(vector["of"])
    return flipped(envelope, vector["at"] % len(envelope), vector["xor"])


def test_the_published_file_has_not_changed() -> None:
    assert sha256(PUBLISHED_FILE.read_bytes()).hexdigest() == PUBLISHED_HASH


@pytest.mark.parametrize("name", SEEDS)
def test_the_published_seeds_have_the_published_key_ids(name: str) -> None:
    assert KeyPair(SEEDS[name]).key_id == PUBLISHED["keys"][name]["key_id"]


@pytest.mark.parametrize("vector", OPENS, ids=lambda vector: vector["name"])
def test_a_published_envelope_opens_for_the_keys_it_names_and_no_other(vector: dict[str, Any]) -> None:
    envelope = b64decode(vector["envelope"])
    assert envelope_id(envelope) == vector["id"]
    for name, seed in SEEDS.items():
        if name in vector["opened_by"]:
            assert open_sealed(envelope, seed) == b64decode(vector["content"])
        else:
            with pytest.raises(SealBroken):
                open_sealed(envelope, seed)


@pytest.mark.parametrize("vector", REFUSED, ids=lambda vector: vector["why"])
def test_a_published_alteration_is_refused(vector: dict[str, Any]) -> None:
    with pytest.raises(SealBroken):
        open_sealed(altered(vector), SEEDS[vector["by"]])


def test_a_second_implementation_opens_the_published_envelopes() -> None:
    asked = [
        {"name": f"{number} {opener}", "seed": SEEDS[opener], "envelope": published_envelope(number)}
        for number, vector in enumerate(OPENS)
        for opener in vector["opened_by"]
    ]
    expected = [
        {
            "name": f"{number} {opener}",
            "id": vector["id"],
            "key_id": PUBLISHED["keys"][opener]["key_id"],
            "content": vector["content"],
        }
        for number, vector in enumerate(OPENS)
        for opener in vector["opened_by"]
    ]
    assert opened_by_node(asked) == expected


def test_a_second_implementation_refuses_the_published_alterations() -> None:
    asked = [{"name": vector["why"], "seed": SEEDS[vector["by"]], "envelope": altered(vector)} for vector in REFUSED]
    answers = opened_by_node(asked)
    assert [answer["name"] for answer in answers if "refused" in answer] == [vector["why"] for vector in REFUSED]


def test_a_second_implementation_opens_what_is_sealed_today() -> None:
    texts = ["", "x" * 4092, "x" * 4093, "Zoë O'Brien-Smith & Sons <b> 👩🏽‍🦽" * 300]
    parties = [a_party(epoch=number + 1) for number in range(len(texts))]
    asked = [
        {"name": str(number), "seed": party.seed, "envelope": sealed(text.encode(), a_party("recovery"), party)}
        for number, (text, party) in enumerate(zip(texts, parties, strict=True))
    ]
    assert [b64decode(answer["content"]).decode() for answer in opened_by_node(asked)] == texts


def opened_by_node(asked: list[dict[str, Any]]) -> list[dict[str, str]]:
    questions = [
        {"name": one["name"], "seed": one["seed"].hex(), "envelope": b64encode(one["envelope"]).decode()}
        for one in asked
    ]
    command = [node(), str(HERE / "open_envelope.mjs")]
    run = subprocess.run(  # noqa: S603 - our own script, and a node found by name
        command, input=json.dumps(questions), capture_output=True, text=True, encoding="utf-8", check=False
    )
    if run.returncode != 0:
        pytest.fail(f"The second implementation did not run; `npm ci --ignore-scripts` installs it:\n{run.stderr}")
    answers: list[dict[str, str]] = json.loads(run.stdout)
    return answers
