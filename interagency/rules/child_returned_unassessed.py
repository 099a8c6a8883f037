"""X03: returns that are open to children without an assessment."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Flag, Met, Severity, listed, rule
from interagency.graph import PlanGraph
from interagency.guards import Unguarded, child_handed_back, guarded, unguarded
from interagency.vocabulary import Group, Pillar


@rule(
    code="X03",
    severity=Severity.CRITICAL,
    pillars=(Pillar.PROTECT,),
    requirements=("COE-16-7", "OHC-P10"),
    behind="removal-before-identification",
    whom=(Group.CHILDREN,),
)
def child_returned_unassessed(graph: PlanGraph) -> Iterator[Answer]:
    """A child can be returned before anyone has assessed whether the return is safe.

    Why it matters:
        Those who sold a child are often at the place it is returned to. Critical: a prohibition
        that protects children, and a step that cannot be taken back.

    What it looks at:
        Returns of a person by an immigration authority, or by an agency with the function removal:
        a referral, custody transfer, decision or order at the stage return_reintegration, or a
        handing over to a foreign counterpart, that is not limited to adults. In order when an
        assessment comes first (need child_best_interests or risk_assessment, condition
        no_danger_of_return), or when the sender has it made (a consultation with one of these
        needs). And, at home: a referral or custody transfer at that stage that is limited to
        children and by which a child is handed back to its family, or to those who bring it there.
        Not where one of the two decides for children or takes them in: child protection, welfare, a
        guardian, a court, whoever holds best_interests_determination, a house. That is less grave.
        One finding for each sender.

    When it is no trouble:
        Only adults are returned: say so (only_for: adults). Returns of nationals are left out, and
        so is a handing over to child protection or a guardian. That a paper says 'assessed' does
        not make it so; no file can tell.

    Broken:
        format: 1
        plan: {id: example, title: A child on the next flight, as_of: 2024, completeness: complete}
        agencies:
          - {id: status, name: Immigration office, sector: immigration_authority}
          - {id: home, name: Welfare office abroad, sector: foreign_counterpart}
        handoffs:
          - from: status
            to: home
            pillars: [protect]
            kind: custody_transfer
            stage: return_reintegration
            only_for: [children]

    Mended:
        format: 1
        plan: {id: example, title: A return that was assessed, as_of: 2024, completeness: complete}
        agencies:
          - {id: status, name: Immigration office, sector: immigration_authority}
          - {id: home, name: Welfare office abroad, sector: foreign_counterpart}
        handoffs:
          - from: status
            to: home
            pillars: [protect]
            kind: custody_transfer
            stage: return_reintegration
            only_for: [children]
            needs: [child_best_interests, risk_assessment]
    """
    for step in guarded(graph, "X03"):
        yield Met(step.ref)
    for found in unguarded(graph, "X03"):
        yield _flag(graph, found)


def _flag(graph: PlanGraph, found: Unguarded) -> Flag:
    sender, receivers = graph.name(found.agency), listed(found.others(graph))
    home = all(child_handed_back(graph, h) for h in found.handoffs)
    message = (
        f"A child is handed back, from {sender} to {receivers}, and nothing says that the danger "
        "at home and the child's interests are assessed first."
        if home
        else f"The return from {sender} to {receivers} is open to children, and nothing says that "
        "the danger and the child's interests are assessed first."
    )
    return Flag(
        about=found.about(),
        message=message,
        mend=(
            f"Let {sender} return a child only after the child protection services and the "
            "guardian have assessed the risks and found the return to be in the child's best "
            "interests."
        ),
        ask=(
            "No source states whether the danger and the child's interests are assessed before a "
            f"child is returned from {sender} to {receivers}. Ask {sender} and the child "
            "protection services."
        ),
        lacking=found.lacking("X03"),
        stated=bool(found.broken),
        requirements=("OHC-P10",) if home else ("COE-16-7",),
        severity=Severity.HIGH if home else None,
    )
