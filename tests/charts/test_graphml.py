"""GraphML as yEd opens it: boxes apart, lines that meet them, words on their lines."""

import itertools
import xml.etree.ElementTree as ElementTree

import pytest
from plans import REAL, finding, invented, plan_of, real

from interagency.charts.emit.graphml import graphml
from interagency.graph import PlanGraph

Y = "{http://www.yworks.com/xml/graphml}"
G = "{http://graphml.graphdrawing.org/xmlns}"
Box = tuple[float, float, float, float]


def boxes_of(root: ElementTree.Element) -> dict[str, Box]:
    """Left, top, right and bottom of every node."""
    found = {}
    for node in root.iter(f"{G}node"):
        (place,) = node.iter(f"{Y}Geometry")
        left, top, width, height = (
            float(place.attrib[key]) for key in ("x", "y", "width", "height")
        )
        found[node.attrib["id"]] = (left, top, left + width, top + height)
    return found


def opened(graph: PlanGraph) -> ElementTree.Element:
    return ElementTree.fromstring(graphml(graph))


@pytest.mark.parametrize("graph", [*map(real, REAL), invented(25, 120, 1)], ids=str)
def test_boxes_stand_apart_and_lines_meet_them(graph: PlanGraph) -> None:
    """YEd counts the ends of a line from the middles of the boxes that it joins."""
    root = opened(graph)
    boxes = boxes_of(root)
    for one, other in itertools.combinations(boxes.values(), 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    for edge in root.iter(f"{G}edge"):
        (path,) = edge.iter(f"{Y}Path")
        for end, side in (("source", "s"), ("target", "t")):
            left, top, right, bottom = boxes[edge.attrib[end]]
            assert (left + right) / 2 + float(path.attrib[f"{side}x"]) in (left, right)
            assert top < (top + bottom) / 2 + float(path.attrib[f"{side}y"]) < bottom
        (words,) = edge.iter(f"{Y}SmartEdgeLabelModelParameter")
        assert 0 < float(words.attrib["ratio"]) < 1


@pytest.mark.parametrize("graph", [*map(real, REAL), invented(25, 120, 1)], ids=str)
def test_no_line_runs_through_a_box(graph: PlanGraph) -> None:
    """All bends lie between the two sides."""
    root = opened(graph)
    boxes = boxes_of(root).values()
    left = max((box[2] for box in boxes if box[0] == 0), default=0)
    right = min((box[0] for box in boxes if box[0] > 0), default=float("inf"))
    assert all(left < float(bend.attrib["x"]) < right for bend in root.iter(f"{Y}Point"))


def test_those_of_a_sector_stand_under_its_name() -> None:
    agencies = [
        {"id": "a", "name": "Police", "sector": "law_enforcement"},
        {"id": "b", "name": "Court", "sector": "judiciary"},
        {"id": "c", "name": "Border police", "sector": "law_enforcement"},
    ]
    root = opened(plan_of(agencies, []))
    words = [[label.text for label in node.iter(f"{Y}NodeLabel")] for node in root.iter(f"{G}node")]
    assert sorted(words, key=str) == [
        ["Border police"],
        ["Court", "Judiciary"],
        ["Police", "Law enforcement"],
    ]


def test_a_gap_is_dashed_red_and_says_its_finding() -> None:
    agencies = [{"id": "a", "name": "Police"}, {"id": "b", "name": "Court"}]
    text = graphml(plan_of(agencies, []), [finding("G01", expected=[("a", "b")])])
    root = ElementTree.fromstring(text)
    (line,) = root.iter(f"{Y}LineStyle")
    assert (line.attrib["type"], line.attrib["color"]) == ("dashed", "#B00020")
    (words,) = root.iter(f"{Y}EdgeLabel")
    assert str(words.text).startswith("MISSING")
    assert "[G01]" in str(words.text)
