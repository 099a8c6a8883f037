"""P05: tasks that somebody holds, and to whom no case comes, or from whom nothing goes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import CASE_KINDS, MOVING_KINDS, PlanGraph
from interagency.model import PERSON, PUBLIC, Agency, Handoff
from interagency.persons import AGE_AND_SEX
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, Group, HandoffKind, Pillar, Sector, Stage

_F = Function
_K = HandoffKind
_ASKING = CASE_KINDS - MOVING_KINDS - {_K.EVIDENCE_TRANSFER, _K.CHARGE}
_COUNTING = frozenset({_K.REPORTING, _K.INFORMATION_SHARING, _K.FEEDBACK, _K.CONSULTATION})
_SPREADING = frozenset({_K.GUIDANCE, _K.INFORMATION_SHARING, _K.TRAINING, _K.NOTIFICATION,
                        _K.JOINT_ACTION})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Task:
    """A task that is done for those who are brought to it, or that goes out to others.

    Attributes:
        id: names the finding.
        functions: those who hold one of these have the task.
        what: the task, as the beginning of a sentence.
        nothing: what is missing, a clause of its own.
        how: what no source states, after "No source states".
        expected: the handoff that would close it, from and to nobody yet.
        requirements: what asks for it.
        sectors: those of these sectors have the task too.
        kinds: kinds of handoff by which it comes there, or goes out.
        goes_out: whether the task is done by what leaves its holder.
        of_children: whether it is for children anyway.
    """

    id: str
    functions: tuple[Function, ...]
    what: str
    nothing: str
    how: str
    expected: Expected
    requirements: tuple[str, ...]
    sectors: tuple[Sector, ...] = ()
    kinds: frozenset[HandoffKind] = CASE_KINDS
    goes_out: bool = False
    of_children: bool = False

    def held_by(self, agency: Agency) -> bool:
        """Whether an agency has it."""
        return agency.sector in self.sectors or any(f in agency.functions for f in self.functions)

    def done_by(self, handoff: Handoff) -> bool:
        """Whether a handoff brings what it needs; facts on suspects and money bring nobody."""
        of_suspects = self.expected.pillars == _PROTECT and PlanGraph.is_of_an_inquiry(handoff)
        return handoff.kind in self.kinds and not of_suspects


_PROTECT, _PROSECUTE, _PREVENT = (Pillar.PROTECT,), (Pillar.PROSECUTE,), (Pillar.PREVENT,)
_EVERY = tuple(Pillar)
TASKS = (
    Task(
        "medical-care",
        (_F.MEDICAL_CARE,),
        "Medical care",
        "nobody brings a victim there",
        "how a victim comes there",
        Expected("", "", _K.REFERRAL, _PROTECT, Stage.ASSISTANCE, "person who needs medical care"),
        ("PAL-06-3", "COE-12-1B"),
    ),
    Task(
        "psychosocial-care",
        (_F.PSYCHOSOCIAL_CARE,),
        "Psychological and social care",
        "nobody brings a victim there",
        "how a victim comes there",
        Expected(
            "",
            "",
            _K.REFERRAL,
            _PROTECT,
            Stage.ASSISTANCE,
            "person who needs psychological or social care",
        ),
        ("PAL-06-3",),
    ),
    Task(
        "child-protection",
        (_F.CHILD_PLACEMENT, _F.BEST_INTERESTS_DETERMINATION, _F.GUARDIANSHIP),
        "The protection of children",
        "nobody brings a child there",
        "how a child comes there",
        Expected(
            "", "", _K.REFERRAL, _PROTECT, Stage.FIRST_RESPONSE, "person who is or may be a child"
        ),
        ("PAL-06-4", "OHC-P10", "COE-10-3"),
        sectors=(Sector.CHILD_PROTECTION,),
        of_children=True,
    ),
    Task(
        "stay",
        (_F.RESIDENCE_STATUS,),
        "The decision on a victim's stay",
        "nobody asks for one",
        "who asks for one",
        Expected(
            "",
            "",
            _K.REQUEST_FOR_ASSISTANCE,
            _PROTECT,
            Stage.LEGAL_STATUS,
            "request for a stay, as the person wishes",
        ),
        ("PAL-07", "COE-14-1"),
        kinds=_ASKING,
    ),
    Task(
        "return",
        (_F.SAFE_RETURN,),
        "A safe return",
        "nobody who wishes to return is brought there",
        "how those who wish to return come there",
        Expected(
            "",
            "",
            _K.REFERRAL,
            _PROTECT,
            Stage.RETURN_REINTEGRATION,
            "person who chose to return, with needs",
        ),
        ("PAL-08-2", "OHC-P11"),
    ),
    Task(
        "reintegration",
        (_F.REINTEGRATION_SUPPORT,),
        "Support for a life afterwards",
        "nobody is brought there",
        "how a person comes there",
        Expected(
            "",
            "",
            _K.REFERRAL,
            _PROTECT,
            Stage.RETURN_REINTEGRATION,
            "person who begins anew, with needs",
        ),
        ("PAL-06-3D", "NRM-05"),
    ),
    Task(
        "work",
        (_F.LABOUR_MARKET_ACCESS,),
        "The way to work or training",
        "nobody is brought there",
        "how a victim comes there",
        Expected(
            "",
            "",
            _K.REFERRAL,
            _PROTECT,
            Stage.SOCIAL_INCLUSION,
            "person ready for work or training",
        ),
        ("PAL-06-3D", "COE-12-4"),
    ),
    Task(
        "school",
        (_F.EDUCATION_ACCESS,),
        "The way to school",
        "nobody is brought there",
        "how a child comes there",
        Expected("", "", _K.REFERRAL, _PROTECT, Stage.SOCIAL_INCLUSION, "person ready for school"),
        ("PAL-06-3D", "COE-12-1F"),
        of_children=True,
    ),
    Task(
        "corruption",
        (_F.CORRUPTION_INVESTIGATION,),
        "The inquiry into officials who take part",
        "nobody reports anything there",
        "who reports there",
        Expected(
            "", "", _K.COMPLAINT, _PROSECUTE, Stage.INVESTIGATION, "suspicion against an official"
        ),
        ("UNT-09", "OHC-P6"),
        sectors=(Sector.ANTI_CORRUPTION,),
    ),
    Task(
        "calls-for-help",
        (_F.HOTLINE_OPERATION,),
        "Answering calls for help",
        "nobody calls there",
        "who calls there",
        Expected(
            "", "", _K.COMPLAINT, _PROTECT, Stage.DETECTION, "call for help, or about somebody"
        ),
        ("TVP-HL", "OHC-P8"),
        sectors=(Sector.HOTLINE,),
    ),
    Task(
        "monitoring",
        (_F.INDEPENDENT_MONITORING,),
        "Looking from outside at how the plan works",
        "nobody gives figures there",
        "who gives figures there",
        Expected("", "", _K.REPORTING, _EVERY, Stage.MONITORING, "figures and problems"),
        ("UTK-2-8", "OHC-G3"),
        sectors=(Sector.NATIONAL_RAPPORTEUR,),
        kinds=_COUNTING,
    ),
    Task(
        "public-informed",
        (_F.AWARENESS_RAISING, _F.SAFE_MIGRATION_INFORMATION),
        "Telling people of the risks",
        "nothing goes out from there",
        "whom it reaches",
        Expected(
            "", "", _K.GUIDANCE, _PREVENT, Stage.PREVENTION, "risks, rights, and where to get help"
        ),
        ("PAL-09-2", "UNT-31-5"),
        kinds=_SPREADING,
        goes_out=True,
    ),
    Task(
        "training",
        (_F.TRAINING_PROGRAMME,),
        "Training",
        "nobody is trained from there",
        "who is trained",
        Expected(
            "",
            "",
            _K.TRAINING,
            (Pillar.PREVENT, Pillar.PROTECT, Pillar.PROSECUTE),
            Stage.SYSTEM,
            "signs of trafficking, rights of victims, whom to call",
        ),
        ("PAL-10-2", "UNT-29-1"),
        kinds=frozenset({_K.TRAINING}),
        goes_out=True,
    ),
)
"""Tasks of which no other rule tells that nothing comes to those who have them.

Shelter (G12), legal help (G18), the tracing of money and compensation (G17), the protection of
witnesses (G19), requests to other States (G35) and complaints (G33) have rules of their own.
"""


@rule(
    code="P05",
    severity=Severity.MEDIUM,
    pillars=(Pillar.PREVENT, Pillar.PROTECT, Pillar.PROSECUTE),
    requirements=tuple(dict.fromkeys(r for task in TASKS for r in task.requirements)),
)
def task_nobody_comes_to(graph: PlanGraph) -> Iterator[Answer]:
    """A task has a holder, and no case comes there, or nothing goes out from it.

    Why it matters:
        A hospital that is named in the plan and to which nobody sends anybody treats no victim. In
        a table of tasks it looks just like one that does.

    What it looks at:
        Tasks done for those who are brought to them: medical, psychological and social care, the
        protection of children, a decision on the stay, a safe return, a life afterwards, work and
        school, the inquiry into corrupt officials. Each is in order when a case (a referral,
        notice, request, complaint, decision ...) comes to one who holds it, from another agency
        or from a person; facts on suspects and money bring nobody into care, and who is handed over
        has not asked for a stay. And two tasks that go out: a message on the risks has to go out
        from those who inform people, and training from those who train. Where
        all that comes there is for children, or for adults, and the place takes others too, it is
        said who is left.

    When it is no trouble:
        People come of themselves, as patients do, and nobody has to send them: write it as a
        handoff from person. The task is done within another agency: write it there.

    Broken:
        format: 1
        plan: {id: example, title: A hospital that waits, as_of: 2024, completeness: complete}
        agencies:
          - {id: shelter, name: Shelter, roles: [service_provider]}
          - {id: hospital, name: Hospital, sector: health, functions: [medical_care]}
        handoffs:
          - {from: hospital, to: shelter, pillars: [protect], kind: referral}

    Mended:
        format: 1
        plan: {id: example, title: A hospital that is called, as_of: 2024, completeness: complete}
        agencies:
          - {id: shelter, name: Shelter, roles: [service_provider]}
          - {id: hospital, name: Hospital, sector: health, functions: [medical_care]}
        handoffs:
          - {from: hospital, to: shelter, pillars: [protect], kind: referral}
          - {from: shelter, to: hospital, pillars: [protect], kind: referral}
    """
    for task in TASKS:
        holders = tuple(a for a in graph.agencies if task.held_by(a))
        if not holders or not graph.concerns(task.functions):
            continue
        done = [h for holder in holders for h in _passing(graph, task, holder.id)]
        left = _left(graph, task, holders, done)
        if done and not left:
            yield Met(Ref(Kind.PLAN, task.id))
        else:
            yield _flag(graph, task, graph.likely(holders), left)


def _passing(graph: PlanGraph, task: Task, holder: str) -> Iterator[Handoff]:
    passing = graph.sent_by(holder) if task.goes_out else graph.received_by(holder)
    return (h for h in passing if task.done_by(h) and h.sender != h.receiver)


def _left(
    graph: PlanGraph, task: Task, holders: tuple[Agency, ...], done: list[Handoff]
) -> tuple[Group, ...]:
    """Whom of an age or sex the holders take, and no line to them is open to."""
    if not done or task.goes_out or task.of_children:
        return ()
    open_to = reduce(or_, map(graph.whom_it_carries, done))
    taken = reduce(or_, (graph.persons.passing(a.accepts or ()) for a in holders))
    return tuple(g for g in graph.persons.told(taken & ~open_to) if g in AGE_AND_SEX)


def _flag(
    graph: PlanGraph, task: Task, holders: tuple[Agency, ...], left: tuple[Group, ...]
) -> Flag:
    groups = listed(group.label for group in left)
    nothing = f"no line there is open to {groups}" if left else task.nothing
    how = f"how {groups} come there" if left else task.how
    names = listed((a.name for a in holders), most=3)
    others = _others(graph, task, {a.id for a in holders})
    ends = [(holders[0].id, o) if task.goes_out else (o, holders[0].id) for o in others]
    return Flag(
        about=(Ref(Kind.PLAN, task.id), *agency(*(a.id for a in holders))),
        message=f"{task.what} is a task of {names}, and {nothing}.",
        ask=f"{task.what} is a task of {names}. No source states {how}.",
        mend=(
            f"Write whom {holders[0].name} reaches, with what and how often."
            if task.goes_out
            else f"Write who brings whom to {holders[0].name}, when, and with what in hand."
        ),
        expected=tuple(
            replace(task.expected, sender=sender, receiver=receiver) for sender, receiver in ends
        ),
        pillars=task.expected.pillars,
        requirements=task.requirements,
    )


def _others(graph: PlanGraph, task: Task, holders: set[str]) -> list[str]:
    """With whom the handoff that is missing is likeliest: those who have victims in their hands."""
    if task.goes_out:
        near = [PUBLIC] if task.kinds is _SPREADING else [a.id for a in graph.detectors]
    elif task.expected.kind is _K.COMPLAINT:
        near = [PUBLIC, PERSON]
    else:
        having = (*graph.case_managers, *graph.providers, *graph.competent_authorities)
        near = [a.id for a in graph.likely(dict.fromkeys(having))]
    return [an_id for an_id in dict.fromkeys(near) if an_id not in holders][:3]
