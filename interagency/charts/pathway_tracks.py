"""The tracks of a pathway: trees of cards laid out from left to right, and cut into pages.

How a way begins stands over its tree. A card's first successor stands beside it, the others below
that one. Where ways are short, trees stand in several flows side by side; the next flow goes on
where the one before it is full. There the cards that lead on are repeated by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from interagency.charts import theme
from interagency.charts.pathway_cards import STRAIGHT, Sized, sized
from interagency.charts.pathway_ways import Card, Look, Node
from interagency.charts.scene import Item, Polyline
from interagency.charts.strokes import arrow
from interagency.charts.theme import Page

_GAP = 6.0
"""Between two cards under one another, in points."""
_BETWEEN_ROOTS = 11.0
_WELL_FILLED = 0.8
_BETWEEN_FLOWS = 16.0
_PITCH = 170.0
"""How far cards behind one another stand apart at least, from one left edge to the next."""
_WIDEST = 250.0
_MOST_COLUMNS, _MOST_FLOWS = 4, 3
_LEVELS = 8
"""In how many steps the room of the last page is tried."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the trees are laid out: cards behind one another, and trees side by side."""

    columns: int
    """How many cards stand behind one another at most, without that at which a way begins."""
    flows: int


def layouts(page: Page) -> Iterator[Layout]:
    """The layouts that a page has room for; the longest ways and the fewest flows first."""
    k = page.scale
    room = page.width - 2 * page.margin
    fitting = []
    for flows in range(1, _MOST_FLOWS + 1):
        width = (room - (flows - 1) * _BETWEEN_FLOWS * k) / flows
        most = int((width - _indent(page) + _space(page)) / (_PITCH * k))
        if flows == 1:
            most = max(2, most)
        fitting += [Layout(columns, flows) for columns in range(2, min(most, _MOST_COLUMNS) + 1)]
    return iter(sorted(fitting, key=lambda layout: (-layout.columns, layout.flows)))


def _space(page: Page) -> float:
    """Between a card and the next: room for an arrow."""
    return 34 * page.scale


def _indent(page: Page) -> float:
    """How far the first cards of a tree are set in: room for an arrow."""
    return 32 * page.scale


@dataclass(frozen=True, slots=True)
class _Spot:
    """A card of a page, the ends of its tree's lines, and what comes after it."""

    card: Sized
    children: tuple[_Spot, ...]
    height: float


@dataclass(frozen=True)
class Tracks:
    """The trees of a pathway, and how wide their cards are."""

    roots: tuple[Node, ...]
    page: Page
    left: float
    right: float
    flows: int = 1

    @cached_property
    def _depth(self) -> int:
        return max((root.depth for root in self.roots), default=1)

    @property
    def _space(self) -> float:
        return _space(self.page)

    @property
    def _flow(self) -> float:
        """How wide a flow is, with the room to the next."""
        between = _BETWEEN_FLOWS * self.page.scale
        return (self.right - self.left + between) / self.flows

    @cached_property
    def _wide(self) -> float:
        """How wide a card is."""
        steps = max(1, self._depth - 1)
        room = self._flow - _BETWEEN_FLOWS * self.page.scale - _indent(self.page) + self._space
        return min(room / steps - self._space, _WIDEST * self.page.scale)

    @property
    def _start(self) -> float:
        """How wide the card is at which a way begins."""
        return _indent(self.page) + self._wide

    @cached_property
    def _leaves(self) -> tuple[tuple[Node, ...], ...]:
        """Every way to a last card: the cards along it."""
        return tuple(way for root in self.roots for way in _ways_of(root, ()))

    @cached_property
    def _first(self) -> dict[str, int]:
        """For each card, the first of the ways it stands on."""
        found: dict[str, int] = {}
        for number, way in enumerate(self._leaves):
            for node in way:
                found.setdefault(node.card.id, number)
        return found

    def cards(self) -> Iterable[Sized]:
        """Every card, as it is drawn."""
        return (self._sized(node.card, depth) for way in self._leaves for depth, node in
                enumerate(way))  # fmt: skip

    def _sized(self, card: Card, depth: int, *, again: bool = False) -> Sized:
        """A card in lines; made once, because pages are tried out."""
        key = (card.id, again)
        if key not in self._made:
            width = self._start if depth == 0 else self._wide
            self._made[key] = sized(card, width, self.page, again=again)
        return self._made[key]

    @cached_property
    def _made(self) -> dict[tuple[str, bool], Sized]:
        return {}

    # --- pages ------------------------------------------------------------------------------------

    def pages(self, first: float, height: float) -> list[list[tuple[int, int]]]:
        """Which ways stand in the flows of which page: from one, up to before another.

        Args:
            first: how much room the first page has.
            height: how much the others have.
        """
        runs = self._runs(0, first, height)
        found = [runs[at : at + self.flows] for at in range(0, len(runs), self.flows)]
        room = height if len(found) > 1 else first
        return [*found[:-1], self._even(found[-1][0][0], room)]

    def _even(self, start: int, room: float) -> list[tuple[int, int]]:
        """The flows of the last page, about as long as one another."""
        rooms = (room * step / _LEVELS for step in range(1, _LEVELS + 1))
        tried = (self._runs(start, less, less) for less in rooms)
        return next(runs for runs in tried if len(runs) <= self.flows)

    def _runs(self, start: int, first: float, height: float) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        count = len(self._leaves)
        while start < count:
            room = first if len(found) < self.flows else height
            end = start + 1
            while end < count and self._used(start, end + 1) <= room:
                end += 1
            end = self._better_end(start, end, room)
            found.append((start, end))
            start = end
        return found

    def _better_end(self, start: int, end: int, room: float) -> int:
        """An earlier end between two cards nearer to the root, where the page stays full enough."""
        if end == len(self._leaves):
            return end
        best, best_cost = end, float(self._shared(end))
        for earlier in range(end - 1, start, -1):
            if self._used(start, earlier) < _WELL_FILLED * room:
                break
            if self._shared(earlier) < best_cost:
                best, best_cost = earlier, float(self._shared(earlier))
        return best

    def _shared(self, number: int) -> int:
        """How many cards a way has in common with the one before it."""
        before, way = self._leaves[number - 1], self._leaves[number]
        return sum(a.card.id == b.card.id for a, b in zip(before, way, strict=False))

    def _used(self, start: int, end: int) -> float:
        spots = self._spots(start, end)
        return sum(spot.height for spot in spots) + _BETWEEN_ROOTS * self.page.scale * (
            len(spots) - 1
        )

    def _spots(self, start: int, end: int) -> list[_Spot]:
        """The trees of these ways alone."""
        return self._grouped(self._leaves[start:end], 0, start)

    def _grouped(self, some: Sequence[tuple[Node, ...]], depth: int, start: int) -> list[_Spot]:
        groups: list[list[tuple[Node, ...]]] = []
        for way in some:
            if len(way) <= depth:
                continue
            if groups and groups[-1][-1][depth].card.id == way[depth].card.id:
                groups[-1].append(way)
            else:
                groups.append([way])
        return [self._spot(group, depth, start) for group in groups]

    def _spot(self, group: Sequence[tuple[Node, ...]], depth: int, start: int) -> _Spot:
        card = group[0][depth].card
        again = self._first[card.id] < start
        shown = self._sized(card, depth, again=again)
        children = tuple(self._grouped(group, depth + 1, start))
        gaps = _GAP * self.page.scale * max(0, len(children) - 1)
        below = sum(child.height for child in children) + gaps
        if depth == 0:
            apart = _GAP * self.page.scale if children else 0.0
            return _Spot(shown, children, shown.height + apart + below)
        return _Spot(shown, children, max(shown.height, below))

    # --- drawing ----------------------------------------------------------------------------------

    def drawn(
        self, flows: Sequence[tuple[int, int]], top: float
    ) -> tuple[list[Item], float, list[Sized]]:
        """The items of a page, where they end, and the cards on it."""
        items: list[Item] = []
        cards: list[Sized] = []
        low = top
        for number, (start, end) in enumerate(flows):
            left, y = self.left + number * self._flow, top
            for spot in self._spots(start, end):
                items += self._root(spot, left, y, cards)
                low = max(low, y + spot.height)
                y += spot.height + _BETWEEN_ROOTS * self.page.scale
        return items, low, cards

    def _root(self, spot: _Spot, x: float, top: float, cards: list[Sized]) -> Iterator[Item]:
        """A tree, under the card at which it begins."""
        k = self.page.scale
        cards.append(spot.card)
        bus, next_x = x + 12 * k, x + _indent(self.page)
        y = top + spot.card.height
        heights = [y]
        for child in spot.children:
            y += _GAP * k
            heights.append(y + 11 * k)
            yield from self._arrow((bus, heights[-1]), (next_x, heights[-1]), child.card)
            yield from self._tree(child, next_x, y, cards)
            y += child.height
        if spot.children:
            yield Polyline(
                points=((bus, heights[0]), (bus, heights[-1])), stroke=theme.INK,
                stroke_width=k, role="branch",
            )  # fmt: skip
        yield from spot.card.items(x, top)

    def _tree(self, spot: _Spot, x: float, top: float, cards: list[Sized]) -> Iterator[Item]:
        cards.append(spot.card)
        head = 11 * self.page.scale
        right = x + spot.card.width
        next_x = right + self._space
        bus = right + 0.36 * self._space
        y = top
        heights: list[float] = []
        for child in spot.children:
            heights.append(y + head)
            yield from self._arrow((bus, y + head), (next_x, y + head), child.card)
            yield from self._tree(child, next_x, y, cards)
            y += child.height + _GAP * self.page.scale
        if heights:
            yield Polyline(
                points=((right, top + head), (bus, top + head)), stroke=theme.INK,
                stroke_width=self.page.scale, role="branch",
            )  # fmt: skip
        if len(heights) > 1:
            yield Polyline(
                points=((bus, heights[0]), (bus, heights[-1])), stroke=theme.INK,
                stroke_width=self.page.scale, role="branch",
            )  # fmt: skip
        yield from spot.card.items(x, top)

    def _arrow(
        self, start: tuple[float, float], end: tuple[float, float], card: Sized
    ) -> Iterator[Item]:
        """From the branch to a card; one that is only repeated gets a plain line."""
        k = self.page.scale
        if card.again or card.card.look in (Look.FOUND, Look.END, Look.START):
            return (
                item
                for item in arrow((start, end), STRAIGHT, role="inner", scale=k)
                if _no_tail(item)
            )
        return iter(arrow((start, end), card.style, role="arrow", id=card.id, scale=k))


def _no_tail(item: Item) -> bool:
    return item.role != "tail"


def _ways_of(node: Node, before: tuple[Node, ...]) -> Iterator[tuple[Node, ...]]:
    way = (*before, node)
    if not node.children:
        yield way
    for child in node.children:
        yield from _ways_of(child, way)


def most_columns(page: Page) -> int:
    """How many cards may stand behind one another on a page, with that at which a way begins."""
    return 1 + max(layout.columns for layout in layouts(page))
