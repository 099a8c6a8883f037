"""In which order agencies stand around a map, so that few lines cross.

Two lines between places on a ring cross when their ends take turns on it; so places are moved
about the ring, sector by sector and within each, as long as that leaves fewer lines crossing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

_MOST_ROUNDS = 12
"""After so many rounds over all places the order stays as it is, better or not."""
_Order = list[list[str]]
_Chords = list[tuple[str, str, int]]


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
    for _ in range(_MOST_ROUNDS):
        before = order
        for sector in before:
            at = next(at for at, other in enumerate(order) if other[0] in sector)
            order = _best(_moved(order, at), set(sector), chords)
        for an_id in [an_id for sector in order for an_id in sector]:
            order = _best(_turned(order, an_id), {an_id}, chords)
        if order == before:
            break
    return order


def _best(orders: Iterator[_Order], moved: set[str], chords: _Chords) -> _Order:
    """The order with the fewest crossings; of several the first, which is the one there was."""
    touched = [chord for chord in chords if chord[0] in moved or chord[1] in moved]
    return min(orders, key=lambda order: _crossings(order, touched, chords))


def _moved(order: _Order, at: int) -> Iterator[_Order]:
    """The order as it is, and with one sector elsewhere, also the other way round."""
    yield order
    rest, sector = order[:at] + order[at + 1 :], order[at]
    for place in range(len(rest) + 1):
        for some in (sector, sector[::-1]) if len(sector) > 1 else (sector,):
            yield [*rest[:place], some, *rest[place:]]


def _turned(order: _Order, an_id: str) -> Iterator[_Order]:
    """The order as it is, and with one agency elsewhere within its sector."""
    yield order
    at = next(at for at, sector in enumerate(order) if an_id in sector)
    rest = [other for other in order[at] if other != an_id]
    for place in range(len(rest) + 1) if rest else ():
        yield [*order[:at], [*rest[:place], an_id, *rest[place:]], *order[at + 1 :]]


def _crossings(order: _Order, touched: _Chords, chords: _Chords) -> int:
    """How often the lines that a move touched cross any line."""
    places = {an_id: at for at, an_id in enumerate(an_id for sector in order for an_id in sector)}
    ends = [
        (min(places[one], places[other]), max(places[one], places[other]), count)
        for one, other, count in chords
    ]
    found = 0
    for one, other, count in touched:
        low, high = sorted((places[one], places[other]))
        for start, end, others in ends:
            if start < low < end < high or low < start < high < end:
                found += count * others
    return found
