import json

from interagency.charts import theme
from interagency.charts.scene import Anchor, Direction, Polyline, Rect, Scene
from interagency.charts.strokes import words


def test_json_leaves_out_what_is_as_usual_and_rounds_the_rest() -> None:
    scene = Scene(100, 50, "T", "D", (Rect(x=1.23456, y=2.0, width=3.0, height=4.0),))
    document = json.loads(scene.to_json())
    assert document["items"] == [
        {"shape": "rect", "x": 1.23, "y": 2.0, "width": 3.0, "height": 4.0}
    ]
    assert document["title"] == "T"


def test_a_mirror_moves_words_and_never_turns_them() -> None:
    line = words(10, 20, "Police", 7, room=(5, 10, 50, 30))
    shaft = Polyline(points=((0, 0), (40, 0)), stroke=theme.INK)
    mirrored = Scene(100, 50, "", "", (line, shaft)).mirrored()
    moved, turned = mirrored.items
    assert (moved.x, moved.anchor, moved.text) == (90, Anchor.RIGHT, "Police")
    assert moved.room == (50, 10, 95, 30)
    assert turned.points == ((100, 0), (60, 0))
    assert mirrored.direction is Direction.RTL
    assert mirrored.mirrored().items == (line, shaft)
