"""X10: charges and fines for what traffickers made a person do."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Flag, Met, Severity, listed, rule
from interagency.graph import PlanGraph
from interagency.guards import Unguarded, guarded, unguarded
from interagency.vocabulary import Pillar


@rule(
    code="X10",
    severity=Severity.HIGH,
    pillars=(
        Pillar.PROTECT,
        Pillar.PROSECUTE,
    ),
    requirements=("COE-26", "ACT-14-7", "OHC-P7"),
    case_of="charged-before-asked",
)
def victim_charged(graph: PlanGraph) -> Iterator[Answer]:
    """A person can be charged or fined for what the trafficker made them do.

    Why it matters:
        False papers, illegal entry, theft to order: who is punished for them stays a debtor, and
        will not speak to the State again. High: a charge can be dropped later, the harm of it not.

    What it looks at:
        Charges that fall on victims, or may: imposed on the person, limited to a group of victims,
        or to irregular migrants, asylum seekers or stateless persons; or brought by an immigration,
        border or detention authority. In order when it is checked first whether the person is a
        victim: need indicators, the function non_punishment at one of the two ends, a referral or
        consultation from who charges to an agency that identifies, or word from such an agency with
        the need low_threshold. Charges on the person or on a group of victims are a trouble that
        the plan states. One finding for each sender.

    When it is no trouble:
        The charge falls on traffickers: charges by police and prosecutors that name no such group
        are left out, since format 1 does not say who is accused; so are charges on firms.

    Broken:
        format: 1
        plan: {id: example, title: Fined for false papers, as_of: 2024, completeness: complete}
        agencies:
          - {id: border, name: Border police, sector: border_control}
          - {id: panel, name: Identification panel, roles: [identification_authority]}
          - {id: court, name: District court, sector: judiciary}
        handoffs:
          - {from: border, to: court, pillars: [prosecute], kind: charge}

    Mended:
        format: 1
        plan: {id: example, title: Asked before the fine, as_of: 2024, completeness: complete}
        agencies:
          - {id: border, name: Border police, sector: border_control}
          - {id: panel, name: Identification panel, roles: [identification_authority]}
          - {id: court, name: District court, sector: judiciary}
        handoffs:
          - {from: border, to: panel, pillars: [protect, prosecute], kind: referral}
          - {from: border, to: court, pillars: [prosecute], kind: charge, needs: [indicators]}
    """
    for step in guarded(graph, "X10"):
        yield Met(step.ref)
    for found in unguarded(graph, "X10"):
        yield _flag(graph, found)


def _flag(graph: PlanGraph, found: Unguarded) -> Flag:
    sender, receivers = graph.name(found.agency), listed(found.others(graph))
    whom = "victims of trafficking" if found.broken else "persons who may be victims"
    return Flag(
        about=found.about(),
        message=(
            f"{sender} charges or fines {whom} (the line goes to {receivers}), and nothing has it "
            "checked first whether they were made to do what they are accused "
            f"of.{found.also(graph)}"
        ),
        mend=(
            f"Before it charges or fines, let {sender} check for signs of trafficking and hear who "
            "identifies victims; drop what the person was compelled to do (need indicators, "
            "function non_punishment)."
        ),
        ask=(
            f"No source states whether {sender} checks for signs of trafficking before it charges "
            f"or fines persons (the line goes to {receivers}). Ask {sender} who can stop a charge."
        ),
        lacking=found.lacking("X10"),
        stated=bool(found.broken),
    )
