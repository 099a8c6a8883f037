"""Which handoffs go on which page of lanes: a panel for each P, or for less where that is full.

Type is never made smaller to fit, and boxes never narrower than a name can stand in. What does
not fit, or would cross too often to be followed, is cut between stages where that is possible;
short panels that follow one another share a page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, product
from typing import TYPE_CHECKING

from interagency.charts.ladder_rows import Column, Content, Row
from interagency.charts.lanes_flow import MOST_LANES, Flow, LaneBy, Stop, flow, lanes_of
from interagency.charts.lanes_key import Entry, NumberedKey, entry_of, numbered_key, numbers
from interagency.charts.lanes_sizes import (
    BOX_WIDTHS,
    LEAST_COLUMN,
    MORE_LINES,
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
_MUCH = 0.4
"""How much of its height a page leaves empty, where another panel should begin on it."""
_FEW = 60
"""With more handoffs than that a page less is little, and long to look for."""
KEY_GAP = 8.0
_PANEL_GAP = 12.0
"""Between the key of one panel and the head of the next."""
BAND = 14.0
"""How high the band with the name of the P is."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Handoffs of one P that are drawn as one flow, with the key below."""

    rows: tuple[Row, ...]
    found: Routed
    need: Needs
    key: NumberedKey
    continues: bool = False
    """Whether its pillar began in a panel before."""
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
        return ours.headed(word, ours.span(stages))

    @property
    def lanes(self) -> tuple[str, ...]:
        """The names of its lanes."""
        return self.found.flow.lanes

    def around(self, page: Page) -> float:
        """How high its head and its key are, with the room between."""
        return (BAND + KEY_GAP) * page.scale + self.key.height

    def least(self, page: Page) -> float:
        """How high it is at the least."""
        return self.need.size[1] + self.around(page)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its panels, and where everything of each stands."""

    panels: tuple[Panel, ...]
    placed: tuple[Placed, ...]
    tab: float
    """How wide the names of lanes are."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """All its handoffs."""
        return tuple(row for panel in self.panels for row in panel.rows)

    @property
    def parts(self) -> Iterator[tuple[Panel, Placed]]:
        """Each panel with where everything of it stands."""
        return zip(self.panels, self.placed, strict=True)

    @property
    def texts(self) -> Iterator[tuple[Stop, StopText]]:
        """Who stands on it, with what is written there."""
        return (
            (s, t) for laid in self.placed for s, t in zip(laid.flow.stops, laid.texts, strict=True)
        )


@dataclass(frozen=True)
class Pages:
    """Shares handoffs out over pages.

    ``room`` tells the box between the title and the legend of a page with certain handoffs.
    """

    said: Content
    graph: PlanGraph
    page: Page
    room: Callable[[Sequence[Row]], Box]
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
    def _known_texts(self) -> dict[tuple[str, str, float, str, int], StopText]:
        return {}

    @cached_property
    def _known_panels(self) -> dict[tuple[str, int], Panel | None]:
        """By the first of their rows and how many they are."""
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
        ways: list[list[list[Panel]]] = []
        for _, group in groupby(self.said.rows, key=lambda row: row.pillar):
            before = [panels[-1] for panels in ways[-1]] if ways else []
            ways.append(list(self._ways(tuple(group), before)))
        best = min(
            (self._runs([panel for part in parts for panel in part]) for parts in product(*ways)),
            key=self._weakness,
        )
        return self._referred([self._laid(run) for run in best])

    def _ways(self, rows: tuple[Row, ...], before: Sequence[Panel]) -> Iterator[list[Panel]]:
        """The panels of a pillar: begun with stages where that can be, and filled.

        Then begun beside one that may stand on the page ``before``.
        """
        whole = list(self._panels(rows))
        yield whole
        if len(self.said.rows) > _FEW:
            return
        high = self._height(rows)
        empty = sum(max(0.0, self._free([panel])) for panel in whole)
        if empty >= high and any(panel.within_stage for panel in whole):
            yield list(self._panels(rows, fill=True))
        for last in before:
            left = self._free([last])
            if left > high * _MUCH and left + empty >= high:
                yield list(self._panels(rows, under=last))

    def _weakness(self, runs: Sequence[Sequence[Panel]]) -> tuple[float, ...]:
        """Many pages are worse than stages that are cut, and those than pages unequally full."""
        cut = sum(panel.within_stage for run in runs for panel in run)
        return len(runs), cut, sum(self._emptiness(run) for run in runs)

    def _emptiness(self, panels: Sequence[Panel]) -> float:
        return max(0.0, self._free(panels)) ** 2

    def footed(self, sheets: Sequence[Sheet], foot: float) -> tuple[int, tuple[Sheet, ...]] | None:
        """The last page that has room for notes of a height at its foot, and all pages with it."""
        for at, sheet in reversed(list(enumerate(sheets))):
            if self._free(sheet.panels) >= foot:
                laid = self._laid(sheet.panels, foot)
                return at, self._referred((*sheets[:at], laid, *sheets[at + 1 :]))
        return None

    def _panels(
        self, rows: tuple[Row, ...], *, fill: bool = False, under: Panel | None = None
    ) -> Iterator[Panel]:
        """As many stages to a panel as a page holds; of one that is too much, as many handoffs.

        The first of them is short enough to stand ``under`` a panel of the pillar before.
        """
        lanes = self._lanes(rows)
        last: Row | None = None
        while rows:
            panel = self._under(under, rows, lanes) if under and last is None else None
            panel = panel or self._first_panel(rows, lanes)
            if fill:
                panel = self._filled(panel, rows, lanes)
            same = last is not None and last.stage is panel.rows[0].stage
            yield replace(panel, continues=last is not None, within_stage=same)
            last = panel.rows[-1]
            rows = rows[len(panel.rows) :]

    def _under(self, above: Panel, rows: tuple[Row, ...], lanes: Mapping[str, str]) -> Panel | None:
        """As many whole stages as fit on a page under another panel; None where there are none."""
        found = None
        for end in reversed(_stage_ends(rows)):
            panel = self._panel(rows[:end], lanes)
            if panel is None or not self._may_share([above, panel]):
                break
            found = panel
        return found

    def _free(self, panels: Sequence[Panel]) -> float:
        """What these panels leave of the height of a page; less than nothing if they do not fit."""
        high = self._height([row for panel in panels for row in panel.rows])
        apart = (len(panels) - 1) * _PANEL_GAP * self.page.scale
        return high - apart - sum(panel.least(self.page) for panel in panels)

    def _height(self, rows: Sequence[Row]) -> float:
        """How high the room of a page with these handoffs is."""
        _, top, _, bottom = self.room(rows)
        return bottom - top

    def _may_share(self, panels: Sequence[Panel]) -> bool:
        return (
            self._free(panels) >= 0
            and sum(len(panel.rows) for panel in panels) <= MOST_HANDOFFS
            and sum(len(panel.lanes) for panel in panels) <= MOST_LANES
        )

    def _runs(self, panels: Sequence[Panel]) -> list[Sequence[Panel]]:
        """The panels of each page: on as few pages as can be, and those about equally full."""
        best: list[tuple[int, float, list[Sequence[Panel]]]] = [(0, 0.0, [])]
        for end in range(1, len(panels) + 1):
            ways = []
            for start in range(end - 1, -1, -1):
                run = panels[start:end]
                if len(run) > 1 and not self._may_share(run):
                    break
                count, empty, before = best[start]
                ways.append((count + 1, empty + self._emptiness(run), [*before, run]))
            best.append(min(ways, key=lambda way: way[:2]))
        return best[-1][2]

    def _laid(self, panels: Sequence[Panel], foot: float = 0.0) -> Sheet:
        """A page of these panels, with the room that is left shared out by their height."""
        k = self.page.scale
        left, top, right, _ = self.room(panels[0].rows)
        panels = self._named_in_full(panels, self._free(panels) - foot)
        free = max(0.0, self._free(panels) - foot)
        whole = sum(panel.need.size[1] for panel in panels)
        found = []
        for panel in panels:
            high = panel.need.size[1] * (1 + free / whole)
            room = (left + self._tab, top + BAND * k, right, top + BAND * k + high)
            laid = placed(panel.found, panel.need, room, self.page)
            found.append(laid)
            top = laid.within[3] + KEY_GAP * k + panel.key.height + _PANEL_GAP * k
        return Sheet(tuple(panels), tuple(found), self._tab)

    def _named_in_full(self, panels: Sequence[Panel], free: float) -> tuple[Panel, ...]:
        """The same with more lines for names that were shortened, as far as the room is free."""
        found = []
        for panel in panels:
            least = replace(panel, need=self._with_lines(panel, 0))
            if any(text.name.shortened or text.extra.shortened for text in least.need.texts):
                for more in MORE_LINES:
                    need = self._with_lines(panel, more)
                    if need.size[1] - least.need.size[1] <= free:
                        free -= need.size[1] - least.need.size[1]
                        least = replace(panel, need=need)
                        break
            found.append(least)
        return tuple(found)

    def _with_lines(self, panel: Panel, more: int) -> Needs:
        """What a panel needs whose names may have so many more lines than usual."""
        if panel.need.more == more:
            return panel.need
        found, width = panel.found, panel.need.width
        also = dict.fromkeys(self._elsewhere(panel.rows), self._also("99"))
        texts = self._texts(found.flow, width, also, more)
        down = down_needs(crowded(found), texts, self._tab, self.page)
        return replace(panel.need, down=down, texts=texts, more=more)

    def _lanes(self, rows: Sequence[Row]) -> dict[str, str]:
        """The lane of everybody in a pillar, in the order of the lanes: the same on all pages."""
        return lanes_of(self._columns(rows), self.by)

    def _columns(self, rows: Sequence[Row]) -> tuple[Column, ...]:
        named = {end for row in rows for end in (row.sender, row.receiver)}
        return tuple(column for column in self.said.columns if column.id in named)

    def _first_panel(self, rows: tuple[Row, ...], lanes: Mapping[str, str]) -> Panel:
        """As many whole stages as fit on a page."""
        for end in _ends(rows):
            panel = self._panel(rows[:end], lanes)
            if panel is not None:
                return panel
        raise AssertionError("one handoff fits on any page")

    def _filled(self, panel: Panel, rows: tuple[Row, ...], lanes: Mapping[str, str]) -> Panel:
        """With some of the next stage, too, where that must be cut in any case."""
        end = len(panel.rows)
        stage = next((tuple(some) for _, some in groupby(rows[end:], lambda row: row.stage)), ())
        if not stage or self._panel(stage, lanes) is not None:
            return panel
        most = min(end + len(stage) - 1, MOST_HANDOFFS)
        while end < most:  # more hardly ever fits where less does not
            middle = (end + most + 1) // 2
            longer = self._panel(rows[:middle], lanes)
            if longer is None:
                most = middle - 1
            else:
                panel, end = longer, middle
        return panel

    def _panel(self, rows: tuple[Row, ...], lanes: Mapping[str, str]) -> Panel | None:
        """These rows as one panel; None where they are too many or too tangled."""
        key = (rows[0].id, len(rows))
        if key not in self._known_panels:
            self._known_panels[key] = self._new_panel(rows, lanes)
        return self._known_panels[key]

    def _new_panel(self, rows: tuple[Row, ...], lanes: Mapping[str, str]) -> Panel | None:
        alone = len(rows) == 1
        used = {lanes[end] for row in rows for end in (row.sender, row.receiver)}
        if not alone and (len(rows) > MOST_HANDOFFS or len(used) > MOST_LANES):
            return None
        key = numbered_key([self._entry(row) for row in rows], self.page)
        k = self.page.scale
        left, top, right, bottom = self.room(rows)
        room = (left + self._tab, top + BAND * k, right, bottom - key.height - KEY_GAP * k)
        high = room[3] - room[1]
        if not alone and high < len(used) * 30 * k:
            return None
        bare = unrouted(self._flow(rows, lanes, room))
        if not alone and (knotted(bare.flow) or self._fitting(rows, bare, room) is None):
            return None  # and with arrows it would need more room still
        first = routed(bare.flow)
        if not alone and self._fitting(rows, first, room) is None:
            return None
        most = int(MOST_CROSSINGS * len(rows))
        found, crossings = untangled(first, most, self._most_columns(room))
        need = self._fitting(rows, found, room, alone=alone)
        if need is None or (crossings > most and not alone):
            return None
        return Panel(rows, found, need, key)

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

    @cached_property
    def _tab(self) -> float:
        """How wide the names of lanes are, on all pages."""
        k = self.page.scale
        pillars = groupby(self.said.rows, key=lambda row: row.pillar)
        names = {name for _, rows in pillars for name in self._lanes(tuple(rows)).values()}
        widest = max(widest_word(name, self.page.small, bold=True) for name in names)
        return min(max(widest, 44 * k), 84 * k) + 8 * k

    def _fitting(
        self, rows: Sequence[Row], found: Routed, room: Box, *, alone: bool = False
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
            down = down_needs(asked, texts, self._tab, self.page)
            if sum(down) <= room[3] - room[1] or last_resort:
                return Needs(across, down, texts, width)
        return None

    def _texts(
        self, found: Flow, width: float, also: Mapping[str, str], more: int = 0
    ) -> tuple[StopText, ...]:
        return tuple(
            self._text(stop, width, also.get(stop.column.id, ""), more) for stop in found.stops
        )

    def _text(self, stop: Stop, width: float, also: str, more: int) -> StopText:
        """The words of a stop, broken into lines once."""
        key = (stop.id, stop.question, width, also, more)
        known = self._known_texts.get(key)
        if known is None:
            short = self._short.get(stop.column.id, "")
            known = stop_text(stop, width * self.page.scale, self.page, short, also, more)
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
            for who in dict.fromkeys(stop.column.id for stop, _ in sheet.texts):
                pages.setdefault(who, []).append(number)
        found = []
        for number, sheet in enumerate(sheets, 1):
            also = {
                who: self._also(spans([n for n in others if n != number]))
                for who, others in pages.items()
                if len(others) > 1 and number in others
            }
            texts = [
                self._texts(
                    laid.flow,
                    (laid.boxes[0][2] - laid.boxes[0][0]) / self.page.scale,
                    also,
                    panel.need.more,
                )
                for panel, laid in sheet.parts
            ]
            found.append(replace(sheet, placed=tuple(map(_with_texts, sheet.placed, texts))))
        return tuple(found)


def _with_texts(laid: Placed, texts: tuple[StopText, ...]) -> Placed:
    return replace(laid, texts=texts)


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
    stages = _stage_ends(rows)
    yield from stages
    shortest = stages[-1] if stages else min(len(rows), MOST_HANDOFFS) + 1
    yield from range(shortest - 1, 0, -1)


def _stage_ends(rows: Sequence[Row]) -> list[int]:
    """After how many handoffs a stage ends, the most of them first, as far as a page may hold."""
    return [
        end
        for end in range(min(len(rows), MOST_HANDOFFS), 0, -1)
        if end == len(rows) or rows[end - 1].stage is not rows[end].stage
    ]
