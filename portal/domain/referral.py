"""A referral after it was sent: its states, and the only moves between them."""

from enum import StrEnum


class State(StrEnum):
    """Where a referral stands."""

    WAITING = "waiting"
    IN_PROGRESS = "in_progress"
    COLLECTED = "collected"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    """Consent was taken back, and the team has still to acknowledge it."""

    ERASED = "erased"
    """Consent was taken back; the team has acknowledged it and the sealed copy is gone."""


OPEN = (State.WAITING, State.IN_PROGRESS)
"""Somebody has still to work on it."""

DONE = (State.COLLECTED, State.CLOSED)
"""The team has done with it here."""

OVER = (State.WITHDRAWN, State.ERASED)
"""Consent was taken back: nothing of it may be used any more."""

SETTLED = (*DONE, State.ERASED)
"""Nothing is due any more, and what comes now is news."""

MOVES: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.IN_PROGRESS, State.COLLECTED, State.CLOSED, State.WITHDRAWN}),
    State.IN_PROGRESS: frozenset({State.WAITING, State.COLLECTED, State.CLOSED, State.WITHDRAWN}),
    State.COLLECTED: frozenset({State.IN_PROGRESS, State.CLOSED, State.WITHDRAWN}),
    State.CLOSED: frozenset({State.IN_PROGRESS, State.WITHDRAWN}),
    State.WITHDRAWN: frozenset({State.ERASED}),
    State.ERASED: frozenset(),
}


class MoveRefused(Exception):
    """The referral cannot go from its state to the one asked for."""


def move(current: State, target: State) -> State:
    """Return the new state. Staying where it is does nothing; raises MoveRefused for a move that is not allowed."""
    if target is current or target in MOVES[current]:
        return target
    raise MoveRefused(f"a referral that is {current} cannot become {target}")
