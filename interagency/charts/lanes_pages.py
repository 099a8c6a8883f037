"""Which handoffs go on which page of lanes: one P to a page, and less where a page is full.

Type is never made smaller to fit, and boxes never narrower than a name can stand in. What does
not fit, or would cross too often to be followed, is cut between stages where that is possible.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from interagency.charts.ladder_rows import Column, Content, Row
from interagency.charts.lanes_flow import MOST_LANES, Flow, LaneBy, Stop, flow, lanes_of
from interagency.charts.lanes_key import Entry, NumberedKey, entry_of, numbered_key, numbers
from interagency.charts.lanes_sizes import (
    BOX_WIDTHS,
    LEAST_COLUMN,
    Needs,
    Placed,
    StopText,
    across_needs,
    crowded,
    down_needs,
    placed,
    stop_text,
)
from interagency.charts.lanes_untangle import Routed, knotted, routed, unrouted, untangled
from interagency.charts.scene import Box
from interagency.charts.text import widest_word
from interagency.charts.theme import PILLARS, Page
from interagency.charts.wording import marked

if TYPE_CHECKING:
    from interagency.graph import PlanGraph

MOST_COLUMNS = 14
MOST_HANDOFFS = 25
MOST_CROSSINGS = 0.15
"""For each handoff of a page."""
_LEAST_ROW = 42.0
KEY_GAP = 8.0
BAND = 14.0
"""How high the band with the name of the P is."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its handoffs, where everything stands, and the key below."""

    rows: tuple[Row, ...]
    found: Routed
    need: Needs
    placed: Placed
    key: NumberedKey
    tab: float
    """How wide the names of lanes are."""
    continues: bool = False
    """Whether its pillar began on a page before."""
    within_stage: bool = False
    """Whether its first stage did."""

    @property
    def head(self) -> str:
        """What it holds: ``Protect (continued): detection to assistance``."""
        ours = self.rows[0].wording
        again = marked("{name} (continued)")
        stages = list(dict.fromkeys(row.stage_term for row in self.rows))
        if self.within_stage:
            stages[0] = ours.say(again, name=stages[0])
        word = ours.say(PILLARS[self.rows[0].pillar].word)
        if self.continues:
            word = ours.say(again, name=word)
        return f"{word}: {ours.span(stages)}"


@dataclass(frozen=True)
class Pages:
    """Shares handoffs out over pages.

    ``room`` is the box between the title and the legend.
    """

    said: Content
    graph: PlanGraph
    page: Page
    room: Box
    by: LaneBy

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """What is written on each arrow."""
        return numbers(self.said.rows)

    @cached_property
    def _short(self) -> Mapping[str, str]:
        return {agency.id: agency.short or "" for agency in self.graph.agencies}

    @cached_property
    def _known_entries(self) -> dict[str, Entry]:
        return {}

    @cached_property
    def _known_texts(self) -> dict[tuple[str, str, float, str], StopText]:
        return {}

    @cached_property
    def _parts_taken(self) -> Counter[str]:
        """How often each agency gives or takes."""
        return Counter(end for row in self.said.rows for end in (row.sender, row.receiver))

    @cached_property
    def _column_order(self) -> Mapping[str, int]:
        return {column.id: place for place, column in enumerate(self.said.columns)}

    def sheets(self) -> tuple[Sheet, ...]:
        """All pages, each with references to the others."""
        found: list[Sheet] = []
        for _, group in groupby(self.said.rows, key=lambda row: row.pillar):
            rows = tuple(group)
            lanes = self._lanes(rows)
            before: Row | None = None
            for sheet in self._shared_out(rows, lanes):
                again = before is not None
                same = before is not None and before.stage is sheet.rows[0].stage
                found.append(replace(sheet, continues=again, within_stage=same))
                before = sheet.rows[-1]
        return self._referred(found)

    def with_foot(self, sheet: Sheet, foot: float) -> Sheet | None:
        """A page with room for notes of a height at its foot; None where there is none."""
        left, top, right, bottom = self.room
        k = self.page.scale
        room = (left + sheet.tab, top + BAND * k, right,
                bottom - sheet.key.height - KEY_GAP * k - foot)  # fmt: skip
        if sheet.need.size[1] > room[3] - room[1]:
            return None
        laid = placed(sheet.found, sheet.need, room, self.page)
        return replace(sheet, placed=replace(laid, texts=sheet.placed.texts))

    def _lanes(self, rows: Sequence[Row]) -> dict[str, str]:
        """The lane of everybody in a pillar, in the order of the lanes: the same on all pages."""
        return lanes_of(self._columns(rows), self.by)

    def _columns(self, rows: Sequence[Row]) -> tuple[Column, ...]:
        named = {end for row in rows for end in (row.sender, row.receiver)}
        return tuple(column for column in self.said.columns if column.id in named)

    def _shared_out(self, rows: tuple[Row, ...], lanes: Mapping[str, str]) -> list[Sheet]:
        """As many stages to a page as it holds; of a stage that is too much, as many handoffs."""
        found: list[Sheet] = []
        while rows:
            sheet = self._first_sheet(rows, lanes)
            found.append(sheet)
            rows = rows[len(sheet.rows) :]
        return found

    def _first_sheet(self, rows: tuple[Row, ...], lanes: Mapping[str, str]) -> Sheet:
        for end in _ends(rows):
            sheet = self._sheet(rows[:end], lanes)
            if sheet is not None:
                return sheet
        raise AssertionError("one handoff fits on any page")

    def _sheet(self, rows: tuple[Row, ...], lanes: Mapping[str, str]) -> Sheet | None:
        """These rows as one page; None where they are too many or too tangled."""
        alone = len(rows) == 1
        used = {lanes[end] for row in rows for end in (row.sender, row.receiver)}
        if not alone and (len(rows) > MOST_HANDOFFS or len(used) > MOST_LANES):
            return None
        key = numbered_key([self._entry(row) for row in rows], self.page)
        tab = self._tab(used)
        k = self.page.scale
        left, top, right, bottom = self.room
        room = (left + tab, top + BAND * k, right, bottom - key.height - KEY_GAP * k)
        high = room[3] - room[1]
        if not alone and high < len(used) * 30 * k:
            return None
        bare = unrouted(self._flow(rows, lanes, room))
        if not alone and (knotted(bare.flow) or self._fitting(rows, bare, room, tab) is None):
            return None  # and with arrows it would need more room still
        first = routed(bare.flow)
        if not alone and self._fitting(rows, first, room, tab) is None:
            return None
        most = int(MOST_CROSSINGS * len(rows))
        found, crossings = untangled(first, most, self._most_columns(room))
        need = self._fitting(rows, found, room, tab, alone=alone)
        if need is None or (crossings > most and not alone):
            return None
        return Sheet(rows, found, need, placed(found, need, room, self.page), key, tab)

    def _most_columns(self, room: Box) -> int:
        most = int((room[2] - room[0]) / (LEAST_COLUMN * self.page.scale))
        return max(2, min(MOST_COLUMNS, most))

    def _flow(self, rows: Sequence[Row], lanes: Mapping[str, str], room: Box) -> Flow:
        return flow(
            rows,
            self._columns(rows),
            lanes,
            tuple(dict.fromkeys(self._lane_order(lanes))),
            self.graph,
            self._most_columns(room),
            max(2, int((room[3] - room[1]) / (_LEAST_ROW * self.page.scale))),
        )

    def _lane_order(self, lanes: Mapping[str, str]) -> list[str]:
        """Lanes by the first of the agencies in them."""
        return [lanes[an_id] for an_id in sorted(lanes, key=self._column_order.__getitem__)]

    def _tab(self, lanes: set[str]) -> float:
        k = self.page.scale
        widest = max(widest_word(lane, self.page.small, bold=True) for lane in lanes)
        return min(max(widest, 44 * k), 84 * k) + 8 * k

    def _fitting(
        self, rows: Sequence[Row], found: Routed, room: Box, tab: float, *, alone: bool = False
    ) -> Needs | None:
        """The widest boxes with which everything fits; the narrowest if they must."""
        also = dict.fromkeys(self._elsewhere(rows), self._also("99"))
        asked = crowded(found)
        for width in BOX_WIDTHS:
            last_resort = alone and width == BOX_WIDTHS[-1]
            across = across_needs(asked, width, self.page)
            if sum(across) > room[2] - room[0] and not last_resort:
                continue
            texts = self._texts(found.flow, width, also)
            down = down_needs(asked, texts, tab, self.page)
            if sum(down) <= room[3] - room[1] or last_resort:
                return Needs(across, down, texts)
        return None

    def _texts(self, found: Flow, width: float, also: Mapping[str, str]) -> tuple[StopText, ...]:
        return tuple(self._text(stop, width, also.get(stop.column.id, "")) for stop in found.stops)

    def _text(self, stop: Stop, width: float, also: str) -> StopText:
        """The words of a stop, broken into lines once."""
        key = (stop.id, stop.question, width, also)
        known = self._known_texts.get(key)
        if known is None:
            short = self._short.get(stop.column.id, "")
            known = stop_text(stop, width * self.page.scale, self.page, short, also)
            self._known_texts[key] = known
        return known

    def _entry(self, row: Row) -> Entry:
        """The words of a row in the key, broken into lines once."""
        known = self._known_entries.get(row.id)
        if known is None:
            known = entry_of(row, self.numbers[row.id], self.page)
            self._known_entries[row.id] = known
        return known

    def _also(self, pages: str) -> str:
        return self.said.wording.say("also p. {pages}", pages=pages)

    def _elsewhere(self, rows: Sequence[Row]) -> set[str]:
        """Who takes part in handoffs of other pages, too."""
        here = Counter(end for row in rows for end in (row.sender, row.receiver))
        return {end for end, count in here.items() if self._parts_taken[end] > count}

    def _referred(self, sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
        """Each page with the pages on which an agency's other handoffs are."""
        pages: dict[str, list[int]] = {}
        for number, sheet in enumerate(sheets, 1):
            for stop in dict.fromkeys(s.column.id for s in sheet.placed.flow.stops):
                pages.setdefault(stop, []).append(number)
        found = []
        for number, sheet in enumerate(sheets, 1):
            also = {
                who: self._also(spans([n for n in others if n != number]))
                for who, others in pages.items()
                if len(others) > 1 and number in others
            }
            laid = sheet.placed
            width = (laid.boxes[0][2] - laid.boxes[0][0]) / self.page.scale
            texts = self._texts(laid.flow, width, also)
            found.append(replace(sheet, placed=replace(laid, texts=texts)))
        return tuple(found)


def spans(numbers: Sequence[int]) -> str:
    """Numbers in order, with runs joined.

    >>> spans([1, 3, 4, 5, 8])
    '1, 3-5, 8'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = [
        str(run[0]) if len(run) == 1 else f"{run[0]}{', ' if len(run) == 2 else '-'}{run[-1]}"
        for run in runs
    ]
    return ", ".join(told)


def _ends(rows: Sequence[Row]) -> Iterator[int]:
    """Where a page may end, the best first: after as many whole stages as can be."""
    most = min(len(rows), MOST_HANDOFFS)
    stages = [
        end
        for end in range(most, 0, -1)
        if end == len(rows) or rows[end - 1].stage is not rows[end].stage
    ]
    yield from stages
    shortest = stages[-1] if stages else most + 1
    yield from range(shortest - 1, 0, -1)
