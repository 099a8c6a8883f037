"""The missing handoff, named: what would close a finding, tried out before it is proposed.

A proposal is a handoff with what must travel with it, and where persons move the word that goes
back; several handoffs, where a finding asks for several (word back to three referrers). It is
proposed only when it was tried: with it in the plan its finding is closed, no rule finds anything
new, and no guarded handoff is created. Where nothing passes that test, what opens only something
less grave is proposed, and says so; else the proposal says what else is needed.

Where the plan has a line with the same ends, kind and stage, that line is mended before a second
one is drawn beside it. Consent is asked for where a person is told of; what passes outside of
cases, so that others may learn or count, is proposed without names.

Among those that pass, the first is the one that asks for least: the plan itself speaks of it (as
planned, unused, ended ...); then the person is told; then nobody is sent to those who investigate;
then the two ends already work with one another; then the receiver that most ways in lead to
already; then the order of the rule. Where a rule wants all that it expects, all are proposed. No
time limit is proposed on what a person may do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from interagency import catalogue
from interagency.engine import Expected, Finding, Flag, Rule, listed
from interagency.formats import plain_handoff, yaml_lines
from interagency.graph import MOVING_KINDS, PlanGraph
from interagency.guards import may_hear_back, tells_of_persons, violates
from interagency.model import PARTICIPANTS, PERSON, Handoff, Within
from interagency.vocabulary import Data, HandoffKind, Need, Pillar, Stage, Status

IN_FORCE: Mapping[str, object] = {"status": Status.IN_FORCE, "since": None, "until": None}
"""What is changed of a line that the plan has already, so that it counts as there."""
MOST_TRIED = 6
"""Handoffs tried one by one for a finding."""
MOST_TOGETHER = 12
"""Handoffs proposed together for a finding."""

_NEEDS: Mapping[HandoffKind, tuple[Need, ...]] = {
    HandoffKind.REFERRAL: (Need.CONSENT, Need.LANGUAGE, Need.CONFIDENTIALITY),
    HandoffKind.CUSTODY_TRANSFER: (Need.ACKNOWLEDGEMENT, Need.LANGUAGE, Need.WRITTEN_RECORD),
    HandoffKind.NOTIFICATION: (Need.CONSENT, Need.CONFIDENTIALITY, Need.DATA_PROTECTION),
    HandoffKind.INFORMATION_SHARING: (Need.CONSENT, Need.DATA_PROTECTION, Need.USE_LIMITATION),
    HandoffKind.EVIDENCE_TRANSFER: (Need.CONFIDENTIALITY, Need.WRITTEN_RECORD),
    HandoffKind.REQUEST_FOR_ASSISTANCE: (Need.CONSENT, Need.CONFIDENTIALITY),
    HandoffKind.DECISION: (Need.LANGUAGE, Need.WRITTEN_RECORD, Need.APPEAL),
    HandoffKind.COMPLAINT: (Need.CONSENT, Need.CONFIDENTIALITY),
    HandoffKind.FEEDBACK: (Need.CONSENT, Need.DATA_PROTECTION, Need.CONFIDENTIALITY),
    HandoffKind.REPORTING: (Need.DATA_PROTECTION,),
}
"""What must travel with a kind of handoff, whatever else a requirement adds."""
_TO_THE_PERSON = frozenset({Need.CONSENT, Need.DATA_PROTECTION, Need.USE_LIMITATION})
"""What guards a person's story from others, and is no need of what is told to that person."""
_LEARNING = frozenset({HandoffKind.INFORMATION_SHARING, HandoffKind.REPORTING})
"""Kinds from which others may learn without knowing of whom."""
_OUTSIDE_OF_CASES = frozenset({Stage.SYSTEM, Stage.PREVENTION, Stage.MONITORING})
"""Stages of what passes outside of cases; at the others it is of use with a name only."""

TO_AGREE_ON = "a proposal; agree on the number"
"""What is written beside every time limit that is proposed."""
_FIELDS: Mapping[str, str] = {
    "within": "a time limit",
    "basis": "its basis",
    "trigger": "what sets it off",
    "form": "its form",
}
"""What a line of a plan may leave unsaid and a proposal says, in words."""
_HURRY = frozenset(
    {Stage.DETECTION, Stage.FIRST_RESPONSE, Stage.IDENTIFICATION, Stage.ASSISTANCE,
     Stage.REFLECTION, Stage.TRIAL_PROTECTION}
)  # fmt: skip
_SOON, _SOME_DAYS, _LATER = "PT24H", "P7D", "P30D"


@dataclass(frozen=True)
class Suggestion:
    """What would close a finding."""

    finding: Finding
    handoffs: tuple[Handoff, ...] = ()
    """The handoff, and the word back where persons move; empty where none would do."""
    because: str = ""
    """Why this one."""
    needed: tuple[str, ...] = ()
    """What else is needed where no handoff can close it."""


def suggest(
    graph: PlanGraph, findings: Iterable[Finding], rules: Iterable[Rule]
) -> Iterator[Suggestion]:
    """What would close each finding, in their order.

    Args:
        graph: the view of the plan that was audited.
        findings: what is to be closed.
        rules: the rules of the audit: none of them may find anything new that is as grave.
    """
    asked = tuple(rules)
    trial = _Trial(graph.of_all_pillars.in_order, {rule.code: rule for rule in asked})
    for finding in findings:
        if finding.code in trial.rules:
            yield trial.suggested(finding)


_Edge = tuple[str, str, HandoffKind, Stage | None, str | None]


@dataclass(frozen=True, slots=True)
class _Tried:
    """Handoffs that close a finding: the ids taken with them, and what they open."""

    handoffs: tuple[Handoff, ...]
    taken: set[str]
    opens: tuple[Rule, ...]


class _Trial:
    """Tries handoffs out in one plan; ids are given once for all proposals."""

    def __init__(self, graph: PlanGraph, rules: Mapping[str, Rule]) -> None:
        self.graph = graph
        self.rules = rules
        self.before = {code: _subjects(rule, graph) for code, rule in rules.items()}
        self.taken = {h.id for h in graph.plan.handoffs}
        self.made: dict[_Edge, Handoff] = {}

    def suggested(self, finding: Finding) -> Suggestion:
        """The first handoff, or the fewest together, that open nothing.

        Where there are none, the first that open only what is less grave, and it is said.
        """
        refused: list[str] = []
        second: tuple[_Tried, str] | None = None
        for wanted, because in self._choices(finding):
            if len(wanted) == 1 and (mended := self._mending(wanted[0], finding)):
                return mended
            tried = self._tried(wanted, finding, refused)
            if tried and not tried.opens:
                return self._taken(tried, finding, because)
            second = second or ((tried, because) if tried else None)
        if second:
            tried, because = second
            opened = listed(f"{r.code} {r.name} ({r.severity})" for r in tried.opens)
            return self._taken(tried, finding, f"{because}; see to what it opens: {opened}")
        needed = (*finding.lacking, *refused) or (finding.mend,)
        return Suggestion(finding, needed=tuple(needed))

    def _choices(self, finding: Finding) -> Iterator[tuple[tuple[Expected, ...], str]]:
        """What to try, each with why: handoffs one by one, then the fewest together."""
        if finding.together and finding.expected:
            every = finding.expected[:MOST_TOGETHER]
            why = f"each of these {len(every)} is wanted" if len(every) > 1 else ""
            yield every, why or _because(self.graph, every[0])
            return
        for one in _ranked(self.graph, finding.expected)[:MOST_TRIED]:
            yield (one,), _because(self.graph, one)
        together = self._fewest(finding)
        if len(together) > 1:
            yield together, f"it takes {len(together)} handoffs together"

    def _taken(self, tried: _Tried, finding: Finding, because: str) -> Suggestion:
        self.taken = tried.taken
        for h in tried.handoffs:
            self.made.setdefault(_edge(h), h)
        return Suggestion(finding, tried.handoffs, because=because)

    def _mending(self, wanted: Expected, finding: Finding) -> Suggestion | None:
        """The plan's own line with what it lacks, where that is enough to close the finding."""
        there, *_ = proposed(self.graph, wanted, finding, set(self.taken))
        for own in self.graph.handoffs:
            if not _same_line(own, there):
                continue
            mended = own.model_copy(update=_unsaid(own, there))
            if self._opens((mended,), finding, [], "") == ():
                because = f"the plan has the line {own.id}, which lacks this"
                return Suggestion(finding, (mended,), because=because)
        return None

    def _tried(
        self, wanted: tuple[Expected, ...], finding: Finding, refused: list[str]
    ) -> _Tried | None:
        """The handoffs, where they close the finding and open nothing as grave; else why not."""
        taken = set(self.taken)
        made = tuple(h for w in wanted for h in self._made(w, finding, taken))
        ends = "; ".join(
            f"{self.graph.name(w.sender)} → {self.graph.name(w.receiver)}" for w in wanted
        )
        opens = self._opens(made, finding, refused, ends)
        if opens is None:
            return None
        if grave := [r for r in opens if r.severity >= finding.severity]:
            refused.append(f"{ends} would open {listed(f'{r.code} {r.name}' for r in grave)}")
            return None
        return _Tried(made, taken, opens)

    def _opens(
        self, made: tuple[Handoff, ...], finding: Finding, refused: list[str], ends: str
    ) -> tuple[Rule, ...] | None:
        """The rules that find something new; None where it stays open or a guard is missing."""
        if guards := sorted({g for h in made for g in violates(self.graph, h)}):
            refused.append(f"{ends} would be a guarded handoff ({', '.join(guards)})")
            return None
        after = self.graph.with_handoffs(made)
        if not self._closed(finding, after):
            if "; " in ends:
                refused.append(f"{ends} together do not close it")
            return None
        return tuple(r for c, r in self.rules.items() if _subjects(r, after) - self.before[c])

    def _made(self, wanted: Expected, finding: Finding, taken: set[str]) -> tuple[Handoff, ...]:
        """The handoff, in place of the plan's own line where the plan speaks of it already.

        What was proposed for an earlier finding stands once.
        """
        before = set(taken)
        there, *back = proposed(self.graph, wanted, finding, taken)
        if earlier := self.made.get(_edge(there)):
            taken &= before
            taken |= {b.id for b in back if _edge(b) not in self.made}
            return earlier, *(self._once(b, earlier) for b in back)
        for h in self.graph.absent:
            same = (h.sender, h.receiver, h.kind) == (there.sender, there.receiver, there.kind)
            if same and self.graph.agency_is_there(h):
                own = h.model_copy(update={**IN_FORCE, **_unsaid(h, there)})
                return own, *(self._once(b, own) for b in back)
        return there, *(self._once(b, there) for b in back)

    def _once(self, back: Handoff, there: Handoff) -> Handoff:
        """The word that goes back with a handoff, or that was proposed before."""
        with_there = back.model_copy(update={"inferred": _goes_with(there)})
        return self.made.get(_edge(back), with_there)

    def _closed(self, finding: Finding, after: PlanGraph) -> bool:
        return finding.subject not in _subjects(self.rules[finding.code], after)

    def _fewest(self, finding: Finding) -> tuple[Expected, ...]:
        """Handoffs that close the finding together, none of which could be left out."""

        def close(chosen: list[Expected]) -> bool:
            taken = set(self.taken)
            made = [h for w in chosen for h in self._made(w, finding, taken)]
            return self._closed(finding, self.graph.with_handoffs(made))

        every = list(finding.expected)[:MOST_TOGETHER]
        if len(every) < 2 or not close(every):
            return ()
        for one in reversed(every.copy()):
            rest = [e for e in every if e is not one]
            if rest and close(rest):
                every = rest
        return tuple(every)


def _edge(h: Handoff) -> _Edge:
    """By what two proposals are one: ends, kind, stage, and what passes.

    Of steps by which a person moves at a stage one does, and of word back one at any.
    """
    word = h.kind is HandoffKind.FEEDBACK
    what = None if word or h.kind in MOVING_KINDS else h.what
    return h.sender, h.receiver, h.kind, None if word else h.stage, what


def _subjects(rule: Rule, graph: PlanGraph) -> frozenset[object]:
    """What a rule finds wrong; a rule that falls over where it did not before is a trouble too."""
    try:
        return frozenset(a.subject for a in rule(graph) if isinstance(a, Flag))
    except Exception:  # a rule of others; the audit tells of those that fall over by themselves
        return frozenset({rule.name})


def _ranked(graph: PlanGraph, expected: Iterable[Expected]) -> list[Expected]:
    """The handoffs that would close it, those that ask for least first."""
    known = {(h.sender, h.receiver) for h in graph.handoffs}
    known |= {(receiver, sender) for sender, receiver in known}
    spoken = {(h.sender, h.receiver) for h in graph.absent}
    ways = graph.ways_in

    def asks(e: Expected) -> tuple[bool, bool, bool, bool, int]:
        ends = (e.sender, e.receiver)
        inquiry = e.kind in MOVING_KINDS and _investigates(graph, e.receiver)
        told = e.receiver == PERSON
        return ends not in spoken, not told, inquiry, ends not in known, -ways.get(e.receiver, 0)

    return sorted(expected, key=asks)


def _investigates(graph: PlanGraph, end: str) -> bool:
    return end not in PARTICIPANTS and graph.investigates(graph.agency(end))


def _because(graph: PlanGraph, wanted: Expected) -> str:
    """Why this one came first, in words."""
    for h in graph.absent:
        if (h.sender, h.receiver) == (wanted.sender, wanted.receiver):
            return f"the plan itself speaks of it: {h.id} {graph.why_absent(h)}"
    if wanted.receiver == PERSON:
        return "the person whom it concerns learns of it"
    known = any({h.sender, h.receiver} == {wanted.sender, wanted.receiver} for h in graph.handoffs)
    if known:
        return "the two already work with one another"
    ways = graph.ways_in.get(wanted.receiver, 0)
    if ways:
        first = len(graph.entries)
        return f"a case already comes to the receiver from {ways} of {first} first contacts"
    return "it is the first that the rule names"


def proposed(
    graph: PlanGraph, wanted: Expected, finding: Finding, taken: set[str]
) -> tuple[Handoff, ...]:
    """The handoff as it would stand in the plan, and the word back where persons move.

    Args:
        graph: the view of the plan.
        wanted: the handoff that the rule expects.
        finding: what it is to close.
        taken: ids that are taken; those given here are added.
    """
    word = "-feedback" if wanted.kind is HandoffKind.FEEDBACK else ""
    there = Handoff(
        id=_free(f"{wanted.sender}-{wanted.receiver}{word}", taken),
        sender=wanted.sender,
        receiver=wanted.receiver,
        pillars=wanted.pillars or (Pillar.PROTECT,),
        kind=wanted.kind,
        stage=wanted.stage,
        what=wanted.what or None,
        trigger="to be agreed",
        within=_limit(wanted),
        basis="to be prescribed",
        form="to be agreed",
        proposed=True,
        inferred=f"the whole line: proposed to close {finding.id}",
    )
    there = there.model_copy(update=_told(there, _needs(wanted, finding), wanted.needs))
    both = {wanted.sender, wanted.receiver}
    if wanted.kind not in MOVING_KINDS or both & PARTICIPANTS.keys():
        return (there,)
    heard = graph.received_by(wanted.sender, {HandoffKind.FEEDBACK})
    if any(h.sender == wanted.receiver for h in heard):
        return (there,)
    if not may_hear_back(graph, wanted.sender, wanted.receiver):
        return (there,)
    back = Handoff(
        id=_free(f"{wanted.receiver}-{wanted.sender}-feedback", taken),
        sender=wanted.receiver,
        receiver=wanted.sender,
        pillars=there.pillars,
        kind=HandoffKind.FEEDBACK,
        stage=wanted.stage,
        what="whether the person was taken in, as far as the person agrees",
        trigger="to be agreed",
        within=Within(max=_LATER, wording=TO_AGREE_ON),
        needs=_NEEDS[HandoffKind.FEEDBACK],
        basis="to be prescribed",
        form="to be agreed",
        proposed=True,
        inferred=_goes_with(there),
    )
    return there, back


def _limit(wanted: Expected) -> Within | None:
    """A time limit to be agreed on; none on what a person, one for a person, or the public may do.

    A day where somebody is on the way or in danger; a decision takes its time, but where it holds
    up a removal.
    """
    claim = wanted.kind is HandoffKind.COMPLAINT and wanted.stage is Stage.COMPENSATION
    if claim or wanted.sender in PARTICIPANTS:
        return None
    hurry = wanted.stage in _HURRY or wanted.kind in MOVING_KINDS
    held_up = wanted.stage is Stage.REFLECTION
    soon = _SOME_DAYS if wanted.kind is HandoffKind.DECISION and not held_up else _SOON
    return Within(max=soon if hurry else _LATER, wording=TO_AGREE_ON)


def _goes_with(there: Handoff) -> str:
    return f"the whole line: goes with {there.id}"


def _told(there: Handoff, needs: tuple[Need, ...], own: tuple[Need, ...]) -> dict[str, object]:
    """What travels with it, as far as it tells others of a person: so where its own needs say so.

    Whatever is said to a person or by one is said in a language the person has.
    """
    if PERSON in (there.sender, there.receiver):
        kept = (n for n in needs if n not in _TO_THE_PERSON)
        return {"needs": tuple(dict.fromkeys((Need.LANGUAGE, *kept)))}
    if Need.CONSENT in own or tells_of_persons(there):
        return {"needs": needs}
    learning = there.kind in _LEARNING and there.stage in (None, *_OUTSIDE_OF_CASES)
    data = Data.ANONYMOUS if learning else None
    return {"needs": tuple(n for n in needs if n is not Need.CONSENT), "data": data}


def _same_line(own: Handoff, there: Handoff) -> bool:
    return (own.sender, own.receiver, own.kind, own.stage) == (
        there.sender,
        there.receiver,
        there.kind,
        there.stage,
    )


def _unsaid(own: Handoff, there: Handoff) -> dict[str, object]:
    """What the plan's own line does not say yet and the proposal does."""
    said = {f: getattr(there, f) for f in _FIELDS if getattr(own, f) is None}
    return {**said, "needs": tuple(dict.fromkeys([*own.needs, *there.needs]))}


def _needs(wanted: Expected, finding: Finding) -> tuple[Need, ...]:
    """What the rule says must travel with it, what its kind asks for, and the requirements."""
    asked = [
        need
        for requirement in finding.requirements
        for need in catalogue.needs_of(requirement, wanted.kind)
    ]
    return tuple(dict.fromkeys([*wanted.needs, *_NEEDS.get(wanted.kind, ()), *map(Need, asked)]))


def _free(an_id: str, taken: set[str]) -> str:
    number = 1
    new = an_id
    while new in taken:
        number += 1
        new = f"{an_id}-{number}"
    taken.add(new)
    return new


def pasted(
    graph: PlanGraph, suggestions: Iterable[Suggestion]
) -> tuple[PlanGraph, Mapping[str, tuple[str, ...]]]:
    """A plan with every proposal in it, to be drawn; and the ids of those that close a finding.

    A proposal for several findings stands once. A line that the plan speaks of, and that would only
    have to hold, stands as a proposal, and says why it does not hold today. A line that is there
    and would have to be mended stays as it is, and what it would be stands beside it.
    """
    own = {h.id for h in graph.plan.handoffs}
    taken = set(own)
    made: dict[str, Handoff] = {}
    closing: dict[str, tuple[str, ...]] = {}
    for s in suggestions:
        asked = {(e.sender, e.receiver, e.kind.value) for e in s.finding.expected}
        ids = []
        for h in s.handoffs:
            if h.id not in made:
                made[h.id] = _to_hold(graph, h, taken) if h.id in own else h
            if (h.sender, h.receiver, h.kind.value) in asked:
                ids.append(made[h.id].id)
        closing[s.finding.id] = tuple(ids)
    return graph.with_handoffs(made.values()), closing


def _to_hold(graph: PlanGraph, handoff: Handoff, taken: set[str]) -> Handoff:
    """A line of the plan that is proposed to hold from now on, or to be mended."""
    own = graph.handoff(handoff.id)
    if own in graph.handoffs:
        more = [*_more_needs(own, handoff), *_more_said(own, handoff)]
        what = f"{own.what or own.kind.label} (from now on with {listed(more)})"
        beside = _free(f"{own.id}-mended", taken)
        return handoff.model_copy(update={"id": beside, "proposed": True, "what": what})
    why = graph.why_absent(graph.handoff(handoff.id))
    what = f"{handoff.what or handoff.kind.label} (in the plan it {why})"
    return handoff.model_copy(update={"proposed": True, "what": what})


def fragment(graph: PlanGraph, suggestions: Iterable[Suggestion]) -> str:
    """Suggestions as the ``handoffs`` of a plan file, ready to be pasted, with comments."""
    facts = graph.plan.facts
    lines = [
        f"# Proposed by an audit of {facts.id}, as of {graph.view.as_of}. No source states these",
        "# handoffs: agree on them first, then paste what was agreed under 'handoffs:' and take",
        "# 'proposed: true' out. Until then every audit says that it counts proposals.",
        "handoffs:",
    ]
    own = {h.id for h in graph.plan.handoffs}
    rest: list[str] = []
    seen: set[str] = set()
    for s in suggestions:
        head = f"{s.finding.id} ({s.finding.rule}, {s.finding.severity})"
        if not s.handoffs:
            rest += [f"# {head}", *(f"#     {text}" for text in s.needed)]
            continue
        main, also = s.handoffs[0], [h.id for h in s.handoffs if h.id in seen]
        if len(also) == len(s.handoffs):
            lines.append(f"  # {head}: closed by {listed(also)} as well")
            continue
        if main.id in own and len(s.handoffs) > 1:
            lines.append(f"  # with the line {main.id}, see below: closes {head}")
        elif main.id not in own:
            with_ = f"with {listed(also)} " if also else ""
            lines.append(f"  # {with_}closes {head}; {s.because}")
        if s.finding.requirements and not all(h.id in own for h in s.handoffs):
            lines.append(f"  # rests on {', '.join(s.finding.requirements)}")
        for handoff in s.handoffs:
            if handoff.id in seen:
                continue
            if handoff.id in own:
                rest += [f"# {head}", *_change(graph, handoff, s.because)]
                continue
            seen.add(handoff.id)
            first, *more = yaml_lines(plain_handoff(handoff), "    ")
            lines += [f"  - {first.lstrip()}", *more]
    if not any(line.startswith("  - ") for line in lines):
        lines = [*lines[: lines.index("handoffs:")], "handoffs: []"]
    if rest:
        lines += ["", "# These take a change of another kind:", *rest]
    return "\n".join(lines) + "\n"


def _change(graph: PlanGraph, handoff: Handoff, because: str) -> Iterator[str]:
    """What is to change on a line of the plan, as comments of the fragment."""
    own = graph.handoff(handoff.id)
    if own in graph.handoffs:
        more = _more_said(own, handoff)
        yield f"#     write on the line {own.id} ({because}):"
        yield f"#     needs: {', '.join(_more_needs(own, handoff)) or 'as they are'}"
        if more:
            yield f"#     and agree on {listed(more)}"
        return
    limit = handoff.within.words if handoff.within else "a time limit"
    yield f"#     let the line {own.id} hold from now on ({because}),"
    yield f"#     with {limit}, and {', '.join(handoff.needs)}"


def _more_needs(own: Handoff, mended: Handoff) -> list[str]:
    return [need.value for need in mended.needs if need not in own.needs]


def _more_said(own: Handoff, mended: Handoff) -> list[str]:
    """What a line says once it is mended, and did not say before, in words."""
    return [
        words for field, words in _FIELDS.items() if getattr(own, field) != getattr(mended, field)
    ]
