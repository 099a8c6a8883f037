"""P06: a victim who is neither told nor heard in the victim's own case."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Expected, Severity, rule
from interagency.graph import PlanGraph
from interagency.lines import (
    ASKING,
    TELLING,
    Line,
    answers,
    courts,
    either,
    justice,
    permits,
    prosecutors,
    speaking,
    victims_side,
)
from interagency.vocabulary import Group, HandoffKind, Need, Pillar, Stage

_K = HandoffKind
_PROTECT, _PROSECUTE = (Pillar.PROTECT,), (Pillar.PROSECUTE,)
_OF_A_CASE = frozenset({Stage.INVESTIGATION, Stage.PROSECUTION, Stage.TRIAL_PROTECTION})
"""Stages at which word to a victim is word on how the case stands."""
LINES = (
    Line(
        "stay-told",
        permits,
        victims_side,
        TELLING,
        "decision on a stay",
        "Whoever waits for a permit learns neither that it is given nor why not.",
        "Let {sender} tell the person and {receiver} what it decides, with reasons and by when.",
        Expected(
            "", "", _K.DECISION, _PROTECT, Stage.LEGAL_STATUS, "permit, or refusal with reasons"
        ),
        ("PAL-07", "COE-14-1"),
        person="receives",
        whom=(Group.FOREIGN_NATIONALS,),
    ),
    Line(
        "proceedings-told",
        justice,
        victims_side,
        TELLING,
        "word on how a case stands",
        "The victim does not learn that the case was closed, when the court sits, or that the "
        "accused is free.",
        "Let {sender} tell {receiver} how the case stands, what comes next, and before anybody is "
        "set free.",
        Expected(
            "",
            "",
            _K.INFORMATION_SHARING,
            _PROSECUTE,
            Stage.PROSECUTION,
            "how the case stands, and what comes next",
            (Need.CONSENT, Need.CONFIDENTIALITY),
        ),
        ("PAL-06-2A", "COE-15-1", "NRM-06"),
        person="receives",
        not_at=frozenset(Stage) - _OF_A_CASE,
    ),
    Line(
        "victim-heard",
        victims_side,
        either(prosecutors, courts),
        ASKING,
        "word of what a victim wishes to say",
        "The court decides about the victim without the victim.",
        "Let {sender} bring before {receiver} what the victim wishes to say, if the victim does.",
        Expected(
            "",
            "",
            _K.INFORMATION_SHARING,
            _PROSECUTE,
            Stage.PROSECUTION,
            "views and concerns of the victim",
            (Need.CONSENT, Need.CONFIDENTIALITY),
        ),
        ("PAL-06-2B", "UNT-25-3"),
        person="sends",
        saying=frozenset({Need.VICTIM_VIEW}),
        first=speaking,
    ),
)
"""What a victim has to be told and asked in proceedings."""


@rule(
    code="P06",
    severity=Severity.MEDIUM,
    pillars=(Pillar.PROTECT, Pillar.PROSECUTE),
    requirements=tuple(dict.fromkeys(r for line in LINES for r in line.requirements)),
)
def victim_left_out(graph: PlanGraph) -> Iterator[Answer]:
    """Proceedings go on about a victim who is neither told of them nor heard.

    Why it matters:
        Whoever learns from a neighbour that the accused is free again does not testify a second
        time. A case that is closed without a word looks to the victim like a decision for the
        other side.

    What it looks at:
        Three things, each where both sides are in the plan. How the proceedings stand comes from
        police, prosecutors or courts to the person, or to those who help or speak for one, at a
        stage of the proceedings or with no stage stated: an order to pay is no such word. What the
        victim wishes to say comes from there to prosecutors or courts, or goes along with what
        comes to them from anybody (need victim_view). And what is decided on a stay comes back from
        whoever decides it (function residence_status). Each is in order when one of a side does so.

    When it is no trouble:
        The law of the land orders it of every court: write it as a handoff, with that law as its
        basis.

    Broken:
        format: 1
        plan: {id: example, title: About her and without her, as_of: 2024, completeness: complete}
        agencies:
          - {id: prosecutor, name: Prosecutor, sector: prosecution}
          - {id: lawyer, name: Lawyers for victims, sector: legal_aid}
        handoffs:
          - {from: lawyer, to: prosecutor, pillars: [prosecute], kind: information_sharing}

    Mended:
        format: 1
        plan: {id: example, title: Told and heard, as_of: 2024, completeness: complete}
        agencies:
          - {id: prosecutor, name: Prosecutor, sector: prosecution}
          - {id: lawyer, name: Lawyers for victims, sector: legal_aid}
        handoffs:
          - {from: lawyer, to: prosecutor, pillars: [prosecute], kind: information_sharing}
          - {from: prosecutor, to: lawyer, pillars: [prosecute], kind: information_sharing}
    """
    yield from answers(graph, LINES)
