"""Say of many postcodes, in as few prefixes as serve, what each of them has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

Answer = TypeVar("Answer")
TAILS = (4, 2, 1, 0)
"""How many characters each of `prefixes(postcode)` leaves out: a rule names a first part, a sector, or more of it."""


def shortest_rules(
    postcodes: Iterable[tuple[str, Answer]], tails: Sequence[int] = TAILS, above: Answer | None = None
) -> Iterator[tuple[str, Answer]]:
    """Yield rules of which the longest that fits tells what each of these sorted postcodes has.

    A rule gives what most of its postcodes have, so that one too new to be known goes with its neighbours.
    """
    for prefix, inside in groupby(postcodes, key=lambda pair: pair[0][: len(pair[0]) - tails[0]]):
        held = list(inside)
        (most, many), *_ = Counter(answer for _, answer in held).most_common(1)
        if most != above:
            yield prefix, most
        if many < len(held):
            yield from shortest_rules(held, tails[1:], most)


def sure_prefixes(told: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return the shortest prefixes whose known postcodes all have one answer: one that resembles none gets none."""
    left, sure = dict(told), dict[str, Answer]()
    for tail in TAILS:
        answers: dict[str, set[Answer]] = {}
        for postcode, answer in left.items():
            answers.setdefault(postcode[: len(postcode) - tail], set()).add(answer)
        sure |= {prefix: next(iter(found)) for prefix, found in answers.items() if len(found) == 1}
        left = {postcode: answer for postcode, answer in left.items() if postcode[: len(postcode) - tail] not in sure}
    return dict(sorted(sure.items()))
