"""Charts of a plan: a view makes scenes, scenes become SVG; a plan becomes text.

>>> import interagency
>>> chart = draw(interagency.load("nepal"))
>>> len(chart.pages), chart.warnings
(1, ())
>>> print(chart.describe().splitlines()[1])
Protect:
>>> EXPORTS["mermaid"].write(interagency.load("nepal")).splitlines()[1]
'sequenceDiagram'
"""

from interagency.charts.emit.dot import dot
from interagency.charts.exports import EXPORTS, Export, scenes_json
from interagency.charts.numbering import numbering
from interagency.charts.render import VIEWS, Chart, draw
from interagency.charts.theme import PAGES

__all__ = [
    "EXPORTS",
    "PAGES",
    "VIEWS",
    "Chart",
    "Export",
    "dot",
    "draw",
    "numbering",
    "scenes_json",
]
