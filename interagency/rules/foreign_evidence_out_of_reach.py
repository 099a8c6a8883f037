"""G35: prosecutors who cannot get evidence from another State and back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import PlanGraph
from interagency.model import Agency
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, HandoffKind, Pillar, Sector, Stage

_K = HandoffKind
_ASKING = frozenset(
    {_K.REQUEST_FOR_ASSISTANCE, _K.EVIDENCE_TRANSFER, _K.INFORMATION_SHARING, _K.JOINT_ACTION}
)
_ANSWERING = _ASKING | {_K.FEEDBACK}
_STRAIGHT = _ASKING - {_K.INFORMATION_SHARING}
_SUBJECT = Ref(Kind.PLAN, "foreign-evidence")


@rule(
    code="G35",
    severity=Severity.HIGH,
    pillars=(Pillar.PROSECUTE,),
    requirements=("UNT-18-1", "UNT-18-13", "UNT-18-24"),
)
def foreign_evidence_out_of_reach(graph: PlanGraph) -> Iterator[Answer]:
    """Prosecutors have no way to ask another State for evidence, or no way for it to come back.

    Why it matters:
        The recruiter, the bank account and half of the witnesses are abroad. Without evidence from
        there the case is closed, or only the last and least of the group stands trial.

    What it looks at:
        Plans with a prosecution service (sector prosecution or function prosecution_service). It is
        in order when a request can go from a prosecutor to the office for legal assistance (sector
        central_authority or function mutual_legal_assistance), on to an authority abroad (sector
        foreign_counterpart), and material or an answer can come from there back to a prosecutor.
        Where the plan writes no authority abroad, an answer from the office to a prosecutor is
        enough. A request, evidence or joint action straight from a prosecutor to the authority
        abroad does as well as one through the office. Told once for the plan. The handoffs that
        count are requests for assistance, evidence transfers, information sharing and joint action;
        for the way back feedback too, and only what serves Prosecute: word from abroad on how a
        person fares answers no request.

    When it is no trouble:
        The plan stops, on purpose, where the criminal case begins. Police channels to police abroad
        are no evidence: they count only where a prosecutor's request goes the same way.

    Broken:
        format: 1
        plan: {id: example, title: Asked and never heard, as_of: 2024, completeness: complete}
        agencies:
          - {id: prosecutor, name: Prosecutor, sector: prosecution}
          - {id: office, name: Office for legal assistance, sector: central_authority}
          - {id: abroad, name: Authority of the other State, sector: foreign_counterpart}
        handoffs:
          - {from: prosecutor, to: office, pillars: [prosecute], kind: request_for_assistance}
          - {from: office, to: abroad, pillars: [prosecute], kind: request_for_assistance}
          - {from: office, to: prosecutor, pillars: [prosecute], kind: evidence_transfer}

    Mended:
        format: 1
        plan: {id: example, title: Asked and answered, as_of: 2024, completeness: complete}
        agencies:
          - {id: prosecutor, name: Prosecutor, sector: prosecution}
          - {id: office, name: Office for legal assistance, sector: central_authority}
          - {id: abroad, name: Authority of the other State, sector: foreign_counterpart}
        handoffs:
          - {from: prosecutor, to: office, pillars: [prosecute], kind: request_for_assistance}
          - {from: office, to: abroad, pillars: [prosecute], kind: request_for_assistance}
          - {from: abroad, to: office, pillars: [prosecute], kind: evidence_transfer}
          - {from: office, to: prosecutor, pillars: [prosecute], kind: evidence_transfer}
    """
    prosecutors = _either(graph, Sector.PROSECUTION, Function.PROSECUTION_SERVICE)
    if not prosecutors:
        return
    ways = _Ways(graph, prosecutors)
    if ways.sent & ways.answered:
        yield Met(_SUBJECT)
    else:
        yield _flag(ways)


def _either(graph: PlanGraph, sector: Sector, function: Function) -> tuple[Agency, ...]:
    return tuple(a for a in graph.agencies if a.sector is sector or function in a.functions)


def _ids(agencies: Iterable[Agency]) -> list[str]:
    return [a.id for a in agencies]


def _answers_to(graph: PlanGraph, asking: Collection[str]) -> Mapping[str, int]:
    """Those from whom an answer comes to one who asks; word of how a person fares is none."""
    return graph.whom_it_leads(
        asking,
        lambda h: (
            h.kind in _ANSWERING
            and (h.kind is _K.EVIDENCE_TRANSFER or Pillar.PROSECUTE in h.pillars)
        ),
    )


class _Ways:
    """Who asks, through whom, whom abroad, and who from there is heard of."""

    def __init__(self, graph: PlanGraph, prosecutors: tuple[Agency, ...]) -> None:
        self.graph = graph
        self.prosecutors = prosecutors
        self.abroad = graph.in_sector(Sector.FOREIGN_COUNTERPART)
        self.offices = _either(graph, Sector.CENTRAL_AUTHORITY, Function.MUTUAL_LEGAL_ASSISTANCE)
        asking, there = set(_ids(prosecutors)), set(_ids(self.abroad))
        straight = {
            h.sender
            for h in graph.handoffs
            if h.sender in asking and h.receiver in there and h.kind in _STRAIGHT
        }
        asked = graph.reached_from(asking, _ASKING)
        through = {*_ids(self.offices), *straight}
        self.near = [an_id for an_id in asked if an_id in through]
        self.back = _answers_to(graph, asking)
        # Where no authority abroad is written down, what the office at home does is all there is.
        far = there or set(self.near) - asking
        self.sent = far & graph.reached_from(self.near, _ASKING).keys()
        self.reached = there & graph.reached_from(_ids(self.offices), _ASKING).keys()
        self.answered = far & self.back.keys()


def _flag(ways: _Ways) -> Flag:
    asking = listed(a.name for a in ways.prosecutors)
    holes = "; ".join(_holes(ways))
    return Flag(
        about=(_SUBJECT, *agency(*_ids(ways.prosecutors), *_ids(ways.offices))),
        message=(
            f"Evidence from another State is out of reach of {asking}. What is missing: {holes}."
        ),
        ask=(
            f"No source states the whole way by which evidence from another State is asked for and "
            f"comes back to {asking}. Not stated: {holes}. Ask the prosecution service, and the "
            "ministry that sends requests abroad."
        ),
        mend=(
            "Name one office for requests to other States, with a contact for urgent cases. Write "
            f"who drafts the request, how fast it goes out, and who tells {asking} what came of it."
        ),
        expected=tuple(_closing(ways)),
        lacking=tuple(_absent(ways)),
    )


def _holes(ways: _Ways) -> Iterator[str]:
    if not ways.near:
        office = listed(a.name for a in ways.offices)
        asked = f"a request that {office} is to send"
        yield asked if office else "an office that sends requests abroad"
    if not ways.sent and not ways.reached:
        there = listed(a.name for a in ways.abroad)
        yield f"a request that reaches {there}" if there else "an authority abroad that is asked"
    if not (ways.sent or ways.reached) & ways.answered:
        yield "a way for the answer to come back"


def _absent(ways: _Ways) -> Iterator[str]:
    if not ways.near and not ways.offices:
        yield (
            "an agency of sector central_authority, or the function mutual_legal_assistance given "
            "to one that is there"
        )
    if not ways.abroad and not ways.sent:
        yield "an agency of sector foreign_counterpart"


def _closing(ways: _Ways) -> Iterator[Expected]:
    """The handoffs that close the circle alone: where one step of it is missing, and no more."""
    graph, abroad, office = ways.graph, ways.abroad, _ids(ways.offices)
    if not ways.near:
        leads = graph.leading_to(ways.answered, _ASKING)
        alone = [o for o in office if o in leads and o not in ways.answered]
        for end in alone:
            yield _expected(ways.prosecutors[0].id, end, _K.REQUEST_FOR_ASSISTANCE)
        if office and abroad and not alone:
            yield from _whole_way(ways)
    elif not ways.sent:
        for end in (a.id for a in abroad if a.id in ways.answered):
            yield _expected(ways.near[0], end, _K.REQUEST_FOR_ASSISTANCE)
    elif not abroad:
        for end in ways.sent:
            yield _expected(end, ways.prosecutors[0].id, _K.EVIDENCE_TRANSFER)
    else:
        first = next(a.id for a in abroad if a.id in ways.sent)
        home = [o for o in ways.near if o in ways.back] or _ids(ways.prosecutors)
        for end in dict.fromkeys(home):
            yield _expected(first, end, _K.EVIDENCE_TRANSFER)


def _whole_way(ways: _Ways) -> Iterator[Expected]:
    """Through the office, the handoffs of the circle that are not there: they close it together."""
    asking = ways.prosecutors[0].id
    office = next((o.id for o in ways.offices if o.id in ways.back), ways.offices[0].id)
    asked = ways.graph.reached_from([office], _ASKING)
    there = next((a.id for a in ways.abroad if a.id in asked), ways.abroad[0].id)
    yield _expected(asking, office, _K.REQUEST_FOR_ASSISTANCE)
    if there not in asked:
        yield _expected(office, there, _K.REQUEST_FOR_ASSISTANCE)
    if there in ways.back:
        return
    if there not in _answers_to(ways.graph, [office]):
        yield _expected(there, office, _K.EVIDENCE_TRANSFER)
    if office not in ways.back:
        yield _expected(office, asking, _K.EVIDENCE_TRANSFER)


def _expected(sender: str, receiver: str, kind: HandoffKind) -> Expected:
    what = "executed request" if kind is _K.EVIDENCE_TRANSFER else "request for evidence abroad"
    return Expected(sender, receiver, kind, (Pillar.PROSECUTE,), Stage.INVESTIGATION, what)
