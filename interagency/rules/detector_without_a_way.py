"""G01: detectors from which no case leads to an identifier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from interagency.engine import PLAN, Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import PlanGraph
from interagency.model import PARTICIPANTS, Agency
from interagency.persons import AGE_AND_SEX
from interagency.vocabulary import Group, HandoffKind, Pillar, Sector, Stage

_NOT_ALONE = " Better still, to a panel: who investigates should not be alone in identifying."
_MEETING_CHILDREN = {Sector.EDUCATION, Sector.CHILD_PROTECTION}


@rule(
    code="G01",
    severity=Severity.CRITICAL,
    pillars=(Pillar.PROTECT,),
    requirements=("COE-10-1", "UTK-6", "ILO-2C", "PAL-11-1"),
)
def detector_without_a_way(graph: PlanGraph) -> Iterator[Answer]:
    """An agency may meet trafficked persons and has no way to anyone who identifies them.

    Why it matters:
        An inspector, a nurse or a border guard who notices something and can tell nobody has
        noticed it for nothing. The person goes back to where they were found.

    What it looks at:
        Every agency that detects (role detecting_agency, or the functions proactive_screening or
        hotline_operation) and does not identify. It is in order when a case can come from it, in
        one handoff or several, to an agency that identifies (role identification_authority or
        function victim_identification), and all of them are open to one and the same person: what
        is only for workers, and then only for others, leads nobody there, and what leads over an
        agency that takes children only leads no adult. Money, training,
        guidance, statistics, feedback and decisions carry no case; nor do facts and requests of
        an inquiry, and steps from the charge on come too late. Where no agency of the plan
        identifies at all, that is said once, of the plan.

    When it is no trouble:
        The agency only passes persons to a helper who asks the same questions: give that helper
        the function victim_identification, or write its handoff on. An agency meets children only,
        or nationals abroad: a way for these is enough, so of a way that is not for everybody only
        age and sex are asked, and not of schools and child protection.

    Broken:
        format: 1
        plan: {id: example, title: An inspector alone, as_of: 2024, completeness: complete}
        agencies:
          - {id: inspectors, name: Port inspectors, roles: [detecting_agency]}
          - {id: panel, name: Identification panel, roles: [identification_authority]}
        handoffs:
          - {from: public, to: panel, pillars: [protect], kind: notification}

    Mended:
        format: 1
        plan: {id: example, title: An inspector with a way, as_of: 2024, completeness: complete}
        agencies:
          - {id: inspectors, name: Port inspectors, roles: [detecting_agency]}
          - {id: panel, name: Identification panel, roles: [identification_authority]}
        handoffs:
          - {from: public, to: panel, pillars: [protect], kind: notification}
          - {from: inspectors, to: panel, pillars: [protect], kind: referral}
    """
    if not graph.identifiers:
        if graph.agencies:
            yield _nobody(graph)
        return
    identifying = {a.id for a in graph.identifiers}
    leading = graph.led_to_identification
    likely = graph.likely(graph.competent_authorities)
    goals = {a.id: a for a in sorted(likely, key=graph.investigates)}
    alone = _NOT_ALONE if all(map(graph.investigates, likely)) else ""
    for detector in graph.detectors:
        if detector.id in identifying:
            continue
        led = leading.get(detector.id, 0)
        left = _left(graph, detector, led)
        if led and not left:
            yield Met(detector.ref)
            continue
        ends = graph.likely_from(detector.id, goals)
        if left:
            yield _for_some(detector, ends, left, alone)
            continue
        near = f" Its cases go to {to}, and" if (to := _onward(graph, detector)) else ""
        ending = near and f"{near} from there to nobody who does."
        unsaid = near and f"{near} no further that any source states."
        yield Flag(
            about=agency(detector.id),
            message=(
                f"From {detector.name} no case leads to an agency that identifies victims, though "
                f"trafficked persons may be met there first.{ending} Nobody follows up what "
                "is noticed."
            ),
            ask=(
                f"No source states how a case comes from {detector.name}, where trafficked persons "
                f"may be met first, to an agency that identifies victims.{unsaid} How "
                "does it?"
            ),
            mend=(
                f"Let {detector.name} refer persons who show signs of trafficking, with their "
                f"consent, to {ends[0].name}. Agree on the indicators, a contact and a time "
                f"limit.{alone}"
            ),
            expected=_expected(detector, ends),
        )


def _left(graph: PlanGraph, detector: Agency, led: int) -> tuple[Group, ...]:
    """Whom of an age or sex every way from there leaves behind, where a way leads from there."""
    if not led or detector.sector in _MEETING_CHILDREN:
        return ()
    meeting = graph.persons.passing(detector.accepts or ())
    return tuple(g for g in graph.persons.told(meeting & ~led) if g in AGE_AND_SEX)


def _for_some(detector: Agency, ends: Sequence[Agency], left: Sequence[Group], alone: str) -> Flag:
    """What is told where a way leads from there for some only."""
    groups = listed(group.label for group in left)
    return Flag(
        about=agency(detector.id),
        message=(
            f"From {detector.name} no case of {groups} leads to an agency that identifies victims: "
            "every way from there is for others only. Nobody follows up what is noticed."
        ),
        ask=(
            f"No source states how a case of {groups} comes from {detector.name} to an agency that "
            "identifies victims: every way that is stated is for others only. How does it?"
        ),
        mend=(
            f"Let {detector.name} refer {groups} who show signs of trafficking, with their "
            f"consent, to {ends[0].name}, or open the way that is there to them.{alone}"
        ),
        expected=_expected(detector, ends),
    )


def _expected(detector: Agency, ends: Sequence[Agency]) -> tuple[Expected, ...]:
    return tuple(
        Expected(
            sender=detector.id,
            receiver=end.id,
            kind=HandoffKind.REFERRAL,
            pillars=(Pillar.PROTECT,),
            stage=Stage.IDENTIFICATION,
            what="person with signs of trafficking",
        )
        for end in ends
    )


def _onward(graph: PlanGraph, detector: Agency) -> str:
    """Names of those to whom cases go from there, though to nobody who identifies."""
    sent = [h.receiver for h in graph.sent_by(detector.id) if graph.brings_to_be_asked(h)]
    return listed(graph.name(end) for end in dict.fromkeys(sent) if end not in PARTICIPANTS)


def _nobody(graph: PlanGraph) -> Flag:
    meeting = [a.name for a in graph.detectors]
    whom = f" Those who may meet victims can refer to nobody: {listed(meeting)}." if meeting else ""
    return Flag(
        about=(PLAN,),
        message=f"No agency decides whether a person is trafficked.{whom}",
        ask=f"No source states which agency decides whether a person is trafficked.{whom}",
        lacking=("an agency that identifies victims",),
        mend=(
            "Name the agency or panel that identifies victims (role identification_authority), "
            "and let every agency that may meet them refer to it."
        ),
    )
