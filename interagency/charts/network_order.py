"""In which order agencies stand around a map, so that few lines cross.

Two lines between places on a ring cross when their ends take turns on it; so places are moved
about the ring, sector by sector and within each, as long as that leaves fewer lines crossing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

_MOST_ROUNDS, _LEAST_ROUNDS = 12, 3
"""After so many rounds over all places the order stays as it is, better or not."""
_MANY = 60
"""Where more than so many stand on the ring, rounds are fewer in proportion."""
_Order = list[list[str]]
_Chords = list[tuple[str, str, int]]
_Partners = Mapping[str, Sequence[tuple[str, int]]]


def around(sectors: Iterable[Sequence[str]], lines: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Ids as they follow one another around the ring, those of a sector together.

    The sector that came first is still the first. The same sectors and lines give the same order.

    Args:
        sectors: the ids of each sector.
        lines: from which id to which each line leads.

    >>> around([["a", "c"], ["b"], ["d"]], [("a", "b"), ("c", "d")])
    ('c', 'a', 'b', 'd')
    """
    counts = Counter((min(ends), max(ends)) for ends in lines if ends[0] != ends[1])
    chords = [(one, other, count) for (one, other), count in sorted(counts.items())]
    given = [list(sector) for sector in sectors]
    order = _settled(given, chords)
    first = next((at for at, sector in enumerate(order) if given[0][0] in sector), 0)
    return tuple(an_id for sector in order[first:] + order[:first] for an_id in sector)


def _settled(order: _Order, chords: _Chords) -> _Order:
    """The order once no move of a sector, or of one within its sector, leaves fewer crossing."""
    partners = _partners(chords)
    size = max(_MANY, sum(map(len, order)))
    for _ in range(max(_LEAST_ROUNDS, _MOST_ROUNDS * _MANY // size)):
        before = order
        for sector in before:
            at = next(at for at, other in enumerate(order) if other[0] in sector)
            order = _moved(order, at, partners)
        for an_id in [an_id for sector in order for an_id in sector]:
            order = _turned(order, an_id, partners)
        if order == before:
            break
    return order


def _partners(chords: _Chords) -> _Partners:
    """For each id, to whom its lines lead, and how many there are."""
    found: dict[str, list[tuple[str, int]]] = {}
    for one, other, count in chords:
        found.setdefault(one, []).append((other, count))
        found.setdefault(other, []).append((one, count))
    return found


class _Ring:
    """Who stands where on the ring while some of them are moved about it."""

    def __init__(self, ids: Sequence[str], moved: Iterable[str], partners: _Partners) -> None:
        self.ids = list(ids)
        self.at = {an_id: at for at, an_id in enumerate(ids)}
        self.moved = frozenset(moved)
        self.partners = partners

    def costs(self, moved: Sequence[str], cost: int) -> list[int]:
        """How many more lines cross once those who are moved have passed none, one, two ... all.

        Args:
            moved: they stand first on the ring, in this order.
            cost: how many more cross as they stand.
        """
        found = [cost]
        for _ in range(len(self.ids) - len(moved)):
            cost += sum(self.passes(an_id) for an_id in reversed(moved))
            found.append(cost)
        return found

    def turned_round(self, moved: Sequence[str]) -> int:
        """Turn those who are moved the other way round; how many more lines cross then."""
        last = len(moved) - 1
        return sum(self.passes(one) for n, one in enumerate(moved) for _ in range(last - n))

    def passes(self, one: str) -> int:
        """Let one pass the next on the ring; how many more lines cross then.

        Only lines of these two are concerned, and of those each two change: who crossed do no
        more. Two lines both of which move count twice.
        """
        at, size, here = self.at, len(self.ids), self.at[one]
        next_to = (here + 1) % size
        other = self.ids[next_to]
        more = 0
        for end, count in self.partners.get(one, ()):
            place = (at[end] - here) % size
            for far, others in self.partners.get(other, ()) if end != other else ():
                if far not in (one, end):
                    twice = 2 if far in self.moved or other in self.moved else 1
                    less = (at[far] - here) % size > place
                    more += -twice * count * others if less else twice * count * others
        self.ids[here], self.ids[next_to] = other, one
        at[one], at[other] = next_to, here
        return more


def _moved(order: _Order, at: int, partners: _Partners) -> _Order:
    """The order with one sector where the fewest lines cross, perhaps the other way round.

    Of several such places it is the one where it was, else the first.
    """
    sector, rest = order[at], order[:at] + order[at + 1 :]
    passed = list(accumulate((len(other) for other in rest[at:] + rest[:at]), initial=0))
    others = [an_id for other in rest[at:] + rest[:at] for an_id in other]
    best, chosen = 0, order
    ways = [(some, _costs(sector, some, others, partners)) for some in _both_ways(sector)]
    for place in range(len(rest) + 1):
        for some, costs in ways:
            cost = costs[passed[place - at if place >= at else len(rest) - at + place]]
            if cost < best:
                best, chosen = cost, [*rest[:place], some, *rest[place:]]
    return chosen


def _both_ways(sector: list[str]) -> tuple[list[str], ...]:
    return (sector, sector[::-1]) if len(sector) > 1 else (sector,)


def _costs(sector: list[str], some: list[str], others: list[str], partners: _Partners) -> list[int]:
    """How many more lines cross once a sector, so turned, has passed none, one ... of others."""
    ring = _Ring(sector + others, sector, partners)
    return ring.costs(some, 0 if some is sector else ring.turned_round(sector))


def _turned(order: _Order, an_id: str, partners: _Partners) -> _Order:
    """The order with one agency where in its sector the fewest lines cross.

    Of several such places it is the one where it was, else the first.
    """
    at = next(at for at, sector in enumerate(order) if an_id in sector)
    sector = order[at]
    here, rest = sector.index(an_id), [other for other in sector if other != an_id]
    if not rest or an_id not in partners:
        return order
    flat = [one for some in order[at:] + order[:at] for one in some]
    ring = _Ring(flat[here:] + flat[:here], [an_id], partners)
    costs = ring.costs([an_id], 0)
    places = [costs[(place - here) % (len(flat) - 1)] for place in range(len(sector))]
    if min(places) == 0:
        return order
    place = places.index(min(places))
    return [*order[:at], [*rest[:place], an_id, *rest[place:]], *order[at + 1 :]]
