"""Rules, and what comes of asking them: flags, findings, crashes, waivers, audits - all values.

A rule says *what* is wrong with *which* part of a plan. The engine says how grave that is, where
it was written, and which of three answers it is:

* **gap**: the plan says so, or is declared complete and is silent;
* **question**: the plan is declared partial and is silent: its sources do not state it;
* **met**: looked at, and in order.

How a gap is told from a question in a partial plan: a flag is a gap when the rule says that it
rests on what the plan states (``stated=True``), or when it would vanish if some of what the plan
speaks of were there, and that does what the flag misses: the same kind of thing, between ends that
it expects. Then the plan itself says that what would close it is missing, planned, unused, ended or
not begun. That an unrelated handoff is planned says nothing.
"""

from __future__ import annotations

import datetime
import inspect
import re
import traceback
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from importlib import import_module
from textwrap import dedent
from typing import Any

from interagency.collector import resting
from interagency.errors import UnknownName
from interagency.graph import CASE_KINDS, PlanGraph
from interagency.model import THE_PLAN, Handoff, Waiver
from interagency.places import Kind, Location, Ref
from interagency.text import unseen
from interagency.vocabulary import Group, HandoffKind, Need, Pillar, Stage

PLAN = Ref(Kind.PLAN)
OF_WAIVERS = ("W01", "waiver-waives-nothing")
"""Code and name of the finding about a waiver that waives nothing, which no rule makes."""
_Idle = list[tuple[Waiver, str]]


class Severity(StrEnum):
    """How grave a finding is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for low to 3 for critical."""
        return list(Severity).index(self)

    def __lt__(self, other: str) -> bool:
        """Compare by gravity, not by spelling.

        >>> Severity.HIGH < Severity.CRITICAL
        True
        """
        return self.rank < Severity(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank <= Severity(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank > Severity(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank >= Severity(other).rank


class State(StrEnum):
    """Which of the answers a finding is; the third, *met*, is no finding."""

    GAP = "gap"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Expected:
    """A handoff that would close a gap: from whom, to whom, and what would pass."""

    sender: str
    receiver: str
    kind: HandoffKind
    pillars: tuple[Pillar, ...]
    stage: Stage | None = None
    what: str = ""
    needs: tuple[Need, ...] = ()
    """What has to travel with it, beside what its kind and the requirements ask for."""

    def __post_init__(self) -> None:
        _keep(self, "kind", HandoffKind(self.kind))
        _keep(self, "pillars", tuple(map(Pillar, self.pillars)))
        _keep(self, "stage", self.stage and Stage(self.stage))
        _keep(self, "needs", tuple(map(Need, self.needs)))
        _check_texts(self, "sender", "receiver", "what")


@dataclass(frozen=True, slots=True)
class Flag:
    """What a rule found wrong.

    Attributes:
        about: what is wrong, the main thing first; the first names the finding.
        message: what is wrong, in a drafter's words, with names.
        mend: what to do about it.
        ask: the same where the plan is silent: what no source states, as a sentence that claims
            nothing ("No source states how the navy passes a suspected case on."), and whom to
            ask.
        expected: handoffs any one of which would close it, the likeliest first.
        together: whether every handoff of ``expected`` is wanted, and not just one of them, though
            one would do to close it.
        lacking: what else is needed where no handoff can close it: an agency, a function, a
            condition lifted, in words.
        stated: whether it rests on what the plan states, rather than on its silence.
        hangs: whether it hangs on a fact that the plan leaves open and no handoff settles: always
            a question where the plan is partial.
        paths: ids of the handoffs of a way that proves it.
        pillars: the Ps it is about, where it is fewer than the rule's.
        requirements: ids of those it rests on, where it is not all that the rule names.
        severity: how grave it is, where it is less grave than the rule.
    """

    about: tuple[Ref, ...]
    message: str
    mend: str
    ask: str = ""
    expected: tuple[Expected, ...] = ()
    together: bool = False
    lacking: tuple[str, ...] = ()
    stated: bool = False
    hangs: bool = False
    paths: tuple[str, ...] = ()
    pillars: tuple[Pillar, ...] = ()
    requirements: tuple[str, ...] = ()
    severity: Severity | None = None

    def __post_init__(self) -> None:
        _keep(self, "pillars", tuple(map(Pillar, self.pillars)))
        _check_texts(self, "message", "mend", "ask", "lacking", "paths")
        _check_all(self, "about", Ref)
        _check_all(self, "expected", Expected)

    @property
    def subject(self) -> Ref:
        """The main thing it is about."""
        return self.about[0] if self.about else PLAN


@dataclass(frozen=True, slots=True)
class Met:
    """Something a rule looked at and found in order."""

    about: Ref


def _keep(made: object, name: str, value: object) -> None:
    """Set a field of a frozen value that is being made."""
    object.__setattr__(made, name, value)


def _check_texts(made: object, *names: str) -> None:
    """Refuse fields that hold anything but text which can be printed anywhere.

    Raises:
        TypeError: one does; the rule that made the value falls over, and nothing after it.
    """
    for name in names:
        value = getattr(made, name)
        for text in value if isinstance(value, tuple | list) else (value,):
            if not isinstance(text, str):
                raise TypeError(f"{name} of {_kind(made)} is text, and not {text!r}")
            if not text.isprintable() and (bad := unseen(text)):
                raise TypeError(f"{name} of {_kind(made)} holds {bad[1]}, which cannot be seen")


def _check_all(made: object, name: str, kind: type) -> None:
    for value in getattr(made, name):
        if not isinstance(value, kind):
            raise TypeError(f"{name} of {_kind(made)} holds {value!r}, which is no {kind.__name__}")


def _kind(made: object) -> str:
    return f"a {type(made).__name__}"


Answer = Flag | Met
Check = Callable[..., Iterator[Answer]]


@dataclass(frozen=True, slots=True)
class Named:
    """A thing of the plan by id and by name."""

    ref: Ref
    name: str


@dataclass(frozen=True)
class Finding:
    """A flag, with which rule, how grave, which answer, and where it was written."""

    rule: str
    code: str
    severity: Severity
    state: State
    pillars: tuple[Pillar, ...]
    message: str
    mend: str
    about: tuple[Named, ...]
    at: Location | None = None
    expected: tuple[Expected, ...] = ()
    lacking: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    together: bool = False
    """Whether every handoff that is expected is wanted, and not just one of them."""
    closed_by: tuple[str, ...] = ()
    """Handoffs the plan speaks of that would close it, were they there."""
    requirements: tuple[str, ...] = ()
    case_of: str = ""
    """Name of the rule of which its own tells a special case; '' where it stands for itself."""
    behind: str = ""
    """Name of the rule that is mended first where both tell the same lines, if there is one."""
    title: str = field(default="", compare=False)
    """What the trouble is, in a line, for all findings of its code."""

    @property
    def subject(self) -> Ref:
        """The main thing it is about."""
        return self.about[0].ref if self.about else PLAN

    @property
    def id(self) -> str:
        """The same in every run, whatever the order and the names: the code and the subject."""
        return f"{self.code}:{self.subject.id or self.subject.kind}"

    @cached_property
    def agencies(self) -> tuple[str, ...]:
        """Ids of the agencies it is about."""
        return tuple(n.ref.id for n in self.about if n.ref.kind is Kind.AGENCY)

    @cached_property
    def handoffs(self) -> tuple[str, ...]:
        """Ids of the handoffs it is about."""
        return tuple(n.ref.id for n in self.about if n.ref.kind is Kind.HANDOFF)


@dataclass(frozen=True, slots=True)
class Crash:
    """A rule that fell over: no answer at all, so the audit cannot pass."""

    rule: str
    code: str
    reason: str
    trace: str = field(repr=False, default="")


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding that the plan accepts, and the waiver that says why."""

    finding: Finding
    waiver: Waiver


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule answered in all: how many things it looked at, and how they stand."""

    rule: Rule
    gaps: int
    questions: int
    met: int

    @property
    def applies(self) -> bool:
        """Whether the plan holds anything the rule looks at."""
        return bool(self.gaps or self.questions or self.met)


@dataclass(frozen=True)
class Audit:
    """All that came of asking the rules about a plan."""

    graph: PlanGraph = field(repr=False, compare=False)
    findings: tuple[Finding, ...]
    outcomes: tuple[Outcome, ...] = field(repr=False)
    crashes: tuple[Crash, ...] = ()
    waived: tuple[Waived, ...] = ()
    idle_waivers: tuple[tuple[Waiver, str], ...] = ()
    """Waivers that waive nothing, each with why."""
    settings: str = ""
    """What chose and changed the rules, in words; '' where nothing did."""

    @property
    def gaps(self) -> tuple[Finding, ...]:
        """What the plan says is wrong, or is silent about though declared complete."""
        return tuple(f for f in self.findings if f.state is State.GAP)

    @property
    def questions(self) -> tuple[Finding, ...]:
        """What the sources of a partial plan do not state."""
        return tuple(f for f in self.findings if f.state is State.QUESTION)

    @property
    def rule_set(self) -> str:
        """A fingerprint of the rules that were asked: names, severities, options and pages."""
        told = [
            (r.name, r.code, r.severity.value, sorted(r.options.items()), r.doc)
            for r in (o.rule for o in self.outcomes)
        ]
        return sha256(repr((told, [c.rule for c in self.crashes])).encode()).hexdigest()[:12]

    @property
    def worst(self) -> Severity | None:
        """The gravest severity among the findings; None when there are none."""
        return max((f.severity for f in self.findings), default=None, key=lambda s: s.rank)

    @property
    def assessed(self) -> bool:
        """Whether there was anything to look at: an empty plan passes nothing."""
        whole = self.graph.of_all_pillars
        return bool(whole.agencies and whole.handoffs)

    def fails(self, at: Severity | None) -> bool:
        """Whether a rule crashed, or a finding is at least this grave (None: none is)."""
        worst = self.worst
        return bool(self.crashes) or (at is not None and worst is not None and worst >= at)

    def to_records(self) -> list[dict[str, Any]]:
        """One flat record a finding, for a data frame: ``pandas.DataFrame(audit.to_records())``."""
        return [
            {
                "id": f.id,
                "state": f.state.value,
                "severity": f.severity.value,
                "rule": f.rule,
                "code": f.code,
                "pillars": " ".join(f.pillars),
                "agencies": " ".join(f.agencies),
                "handoffs": " ".join(f.handoffs),
                "message": f.message,
                "mend": f.mend,
                "at": str(f.at or ""),
                "requirements": " ".join(f.requirements),
            }
            for f in self.findings
        ]


@dataclass(frozen=True)
class Rule:
    """A question about plans: one small file under ``interagency/rules``.

    The docstring of its function is its page: a first line that names the trouble, ``Why it
    matters``, ``Broken`` and ``Mended`` example plans that tests run, and, where needed, ``When
    it is no trouble``. The function's keyword defaults are its options.
    """

    name: str
    code: str
    severity: Severity
    pillars: tuple[Pillar, ...]
    requirements: tuple[str, ...]
    check: Check = field(repr=False)
    doc: str = field(repr=False, default="")
    options: Mapping[str, Any] = field(default_factory=dict)
    case_of: str = ""
    """Name of the rule of which this is a special case: of one line, both tell one trouble."""
    behind: str = ""
    """Name of the rule that is mended first: of one line, what this tells is told with it."""
    whom: tuple[Group, ...] = ()
    """The groups that it is about; (): everybody. A view that leaves these out is not asked."""

    def __post_init__(self) -> None:
        _keep(self, "severity", Severity(self.severity))
        _keep(self, "whom", tuple(map(Group, self.whom)))
        _keep(self, "pillars", tuple(map(Pillar, self.pillars)))
        _check_texts(self, "name", "code", "requirements")
        if not (self.name.strip() and self.code.strip() and self.pillars):
            raise ValueError("a rule has a name, a code and at least one pillar")

    def __hash__(self) -> int:
        return hash(self.name)

    def __reduce__(self) -> tuple[object, ...]:
        """A rule travels by the place of its function, where the rule itself stands."""
        own = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "check"}
        return _found, (self.check.__module__, self.check.__qualname__, own)

    def __call__(self, graph: PlanGraph) -> Iterator[Answer]:
        """Ask the rule about a plan, in the view of persons whom it is about."""
        return self.check(graph, **self.options) if graph.may_be(*self.whom) else iter(())

    def configured(self, **options: Any) -> Rule:
        """The same rule with other options; this one stays as it was.

        Raises:
            UnknownName: the rule has no such option.
        """
        for name in options:
            if name not in self.options:
                raise UnknownName(f"option of {self.name}", name, self.options)
        return replace(self, options={**self.options, **options})

    @property
    def title(self) -> str:
        """What the trouble is, in a line."""
        return self.page[""].split("\n", 1)[0]

    @cached_property
    def page(self) -> Mapping[str, str]:
        """The docstring by section; the text before the first heading is under ''."""
        return _sections(self.doc)

    @property
    def broken(self) -> str:
        """The example plan that has the trouble."""
        return self.page["Broken"]

    @property
    def mended(self) -> str:
        """The same plan without it."""
        return self.page["Mended"]


_HEADING = re.compile(r"^([A-Z][A-Za-z ]+):[ ]*$", re.MULTILINE)


def _sections(doc: str) -> dict[str, str]:
    text = inspect.cleandoc(doc)
    parts = _HEADING.split(text)
    sections = {"": parts[0].strip()}
    for heading, body in zip(parts[1::2], parts[2::2], strict=True):
        sections[heading] = dedent(body.strip("\n")).rstrip() + "\n"
    return sections


def _found(module: str, name: str, own: dict[str, Any]) -> Rule:
    there = getattr(import_module(module), name)
    return Rule(check=there.check if isinstance(there, Rule) else there, **own)


def rule(
    *,
    code: str,
    severity: Severity,
    pillars: Iterable[Pillar],
    requirements: Iterable[str],
    case_of: str = "",
    behind: str = "",
    whom: Iterable[Group] = (),
) -> Callable[[Check], Rule]:
    """Make a rule of a function.

    Args:
        code: the archetype's id in the reference standards, or one of your own.
        severity: how grave what it finds is.
        pillars: the Ps it is about.
        requirements: ids of the requirements it rests on.
        case_of: name of the rule of which it is a special case, where there is one.
        behind: name of the rule that is mended first where both tell the same lines.
        whom: the groups that it is about, where it is not everybody.
    """

    def make(check: Check) -> Rule:
        parameters = list(inspect.signature(check).parameters.values())[1:]
        return Rule(
            name=check.__name__.replace("_", "-"),
            code=code,
            severity=severity,
            pillars=tuple(pillars),
            requirements=tuple(requirements),
            check=check,
            doc=check.__doc__ or "",
            options={p.name: p.default for p in parameters},
            case_of=case_of,
            behind=behind,
            whom=tuple(whom),
        )

    return make


def reason(fault: BaseException) -> str:
    r"""Why something fell over, safe to print anywhere: what cannot be seen is an escape.

    >>> reason(ValueError("no\x1b[2J"))
    'ValueError: no\\x1b[2J'
    """
    try:
        told = f"{type(fault).__name__}: {fault}"
    except Exception:  # an error that cannot even be told has a name at least
        told = type(fault).__name__
    return "".join(ch if ch.isprintable() or ch == "\n" else ascii(ch)[1:-1] for ch in told)


def run(
    graph: PlanGraph,
    rules: Iterable[Rule],
    *,
    waivers: bool = True,
    known: Iterable[str] = (),
    today: datetime.date | None = None,
) -> Audit:
    """Ask every rule about a plan; how its file is arranged changes nothing.

    A view of some pillars asks the rules of these pillars, about all handoffs: what stands under
    another P may be part of a way. A rule that falls over is a crash in the audit; the others go
    on. A waiver that waives
    nothing is a finding of its own (W01), for it would let a trouble in unseen one day.

    Args:
        graph: a view of the plan.
        rules: which rules to ask.
        waivers: whether the plan's waivers count.
        known: names and codes of rules that exist and may not be asked here.
        today: the day by which waivers end; the date of the view where it is not given.
    """
    rules = tuple(rules)
    for a_rule in rules:
        if not isinstance(a_rule, Rule):
            raise TypeError(
                f"A Rule is wanted, and not {a_rule!r}: interagency.rules.by_name finds one by name"
            )
    with resting():
        return _run(graph, rules, waivers=waivers, known=known, today=today)


def _run(
    graph: PlanGraph,
    rules: tuple[Rule, ...],
    *,
    waivers: bool,
    known: Iterable[str],
    today: datetime.date | None,
) -> Audit:
    findings: list[Finding] = []
    outcomes: list[Outcome] = []
    crashes: list[Crash] = []
    view, graph = graph, graph.of_all_pillars.in_order
    wanted = view.view.pillars
    if wanted is not None:
        rules = tuple(r for r in rules if wanted.intersection(r.pillars))
    spoken = None if graph.complete else graph.spoken_of()
    short = _Shorter(graph)
    for a_rule in rules:
        try:
            answers = list(map(_answer, a_rule(graph)))
            flags = [answer for answer in answers if isinstance(answer, Flag)]
            found = [_finding(a_rule, flag, graph, short) for flag in flags]
            if spoken is not None:
                found = _told_apart(a_rule, flags, found, graph, spoken, short)
        except KeyboardInterrupt:  # nobody's fault: somebody wants to stop
            raise
        except BaseException as fault:  # whatever a rule does, the others go on
            trace = traceback.format_exc()
            crashes.append(Crash(a_rule.name, a_rule.code, reason(fault), trace))
            continue
        found = [f for f in found if wanted is None or wanted.intersection(f.pillars)]
        findings += found
        gaps = sum(f.state is State.GAP for f in found)
        met = sum(isinstance(answer, Met) for answer in answers)
        outcomes.append(Outcome(a_rule, gaps, len(found) - gaps, met))
    if focus := view.view.focus:
        findings = [f for f in findings if focus.intersection(f.agencies)]
    names = {word for r in rules for word in (r.name, r.code)}
    kept = findings
    waived: list[Waived] = []
    idle: _Idle = []
    if waivers and graph.plan.waivers:
        kept, waived, idle = _waive(findings, graph, names, today)
        kept += _of_waivers(idle, graph, {*names, *known})
    kept.sort(key=lambda f: (f.state is State.QUESTION, -f.severity.rank))
    return Audit(view, tuple(kept), tuple(outcomes), tuple(crashes), tuple(waived), tuple(idle))


def _answer(given: object) -> Answer:
    if isinstance(given, Flag | Met):
        return given
    raise TypeError(f"a rule yields Flag and Met, and not {given!r}")


def _finding(a_rule: Rule, flag: Flag, graph: PlanGraph, short: _Shorter) -> Finding:
    at = next((place for ref in flag.about if (place := graph.where(ref))), None)
    named = [r.id for r in flag.about if r.kind is Kind.AGENCY]
    graph.check_ends(*named, *(end for e in flag.expected for end in (e.sender, e.receiver)))
    return Finding(
        rule=a_rule.name,
        code=a_rule.code,
        severity=min(a_rule.severity, flag.severity or a_rule.severity),
        state=State.GAP,
        pillars=flag.pillars or a_rule.pillars,
        message=short(flag.message),
        mend=short(flag.mend, told=True),
        about=tuple(Named(ref, _name(ref, graph)) for ref in dict.fromkeys(flag.about)),
        at=at or graph.where(PLAN),
        expected=flag.expected,
        together=flag.together,
        lacking=tuple(short(text, told=True) for text in flag.lacking),
        paths=flag.paths,
        requirements=flag.requirements or a_rule.requirements,
        case_of=a_rule.case_of,
        behind=a_rule.behind,
        title=a_rule.title,
    )


class _Shorter:
    """Long names as a careful writer has them: whole where first told, short from then on."""

    MOST = 400
    """Long names looked for; a plan with more is read by programs."""

    def __init__(self, graph: PlanGraph) -> None:
        self._forms = dict(graph.short_names)
        longest_first = sorted(self._forms, key=lambda name: (-len(name), name))
        names = longest_first if len(longest_first) <= self.MOST else []
        self._names = re.compile("|".join(map(re.escape, names))) if names else None

    def __call__(self, text: str, *, told: bool = False) -> str:
        """The text with short names; ``told``: the whole names stand elsewhere already."""
        if self._names is None:
            return text
        seen: set[str] = set()

        def form(found: re.Match[str]) -> str:
            first = found[0] not in seen and not told
            seen.add(found[0])
            return found[0] if first else self._forms[found[0]]

        return self._names.sub(form, text)


def _name(ref: Ref, graph: PlanGraph) -> str:
    if ref.kind is Kind.AGENCY:
        return graph.name(ref.id)
    if ref.kind is Kind.HANDOFF:
        handoff = graph.handoff(ref.id)
        ends = f"{graph.name(handoff.sender)} → {graph.name(handoff.receiver)}"
        return f"{ends}: {handoff.what}" if handoff.what else ends
    return graph.plan.facts.title if ref.kind is Kind.PLAN else ref.id


def _told_apart(
    a_rule: Rule,
    flags: list[Flag],
    found: list[Finding],
    graph: PlanGraph,
    spoken: PlanGraph,
    short: _Shorter,
) -> list[Finding]:
    """In a partial plan: which flags are gaps, and which are questions."""
    silent = [f for f in flags if not f.stated]
    if not silent:
        return found
    touching: dict[str, list[Handoff]] = {}
    for h in graph.absent:
        for end in {h.sender, h.receiver}:
            touching.setdefault(end, []).append(h)
    near = [_speaking_of(flag, touching) for flag in flags]
    still = _still(a_rule, spoken)
    gone = [(f, some) for f, some in zip(flags, near, strict=True) if f.subject not in still]
    if fitting := {h.id for _, some in gone for h in some}:
        still |= _still(a_rule, _with_only(graph, spoken, fitting))
    if bare := {f.subject for f, some in gone if f.expected and not some}:
        still |= bare & _still(a_rule, _with_only(graph, spoken, ()))
    told = []
    for flag, finding, some in zip(flags, found, near, strict=True):
        if flag.stated:
            told.append(finding)
        elif flag.hangs or flag.subject in still:
            told.append(replace(finding, state=State.QUESTION, message=short(_question(flag))))
        else:
            told.append(replace(finding, closed_by=_closers(flag, some)))
    return told


def _still(a_rule: Rule, graph: PlanGraph) -> set[Ref]:
    """What a rule finds wrong in another view."""
    return {f.subject for f in a_rule(graph) if isinstance(f, Flag)}


def _with_only(graph: PlanGraph, spoken: PlanGraph, kept: Collection[str]) -> PlanGraph:
    """What the plan speaks of, with the agencies that are not there, and of its handoffs these."""
    gone = {h.id for h in graph.absent if h.id not in kept}
    return spoken.without_handoffs(gone)


def _question(flag: Flag) -> str:
    """The flag in words that claim no absence."""
    return flag.ask or f"As far as the sources go (none states otherwise): {flag.message}"


_ALIKE: tuple[frozenset[HandoffKind], ...] = (
    CASE_KINDS,
    frozenset(
        {HandoffKind.INFORMATION_SHARING, HandoffKind.NOTIFICATION, HandoffKind.FEEDBACK,
         HandoffKind.DECISION, HandoffKind.REPORTING, HandoffKind.CONSULTATION,
         HandoffKind.EVIDENCE_TRANSFER}
    ),
    frozenset({HandoffKind.GUIDANCE, HandoffKind.TRAINING, HandoffKind.ORDER}),
    frozenset({HandoffKind.FUNDING, HandoffKind.ASSET_TRANSFER, HandoffKind.DECISION}),
)  # fmt: skip
"""Kinds of handoff of which one can do what another does: cases, words, rules, money."""


def _speaking_of(flag: Flag, touching: Mapping[str, list[Handoff]]) -> tuple[Handoff, ...]:
    """The handoffs that are spoken of, not there, and do what the flag misses.

    Where it expects none, those that touch what it is about.
    """
    if not flag.expected:
        about = [ref.id for ref in flag.about if ref.kind is Kind.AGENCY]
        return tuple({h.id: h for an_id in about for h in touching.get(an_id, ())}.values())
    return tuple(
        {
            h.id: h
            for e in flag.expected
            for end in (e.sender, e.receiver)
            for h in touching.get(end, ())
            if _does(h, e)
        }.values()
    )


def _does(h: Handoff, e: Expected) -> bool:
    """Whether a handoff would do what is expected: the same between its two ends, or the like.

    Where it has one of them alone, or is of another kind, it has to be for the same stage; where it
    is of another kind, it has to go the same way.
    """
    same_ends = (h.sender == e.sender) + (h.receiver == e.receiver)
    if h.kind is e.kind and same_ends == 2:
        return True
    if h.stage != e.stage and None not in (h.stage, e.stage):
        return False
    alike = any({h.kind, e.kind} <= kinds for kinds in _ALIKE)
    return h.kind is e.kind or (alike and same_ends > 0)


def _closers(flag: Flag, near: Collection[Handoff]) -> tuple[str, ...]:
    """Ids of what is spoken of and does it.

    Where some is just what is expected, that alone; else where some begins or ends at what the flag
    is about, that.
    """
    expected = {(e.sender, e.receiver) for e in flag.expected}
    for these in (
        [h.id for h in near if (h.sender, h.receiver) in expected],
        [h.id for h in near if flag.subject.id in (h.sender, h.receiver)],
        [h.id for h in near],
    ):
        if these:
            return tuple(these)
    return ()


def _waive(
    findings: list[Finding], graph: PlanGraph, asked: Collection[str], today: datetime.date | None
) -> tuple[list[Finding], list[Waived], _Idle]:
    kept, waived = list(findings), []
    idle: _Idle = []
    date = graph.view.as_of
    now = today or (date.last if date is not None else None)
    for waiver in graph.plan.waivers:
        if waiver.until is not None and now is not None and waiver.until.last < now:
            idle.append((waiver, f"it ended in {waiver.until}"))
            continue
        hit: list[Finding] = []
        rest: list[Finding] = []
        for f in kept:
            named = waiver.rule in (f.rule, f.code)
            about = _waivable(f.subject)
            (hit if named and about in waiver.about else rest).append(f)
        if not hit:
            why = "no finding is about this" if waiver.rule in asked else "its rule was not asked"
            idle.append((waiver, why))
        waived += [Waived(f, waiver) for f in hit]
        kept = rest
    return kept, waived, idle


def _of_waivers(idle: _Idle, graph: PlanGraph, known: Collection[str]) -> list[Finding]:
    """A finding for each waiver that waives nothing; none where its rule was just not asked."""
    found = {}
    for waiver, why in idle:
        if why == "its rule was not asked":
            if waiver.rule in known:
                continue
            why = "there is no rule of that name; a waiver names one rule"
        found[waiver.ref] = Finding(
            rule=OF_WAIVERS[1],
            code=OF_WAIVERS[0],
            severity=Severity.MEDIUM,
            state=State.GAP,
            pillars=tuple(Pillar),
            message=f"The waiver of {waiver.rule} for "
            f"{listed(waiver.about) or 'nothing'} waives nothing: {why}.",
            mend="Take it out, or renew it with a reason and a date.",
            about=(Named(waiver.ref, f"waiver of {waiver.rule}"),),
            at=graph.where(waiver.ref),
            title="A waiver waives nothing.",
        )
    return list(found.values())


def _waivable(subject: Ref) -> str:
    """What a waiver calls the subject of a finding."""
    return THE_PLAN if subject.kind is Kind.PLAN else subject.id


def agency(*ids: str) -> tuple[Ref, ...]:
    """Names of agencies, for a flag's ``about``."""
    return tuple(Ref(Kind.AGENCY, an_id) for an_id in ids)


def handoff(*handoffs: Handoff) -> tuple[Ref, ...]:
    """Names of handoffs, for a flag's ``about``."""
    return tuple(h.ref for h in handoffs)


def listed(names: Iterable[str], most: int = 6) -> str:
    """Names as a sentence has them; with semicolons where a name has a comma of its own.

    >>> listed(["police", "navy", "customs"])
    'police, navy and customs'
    >>> listed(["Ministry of Women, Children and Senior Citizens", "Ministry of Labour"])
    'Ministry of Women, Children and Senior Citizens; and Ministry of Labour'
    >>> listed(map(str, range(9)), most=3)
    '0, 1, 2 and 6 more'
    """
    words = list(names)
    comma = ";" if len(words) > 1 and any("," in word for word in words) else ","
    if len(words) > most:
        return f"{f'{comma} '.join(words[:most])} and {len(words) - most} more"
    joint = "; and " if comma == ";" else " and "
    return joint.join(filter(None, [f"{comma} ".join(words[:-1]), *words[-1:]]))
