"""X08: adults whose case goes to the police without their agreement."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Flag, Met, Severity, listed, rule
from interagency.graph import PlanGraph
from interagency.guards import Unguarded, guarded, unguarded
from interagency.vocabulary import Group, Pillar


@rule(
    code="X08",
    severity=Severity.HIGH,
    pillars=(Pillar.PROTECT,),
    requirements=("COE-12-7", "COE-11-1"),
    case_of="referral-without-consent",
    whom=(Group.ADULTS,),
)
def adult_reported_without_consent(graph: PlanGraph) -> Iterator[Answer]:
    """Those whom adults trust pass their case to the police without asking them.

    Why it matters:
        If a helper calls the police unasked, the next victim does not call the helper. High: the
        handoff is often wanted, and without consent it shuts the door through which victims come.

    What it looks at:
        Handoffs from an NGO, a health service or a hotline to law enforcement that tell of a person
        and are not limited to children (nor is one of the two ends). In order when the person
        agrees (need consent, informed_choice or voluntariness, condition consent_given), a legal
        duty is stated (need legal_basis; or a basis, on a line that is not inferred), there is
        danger (condition immediate_danger), a court has ordered it, or nobody is named (data:
        anonymous). Joint actions, reports and word back are left out. One finding for each sender.

    When it is no trouble:
        Consent is always asked and the plan does not write it down: write the need. A basis may be
        a mere agreement between offices, which is no duty in law; no file can tell.

    Broken:
        format: 1
        plan: {id: example, title: The police at the bedside, as_of: 2024, completeness: complete}
        agencies:
          - {id: clinic, name: Clinic, sector: health}
          - {id: police, name: Police, sector: law_enforcement}
        handoffs:
          - {from: clinic, to: police, pillars: [prosecute], kind: notification}

    Mended:
        format: 1
        plan: {id: example, title: The patient decides, as_of: 2024, completeness: complete}
        agencies:
          - {id: clinic, name: Clinic, sector: health}
          - {id: police, name: Police, sector: law_enforcement}
        handoffs:
          - {from: clinic, to: police, pillars: [prosecute], kind: notification, needs: [consent]}
    """
    for step in guarded(graph, "X08"):
        yield Met(step.ref)
    for found in unguarded(graph, "X08"):
        yield _flag(graph, found)


def _flag(graph: PlanGraph, found: Unguarded) -> Flag:
    sender, receivers = graph.name(found.agency), listed(found.others(graph))
    return Flag(
        about=found.about(),
        message=(
            f"{sender} passes the cases of adults to {receivers}, and nothing says that they "
            "agree, that a law demands it, or that there is danger."
        ),
        mend=(
            f"Let {sender} ask for informed consent first (need consent). Where a law obliges it "
            "to tell, name that law (basis, and need legal_basis). For all others let it give "
            "notice without a name (data: anonymous)."
        ),
        ask=(
            f"No source states whether {sender} asks adults for their consent before it passes "
            f"their case to {receivers}, or which law obliges it to. Ask {sender}."
        ),
        lacking=found.lacking("X08"),
        stated=bool(found.broken),
    )
