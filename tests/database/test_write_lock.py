"""Writers wait for each other in the order they came, and never for ever."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from portal.database import write_lock as turning
from portal.database.write_lock import Turns

SECONDS = 10


@pytest.fixture
def turns(tmp_path: Path) -> Turns:
    """Give the queue of one file."""
    return Turns(tmp_path / "portal.db.turn")


class Writer(Thread):
    """Takes one turn, and notes it."""

    def __init__(self, turns: Turns, order: list[int], number: int) -> None:
        """Begin to wait."""
        super().__init__(daemon=True)
        self._turns, self._order, self._number = turns, order, number
        self.start()

    def run(self) -> None:
        """Note the number in turn."""
        with self._turns.turn():
            self._order.append(self._number)


def waiting(turns: Turns, number: int) -> bool:
    """Wait until so many stand in the queue."""
    ticks = Event()
    return any(len(turns._waiting) == number or ticks.wait(0.005) for _ in range(2000))


def test_turns_come_in_the_order_of_asking(turns: Turns) -> None:
    order: list[int] = []
    with turns.turn():
        writers = []
        for number in range(5):
            writers.append(Writer(turns, order, number))
            assert waiting(turns, number + 1)
    for writer in writers:
        writer.join(SECONDS)
    assert order == [0, 1, 2, 3, 4]


def test_a_turn_is_passed_on_by_a_writer_that_fails(turns: Turns) -> None:
    with pytest.raises(RuntimeError, match="power cut"), turns.turn():
        raise RuntimeError("power cut")
    with turns.turn():
        assert True


def test_who_waits_too_long_is_told_and_leaves_the_queue(turns: Turns, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turning, "LONGEST_WAIT", 0.01)
    with turns.turn(), pytest.raises(TimeoutError, match="did not finish"), turns.turn():
        raise AssertionError("two turns at once")
    with turns.turn():
        assert not turns._waiting


HOLDER = """
import sys
from pathlib import Path
from portal.database.write_lock import Turns
with Turns(Path(sys.argv[1])).turn():
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Give another process that holds the turn until it is spoken to."""
    process = subprocess.Popen(  # noqa: S603  # our own script
        [sys.executable, "-c", HOLDER, str(tmp_path / "portal.db.turn")],
        cwd=Path(__file__).resolve().parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


@pytest.mark.parametrize("ends_by", ["letting go", "being killed"])
def test_another_process_waits_until_the_turn_is_free(
    turns: Turns, holder: "subprocess.Popen[str]", ends_by: str
) -> None:
    order: list[int] = []
    writer = Writer(turns, order, 1)
    writer.join(0.2)
    assert order == []
    if ends_by == "letting go":
        assert holder.stdin is not None
        holder.stdin.write("go\n")
        holder.stdin.flush()
    else:
        holder.kill()
    writer.join(SECONDS)
    assert order == [1]
