"""Ways, tracks and numbers of lanes, and the faults that the checker must see in them."""

import itertools
import random
from dataclasses import replace

import pytest
from plans import real

import interagency
from interagency.charts import theme
from interagency.charts.checker import Figures, check
from interagency.charts.lanes import lanes
from interagency.charts.lanes_badges import Label, spots
from interagency.charts.lanes_router import Router, Way, grid
from interagency.charts.lanes_tracks import parts_of, tracks
from interagency.charts.scene import Item, Polyline, Rect, Scene
from interagency.charts.strokes import words


def laid_out(seed: int) -> tuple[Router, list[tuple[int, int]], list[Way]]:
    """Boxes drawn by lot on a grid, and the ways between them."""
    lot = random.Random(seed)
    columns, rows = lot.randint(1, 6), lot.randint(1, 7)
    cells = [(c, r) for c in range(columns) for r in range(rows)]
    boxes = lot.sample(cells, lot.randint(1, len(cells)))
    links = [(lot.randrange(len(boxes)), lot.randrange(len(boxes))) for _ in range(25)]
    router = Router(grid(columns, rows), boxes)
    return router, links, router.ways(links, range(len(links)))


@pytest.mark.parametrize("seed", range(40))
def test_every_link_finds_a_way_that_no_box_blocks(seed: int) -> None:
    router, links, ways = laid_out(seed)
    width = router.grid.width
    places = [(2 * r + 1) * width + 2 * c + 1 for c, r in router.boxes]
    for (tail, head), way in zip(links, ways, strict=True):
        assert (way[0], way[-1]) == (places[tail], places[head])
        assert not set(way[1:-1]) & set(places)
        assert all(abs(b - a) in (1, width) for a, b in itertools.pairwise(way))


@pytest.mark.parametrize("seed", range(40))
def test_no_two_arrows_share_a_track_where_they_overlap(seed: int) -> None:
    router, _, ways = laid_out(seed)
    parts = [parts_of(number, way, router.grid.width) for number, way in enumerate(ways)]
    found = tracks(parts)
    lines: dict[tuple[bool, int, float], list[tuple[float, float]]] = {}
    for way in parts:
        for part in way:
            track = found[part.link, part.place]
            assert 0 <= track.at < track.of
            key = (part.upright, part.band, track.offset)
            for low, high in lines.setdefault(key, []):
                assert part.high <= low or high <= part.low
            lines[key].append((part.low, part.high))


def test_known_ways_are_kept() -> None:
    router, links, ways = laid_out(3)
    again = router.moved(router.boxes)
    assert again.mended(links, range(len(links)), ways) == ways


def test_arrows_that_run_side_by_side_part_without_crossing() -> None:
    # Two boxes above one another hand on to two others, each to the one at its own height.
    router = Router(grid(2, 2), [(0, 0), (0, 1), (1, 0), (1, 1)])
    links = [(0, 3), (0, 2), (1, 3)]
    ways = router.ways(links, range(3))
    parts = [parts_of(number, way, 5) for number, way in enumerate(ways)]
    assert len(parts[1]) == len(parts[2]) == 1
    found = tracks(parts)
    first, straight = found[0, 0], found[1, 0]
    if not parts[0][0].upright:  # it leaves at the same side, below the one that goes straight on
        assert first.at > straight.at


def test_numbers_keep_apart() -> None:
    ways = [((0.0, 0.0), (90.0, 0.0)), ((0.0, 4.0), (90.0, 4.0))]
    found = spots(ways, [Label(0, 6.0), Label(1, 6.0)], [], (0, -20, 99, 20), 1.0)
    assert abs(found[0].x - found[1].x) > 12


@pytest.fixture(scope="module")
def page() -> Scene:
    audit = interagency.audit(real("thailand"))
    return lanes(audit.graph, audit.findings)[0]


def planted(page: Scene, *items: Item) -> Figures:
    return check(replace(page, items=(*page.items, *items)))


def a_box(page: Scene) -> Rect:
    return next(i for i in page.items if isinstance(i, Rect) and i.role == "box")


def an_arrow(page: Scene) -> Polyline:
    return next(i for i in page.items if isinstance(i, Polyline) and i.role == "arrow")


def test_a_page_of_lanes_has_no_fault_before_any_is_planted(page: Scene) -> None:
    assert check(page).faults_but_crossings == ()


def test_an_arrow_through_a_box_is_caught(page: Scene) -> None:
    own = a_box(page)
    level = own.y + own.height / 2 + 4
    through = Polyline(
        points=((own.x - 9, level), (own.x + own.width + 9, level)),
        stroke=theme.INK, role="arrow", id="new",
    )  # fmt: skip
    assert planted(page, through).lines_in_boxes == (f"new / {own.id}",)


def test_words_on_a_box_of_others_are_caught(page: Scene) -> None:
    own = a_box(page)
    stray = words(own.x + own.width - 6, own.y + 9, "stray", 7, id="new")
    assert planted(page, stray).words_on_boxes


def test_arrows_that_look_like_one_are_caught(page: Scene) -> None:
    own = an_arrow(page)
    beside = replace(own, points=tuple((x + 1, y + 1) for x, y in own.points), id="new")
    assert planted(page, beside).near_lines


def test_a_number_on_the_arrow_of_another_is_caught(page: Scene) -> None:
    own = an_arrow(page)
    (x, y), (to_x, to_y), *_ = own.points
    stray = Rect(x=(x + to_x) / 2 - 5, y=(y + to_y) / 2 - 5, width=10, height=10,
                 fill=theme.PAPER, stroke=theme.INK, role="badge", id="new")  # fmt: skip
    other = replace(own, points=((5, 5), (9, 5)), id="new")
    assert f"new / {own.id}" in planted(page, stray, other).numbers_on_lines
