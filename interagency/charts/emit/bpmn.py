"""A plan as BPMN 2.0 with its drawing, for bpmn.io, Camunda and other modellers.

Each agency is a pool of its own, for it decides for itself; each handoff is a message flow from a
task that sends to a task that receives. What an agency does stands in an ad-hoc sub-process,
which says what a plan says: these are its tasks, and no order among them is stated. A handoff
within one agency is a sequence flow, because BPMN has no message to oneself. The drawing is the
ladder laid on its side, so that no arrow lies on another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from interagency.charts.emit.cast import Actor, Cast, Step, cast, complete
from interagency.charts.numbering import FROM_ONE, Numbering
from interagency.charts.text import clean, measure, scrubbed, wrap
from interagency.charts.theme import PILLARS
from interagency.charts.wording import Wording, marked

if TYPE_CHECKING:
    from interagency.engine import Finding
    from interagency.graph import PlanGraph

_SPACES = (
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" '
    'xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0" '
    'xmlns:color="http://www.omg.org/spec/BPMN/non-normative/color/1.0"'
)
_LEFT, _TOP, _TAB = 160, 80, 30
_COLUMN, _TASK_WIDTH, _TASK_HEIGHT = 180, 150, 80
_LINE, _OVER_WORDS = 14.4, 40  # a line of words in a task, and room for its sign over them
_AROUND = 8  # between tasks and their sub-process, which must not reach the frame of a pillar
_EVENT, _ROOM = 36, 105  # an event, and the room for it and its words beside the tasks
_TO_FIRST, _TO_LAST = 60, 24  # so near that its words end before the next arrow
_POOL, _HIGHEST_POOL, _BETWEEN = 170, 600, 30


def escaped(text: str) -> str:
    """A text as it stands in XML, whatever it holds.

    >>> escaped('<R&D> "x"')
    '&lt;R&amp;D&gt; &quot;x&quot;'
    """
    return escape(scrubbed(clean(text)), quote=True)


def in_lines(text: str) -> str:
    """The words of a task as they stand in XML, their lines ended where no space ends them.

    Modellers break lines at spaces. Where a script has none they would cut through a word.

    >>> in_lines("a referral to the shelter of the province, with consent")
    'a referral to the shelter of the province, with consent'
    """
    left, told = clean(text).replace("\u200b", ""), ""
    for line in wrap(clean(text), 12, _TASK_WIDTH - 16):
        left = left.removeprefix(line)
        ended = "" if not left or left[0] == " " or line[-1].isascii() else "\n"
        told += line + (" " if left.startswith(" ") else ended)
        left = left.removeprefix(" ")
    return "&#10;".join(map(escaped, told.split("\n")))


@dataclass(frozen=True, slots=True)
class _Task:
    """One end of a handoff, in the pool of who sends or who receives."""

    key: str
    step: Step
    sends: bool
    column: int

    @property
    def left(self) -> float:
        return _LEFT + _TAB + _ROOM + self.column * _COLUMN + (_COLUMN - _TASK_WIDTH) / 2

    @property
    def words(self) -> str:
        if self.sends:
            return self.step.words
        ours = self.step.row.wording
        number = f"({self.step.row.number}) " if self.step.there else ""
        if self.step.sender == self.step.receiver:
            return number + (self.step.row.limit or ours.say("Within the agency"))
        return number + ours.say("From {name}", name=self.step.sender.name)


@dataclass(frozen=True, slots=True)
class _Pool:
    """One who takes part, with all its tasks, and its place in the drawing."""

    actor: Actor
    tasks: tuple[_Task, ...]
    top: float
    height: float

    @property
    def middle(self) -> float:
        return self.top + self.height / 2

    @property
    def span(self) -> tuple[float, float]:
        """From where to where its ad-hoc sub-process reaches."""
        lefts = [task.left for task in self.tasks]
        return min(lefts) - _AROUND, max(lefts) + _TASK_WIDTH + _AROUND

    @property
    def task_height(self) -> float:
        """As high as the longest words in it need."""
        most = max((len(wrap(clean(t.words), 12, _TASK_WIDTH - 16)) for t in self.tasks), default=0)
        return max(_TASK_HEIGHT, most * _LINE + _OVER_WORDS)

    def id(self, what: str) -> str:
        return f"{self.actor.key}_{what}"


def bpmn(
    graph: PlanGraph,
    findings: Sequence[Finding] = (),
    language: str | None = None,
    numbering: Numbering = FROM_ONE,
) -> str:
    """Write a plan as BPMN 2.0: a pool for each agency, a message flow for each handoff.

    >>> import interagency
    >>> text = bpmn(interagency.load("nepal"))
    >>> text.count("<bpmn:messageFlow "), text.count("<bpmn:participant ")
    (4, 9)

    Raises:
        RenderError: a handoff did not come through.
    """
    found = cast(graph, findings, language, numbering)
    columns = _columns(found.steps)
    pools = _pools(found, columns)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<bpmn:definitions {_SPACES} id="plan" name="{escaped(found.title)}" '
        'targetNamespace="urn:interagency:plan" exporter="interagency">',
        *_messages(found),
        *_categories(found),
        *_collaboration(found, pools),
        *(line for pool in pools if pool.tasks for line in _process(pool, found.wording)),
        *_drawing(found, pools),
        "</bpmn:definitions>",
    ]
    text = "\n".join(lines) + "\n"
    flows = text.count("<bpmn:messageFlow ") + text.count('<bpmn:sequenceFlow id="h')
    complete(flows, found.steps, "BPMN text")
    complete(text.count('<bpmndi:BPMNEdge id="h'), found.steps, "BPMN drawing")
    return text


def _columns(steps: Sequence[Step]) -> Mapping[str, int]:
    """The column of each handoff; one within an agency takes two, for both of its tasks."""
    places: dict[str, int] = {}
    at = 0
    for step in steps:
        places[step.key] = at
        at += 2 if step.sender == step.receiver else 1
    places[""] = at
    return places


def _pools(found: Cast, columns: Mapping[str, int]) -> tuple[_Pool, ...]:
    tasks: dict[str, list[_Task]] = {actor.key: [] for actor in found.actors}
    for step in found.steps:
        at = columns[step.key]
        within = step.sender == step.receiver
        tasks[step.sender.key].append(_Task(f"{step.key}_out", step, True, at))
        tasks[step.receiver.key].append(_Task(f"{step.key}_in", step, False, at + within))
    pools = []
    top = float(_TOP)
    for actor in found.actors:
        # The name runs up the side in two lines.
        needed = min(_HIGHEST_POOL, measure(actor.name, 12) / 2 * 1.15 + 20)
        pool = _Pool(actor, tuple(tasks[actor.key]), top, 60)
        if pool.tasks:
            around = pool.task_height + _POOL - _TASK_HEIGHT
            pool = replace(pool, height=max(around, round(needed)))
        pools.append(pool)
        top += pool.height + _BETWEEN
    return tuple(pools)


# --- what it says -----------------------------------------------------------------------------


def _messages(found: Cast) -> Iterator[str]:
    for step in found.steps:
        if step.sender != step.receiver:
            yield f'  <bpmn:message id="{step.key}_message" name="{escaped(step.words)}"/>'


def _categories(found: Cast) -> Iterator[str]:
    for pillar, _ in found.panels():
        yield f'  <bpmn:category id="category_{pillar.value}">'
        word = escaped(found.wording.say(PILLARS[pillar].word))
        yield f'    <bpmn:categoryValue id="value_{pillar.value}" value="{word}"/>'
        yield "  </bpmn:category>"


def _collaboration(found: Cast, pools: Sequence[_Pool]) -> Iterator[str]:
    yield '  <bpmn:collaboration id="collaboration">'
    yield f"    <bpmn:documentation>{escaped(found.summary)}</bpmn:documentation>"
    for pool in pools:
        process = f' processRef="{pool.id("process")}"' if pool.tasks else ""
        name = escaped(pool.actor.name)
        yield f'    <bpmn:participant id="{pool.actor.key}" name="{name}"{process}/>'
    # The tasks say which message it is: said here too, bpmn.io would draw its name a second time.
    for step in found.steps:
        if step.sender != step.receiver:
            yield (
                f'    <bpmn:messageFlow id="{step.key}" name="{escaped(_beside(step))}" '
                f'sourceRef="{step.key}_out" targetRef="{step.key}_in">'
            )
            yield f"      {_told(step)}"
            yield "    </bpmn:messageFlow>"
    for pillar, _ in found.panels():
        name = pillar.value
        yield f'    <bpmn:group id="group_{name}" categoryValueRef="value_{name}"/>'
    yield "  </bpmn:collaboration>"


def _beside(step: Step) -> str:
    """The few words beside an arrow; what passes stands in the task that sends it."""
    sign = step.row.number if step.there else step.row.wording.say(step.style.word)
    return f"{sign}: {step.row.limit}" if step.row.limit else sign


def _told(step: Step) -> str:
    return f"<bpmn:documentation>{escaped(step.told)}</bpmn:documentation>"


def _process(pool: _Pool, ours: Wording) -> Iterator[str]:
    begin, tasks, end = pool.id("start"), pool.id("tasks"), pool.id("end")
    first, last = pool.id("first"), pool.id("last")
    yield f'  <bpmn:process id="{pool.id("process")}" isExecutable="false">'
    starts, any_order, done = (
        escaped(ours.say(message))
        for message in (
            marked("Its part begins"),
            marked("In any order"),
            marked("Its part is done"),
        )
    )
    yield f'    <bpmn:startEvent id="{begin}" name="{starts}">'
    yield f"      <bpmn:outgoing>{first}</bpmn:outgoing>"
    yield "    </bpmn:startEvent>"
    yield f'    <bpmn:adHocSubProcess id="{tasks}" name="{any_order}" ordering="Parallel">'
    yield f"      <bpmn:incoming>{first}</bpmn:incoming>"
    yield f"      <bpmn:outgoing>{last}</bpmn:outgoing>"
    for task in pool.tasks:
        yield from _task(task)
    for task in pool.tasks:
        step = task.step
        if task.sends and step.sender == step.receiver:
            ends = f'sourceRef="{step.key}_out" targetRef="{step.key}_in"'
            yield f'      <bpmn:sequenceFlow id="{step.key}" {ends}>'
            yield f"        {_told(step)}"
            yield "      </bpmn:sequenceFlow>"
    yield "    </bpmn:adHocSubProcess>"
    yield f'    <bpmn:endEvent id="{end}" name="{done}">'
    yield f"      <bpmn:incoming>{last}</bpmn:incoming>"
    yield "    </bpmn:endEvent>"
    yield f'    <bpmn:sequenceFlow id="{first}" sourceRef="{begin}" targetRef="{tasks}"/>'
    yield f'    <bpmn:sequenceFlow id="{last}" sourceRef="{tasks}" targetRef="{end}"/>'
    yield "  </bpmn:process>"


def _task(task: _Task) -> Iterator[str]:
    step = task.step
    within = step.sender == step.receiver
    kind = "task" if within else "sendTask" if task.sends else "receiveTask"
    message = "" if within else f' messageRef="{step.key}_message"'
    yield f'      <bpmn:{kind} id="{task.key}" name="{in_lines(task.words)}"{message}>'
    if within:
        way = "outgoing" if task.sends else "incoming"
        yield f"        <bpmn:{way}>{step.key}</bpmn:{way}>"
    yield f"      </bpmn:{kind}>"


# --- how it is drawn --------------------------------------------------------------------------


def _drawing(found: Cast, pools: Sequence[_Pool]) -> Iterator[str]:
    right = _right(pools)
    yield '  <bpmndi:BPMNDiagram id="diagram">'
    yield '    <bpmndi:BPMNPlane id="plane" bpmnElement="collaboration">'
    for pool in pools:
        yield from _pool_shapes(pool, right)
    places = {task.key: (task, pool) for pool in pools for task in pool.tasks}
    for step in found.steps:
        yield from _arrow(step, *places[f"{step.key}_out"], *places[f"{step.key}_in"])
    yield from _bands(found, pools, {key: task for key, (task, _) in places.items()})
    yield "    </bpmndi:BPMNPlane>"
    yield "  </bpmndi:BPMNDiagram>"


def _right(pools: Sequence[_Pool]) -> float:
    last = max((task.column for pool in pools for task in pool.tasks), default=0)
    return _LEFT + _TAB + _ROOM * 2 + (last + 1) * _COLUMN


def _bounds(left: float, top: float, width: float, height: float) -> str:
    return f'<dc:Bounds x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}"/>'


def _shape(key: str, more: str, bounds: str) -> Iterator[str]:
    yield f'      <bpmndi:BPMNShape id="{key}_shape" bpmnElement="{key}"{more}>'
    yield f"        {bounds}"
    yield "      </bpmndi:BPMNShape>"


def _pool_shapes(pool: _Pool, right: float) -> Iterator[str]:
    box = _bounds(_LEFT, pool.top, right - _LEFT, pool.height)
    yield from _shape(pool.actor.key, ' isHorizontal="true"', box)
    if not pool.tasks:
        return
    left, end = pool.span
    up = pool.middle - _EVENT / 2
    yield from _shape(
        pool.id("tasks"), ' isExpanded="true"',
        _bounds(left, pool.top + 20, end - left, pool.height - 40),
    )  # fmt: skip
    for task in pool.tasks:
        top = pool.middle - pool.task_height / 2
        yield from _shape(task.key, "", _bounds(task.left, top, _TASK_WIDTH, pool.task_height))
    for event, x in (("start", left - _TO_FIRST), ("end", end + _TO_LAST)):
        yield from _shape(pool.id(event), "", _bounds(x, up, _EVENT, _EVENT))
    for flow, ends in (
        ("first", (left - _TO_FIRST + _EVENT, left)),
        ("last", (end, end + _TO_LAST)),
    ):
        way = [(x, pool.middle) for x in ends]
        yield from _edge(pool.id(flow), "", way, None)


def _edge(
    key: str, look: str, way: Sequence[tuple[float, float]], label: str | None
) -> Iterator[str]:
    # The drawing of a handoff is called by its key, so that they can be counted.
    yield f'      <bpmndi:BPMNEdge id="{key}_edge" bpmnElement="{key}"{look}>'
    for x, y in way:
        yield f'        <di:waypoint x="{x:g}" y="{y:g}"/>'
    if label:
        yield f"        <bpmndi:BPMNLabel>{label}</bpmndi:BPMNLabel>"
    yield "      </bpmndi:BPMNEdge>"


def _arrow(step: Step, out: _Task, giver: _Pool, into: _Task, taker: _Pool) -> Iterator[str]:
    colour = step.style.line
    look = f' bioc:stroke="{colour}" color:border-color="{colour}"'
    if giver is taker:
        way = [(out.left + _TASK_WIDTH, giver.middle), (into.left, giver.middle)]
        corner = (way[0][0], giver.middle - 30)
    else:
        middle = out.left + _TASK_WIDTH / 2
        down = 1 if giver.top < taker.top else -1
        starts = giver.middle + down * giver.task_height / 2
        way = [(middle, starts), (middle, taker.middle - down * taker.task_height / 2)]
        beyond = giver.middle + down * (giver.height / 2 + 3)
        corner = (middle + 6, beyond if down > 0 else beyond - 14)
    width = min(_COLUMN - 20, measure(_beside(step), 11) + 6)  # to the next arrow at most
    yield from _edge(step.key, look, way, _bounds(*corner, round(width), 14))


def _bands(found: Cast, pools: Sequence[_Pool], tasks: Mapping[str, _Task]) -> Iterator[str]:
    """A frame around the columns of each pillar."""
    bottom = pools[-1].top + pools[-1].height if pools else _TOP
    panels = list(found.panels())
    starts = [tasks[f"{steps[0].key}_out"].column for _, steps in panels]
    edges = [*starts, max((task.column for task in tasks.values()), default=0) + 1]
    for (pillar, _), (first, last) in zip(panels, pairwise(edges), strict=True):
        left = _LEFT + _TAB + _ROOM + first * _COLUMN + 1
        box = _bounds(left, _TOP - 40, (last - first) * _COLUMN - 2, bottom - _TOP + 60)
        yield from _shape(f"group_{pillar.value}", "", box)
