"""The flow of one page of lanes: who stands in which lane and column, and what links them.

An agency stands once on a page. Columns follow the way of a case: whoever hands on stands left
of whoever takes over, as far as the plan goes round in no circle; feedback runs back. The person
and the public stand twice where they both give and take: at the start and at the end.

Nothing here knows a size or a place in points.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from interagency.charts.ladder_rows import Column, Kind, Row
from interagency.charts.wording import marked
from interagency.vocabulary import Condition, Sector, Stage

if TYPE_CHECKING:
    from interagency.graph import PlanGraph

MOST_LANES = 8
_TURNED = 30.0
"""What it costs to draw the end of a person's way before its start."""

QUESTIONS: Mapping[Condition, str] = {
    Condition.FORMAL_IDENTIFICATION: marked("Formally identified?"),
    Condition.REASONABLE_GROUNDS: marked("Reasonable grounds?"),
}
"""What an authority that identifies decides, where a handoff is under that condition."""

# Which sectors share a lane where a page would need too many. In the order of the lanes.
FAMILIES: Mapping[str, tuple[Sector, ...]] = {
    marked("Community, media, education"): (
        Sector.COMMUNITY,
        Sector.MEDIA,
        Sector.EDUCATION,
        Sector.HOTLINE,
        Sector.ACADEMIA_RESEARCH,
    ),
    marked("Labour and business"): (
        Sector.WORKERS_EMPLOYERS_ORGANISATIONS,
        Sector.PRIVATE_SECTOR,
        Sector.EMPLOYMENT_SERVICES,
        Sector.LABOUR_INSPECTION,
    ),
    marked("Police, border, migration"): (
        Sector.DOCUMENT_ISSUING,
        Sector.DEFENCE_DEPLOYED,
        Sector.BORDER_CONTROL,
        Sector.LAW_ENFORCEMENT,
        Sector.FINANCIAL_INTELLIGENCE,
        Sector.ANTI_CORRUPTION,
        Sector.IMMIGRATION_AUTHORITY,
        Sector.ASYLUM_AUTHORITY,
        Sector.DETENTION_AUTHORITY,
    ),
    marked("Coordination and oversight"): (
        Sector.COORDINATION_BODY,
        Sector.LOCAL_GOVERNMENT,
        Sector.NATIONAL_RAPPORTEUR,
        Sector.LEGISLATURE_BUDGET,
    ),
    marked("Health, welfare, services"): (
        Sector.HEALTH,
        Sector.SOCIAL_WELFARE,
        Sector.CHILD_PROTECTION,
        Sector.NGO_SERVICE_PROVIDER,
        Sector.SURVIVORS,
    ),
    marked("Abroad and international"): (
        Sector.INTERNATIONAL_ORGANISATION,
        Sector.FOREIGN_AFFAIRS_CONSULAR,
        Sector.FOREIGN_COUNTERPART,
    ),
    marked("Justice"): (
        Sector.LEGAL_AID,
        Sector.PROSECUTION,
        Sector.CENTRAL_AUTHORITY,
        Sector.JUSTICE_MINISTRY,
        Sector.JUDICIARY,
        Sector.WITNESS_PROTECTION,
        Sector.ASSET_RECOVERY,
        Sector.COMPENSATION_FUND,
    ),
}


class LaneBy(StrEnum):
    """What makes a lane."""

    SECTOR = "sector"
    AGENCY = "agency"


class Stand(StrEnum):
    """What stands at a place of the flow."""

    AGENCY = "agency"
    START = "start"
    END = "end"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Stop:
    """One box, pill or diamond."""

    stand: Stand
    column: Column
    lane: str
    question: str = ""

    @property
    def id(self) -> str:
        """An id of its own, for the scene."""
        suffix = "" if self.stand is Stand.AGENCY else f":{self.stand.value}"
        return self.column.id + suffix


@dataclass(frozen=True, slots=True)
class Link:
    """One arrow from stop to stop; without a row, an inner step of an agency."""

    tail: int
    head: int
    row: Row | None
    yes: bool = False
    """Whether it leaves a decision."""


@dataclass(frozen=True, slots=True)
class Flow:
    """The stops of a page with the column and row of each, and the links between them."""

    stops: tuple[Stop, ...]
    links: tuple[Link, ...]
    lanes: tuple[str, ...]
    lane_rows: tuple[int, ...]
    """How many rows each lane has."""
    columns: tuple[int, ...]
    rows: tuple[int, ...]

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max(self.columns, default=0) + 1

    @property
    def height(self) -> int:
        """How many rows there are."""
        return sum(self.lane_rows)


def lanes_of(columns: Iterable[Column], by: LaneBy) -> dict[str, str]:
    """The lane of each agency: one for all of the people, one for each sector or agency.

    Where there are more sectors than a page can hold, sectors that work alike share a lane.
    """
    columns = tuple(columns)
    if by is LaneBy.AGENCY:
        return {c.id: c.band if c.participant else c.name for c in columns}
    bands = {c.id: c.band for c in columns}
    if len(set(bands.values())) <= MOST_LANES:
        return bands
    family = {sector: name for name, sectors in FAMILIES.items() for sector in sectors}
    return {c.id: c.wording.say(family[c.sector]) if c.sector else c.band for c in columns}


def flow(
    rows: Sequence[Row],
    columns: Sequence[Column],
    lanes: Mapping[str, str],
    order: Sequence[str],
    graph: PlanGraph,
    most_columns: int,
    most_rows: int,
) -> Flow:
    """Place everybody whom the rows name.

    Args:
        rows: what is handed on.
        columns: who there is, in the order of the chart.
        lanes: the lane of each.
        order: of the lanes.
        graph: the plan, for who decides what.
        most_columns: how many columns the page has room for.
        most_rows: how many rows it has room for.
    """
    stops, links = _stops_and_links(rows, columns, lanes, graph)
    used = {stop.lane for stop in stops}
    names = tuple(lane for lane in order if lane in used)
    lane_at = [names.index(stop.lane) for stop in stops]
    forward = _forward(len(stops), links)
    layers = _layers(stops, links, forward)
    depth = max(layers, default=0) + 1
    if depth > most_columns:
        layers = [layer * most_columns // depth for layer in layers]
    width = min(max(depth, 3), most_columns)
    search = _Search(links, forward, journeys(stops), lane_at, layers, width, most_rows)
    places = search.settled()
    heights, at = _rows_of(len(names), lane_at, places, links)
    return Flow(stops, links, names, heights, tuple(places), tuple(at))


def _stops_and_links(
    rows: Sequence[Row], columns: Sequence[Column], lanes: Mapping[str, str], graph: PlanGraph
) -> tuple[tuple[Stop, ...], tuple[Link, ...]]:
    stops: dict[tuple[str, Stand], Stop] = {}
    by_id = {column.id: column for column in columns}
    order = {an_id: place for place, an_id in enumerate(by_id)}
    stands = {stand: place for place, stand in enumerate(Stand)}
    decisions = _decisions(rows, graph)

    def at(who: str, stand: Stand, question: str = "") -> tuple[str, Stand]:
        column = by_id[who]
        if stand is not Stand.DECISION and not column.participant:
            stand = Stand.AGENCY
        stops.setdefault((who, stand), Stop(stand, column, lanes[who], question))
        return who, stand

    found: list[tuple[tuple[str, Stand], tuple[str, Stand], Row | None, bool]] = []
    for row in rows:
        tail = at(row.sender, Stand.START)
        if row.id in decisions:
            new = (row.sender, Stand.DECISION) not in stops
            decision = at(row.sender, Stand.DECISION, decisions[row.id])
            if new:
                found.append((tail, decision, None, False))
            tail = decision
        found.append((tail, at(row.receiver, Stand.END), row, row.id in decisions))
    ordered = sorted(stops, key=lambda key: (order[key[0]], stands[key[1]]))
    number = {key: place for place, key in enumerate(ordered)}
    return (
        tuple(stops[key] for key in ordered),
        tuple(Link(number[tail], number[head], row, yes) for tail, head, row, yes in found),
    )


def _decisions(rows: Sequence[Row], graph: PlanGraph) -> dict[str, str]:
    """The handoffs that hang on a decision: its question, by the handoff's id.

    Only what the plan says: whoever hands on identifies, hands on under more than one condition,
    and one of them is that a person is found to be a victim, for certain or on good grounds.
    """
    deciders = {agency.id for agency in graph.identifiers}
    under: dict[str, dict[str, tuple[Condition, ...]]] = defaultdict(dict)
    for row in rows:
        if row.there and row.sender in deciders and not row.feedback:
            under[row.sender][row.id] = graph.handoff(row.id).conditions
    found: dict[str, str] = {}
    for conditions in under.values():
        if len({frozenset(those) for those in conditions.values()}) < 2:
            continue
        for condition, question in QUESTIONS.items():
            held = [an_id for an_id, those in conditions.items() if condition in those]
            if held:
                found |= dict.fromkeys(held, question)
                break
    return found


def late(link: Link) -> bool:
    """Whether a link tells what became of a case rather than moves it on."""
    return link.row is not None and (link.row.feedback or link.row.stage is Stage.MONITORING)


def journeys(stops: Sequence[Stop]) -> list[tuple[int, int]]:
    """The start and the end of one person's way, where both are on the page."""
    ends = {stop.column.id: number for number, stop in enumerate(stops) if stop.stand is Stand.END}
    return [
        (number, ends[stop.column.id])
        for number, stop in enumerate(stops)
        if stop.stand is Stand.START and stop.column.id in ends
    ]


def _forward(count: int, links: Sequence[Link]) -> list[tuple[int, int]]:
    """Pairs of stops where the first must stand left of the second: no circle among them."""
    after: list[set[int]] = [set() for _ in range(count)]
    met: set[int] = set()
    kinds = tuple(Kind)
    ranked = sorted(
        (link for link in links if link.tail != link.head),
        key=lambda link: (late(link), kinds.index(link.row.kind) if link.row else -1),
    )
    pairs: list[tuple[int, int]] = []
    for link in ranked:
        pair = (link.tail, link.head)
        if late(link) and (link.tail in met or link.head in met):
            pair = (link.head, link.tail)
        if not _leads(after, pair[1], pair[0]):
            after[pair[0]].add(pair[1])
            pairs.append(pair)
        if not late(link):
            met.update(pair)
    return list(dict.fromkeys(pairs))


def _leads(after: Sequence[set[int]], start: int, goal: int) -> bool:
    seen, stack = {start}, [start]
    while stack:
        here = stack.pop()
        if here == goal:
            return True
        new = after[here] - seen
        seen |= new
        stack.extend(new)
    return False


def _layers(
    stops: Sequence[Stop], links: Sequence[Link], forward: Sequence[tuple[int, int]]
) -> list[int]:
    """Columns by the longest way that leads to a stop; first givers close to their takers."""
    count = len(stops)
    layers = [0] * count
    for _ in range(count):
        moved = False
        for tail, head in forward:
            if layers[head] <= layers[tail]:
                layers[head] = layers[tail] + 1
                moved = True
        if not moved:
            break
    takers = defaultdict(list)
    for tail, head in forward:
        takers[tail].append(head)
    heads = {head for _, head in forward}
    for stop in range(count):
        if stop not in heads and takers[stop] and stops[stop].stand is not Stand.START:
            layers[stop] = min(layers[head] for head in takers[stop]) - 1
    return layers


@dataclass(slots=True)
class _Search:
    """Moves single stops from column to column while that makes the flow easier to draw."""

    links: Sequence[Link]
    forward: Sequence[tuple[int, int]]
    journeys: Sequence[tuple[int, int]]
    lane_at: Sequence[int]
    places: list[int]
    width: int
    most_rows: int

    def settled(self) -> list[int]:
        """The columns, with none left empty."""
        pairs = self._pairs()
        cells = Counter(zip(self.lane_at, self.places, strict=True))
        for _ in range(5):
            if not any(self._move(stop, pairs[stop], cells) for stop in range(len(self.places))):
                break
        full = sorted(set(self.places))
        return [full.index(place) for place in self.places]

    def _pairs(self) -> list[list[tuple[int, int, bool]]]:
        """For each stop: the other end, the sign of the way there, and whether it must hold."""
        must = set(self.forward)
        found: list[list[tuple[int, int, bool]]] = [[] for _ in self.places]
        for link in self.links:
            tail, head = link.tail, link.head
            if tail == head:
                continue
            firm = (tail, head) in must
            if not firm and (head, tail) in must:
                tail, head = head, tail
            found[tail].append((head, 1, firm))
            found[head].append((tail, -1, firm))
        return found

    def _move(
        self,
        stop: int,
        pairs: Sequence[tuple[int, int, bool]],
        cells: Counter[tuple[int, int]],
    ) -> bool:
        lane, now = self.lane_at[stop], self.places[stop]
        cells[lane, now] -= 1
        highest: dict[int, int] = {}
        for (a_lane, _), count in cells.items():
            highest[a_lane] = max(highest.get(a_lane, 1), count)
        height = sum(highest.values())

        def cost(place: int) -> float:
            here = cells[lane, place] + 1
            rows = height + max(0, here - highest[lane])
            room = 6 * rows + 1.0 * here + 60 * max(0, rows - self.most_rows)
            turned = sum(
                self.places[end] <= place if start == stop else place <= self.places[start]
                for start, end in self.journeys
                if stop in (start, end)
            )
            return self._ways_cost(lane, place, pairs) + room + _TURNED * turned

        best, best_cost = now, cost(now)
        for place in range(self.width):
            new = cost(place)
            if new < best_cost - 1e-9:
                best, best_cost = place, new
        cells[lane, best] += 1
        self.places[stop] = best
        return best != now

    def _ways_cost(self, lane: int, place: int, pairs: Sequence[tuple[int, int, bool]]) -> float:
        """What it costs to draw the arrows of a stop at a place."""
        cost = 0.0
        for other, sign, firm in pairs:
            step = (self.places[other] - place) * sign
            cost += _step_cost(step, self.lane_at[other] == lane) if firm else abs(step) * 1.5
        return cost


def _step_cost(step: int, same_lane: bool) -> float:
    """What it costs to draw an arrow that should lead one column on."""
    if step > 0:
        return 2.5 * (step - 1)
    if step == 0:
        return 12.0 if same_lane else 5.0
    return 14.0 - 3 * step


def _rows_of(
    lanes: int, lane_at: Sequence[int], places: Sequence[int], links: Sequence[Link]
) -> tuple[tuple[int, ...], list[int]]:
    """How many rows each lane has, and the row of each stop: near those it is linked with."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for stop, (lane, place) in enumerate(zip(lane_at, places, strict=True)):
        cells[lane, place].append(stop)
    heights = [1] * lanes
    for (lane, _), stops in cells.items():
        heights[lane] = max(heights[lane], len(stops))
    first = [sum(heights[:lane]) for lane in range(lanes)]
    rows = [0] * len(places)
    for (lane, _), stops in cells.items():
        for step, stop in enumerate(stops):
            rows[stop] = first[lane] + step
    near: list[list[int]] = [[] for _ in places]
    for link in links:
        if link.tail != link.head:
            near[link.tail].append(link.head)
            near[link.head].append(link.tail)
    free_cells = [(lane, stops) for (lane, _), stops in sorted(cells.items()) if heights[lane] > 1]
    for _ in range(6):
        before = rows.copy()
        for lane, stops in free_cells:
            wish = {s: sum(rows[n] for n in near[s]) / max(1, len(near[s])) for s in stops}
            free = list(range(first[lane], first[lane] + heights[lane]))
            ordered = sorted(stops, key=lambda s: (wish[s], s))
            for left, stop in zip(range(len(stops) - 1, -1, -1), ordered, strict=True):
                row = min(free[: len(free) - left], key=lambda r: abs(r - wish[stop]))
                rows[stop] = row
                free = [r for r in free if r > row]
        if rows == before:
            break
    return tuple(heights), rows
