"""In which order agencies stand around a map, so that few lines cross.

Two lines between places on a ring cross when their ends take turns on it; so places are moved
about the ring, sector by sector and within each, as long as that leaves fewer lines crossing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from interagency.charts.ladder_rows import Column, Row

_MOST_ROUNDS = 12
"""After so many rounds over all places the order stays as it is, better or not."""
_Order = list[list[Column]]
_Chords = list[tuple[str, str, int]]


def around(columns: Sequence[Column], some: Sequence[Sequence[Row]]) -> tuple[Column, ...]:
    """The columns as they follow one another around the ring, those of a sector together.

    The sector that came first is still the first. The same columns and lines give the same order.

    Args:
        columns: who takes part, by sector.
        some: what becomes one line each.
    """
    counts = Counter(
        (min(row.sender, row.receiver), max(row.sender, row.receiver))
        for row in (rows[0] for rows in some)
        if row.sender != row.receiver
    )
    chords = [(one, other, count) for (one, other), count in sorted(counts.items())]
    bands: dict[str, list[Column]] = {}
    for column in columns:
        bands.setdefault(column.band, []).append(column)
    order = _settled(list(bands.values()), chords)
    first = next((at for at, band in enumerate(order) if columns[0] in band), 0)
    return tuple(column for band in order[first:] + order[:first] for column in band)


def _settled(order: _Order, chords: _Chords) -> _Order:
    """The order once no move of a sector, or of one within its sector, leaves fewer crossing."""
    for _ in range(_MOST_ROUNDS):
        before = order
        for band in [tuple(column.id for column in band) for band in order]:
            at = next(at for at, other in enumerate(order) if other[0].id in band)
            order = _best(_moved(order, at), set(band), chords)
        for column in [column for band in order for column in band]:
            order = _best(_turned(order, column), {column.id}, chords)
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
    rest, band = order[:at] + order[at + 1 :], order[at]
    for place in range(len(rest) + 1):
        for some in (band, band[::-1]) if len(band) > 1 else (band,):
            yield [*rest[:place], some, *rest[place:]]


def _turned(order: _Order, column: Column) -> Iterator[_Order]:
    """The order as it is, and with one agency elsewhere within its sector."""
    yield order
    at = next(at for at, band in enumerate(order) if column in band)
    rest = [other for other in order[at] if other != column]
    for place in range(len(rest) + 1) if rest else ():
        yield [*order[:at], [*rest[:place], column, *rest[place:]], *order[at + 1 :]]


def _crossings(order: _Order, touched: _Chords, chords: _Chords) -> int:
    """How often the lines that a move touched cross any line."""
    places = {column.id: at for at, column in enumerate(c for band in order for c in band)}
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
