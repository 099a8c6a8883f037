"""The journey, wired in one place: load a plan, audit it, draw it, save it."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable
from dataclasses import fields, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from interagency import engine, files, order
from interagency.errors import UnknownName, UnreadablePlan, did_you_mean
from interagency.graph import PlanGraph
from interagency.model import Plan

if TYPE_CHECKING:
    from interagency.charts import Chart
    from interagency.charts.wording import Wording
    from interagency.engine import Finding, Rule
    from interagency.order import Item
    from interagency.suggestions import Suggestion


class Audit(engine.Audit):
    """All that came of asking the rules about a plan; it shows itself in a notebook.

    ``print(audit)`` tells it as text; ``interagency.reports`` has it in other forms.
    """

    @property
    def items(self) -> tuple[Item, ...]:
        """The findings as troubles, in the order in which to mend them."""
        return order.troubles(self)

    def with_crashes(self, crashes: Iterable[engine.Crash]) -> Audit:
        """The same audit with more rules that fell over, as plug-ins that could not be loaded."""
        more = tuple(crashes)
        return self._with(crashes=(*more, *self.crashes)) if more else self

    def set_by(self, words: str) -> Audit:
        """The same audit, with what chose and changed its rules, in words."""
        return self._with(settings=words) if words else self

    def _with(self, **changes: Any) -> Audit:
        """The same findings, which stay in the same order, with another word about them."""
        other = replace(self, **changes)
        vars(other)["items"] = self.items
        return other

    def __str__(self) -> str:
        from interagency import reports

        return reports.text(self)

    def _repr_html_(self) -> str:
        from interagency import reports

        return reports.html(self)


def load(source: str | os.PathLike[str]) -> PlanGraph:
    """Read a plan: a file, a bundled plan by name, or ``-`` for standard input.

    A file of that name in the folder goes before a bundled plan.

    Raises:
        UnreadablePlan: there is no such file or plan, or it is no text.
        InvalidPlan: it was read and has problems; all of them, each with its place.

    >>> load("thailand")
    PlanGraph('thailand', 17 agencies, 19 handoffs, as of 2024)
    """
    from interagency import formats

    data, name = _fetched(source)
    plan, places = formats.read(data, name)
    return PlanGraph(plan, places.made_of(name, sha256(data).hexdigest()))


def _fetched(source: str | os.PathLike[str]) -> tuple[bytes, str]:
    from interagency import catalogue

    if source == "-":
        return files.read_standard_input(), "standard input"
    if isinstance(source, str) and not _exists(source):
        if catalogue.is_plan(source):
            name = source.casefold().replace("-", "_").replace(" ", "_")
            return catalogue.plan_bytes(source), f"{name}.yaml"
        if "." not in source and os.sep not in source:
            raise UnreadablePlan(
                f"There is no file and no bundled plan called {files.shown(source)}. "
                f"{did_you_mean(source, catalogue.plan_names())}"
            )
    return files.read_bytes(source), files.shown(source)


def _exists(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return True  # let reading say what is the matter with the name


def save(plan: Plan | PlanGraph, path: str | os.PathLike[str]) -> Path:
    """Write a plan as YAML or JSON, by the ending of the name; whole, or not at all.

    Raises:
        SaveError: the file cannot be written.
        UnknownName: the ending is of no known format.
    """
    from interagency import formats

    name = os.fspath(path)
    endings = [suffix for known in formats.FORMATS for suffix in known.suffixes]
    if not name.lower().endswith(tuple(endings)):
        raise UnknownName("format of plans", Path(name).suffix or name, endings)
    if isinstance(plan, PlanGraph):
        plan = plan.plan
    return files.write_whole(path, formats.write(plan, name))


def audit(
    plan: Plan | PlanGraph | str | os.PathLike[str],
    rules: Iterable[Rule] | None = None,
    *,
    waivers: bool = True,
    today: datetime.date | None = None,
) -> Audit:
    """Ask the rules about a plan.

    Args:
        plan: a plan, a view of one (``graph.as_of(2021)``, ``graph.only("protect")``), or what
            :func:`load` reads.
        rules: which rules; all built-in ones by default.
        waivers: whether the plan's waivers count.
        today: the day by which waivers end; the date of the view where it is not given.

    >>> result = audit(load("thailand").as_of(2021))
    >>> [f.agencies[0] for f in result.gaps if f.code == "G01"]
    ['labour']
    """
    from interagency.rules import BUILT_IN

    if isinstance(plan, str | os.PathLike):
        plan = load(plan)
    graph = plan if isinstance(plan, PlanGraph) else PlanGraph(plan)
    asked = BUILT_IN if rules is None else tuple(rules)
    known = [word for r in BUILT_IN for word in (r.name, r.code)]
    result = engine.run(graph, asked, waivers=waivers, known=known, today=today)
    parts = {f.name: getattr(result, f.name) for f in fields(result)}
    troubles = order.items(graph, result.findings)
    parts["findings"] = tuple(f for trouble in troubles for f in trouble.whole)
    audit = Audit(**parts)
    vars(audit)["items"] = troubles
    return audit


def suggest(audit: engine.Audit) -> tuple[Suggestion, ...]:
    """What would close each finding of an audit, tried out before it is proposed.

    >>> proposals = {p.finding.id: p for p in suggest(audit(load("thailand").as_of(2021)))}
    >>> [(h.sender, h.receiver, h.kind.value) for h in proposals["G01:labour"].handoffs]
    [('labour', 'mdt', 'referral'), ('mdt', 'labour', 'feedback')]
    """
    from interagency import suggestions

    rules = [outcome.rule for outcome in audit.outcomes]
    return tuple(suggestions.suggest(audit.graph, audit.findings, rules))


def chart(
    plan: Plan | PlanGraph | engine.Audit | str | os.PathLike[str],
    findings: Iterable[Finding] = (),
    *,
    view: str = "ladder",
    page: str = "a4",
    lanes: str = "sector",
    title: str | None = None,
    number: str = "",
    source: str | None = None,
    language: str | None = None,
    numbering: str | int | None = 1,
    questions: int = 8,
    suggestions: bool = False,
) -> Chart:
    """Draw a plan; from an audit, with its gaps and the questions to be asked first.

    Args:
        plan: a plan, a view of one, what :func:`load` takes, or an audit; of an audit without its
            gaps, ``audit.graph``.
        findings: what to mark; an audit brings its own.
        view: which kind of chart.
        page: the paper: a4, a3, letter or slide, or each of them standing: a4-portrait ...
        lanes: of the view lanes: what makes a lane, a sector or an agency.
        title: the title; the plan's by default.
        number: of the chart in a report, as in "Chart 2b".
        source: the note at the foot; made of the plan and the audit by default.
        language: BCP 47 tag; what the chart itself says, and names where the plan has them.
        numbering: the number of the first handoff; the others follow: 15, "2.1", "A-01". None draws
            a ladder without numbers; the other views need them.
        questions: of an audit's questions, how many troubles to draw, the first ones; a partial
            plan has more than a picture can hold, and the foot of the chart says how many.
        suggestions: of an audit, whether to draw the handoffs that :func:`suggest` proposes for
            what is drawn; each as a proposal, dotted, with what it closes.

    Raises:
        UnknownName: there is no such view, page or kind of lane.
        RenderError: numbers cannot begin so, or the view cannot do without them.

    >>> chart(audit(load("nepal"))).pages[0].title
    "Identification and referral without approved SOPs ..."
    """
    from interagency import charts

    if isinstance(plan, str | os.PathLike):
        plan = load(plan)
    more = tuple(findings)
    if isinstance(plan, engine.Audit):
        what = to_draw(plan, questions, suggestions=suggestions, language=language)
    else:
        what = ToDraw(plan if isinstance(plan, PlanGraph) else PlanGraph(plan))
    return charts.draw(
        what.graph,
        (*what.findings, *more),
        view=view,
        page=page,
        lanes=lanes,
        title=title,
        number=number,
        source=what.source if source is None else source,
        language=language,
        numbering=numbering,
        told=(*what.told, *more),
    )


class ToDraw(NamedTuple):
    """What of a plan and its audit is drawn."""

    graph: PlanGraph
    """The plan; with the proposals, where they are drawn."""
    findings: tuple[Finding, ...] = ()
    told: tuple[Finding, ...] = ()
    """What is told in words beside the picture."""
    source: str | None = None
    """What the foot says of it; nothing where the plan alone tells it."""


def to_draw(
    audit: engine.Audit,
    questions: int,
    *,
    suggestions: bool = False,
    language: str | None = None,
) -> ToDraw:
    """What of an audit is drawn: every gap, the first questions, and what would close them."""
    from interagency import suggestions as proposals
    from interagency.charts.ladder_rows import wording_of

    ours = wording_of(audit.graph, language)
    findings, source = findings_to_draw(audit, questions, ours)
    if not suggestions:
        return ToDraw(audit.graph, tuple(findings), audit.findings, source)
    rules = [outcome.rule for outcome in audit.outcomes]
    found = proposals.suggest(audit.graph, findings, rules)
    graph, closing = proposals.pasted(audit.graph, found)

    def closed(some: Iterable[Finding]) -> tuple[Finding, ...]:
        return tuple(
            replace(f, closed_by=(*f.closed_by, *closing[f.id])) if closing.get(f.id) else f
            for f in some
        )

    if source is not None:
        count = sum(h.proposed for h in graph.handoffs)
        source += " " + ours.say("Proposed, and agreed by nobody yet: {n}.", n=count)
    return ToDraw(graph, closed(findings), closed(audit.findings), source)


def findings_to_draw(
    audit: engine.Audit, most: int, ours: Wording
) -> tuple[list[Finding], str | None]:
    """The findings to draw (every gap, the first questions), and what the foot says of it."""
    only = audit.graph.view.pillars
    troubles = order.troubles(audit)
    asked = [t for t in troubles if t.state is engine.State.QUESTION]
    gaps = [f for t in troubles if t.state is engine.State.GAP for f in t.whole]
    drawn = [*gaps, *(f for t in asked[:most] for f in t.whole)]
    if only is not None:  # a page of one P has no place for what is missing under another
        drawn = [
            replace(f, expected=tuple(e for e in f.expected if only.intersection(e.pillars)))
            for f in drawn
        ]
    if len(asked) <= most and not audit.settings:
        return drawn, None
    from interagency.charts.frame import audit_source

    source = audit_source(
        audit.graph, ours, gaps=len(gaps), shown=min(most, len(asked)), open_=len(asked),
        settings=audit.settings,
    )  # fmt: skip
    return drawn, source
