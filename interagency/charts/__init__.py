"""Charts of a plan: a view makes scenes, scenes become SVG; a plan becomes DOT.

>>> import interagency
>>> chart = draw(interagency.load("nepal"))
>>> len(chart.pages), chart.warnings
(1, ())
>>> print(chart.describe().splitlines()[1])
Ministry of Women, Children and Senior Citizens (MoWCSC) -> Civil society organisations ...
"""

from interagency.charts.emit.dot import dot
from interagency.charts.render import VIEWS, Chart, draw
from interagency.charts.theme import PAGES

__all__ = ["PAGES", "VIEWS", "Chart", "dot", "draw"]
